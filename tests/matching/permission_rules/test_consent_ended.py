"""The grant is asked for once more."""

from edge.matching.permission_rules.consent_ended import consent_ended
from tests.builders import a_grant
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, some_facts


def test_it_holds_from_the_withdrawal_on() -> None:
    """Exactly at the withdrawal."""
    grant = a_grant(ended_at=NOON)

    assert consent_ended(a_situation(facts=some_facts(grant=grant)))


def test_one_tick_before_it_stands() -> None:
    """The last instant of the grant."""
    grant = a_grant(ended_at=NOON + TICK)

    assert not consent_ended(a_situation(facts=some_facts(grant=grant)))


def test_it_holds_before_the_grant_began() -> None:
    """A clock that was set back."""
    grant = a_grant(given_at=NOON + TICK)

    assert consent_ended(a_situation(facts=some_facts(grant=grant)))
