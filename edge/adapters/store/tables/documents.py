"""Domain values as TinyDB documents and back; the one place that knows both.

Documents hold what JSON holds: instants are ISO 8601 text in UTC, sets are lists.
"""

from datetime import datetime
from typing import Any, TypeVar, get_type_hints

import msgspec
from tinydb import where
from tinydb.queries import QueryLike

from edge.adapters.store.errors import TamperError
from edge.adapters.store.tables.document_rows import Document
from edge.domain.placement import Decision, Placement, Silence

T = TypeVar("T")


def document_of(value: object) -> Document:
    """A frozen value as a document."""
    document: Document = msgspec.to_builtins(value)
    return document


def value_of(document: Any, kind: type[T]) -> T:  # noqa: ANN401 -- whatever the document holds
    """The value that a document was made of.

    Raises:
        TamperError: The document is not one of these.
    """
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        place = "a document"
        raise TamperError(place) from error


def decision_document(decision: Decision) -> Document:
    """A decision; its outcome says which of the two it is."""
    kind = "placement" if isinstance(decision.outcome, Placement) else "silence"
    return {**document_of(decision), "outcome": {kind: document_of(decision.outcome)}}


_DECISION_FIELDS = {
    name: hint for name, hint in get_type_hints(Decision).items() if name != "outcome"
}
"""Field by field, because msgspec does not decode a union of two dataclasses."""


def decision_of(document: Document) -> Decision:
    """The decision that a document was made of."""
    ((kind, outcome),) = document["outcome"].items()
    what: Placement | Silence = (
        value_of(outcome, Placement) if kind == "placement" else value_of(outcome, Silence)
    )
    fields = {
        name: value_of(document[name], hint)
        for name, hint in _DECISION_FIELDS.items()
        if name in document
    }
    return Decision(outcome=what, **fields)


def within(field: str, start: datetime, end: datetime) -> QueryLike:
    """A query for seconds since 1970 from `start` to before `end`."""
    return (where(field) >= start.timestamp()) & (where(field) < end.timestamp())
