"""Who allowed what, for which data, on which appliance; and the only door to matching.

A grant is for one purpose, one kind of data and one appliance: nothing wider can be written down,
so no update and no new appliance can widen one (promise 2). Purposes build on each other: OFFER
acts only while INFER and KEEP are granted for the same data and appliance.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from edge.domain.category import DataCategory
from edge.domain.measures import DeviceId, GrantId, checked_utc
from edge.domain.need import Need


class Purpose(StrEnum):
    """What data may be used for; each needs an explicit grant."""

    KEEP = "keep"
    """Keep an appliance's readings at home."""
    INFER = "infer"
    """Work out from them what runs low."""
    OFFER = "offer"
    """Pull the public catalogue and show offers for what runs low."""
    MEASURE = "measure"
    """Count anonymously what was shown; no code uses it yet."""


REQUIRES: dict[Purpose, tuple[Purpose, ...]] = {
    Purpose.KEEP: (),
    Purpose.INFER: (Purpose.KEEP,),
    Purpose.OFFER: (Purpose.KEEP, Purpose.INFER),
    Purpose.MEASURE: (Purpose.KEEP, Purpose.INFER, Purpose.OFFER),
}
"""A purpose acts only while these are granted too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One explicit yes.

    Attributes:
        id: Names the grant in receipts and in the egress ledger.
        purpose: What for.
        data: Which kind of data.
        device: Which appliance.
        given_at: UTC.
        ended_at: When it was withdrawn; None while it stands. Half open: at `ended_at` it is over.
    """

    id: GrantId
    purpose: Purpose
    data: DataCategory
    device: DeviceId
    given_at: datetime
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        """Instants are aware.

        Raises:
            ValueError: One is naive.
        """
        checked_utc(self.given_at.tzinfo, "given_at")

    def covers(self, purpose: Purpose, data: DataCategory, device: DeviceId) -> bool:
        """Whether it is about exactly this."""
        return (self.purpose, self.data, self.device) == (purpose, data, device)

    def stands_at(self, now: datetime) -> bool:
        """Whether it was given by then and not yet withdrawn."""
        return self.given_at <= now and (self.ended_at is None or now < self.ended_at)


class Grants:
    """All grants that stand at one instant; answers the only question anyone may ask of them."""

    __slots__ = ("_standing",)

    def __init__(self, grants: Iterable[Grant], *, now: datetime) -> None:
        self._standing = tuple(grant for grant in grants if grant.stands_at(now))

    def allowing(self, purpose: Purpose, data: DataCategory, device: DeviceId) -> Grant | None:
        """The standing grant for this, if the purposes it builds on are granted too; else None."""
        required = [self._exact(needed, data, device) for needed in REQUIRES[purpose]]
        return self._exact(purpose, data, device) if all(required) else None

    def allow_anywhere(self, purpose: Purpose) -> bool:
        """Whether the purpose is effectively granted for any data on any appliance."""
        return any(
            self.allowing(purpose, grant.data, grant.device)
            for grant in self._standing
            if grant.purpose is purpose
        )

    def __iter__(self) -> Iterator[Grant]:
        return iter(self._standing)

    def _exact(self, purpose: Purpose, data: DataCategory, device: DeviceId) -> Grant | None:
        return next((g for g in self._standing if g.covers(purpose, data, device)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentedNeed:
    """A need that the household allowed offers for; matching accepts nothing else.

    It cannot be built without the grant that covers it: a wrong pair raises.
    """

    need: Need
    grant: Grant

    def __post_init__(self) -> None:
        """The grant covers the need.

        Raises:
            ValueError: It does not.
        """
        if not self.grant.covers(Purpose.OFFER, self.need.data, self.need.item.device):
            message = "the grant does not cover this need"
            raise ValueError(message)

    @classmethod
    def under(cls, need: Need, grants: Grants) -> Self | None:
        """The need with its grant, or None when the household has not allowed offers for it."""
        grant = grants.allowing(Purpose.OFFER, need.data, need.item.device)
        return cls(need=need, grant=grant) if grant else None
