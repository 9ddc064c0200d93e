"""Take everything along: all that the home knows, in one value.

GDPR Art. 15 and 20, Data Act Art. 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from edge.domain.appliance import Appliance
from edge.domain.consent import Grant
from edge.domain.egress import EgressMessage, EgressSummary
from edge.domain.household import Preferences
from edge.domain.need import Need
from edge.domain.placement import Decision
from edge.domain.reaction import HISTORY_DAYS, Impression
from edge.domain.reading import Reading
from edge.household.home import Home

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_DECISIONS_MOST = 10_000
"""More than the store keeps."""
_MESSAGES_MOST = 10_000
"""Over a year at a message an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All that the home knows.

    Attributes:
        at: When it was taken, UTC.
        readings: Of each item the newest `READINGS_MOST`.
        grants: Every grant ever given, ended ones too.
        left: The totals of what left the home; `messages` are the newest of them.
        counts: Refusals and other events of no content, by dotted name.
    """

    at: datetime
    appliances: tuple[Appliance, ...]
    readings: tuple[Reading, ...]
    grants: tuple[Grant, ...]
    needs: tuple[Need, ...]
    decisions: tuple[Decision, ...]
    impressions: tuple[Impression, ...]
    preferences: Preferences
    left: EgressSummary
    messages: tuple[EgressMessage, ...]
    counts: Mapping[str, int]


async def everything(home: Home) -> Everything:
    """Take it along, at one instant: no act happens in the middle of it."""
    async with home.turn:
        now = home.clock.now()
        store = home.store
        appliances = tuple(await store.appliances())
        return Everything(
            at=now,
            appliances=appliances,
            readings=await _readings(home, appliances),
            grants=tuple(await store.grant_history()),
            needs=tuple(await store.needs()),
            decisions=tuple(await store.decisions(limit=_DECISIONS_MOST)),
            impressions=tuple(
                (await store.history(since=now - timedelta(days=HISTORY_DAYS))).impressions
            ),
            preferences=await store.preferences(),
            left=await home.ledger.summary(),
            messages=tuple(await home.ledger.newest(limit=_MESSAGES_MOST)),
            counts=await store.counts(),
        )


async def _readings(home: Home, appliances: tuple[Appliance, ...]) -> tuple[Reading, ...]:
    return tuple(
        [
            reading
            for appliance in appliances
            for item in appliance.items
            for reading in await home.store.readings(item.id, since=_EVER)
        ]
    )
