"""Room to forget in."""

from pathlib import Path

from edge.adapters.store.sealed.ballast import BALLAST_BYTES, Ballast


def test_ballast_is_taken_once_and_dropped_once(tmp_path: Path) -> None:
    """Dropping says whether there was any."""
    ballast = Ballast(tmp_path)
    ballast.take()
    ballast.take()
    assert (tmp_path / "ballast").stat().st_size == BALLAST_BYTES
    assert ballast.drop()
    assert not ballast.drop()
