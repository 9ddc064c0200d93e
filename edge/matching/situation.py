"""All that a rule may look at."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Self

from edge.domain.category import CategoryName
from edge.domain.daypart import PartOfDay
from edge.domain.facts import Facts
from edge.domain.frequency import CapKey, CapScope, CapSpan
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
        shown: How often, for each cap, by what the cap counts by.
        beliefs: What the answers say about what is welcome.
    """

    history: History
    dice: Dice
    local: datetime = field(init=False)
    today: tuple[Impression, ...] = field(init=False)
    starts: Mapping[CapSpan, datetime] = field(init=False)
    beliefs: Beliefs = field(init=False)
    shown: Mapping[CapKey, Mapping[str, int]] = field(init=False)
    _seen: Mapping[CapScope, Seen] = field(init=False)
    _seen_of: Seen = field(init=False)

    def __post_init__(self) -> None:
        """Look things up once that every rule asks for."""
        midnight = self.preferences.start_of_day(self.now)
        starts = _starts(self.now, midnight)
        looked_up = {
            "local": self.preferences.local(self.now),
            "today": tuple(self.history.since(midnight)),
            "starts": starts,
            "beliefs": Beliefs.of(self.history.impressions, local=self.preferences.local),
            "shown": _counted(self.history, starts),
            "_seen": {scope: _grouped(self.history, _capped(scope)) for scope in CapScope},
            "_seen_of": _grouped(self.history, attrgetter("category")),
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

    def shown_before(self, offer: Offer) -> tuple[bool, bool, bool, bool]:
        """Whether anything of its creative, line item, campaign and sponsor was ever shown."""
        creative, line_item, campaign, sponsor = self._seen.values()
        return (
            offer.id in creative,
            offer.capped(CapScope.LINE_ITEM) in line_item,
            offer.campaign in campaign,
            offer.label.sponsor in sponsor,
        )

    def seen_of(self, category: CategoryName) -> tuple[Impression, ...]:
        """What was shown of one category, oldest first."""
        return self._seen_of.get(category, ())


def _starts(now: datetime, midnight: datetime) -> dict[CapSpan, datetime]:
    return {
        CapSpan.HOUR: now - timedelta(hours=1),
        CapSpan.DAY: midnight,
        CapSpan.WEEK: now - timedelta(days=7),
        CapSpan.MONTH: now - timedelta(days=30),
        CapSpan.TOTAL: now - timedelta(days=HISTORY_DAYS),
    }


def _capped(scope: CapScope) -> Callable[[Impression], str]:
    return lambda one: one.capped(scope)


def _counted(
    history: History, starts: Mapping[CapSpan, datetime]
) -> dict[CapKey, Mapping[str, int]]:
    since = {span: history.since(start) for span, start in starts.items()}
    return {
        CapKey(scope, span): Counter(one.capped(scope) for one in shown)
        for span, shown in since.items()
        for scope in CapScope
    }


def _grouped(history: History, key: Callable[[Impression], str]) -> Seen:
    groups: dict[str, list[Impression]] = {}
    for one in history.impressions:
        groups.setdefault(key(one), []).append(one)
    return {name: tuple(group) for name, group in groups.items()}
