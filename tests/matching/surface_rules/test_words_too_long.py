"""Nothing is cut."""

from edge.matching.surface_rules.words_too_long import words_too_long
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation

TITLE = len("Süßrahmbutter, 250 g: 1,99 €")
BODY = len("Aus Heumilch, im Laden am Markt.")


def test_room_for_exactly_its_words_is_enough() -> None:
    """Title and body fit to the character."""
    exact = a_surface(title_chars=TITLE, body_chars=BODY)

    assert not words_too_long(an_offer(), exact, a_situation())


def test_a_title_one_character_too_long_does_not_fit() -> None:
    """One short."""
    assert words_too_long(an_offer(), a_surface(title_chars=TITLE - 1), a_situation())


def test_a_body_one_character_too_long_does_not_fit() -> None:
    """One short."""
    assert words_too_long(an_offer(), a_surface(body_chars=BODY - 1), a_situation())
