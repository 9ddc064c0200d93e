"""What an operator may do with a store that does not open; nothing here ever deletes."""

from datetime import datetime
from pathlib import Path

from edge.adapters.store.records.consent import ConsentRecords
from edge.adapters.store.schema import HOUSEHOLD_SCHEMA
from edge.adapters.store.sealed.key_source import KeySource
from edge.adapters.store.sealed.writer_lock import WriterLock
from edge.adapters.store.sealed_file import SealedFile

_DATA = ("store.db", "store.db-wal", "store.db-shm")
_KEYS = ("slots.json", "anchor")


def set_aside(folder: Path, *, keys: Path, now: datetime) -> Path:
    """Move a damaged store out of the way; the next one starts empty, with everything off.

    Returns:
        Where it lies now, with its slots and anchor, so that it can still be examined.

    Raises:
        StoreInUseError: It is open.
    """
    lock = WriterLock(folder)
    try:
        aside = folder / f"damaged-{now:%Y%m%dT%H%M%S}"
        aside.mkdir(mode=0o700)
        for place, names in ((folder, _DATA), (keys, _KEYS)):
            for name in names:
                if (place / name).exists():
                    (place / name).rename(aside / name)
    finally:
        lock.release()
    return aside


def accept_older(folder: Path, *, keys: Path, source: KeySource, now: datetime) -> None:
    """Go on with an older copy of the store, knowing it is one: every grant ends.

    For a medium that lost synced writes. What was withdrawn after the copy was made must not
    stand again, so nothing stands.
    """
    file = SealedFile(folder, keys=keys, source=source, schema=HOUSEHOLD_SCHEMA, accept_older=True)
    try:
        consent = ConsentRecords(file.database)
        consent.withdraw([grant.id for grant in consent.open_ones()], at=now)
    finally:
        file.close()
