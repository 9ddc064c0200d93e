"""One publication: what authors wrote, checked, with its flights resolved, signed into a folder."""

from datetime import datetime
from pathlib import Path

from cloud_stub.authoring import read_offers
from cloud_stub.keys import KeyRing
from cloud_stub.lint import lint
from cloud_stub.offer_file import offer_file
from cloud_stub.repository import Repository


def key_ring(folder: Path) -> KeyRing:
    """The signing keys of the catalogue in this folder."""
    return KeyRing(folder / "keys")


def repository_folder(folder: Path) -> Path:
    """The signed files of the catalogue in this folder: what everybody may read."""
    return folder / "repository"


def publish(folder: Path, offers: Path, *, now: datetime) -> int:
    """Sign the offers as they are at `now`.

    Returns:
        How many offers there are.

    Raises:
        AuthoringError: One breaks a rule; nothing was signed.
    """
    categories = lint(read_offers(offers))
    files = {category.category: offer_file(category, now=now) for category in categories}
    Repository(repository_folder(folder), key_ring(folder)).publish(files, now=now)
    return sum(category.count() for category in categories)
