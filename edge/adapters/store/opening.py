"""Opens a store's files in the right order; makes them only where there is nothing at all."""

from pathlib import Path

from edge.adapters.store.errors import KeyRefusedError
from edge.adapters.store.key_slots import KeySlots
from edge.adapters.store.key_source import key_file
from edge.adapters.store.row_engine import RowEngine
from edge.adapters.store.schema import HOUSEHOLD_SCHEMA
from edge.adapters.store.sealed_tables import SealedDB
from edge.adapters.store.sealer import Sealer


def open_database(folder: Path, keys: Path) -> SealedDB:
    """The database in `folder`, unlocked with the keys in `keys`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    slots = _open_slots(keys, data_exist=(folder / "store.db").exists())
    sealer = Sealer(slots.roots)
    engine = RowEngine(folder / "store.db", sealer=sealer, schema=HOUSEHOLD_SCHEMA)
    return SealedDB(engine, HOUSEHOLD_SCHEMA)


def _open_slots(keys: Path, *, data_exist: bool) -> KeySlots:
    """The key slots; made only when there are neither data nor slots.

    Raises:
        KeyRefusedError: Data exist, but not their keys.
    """
    path = keys / "slots.json"
    fresh = not path.exists()
    if fresh and data_exist:
        raise KeyRefusedError(path.name, "is missing; a key is never made when data exist")
    key = key_file(keys / "key")(fresh)
    return KeySlots.create(path, key) if fresh else KeySlots.open(path, key)
