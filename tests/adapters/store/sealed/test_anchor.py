"""An older store put back is noticed; a torn anchor is not mistaken for one."""

from pathlib import Path

import pytest

from edge.adapters.store.errors import RollbackError
from edge.adapters.store.sealed.anchor import Anchor
from edge.adapters.store.sealed.state import StoreState


def at(commit: int, version: int = 2) -> StoreState:
    """A store after so many commits."""
    return StoreState(version=version, commit=commit)


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    """The anchor of a new store."""
    made = Anchor(tmp_path / "anchor", b"k" * 32)
    made.require_nothing_kept()
    return made


def test_a_new_store_is_believed(anchor: Anchor) -> None:
    """Whatever its first commits hold."""
    anchor.check(at(0))
    anchor.check(at(3))


@pytest.mark.parametrize("seen", [1, 2, 3, 10])
def test_an_older_store_is_refused(anchor: Anchor, seen: int) -> None:
    """One commit back is too far; the same and later ones are believed."""
    for commit in range(1, seen + 1):
        anchor.advance(at(commit))
    anchor.check(at(seen))
    anchor.check(at(seen + 1))
    with pytest.raises(RollbackError):
        anchor.check(at(seen - 1))


def test_another_store_at_the_same_commit_is_refused(anchor: Anchor) -> None:
    """A fork: as many commits, another content."""
    anchor.advance(at(5))
    with pytest.raises(RollbackError):
        anchor.check(at(5, version=1))


def test_the_anchor_never_goes_back(anchor: Anchor) -> None:
    """Advancing to an older state changes nothing."""
    anchor.advance(at(5))
    anchor.advance(at(4))
    with pytest.raises(RollbackError):
        anchor.check(at(4))


@pytest.mark.parametrize("place", [0, 512])
def test_a_cut_while_writing_leaves_the_memory_before(anchor: Anchor, place: int) -> None:
    """Each of the two places may be spoiled; the other one still speaks."""
    anchor.advance(at(5))
    anchor.advance(at(6))
    content = bytearray(anchor.path.read_bytes())
    content[place : place + 64] = bytes(64)
    anchor.path.write_bytes(content)
    with pytest.raises(RollbackError):
        anchor.check(at(4))
    anchor.check(at(6))


def test_a_missing_or_foreign_anchor_is_refused(anchor: Anchor) -> None:
    """It cannot be taken away to make an old store new."""
    anchor.advance(at(1))
    with pytest.raises(RollbackError):
        Anchor(anchor.path, b"x" * 32).check(at(1))
    anchor.path.unlink()
    with pytest.raises(RollbackError):
        anchor.check(at(1))


def test_a_store_taken_away_is_noticed(anchor: Anchor) -> None:
    """Where something was kept, nothing new may begin."""
    anchor.require_nothing_kept()
    anchor.advance(at(1))
    with pytest.raises(RollbackError):
        anchor.require_nothing_kept()
