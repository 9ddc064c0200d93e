"""Amounts, prices and sizes read as people write them."""

import pytest

from edge.domain.item import EvidenceKind
from edge.domain.measures import EuroCents, Unit
from edge.wording.amounts import amount, money, number, share, size, unit_price
from tests.builders import an_item, an_offer
from tests.texts import a_voice

GERMAN, ENGLISH = a_voice("de"), a_voice("en")
BOTH = (GERMAN, ENGLISH)


@pytest.mark.parametrize(
    ("grams", "german", "english"),
    [
        (0.4, "0,4 g", "0.4 g"),
        (9.96, "10 g", "10 g"),
        (62.4, "62 g", "62 g"),
        (999.0, "999 g", "999 g"),
        (1000.0, "1 kg", "1 kg"),
        (1250.0, "1,2 kg", "1.2 kg"),
    ],
)
def test_grams_become_kilograms_at_a_thousand(grams: float, german: str, english: str) -> None:
    """Small amounts keep one decimal, large ones change their unit; each language its own mark."""
    told = [amount(grams, an_item(), voice).replace("\N{NO-BREAK SPACE}", " ") for voice in BOTH]

    assert told == [german, english]


def test_millilitres_become_litres() -> None:
    """The same for what flows."""
    milk = an_item("milk", category="milk", unit=Unit.MILLILITRE)

    assert amount(1500.0, milk, GERMAN) == "1,5\N{NO-BREAK SPACE}l"


@pytest.mark.parametrize(
    ("count", "told"), [(0.0, "0 Seiten"), (1.0, "1 Seite"), (0.96, "1 Seite"), (64.0, "64 Seiten")]
)
def test_a_book_is_counted_in_pages(count: float, told: str) -> None:
    """One page is one page, also when it is only nearly one."""
    book = an_item("book", category="novels", unit=Unit.COUNT)

    assert amount(count, book, GERMAN) == told


def test_what_is_used_is_counted_in_uses_and_the_rest_in_pieces() -> None:
    """A count says what it counts."""
    tabs = an_item("tabs", unit=Unit.COUNT, evidence=EvidenceKind.USAGE)
    eggs = an_item("eggs", category="eggs", unit=Unit.COUNT)

    assert amount(9, tabs, ENGLISH) == "9 uses"
    assert amount(2.5, eggs, ENGLISH) == "2.5 pieces"


@pytest.mark.parametrize(
    ("cents", "german", "english"), [(199, "1,99 €", "€1.99"), (5, "0,05 €", "€0.05")]
)
def test_money_is_whole_cents(cents: int, german: str, english: str) -> None:
    """Two decimals always, the sign where the language puts it."""
    assert money(EuroCents(cents), GERMAN).replace("\N{NO-BREAK SPACE}", " ") == german
    assert money(EuroCents(cents), ENGLISH) == english


def test_the_unit_price_names_its_unit() -> None:
    """Per kilogram, or per piece."""
    assert unit_price(an_offer(), GERMAN) == "7,96\N{NO-BREAK SPACE}€/kg"
    assert unit_price(an_offer(unit_reference="piece"), ENGLISH) == "€7.96 each"


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (9_400, "9.4 kB"), (2_500_000, "2.5 MB")],
)
def test_a_size_grows_into_larger_units(count: int, told: str) -> None:
    """Bytes, thousands, millions."""
    assert size(count, ENGLISH).replace("\N{NO-BREAK SPACE}", " ") == told


def test_numbers_and_shares_follow_the_language() -> None:
    """German swaps point and comma and sets the percent sign apart."""
    assert number(12_345.678, GERMAN, digits=2) == "12.345,68"
    assert number(12_345.678, ENGLISH, digits=2) == "12,345.68"
    assert share(0.864, GERMAN) == "86\N{NO-BREAK SPACE}%"
    assert share(0.864, ENGLISH) == "86%"
