"""Opens a store with 100,000 cached offers and says how long it took and what it weighs.

A process of its own, so that its memory is the store's:

    python -m benchmarks.store_offers FOLDER [--import]
"""

import json
import sys
import time
from pathlib import Path

from tinydb import where

from benchmarks.store_contenders import SCHEMA
from edge.adapters.store.schema import FIRST_EPOCH, Compartment, Durability
from edge.adapters.store.sealed.row_engine import RowEngine
from edge.adapters.store.sealed.sealer import Sealer
from edge.adapters.store.tables.sealed_tables import SealedDB

_ROOTS = {one: {FIRST_EPOCH: bytes(32)} for one in Compartment}
_COUNT = 100_000


def main(folder: Path) -> None:
    """Open, look one offer up, find some hundred."""
    path = folder / "offers.db"
    before = _resident_mib()
    start = time.perf_counter()
    database = _opened(path)
    table = database.table("offers")
    table.get(doc_id=_COUNT // 2)
    opened = time.perf_counter() - start
    start = time.perf_counter()
    found = [len(table.search(where("sku") == f"sku-{number}")) for number in range(0, 5_000, 50)]
    per_find = (time.perf_counter() - start) / len(found)
    after = _resident_mib()
    database.close()
    figures = {
        "open_ms_100k_offers": round(opened * 1e3, 1),
        "rss_mib_100k_offers": round(after, 1),
        "rss_added_mib_100k_offers": round(after - before, 1),
        "find_us_100k_offers": round(per_find * 1e6),
    }
    print(json.dumps(figures))


def _opened(path: Path) -> SealedDB:
    return SealedDB(RowEngine(path, sealer=Sealer(_ROOTS), schema=SCHEMA), SCHEMA)


def import_offers(folder: Path) -> None:
    """Make the store, in a process whose memory nobody measures."""
    database = _opened(folder / "offers.db")
    for start in range(0, _COUNT, 5_000):
        with database.transaction(Durability.GROUPED):
            database.table("offers").insert_multiple(
                {"sku": f"sku-{number}", "category": f"c{number % 30}", "text": "x" * 150}
                for number in range(start, start + 5_000)
            )
    database.close()


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


if __name__ == "__main__":
    if "--import" in sys.argv:
        import_offers(Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]))
