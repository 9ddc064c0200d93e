"""Everything the store knows about the home, in one file that people and programs can read.

JSON lines: one `{"kind": …, "value": …}` each, in a stable order, so that the file can be longer
than the memory. docs/store.md lists the kinds.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from edge.adapters.store.ledgers.ledger import LedgerName
from edge.adapters.store.readings.rollup import Stretch
from edge.adapters.store.readings.shelves import Shelf, place_of
from edge.adapters.store.records.home import HomeRecords
from edge.adapters.store.tables.documents import decision_document, document_of
from edge.domain.item import ItemId

FORMAT = "doorstep-export/1"

Line = dict[str, Any]


def exported(records: HomeRecords) -> Iterator[Line]:
    """Every line; the first one says what follows."""
    yield _line("format", FORMAT)
    yield _line("preferences", document_of(records.household.preferences()))
    yield _line("retention", document_of(records.household.retention()))
    yield from (_line("appliance", document_of(one)) for one in records.appliances.all())
    yield from (_line("grant", document_of(one)) for one in records.consent.history())
    yield from (_line("need", document_of(one)) for one in records.needs.all())
    yield from (_line("settled", one) for one in records.needs.settled_documents())
    yield from (_line("impression", document_of(one)) for one in records.history.all())
    yield from (_line("decision", decision_document(one)) for one in records.decisions.all())
    yield from _readings(records)
    yield from _entries(records)
    yield _line("counts", records.household.counts())


def _readings(records: HomeRecords) -> Iterator[Line]:
    """A line per item, day and fineness."""
    files, items = records.readings.files, records.readings.files.book.items()
    for (series, _), readings in sorted(files.log.days.items()):
        values = [[time, value] for time, value in readings]
        yield _line("readings", {**_item(items[series]), "fineness": "raw_days", "values": values})
    for shelf in files.shelves.all:
        for row in shelf.rows.ids():
            item = items.get(place_of(row)[0])
            if item is not None:
                yield _line("readings", {**_item(item), **_day(shelf, shelf.at(row))})


def _day(shelf: Shelf, stretches: list[Stretch]) -> Line:
    fineness = shelf.rows.spec.name
    if shelf.width is None:
        return {"fineness": fineness, "values": [[one.last, one.value] for one in stretches]}
    return {"fineness": fineness, "values": [list(asdict(one).values()) for one in stretches]}


def _entries(records: HomeRecords) -> Iterator[Line]:
    for name in LedgerName:
        for index, entry in records.ledgers[name].entries():
            yield _line(name.value, {"index": index, "entry": entry})


def _item(item: ItemId) -> Line:
    return {"device": item.device, "name": item.name}


def _line(kind: str, value: object) -> Line:
    return {"kind": kind, "value": value}
