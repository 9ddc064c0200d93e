"""E-ink has a budget of changes a day."""

from dataclasses import replace

from edge.domain.appliance import Surface
from edge.domain.etiquette import Etiquette
from edge.matching.surface_rules.refreshes_used_up import refreshes_used_up
from tests.builders import a_surface, an_offer
from tests.matching.situations import MIDNIGHT, TICK, a_situation, an_impression

SEEN_ONCE = a_situation(impressions=(an_impression(shown_at=MIDNIGHT),))


def allowing(changes: int) -> Surface:
    """A surface that may change so often a day."""
    return replace(a_surface(), etiquette=Etiquette(refreshes_per_day=changes))


def test_it_holds_when_the_next_offer_would_exceed_it() -> None:
    """One offer came and went today; three changes are allowed."""
    assert refreshes_used_up(an_offer(), allowing(3), SEEN_ONCE)


def test_it_does_not_hold_while_there_is_room() -> None:
    """Four changes are allowed."""
    assert not refreshes_used_up(an_offer(), allowing(4), SEEN_ONCE)


def test_yesterday_does_not_count() -> None:
    """It was shown a tick before midnight."""
    yesterday = a_situation(impressions=(an_impression(shown_at=MIDNIGHT - TICK),))

    assert not refreshes_used_up(an_offer(), allowing(3), yesterday)


def test_without_a_budget_there_is_no_limit() -> None:
    """A display that costs nothing to change."""
    assert not refreshes_used_up(an_offer(), a_surface(), SEEN_ONCE)
