"""Which purposes a withdrawal ends everywhere."""

from dataclasses import replace

from edge.adapters.store.records.lost_purposes import lost_purposes
from edge.domain.consent import Grant, Purpose
from tests.adapters.store.examples import NOON, READER, a_grant

ALL = [
    a_grant("k", Purpose.KEEP),
    a_grant("i", Purpose.INFER),
    a_grant("o", Purpose.OFFER),
]


def lost(before: list[Grant], *ended: str) -> set[Purpose]:
    """What ending these grants loses."""
    after = [replace(one, ended_at=NOON) if one.id in ended else one for one in before]
    return lost_purposes(before, after)


def test_the_last_grant_of_a_purpose_loses_it_and_what_builds_on_it() -> None:
    """Keeping carries the others."""
    assert lost(ALL, "o") == {Purpose.OFFER}
    assert lost(ALL, "i") == {Purpose.INFER, Purpose.OFFER}
    assert lost(ALL, "k") == {Purpose.KEEP, Purpose.INFER, Purpose.OFFER}


def test_a_purpose_granted_elsewhere_is_not_lost() -> None:
    """Another appliance keeps its key."""
    assert lost([*ALL, a_grant("k2", Purpose.KEEP, device=READER)], "k") == {
        Purpose.INFER,
        Purpose.OFFER,
    }


def test_a_purpose_that_never_acted_is_lost_with_its_grant() -> None:
    """Nothing of it may stay."""
    assert lost([a_grant("m", Purpose.MEASURE)], "m") == {Purpose.MEASURE}


def test_nothing_is_lost_by_ending_nothing() -> None:
    """Or by ending what had ended."""
    assert lost(ALL) == set()
    assert lost([replace(one, ended_at=NOON) for one in ALL], "k") == set()
