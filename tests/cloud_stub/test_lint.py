"""What the linter refuses, and how precisely it says so."""

from pathlib import Path

import pytest

from cloud_stub.authoring import AuthoringError, read_offers
from cloud_stub.lint import lint

GOOD = """
category = "butter"

[[campaigns]]
id = "lind"
sponsor = "Hofkäserei Lind"
payer = "Regional eG"

[[campaigns.line_items]]
id = "week"
pack = { amount = 250, unit = "g" }
price = "1.99"
price_before = "2.59"
unit_price = "7.96"
flight = { from_day = 0, days = 14, every = 14 }
max_per_day = 1
call_to_action = { de = "Auf die Einkaufsliste", en = "Add to the shopping list" }
conditions = { de = "Bis {until}.", en = "Until {until}." }

[[campaigns.line_items.creatives]]
id = "calm"
de = { title = "Süßrahmbutter, 250 g: 1,99 €", body = "Aus Heumilch, im Laden am Markt." }
en = { title = "Sweet cream butter, 250 g: €1.99", body = "From hay milk, at the market shop." }
"""


def complaints(folder: Path, text: str) -> list[str]:
    """What is wrong with one file of offers; empty when nothing is."""
    (folder / "butter.toml").write_text(text, "utf-8")
    try:
        lint(read_offers(folder))
    except AuthoringError as error:
        return [str(complaint) for complaint in error.complaints]
    return []


def test_a_good_offer_passes(tmp_path: Path) -> None:
    """The example that all others below differ from."""
    assert complaints(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("butter, 250 g: 1,99 €", "butter a b c d e f g: 1,99 €", "week/calm.de.title"),
        ("Aus Heumilch,", "Wort " * 21, "week/calm.de.body"),
        ("Aus Heumilch,", "Nur heute aus Heumilch,", "week/calm.de.body"),
        ("From hay milk,", "Last chance,", "week/calm.en.body"),
        ("Aus Heumilch,", "Das wird Ihnen schmecken,", "week/calm.de.body"),
        ("From hay milk,", "For your breakfast", "week/calm.en.body"),
        ("Aus Heumilch,", "Ich bin fast leer,", "week/calm.de.body"),
        ("From hay milk,", "Still interested?", "week/calm.en.body"),
        ("Aus Heumilch,", "Jetzt kaufen,", "week/calm.de.body"),
        ("From hay milk,", "Shop now", "week/calm.en.body"),
        ("From hay milk,", "For a diet", "week/calm.en.body"),
        ("Aus Heumilch,", "Aus Heumilch!", "week/calm.de.body"),
        ("Aus Heumilch,", "Aus HEUMILCH,", "week/calm.de.body"),
        ("From hay milk,", "See https://lind.example", "week/calm.en.body"),
        ("g: 1,99 €", "g: 1,89 €", "week/calm.de.title"),
        ("g: €1.99", "g, cheap", "week/calm.en.title"),
        ('unit_price = "7.96"', 'unit_price = "7.95"', "week.unit_price"),
        ('price_before = "2.59"', 'price_before = "1.98"', "week.price_before"),
        ('price = "1.99"', 'price = "1,99"', "week.price"),
        ("days = 14, every = 14", "days = 15, every = 14", "week.flight"),
        ("max_per_day = 1", "max_per_day = 25", "week.max_per_day"),
        ("Bis {until}.", "Solange der Vorrat reicht.", "week.conditions.de"),
        ("Add to the shopping list", "Add it. Buy it.", "week.call_to_action.en"),
        ('sponsor = "Hofkäserei Lind"', 'sponsor = " "', "sponsor"),
        ('payer = "Regional eG"', 'payer = ""', "payer"),
        ('id = "week"', 'id = "Week 48"', "Week 48.id"),
    ],
)
def test_a_broken_rule_is_placed(tmp_path: Path, old: str, new: str, where: str) -> None:
    """File, campaign, field and rule: enough to mend it."""
    assert old in GOOD
    found = complaints(tmp_path, GOOD.replace(old, new, 1))
    assert any(line.startswith(f"butter.toml: lind: {where}: ") for line in found), found


def test_a_category_that_is_not_public_is_refused(tmp_path: Path) -> None:
    """Only the public list can be offered for."""
    found = complaints(tmp_path, GOOD.replace('"butter"', '"medicine"', 1))
    assert found == ["butter.toml: category: one of the public list"]


def test_two_offers_may_not_say_the_same(tmp_path: Path) -> None:
    """Repeated words under another name are still repeated."""
    creative = GOOD[GOOD.index("[[campaigns.line_items.creatives]]") :]
    found = complaints(tmp_path, GOOD + creative.replace('"calm"', '"again"'))
    assert found == [
        "butter.toml: lind: week/again: an identifier and words that no other offer has"
    ]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('payer = "Regional eG"\n', "", "butter.toml: lind: "),
        ('price = "1.99"', "price = 1.99", "butter.toml: lind: line_items[0].price: "),
        ('unit = "g"', 'unit = "lb"', "butter.toml: lind: line_items[0].pack.unit: "),
        ('category = "butter"', "category =", "butter.toml: "),
    ],
)
def test_what_cannot_be_read_is_placed_too(tmp_path: Path, old: str, new: str, where: str) -> None:
    """A missing field, a wrong type, a broken file."""
    found = complaints(tmp_path, GOOD.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(where)
