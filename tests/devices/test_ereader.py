"""The emulated e-reader."""

from datetime import timedelta

from devices.ereader import EReader
from devices.joining import Joined
from devices.larder import Change, Larder
from tests.devices.builders import NOON


def an_ereader() -> EReader:
    """40 pages left in a crime novel, of which 15 are read at two o'clock."""
    crime = [Change(hour=0, amount=40), Change(hour=14, amount=25)]
    shelf = Larder({"crime": crime, "history": [Change(hour=0, amount=300)]}, days=7)
    return EReader(shelf, Joined(at=NOON, day=0))


def test_it_counts_the_pages_left() -> None:
    """Exactly, of the book at hand in each genre."""
    measured = an_ereader().sense(NOON, NOON + timedelta(hours=1), timedelta(minutes=30))

    assert [(one.name, one.value) for one in measured] == [
        ("crime", 40), ("history", 300), ("crime", 25), ("history", 300),
    ]  # fmt: skip


def test_its_manifest_puts_books_on_the_lock_screen() -> None:
    """One property for each genre, in its category."""
    manifest = an_ereader().manifest()

    categories = [one["doorstep:category"] for one in manifest["properties"].values()]
    assert categories == ["crime-novels", "history-books"]
    assert manifest["doorstep:surfaces"][0]["suits"] == ["books"]
