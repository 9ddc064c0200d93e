"""What a category file of the signed catalogue may hold, and what refuses it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edge.domain.category import CategoryName
from edge.errors import MalformedError
from edge.wire.catalogue import FILE_BYTES, decode_category

BUTTER = CategoryName("butter")
DOCUMENT = Path("docs/wire/catalogue.md")

Change = Callable[[dict[str, Any]], object]


def documented_offer() -> dict[str, Any]:
    """The example of the wire document."""
    block = re.search(r"```json\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert block
    offer: dict[str, Any] = json.loads(block[1])
    return offer


def category_file(*offers: dict[str, Any], **fields: object) -> bytes:
    """A target file of the category butter with these offers."""
    whole = {"version": 1, "category": "butter", "offers": list(offers)} | fields
    return cbor2.dumps(whole)


def refused_field(offer: dict[str, Any]) -> str:
    """Where a file with this offer is refused; `offers` when it is not."""
    try:
        decode_category(category_file(offer), BUTTER)
    except MalformedError as refusal:
        return refusal.field
    return "offers"


def test_the_documented_example_decodes() -> None:
    """The example in docs/wire/catalogue.md is an offer, its prices in whole cents."""
    (offer,) = decode_category(category_file(documented_offer()), BUTTER)
    assert (offer.price, offer.price_before, offer.unit_price) == (199, 259, 796)
    assert offer.unit_reference == "kg"
    assert offer.label.sponsor == "Hofkäserei Lind"
    assert offer.in_language("en").call_to_action == "Add to the shopping list"
    assert offer.flight_start < offer.flight_end


def test_an_unknown_field_is_ignored() -> None:
    """Within version 1 fields may be added."""
    assert decode_category(category_file(documented_offer() | {"new": 1}, more=2), BUTTER)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda o: o.update(category="milk"), "offers[0].category"),
        (lambda o: o.update(identifier="other/week-48/calm"), "offers[0].identifier"),
        (lambda o: o.update(identifier="Lind Butter"), "offers[0].identifier"),
        (lambda o: o.update(price="2.60"), "offers[0].priceBefore"),
        (lambda o: o.update(price="-1.99"), "offers[0].price"),
        (lambda o: o.update(price="1,99"), "offers[0].price"),
        (lambda o: o.update(price=1.99), "offers[0].price"),
        (lambda o: o.update(price="100000.01", priceBefore="100000.00"), "offers[0].price"),
        (lambda o: o.update(priceCurrency="USD"), "offers[0].priceCurrency"),
        (lambda o: o.update(validThrough=o["validFrom"]), "offers[0].validThrough"),
        (lambda o: o.update(validThrough=2**53), "offers[0].validThrough"),
        (lambda o: o.update(maxPerDay=0), "offers[0].maxPerDay"),
        (lambda o: o["unitPrice"].update(unit="lb"), "offers[0].unitPrice.unit"),
        (lambda o: o["dsa"].pop("paid"), "offers[0].dsa"),
        (lambda o: o["dsa"].update(behalf=""), "offers[0].dsa.behalf"),
        (lambda o: o.pop("dsa"), "offers[0]"),
        (lambda o: o["words"].update(fr=o["words"].pop("en")), "offers[0].words"),
        (lambda o: o["words"]["de"].update(conditions=""), "offers[0].words[...].conditions"),
        (lambda o: o["words"]["de"].update(body="mehr\nZeilen"), "offers[0].words.de"),
    ],
)
def test_a_broken_rule_is_named(change: Change, field: str) -> None:
    """One offer out of bounds refuses the file, and the error says which field."""
    offer = documented_offer()
    change(offer)
    with pytest.raises(MalformedError) as refusal:
        decode_category(category_file(offer), BUTTER)
    assert refusal.value.field == field


@pytest.mark.parametrize(("place", "most"), [("title", 8), ("body", 20)])
def test_a_text_is_as_long_as_its_words_allow(place: str, most: int) -> None:
    """Eight words in a title and twenty in a body pass; one more is refused."""
    offer = documented_offer()
    offer["words"]["de"][place] = " ".join(["Wort"] * most)
    assert decode_category(category_file(offer), BUTTER)
    offer["words"]["de"][place] = " ".join(["Wort"] * (most + 1))
    with pytest.raises(MalformedError, match=f"at most {most} words"):
        decode_category(category_file(offer), BUTTER)


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        (b"", "file"),
        (b"\xff", "file"),
        (b"\x81" * 100 + b"\x00", "file"),
        (b"\x00" * (FILE_BYTES + 1), "file"),
        (category_file(version=2), "version"),
        (category_file(category="milk"), "category"),
        (category_file(documented_offer(), documented_offer()), "offers"),
        (category_file(*[{}] * 2_001), "offers"),
    ],
)
def test_a_file_out_of_bounds_is_refused(payload: bytes, field: str) -> None:
    """A file that is empty, too deep, too large, of another version or category is refused."""
    with pytest.raises(MalformedError) as refusal:
        decode_category(payload, BUTTER)
    assert refusal.value.field == field


@given(st.binary(max_size=200))
@example(b"\xd8\x23\x61(")  # a regular expression by tag 35
@example(b"\xc4\x82\x1b\xff\xff\xff\xff\xff\xff\xff\xff\x01")  # a decimal fraction by tag 4
def test_any_bytes_decode_or_are_refused(payload: bytes) -> None:
    """Whatever arrives, nothing but MalformedError is raised."""
    try:
        decode_category(payload, BUTTER)
    except MalformedError:
        return


_leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
_values = st.recursive(_leaves, lambda inner: st.lists(inner, max_size=3), max_leaves=5)


@given(st.sampled_from(sorted(documented_offer())), _values)
def test_any_value_in_any_field_decodes_or_is_refused(name: str, value: object) -> None:
    """A field of the wrong type or range is refused by name, never half taken."""
    assert refused_field(documented_offer() | {name: value}).startswith("offers")
