"""Prices in two languages, to the cent."""

import pytest

from edge.domain.measures import EuroCents
from edge.wire.prices import money, price_line, unit_price_line
from tests.builders import an_offer


@pytest.mark.parametrize(
    ("cents", "german", "english"),
    [
        (0, "0,00 €", "€0.00"),
        (5, "0,05 €", "€0.05"),
        (199, "1,99 €", "€1.99"),
        (123_450, "1.234,50 €", "€1,234.50"),
        (10_000_000, "100.000,00 €", "€100,000.00"),
    ],
)
def test_an_amount_is_written_as_people_write_it(cents: int, german: str, english: str) -> None:
    """Two decimals, the language's own marks, the sign where it belongs."""
    assert money(EuroCents(cents), language="de") == german
    assert money(EuroCents(cents), language="en") == english


def test_a_lower_price_names_the_one_before() -> None:
    """The price before is the one that PAngV Art. 11 asks for."""
    assert price_line(an_offer(), language="de") == "1,99 € statt 2,59 €"
    assert price_line(an_offer(), language="en") == "€1.99 instead of €2.59"


def test_a_price_that_did_not_fall_stands_alone() -> None:
    """Nothing is 'instead of' the same."""
    assert price_line(an_offer(price_before=199), language="de") == "1,99 €"


@pytest.mark.parametrize(
    ("unit", "german", "english"),
    [("kg", "7,96 €/kg", "€7.96/kg"), ("l", "7,96 €/l", "€7.96/l"),
     ("piece", "7,96 €/Stück", "€7.96/piece")],
)  # fmt: skip
def test_the_unit_price_names_its_unit(unit: str, german: str, english: str) -> None:
    """Per kilogram, litre or piece (PAngV Art. 4)."""
    offer = an_offer(unit_reference=unit)
    assert unit_price_line(offer, language="de") == german
    assert unit_price_line(offer, language="en") == english
