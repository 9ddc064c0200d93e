"""All that a rule may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Self

from edge.domain.daypart import PartOfDay
from edge.domain.facts import Facts
from edge.domain.frequency import CapScope, CapSpan
from edge.domain.offer import Offer
from edge.domain.reaction import HISTORY_DAYS, History, Impression
from edge.matching.belief import Beliefs
from edge.matching.dice import Dice

Seen = Mapping[str, tuple[Impression, ...]]
"""What was shown of a creative, a line item, a campaign or a sponsor, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation(Facts):
    """The facts, what was shown before, and the home's dice.

    Attributes:
        history: What was shown, and how people answered.
        local: `now` on the kitchen clock.
        today: What was shown since local midnight.
        starts: Since when each span counts.
        beliefs: What the answers say about what is welcome.
    """

    history: History
    dice: Dice
    local: datetime = field(init=False)
    today: tuple[Impression, ...] = field(init=False)
    starts: Mapping[CapSpan, datetime] = field(init=False)
    beliefs: Beliefs = field(init=False)
    _seen: Mapping[CapScope, Seen] = field(init=False)

    def __post_init__(self) -> None:
        """Look things up once that every rule asks for."""
        midnight = self.preferences.start_of_day(self.now)
        looked_up = {
            "local": self.preferences.local(self.now),
            "today": tuple(self.history.since(midnight)),
            "starts": _starts(self.now, midnight),
            "beliefs": Beliefs.of(self.history.impressions, local=self.preferences.local),
            "_seen": {scope: _grouped(self.history, scope) for scope in CapScope},
        }
        for name, value in looked_up.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, facts: Facts, *, history: History, dice: Dice) -> Self:
        """The facts with what they leave out."""
        told = {one.name: getattr(facts, one.name) for one in fields(Facts)}
        return cls(**told, history=history, dice=dice)

    @property
    def facts(self) -> Facts:
        """What is kept of it with the decision."""
        return Facts(**{one.name: getattr(self, one.name) for one in fields(Facts)})

    @property
    def part_of_day(self) -> str:
        """One of the four parts that habits are learned by."""
        return PartOfDay.of(self.local)

    def seen(self, scope: CapScope, offer: Offer) -> tuple[Impression, ...]:
        """What was shown of the offer's creative, line item, campaign or sponsor, oldest first."""
        return self._seen[scope].get(offer.capped(scope), ())


def _starts(now: datetime, midnight: datetime) -> dict[CapSpan, datetime]:
    return {
        CapSpan.HOUR: now - timedelta(hours=1),
        CapSpan.DAY: midnight,
        CapSpan.WEEK: now - timedelta(days=7),
        CapSpan.MONTH: now - timedelta(days=30),
        CapSpan.TOTAL: now - timedelta(days=HISTORY_DAYS),
    }


def _grouped(history: History, scope: CapScope) -> Seen:
    groups: dict[str, list[Impression]] = {}
    for one in history.impressions:
        groups.setdefault(one.capped(scope), []).append(one)
    return {key: tuple(group) for key, group in groups.items()}
