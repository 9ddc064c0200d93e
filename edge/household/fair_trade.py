"""The fair trade statement: for one month, what the household gave and what it got."""

from dataclasses import dataclass

from edge.domain.measures import EuroCents
from edge.domain.reaction import DISMISSALS, Impression, ReactionKind
from edge.errors import RefusedError
from edge.household.home import Home
from edge.household.weighing import remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class FairTrade:
    """One month, on the kitchen clock.

    Attributes:
        year, month: Which.
        shown: Offers shown.
        welcomed: Found helpful or saved: the effect.
        dismissed: Refused in whatever words.
        acted_on: Saved or redeemed: the success.
        money_saved: What the redeemed ones saved against the price before.
        money_offered: What the saved ones could have saved.
        household_facts: How many facts about the household left the home, ever; computed.
    """

    year: int
    month: int
    shown: int
    welcomed: int
    dismissed: int
    acted_on: int
    money_saved: EuroCents
    money_offered: EuroCents
    household_facts: int


async def fair_trade(home: Home, *, year: int, month: int) -> FairTrade:
    """The statement of one month.

    Raises:
        RefusedError: There is no such month.
    """
    if not (1 <= month <= 12 and 1970 <= year <= 9998):  # noqa: PLR2004 - the calendar's own
        raise RefusedError("fair trade", "a month from 1970-01 to 9998-12")
    shown = await _shown_in(home, year, month)
    return FairTrade(
        year=year,
        month=month,
        shown=len(shown),
        welcomed=sum(one.welcomed for one in shown),
        dismissed=sum(one.reaction in DISMISSALS for one in shown),
        acted_on=sum(_acted_on(one) for one in shown),
        money_saved=_saving([one for one in shown if one.redeemed_at]),
        money_offered=_saving([one for one in shown if one.reaction is ReactionKind.SAVE]),
        household_facts=(await home.ledger.summary()).household_facts,
    )


async def _shown_in(home: Home, year: int, month: int) -> list[Impression]:
    preferences = await home.store.preferences()
    history = await remembered(home, now=home.clock.now())
    return [
        one
        for one in history.impressions
        if (preferences.local(one.shown_at).year, preferences.local(one.shown_at).month)
        == (year, month)
    ]


def _acted_on(one: Impression) -> bool:
    return one.reaction is ReactionKind.SAVE or one.redeemed_at is not None


def _saving(shown: list[Impression]) -> EuroCents:
    return EuroCents(sum(one.saving for one in shown))
