"""Which rows a TinyDB query can match at all, by the table's index; the query decides in the end.

A TinyDB query says what it tests in its hash value: `("==", ("sku",), "x")`. That is private to
TinyDB, so anything unknown here plans nothing and the table is scanned; TinyDB's own test suite
runs against this in tests/adapters/store/test_tinydb_suite.py.
"""

from collections.abc import Callable
from typing import Any

Having = Callable[[str, object], set[int] | None]
"""The rows that may have this value in this indexed field; None when the index cannot say."""


def candidates(query: object, having: Having) -> set[int] | None:
    """The rows worth looking at; None means all."""
    return _planned(getattr(query, "_hash", None), having)


def _planned(shape: Any, having: Having) -> set[int] | None:  # noqa: ANN401 -- TinyDB's own shape
    match shape:
        case ("==", (str() as field,), value):
            return having(field, value)
        case ("one_of", (str() as field,), (*values,)):
            return _union([having(field, value) for value in values])
        case ("and", frozenset() as parts):
            return _intersection([_planned(part, having) for part in parts])
        case ("or", frozenset() as parts):
            return _union([_planned(part, having) for part in parts])
        case _:
            return None


def _union(sets: list[set[int] | None]) -> set[int] | None:
    known = [one for one in sets if one is not None]
    return set().union(*known) if len(known) == len(sets) else None


def _intersection(sets: list[set[int] | None]) -> set[int] | None:
    known = [one for one in sets if one is not None]
    return set.intersection(*known) if known else None
