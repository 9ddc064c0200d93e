"""Nothing too often: a table of caps, one rule for each row."""

from edge.domain.frequency import CapKey, CapScope, CapSpan
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.reaction import ReactionKind
from edge.domain.sentence import sentence
from edge.matching.rule import Rule
from edge.matching.situation import Situation

_SPANS = {
    CapSpan.HOUR: "hourly",
    CapSpan.DAY: "daily",
    CapSpan.WEEK: "weekly",
    CapSpan.MONTH: "monthly",
    CapSpan.TOTAL: "total",
}


def _cap(scope: CapScope, span: CapSpan, why: str) -> Rule[[Offer, Situation]]:
    """The rule `sponsor_weekly_cap` and its like."""
    key = CapKey(scope, span)

    def holds(offer: Offer, situation: Situation) -> bool:
        shown = situation.shown[key].get(offer.capped(scope), 0)
        return shown > 0 and shown >= _most(key, offer, situation)

    counted = f"{_SPANS[span]} cap of its {scope.replace('_', ' ')}"
    holds.__doc__ = f"Holds once the {counted} is reached."
    name = f"{scope}_{_SPANS[span]}_cap"
    return Rule(name=name, why=why, holds=holds, step=Step.OFFER, looks_at=scope)


def _most(key: CapKey, offer: Offer, situation: Situation) -> int:
    """The cap; halved for the campaign each time that somebody said 'seen too often'."""
    most = offer.cap(key)
    for one in situation.seen(CapScope.CAMPAIGN, offer):
        if one.reaction is ReactionKind.SEEN_TOO_OFTEN:
            most >>= 1
    return max(1, most)


FREQUENCY_CAPS = tuple(
    _cap(*row)
    for row in (
        (CapScope.CREATIVE, CapSpan.HOUR, sentence("you have just seen this offer")),
        (CapScope.CREATIVE, CapSpan.DAY, sentence("you have seen this offer often enough today")),
        (
            CapScope.CREATIVE,
            CapSpan.WEEK,
            sentence("you have seen this offer often enough this week"),
        ),
        (
            CapScope.CREATIVE,
            CapSpan.MONTH,
            sentence("you have seen this offer often enough this month"),
        ),
        (CapScope.CREATIVE, CapSpan.TOTAL, sentence("you have seen this offer often enough")),
        (CapScope.LINE_ITEM, CapSpan.HOUR, sentence("you have just seen this promotion")),
        (
            CapScope.LINE_ITEM,
            CapSpan.DAY,
            sentence("you have seen this promotion often enough today"),
        ),
        (
            CapScope.LINE_ITEM,
            CapSpan.WEEK,
            sentence("you have seen this promotion often enough this week"),
        ),
        (
            CapScope.LINE_ITEM,
            CapSpan.MONTH,
            sentence("you have seen this promotion often enough this month"),
        ),
        (CapScope.LINE_ITEM, CapSpan.TOTAL, sentence("you have seen this promotion often enough")),
        (CapScope.CAMPAIGN, CapSpan.HOUR, sentence("you have just seen this campaign")),
        (
            CapScope.CAMPAIGN,
            CapSpan.DAY,
            sentence("you have seen this campaign often enough today"),
        ),
        (
            CapScope.CAMPAIGN,
            CapSpan.WEEK,
            sentence("you have seen this campaign often enough this week"),
        ),
        (
            CapScope.CAMPAIGN,
            CapSpan.MONTH,
            sentence("you have seen this campaign often enough this month"),
        ),
        (CapScope.CAMPAIGN, CapSpan.TOTAL, sentence("you have seen this campaign often enough")),
        (CapScope.SPONSOR, CapSpan.HOUR, sentence("you have just seen this sponsor")),
        (CapScope.SPONSOR, CapSpan.DAY, sentence("you have seen this sponsor often enough today")),
        (
            CapScope.SPONSOR,
            CapSpan.WEEK,
            sentence("you have seen this sponsor often enough this week"),
        ),
        (
            CapScope.SPONSOR,
            CapSpan.MONTH,
            sentence("you have seen this sponsor often enough this month"),
        ),
        (CapScope.SPONSOR, CapSpan.TOTAL, sentence("you have seen this sponsor often enough")),
    )
)
"""By what is capped, then over how long."""
