"""An offer needs a surface that suits it, has room for it and is switched on."""

from edge.domain.category import DataCategory
from edge.domain.household import Preferences
from edge.matching.exclusion_rules.no_surface_fits import no_surface_fits
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation

TITLE = len("Süßrahmbutter, 250 g: 1,99 €")
BODY = len("Aus Heumilch, im Laden am Markt.")


def test_room_for_exactly_its_words_is_enough() -> None:
    """Title and body fit to the character."""
    exact = a_surface(title_chars=TITLE, body_chars=BODY)

    assert not no_surface_fits(an_offer(), a_situation(surfaces=(exact,)))


def test_a_title_one_character_too_long_does_not_fit() -> None:
    """Nothing is cut."""
    small = a_surface(title_chars=TITLE - 1)

    assert no_surface_fits(an_offer(), a_situation(surfaces=(small,)))


def test_a_body_one_character_too_long_does_not_fit() -> None:
    """Nothing is cut."""
    small = a_surface(body_chars=BODY - 1)

    assert no_surface_fits(an_offer(), a_situation(surfaces=(small,)))


def test_a_surface_for_books_does_not_suit_butter() -> None:
    """The e-reader's lock screen stays for books."""
    lock = a_surface("ereader.lock", suits=frozenset({DataCategory.BOOKS}))

    assert no_surface_fits(an_offer(), a_situation(surfaces=(lock,)))


def test_a_switched_off_surface_is_no_surface() -> None:
    """The household wants nothing on the fridge door."""
    off = Preferences(blocked_surfaces=frozenset({"fridge.door"}))

    assert no_surface_fits(an_offer(), a_situation(preferences=off))


def test_a_home_without_surfaces_shows_nothing() -> None:
    """No appliance can show anything."""
    assert no_surface_fits(an_offer(), a_situation(surfaces=()))
