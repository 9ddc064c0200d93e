"""What the index may say about a query, and when it must stay silent."""

from typing import cast

from tinydb import Query, where
from tinydb.queries import QueryLike

from edge.adapters.store.tables.query_plan import candidates

INDEX = {("sku", "a"): {1, 2}, ("sku", "b"): {3}, ("n", 1): {2, 3}}


def having(field: str, value: object) -> set[int] | None:
    """An index over sku and n."""
    return INDEX.get((field, value), set()) if field in {"sku", "n"} else None


def planned(query: QueryLike) -> set[int] | None:
    """The rows worth a look."""
    return candidates(query, having)


def test_equality_and_membership_use_the_index() -> None:
    """On indexed fields."""
    assert planned(where("sku") == "a") == {1, 2}
    assert planned(where("sku").one_of(["a", "b"])) == {1, 2, 3}
    assert planned(where("sku") == "z") == set()


def test_both_of_two_conditions_narrow() -> None:
    """Even if the index knows only one of them."""
    assert planned((where("sku") == "a") & (where("n") == 1)) == {2}
    assert planned((where("sku") == "a") & (where("price") == 1)) == {1, 2}


def test_either_of_two_conditions_needs_both_known() -> None:
    """Otherwise a row might be missed."""
    assert planned((where("sku") == "b") | (where("n") == 1)) == {2, 3}
    assert planned((where("sku") == "b") | (where("price") == 1)) is None


def test_everything_else_is_scanned() -> None:
    """Orders, negations, nested fields, tests, and queries that are none of TinyDB's."""
    assert planned(where("n") > 1) is None
    assert planned(~(where("sku") == "a")) is None
    assert planned(where("sku").part == "a") is None
    assert planned(where("sku").test(bool)) is None
    assert planned(Query().sku.any(["a"])) is None
    assert planned(cast("QueryLike", bool)) is None
