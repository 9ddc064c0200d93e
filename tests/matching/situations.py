"""Small situations for the rules: a consented need for butter at noon, with one thing changed."""

from datetime import datetime, timedelta

from edge.domain.appliance import Surface
from edge.domain.consent import ConsentedNeed
from edge.domain.household import Preferences
from edge.domain.measures import PlacementId
from edge.domain.need import Need
from edge.domain.offer import Offer
from edge.domain.placement import Placement
from edge.domain.reaction import History, Impression, ReactionKind
from edge.matching.situation import Situation
from tests.builders import a_grant, a_need, a_surface, an_offer
from tests.fakes.clock import NOON

TICK = timedelta(microseconds=1)
"""The smallest step of a clock: one side of each boundary."""

MIDNIGHT = datetime.fromisoformat("2026-11-22T23:00:00+00:00")
"""When the Monday of `NOON` begins in Berlin."""


def a_situation(
    *,
    need: Need | None = None,
    standing: Placement | None = None,
    impressions: tuple[Impression, ...] = (),
    preferences: Preferences | None = None,
    surfaces: tuple[Surface, ...] | None = None,
    now: datetime = NOON,
) -> Situation:
    """Butter is needed, nothing stands, nothing was shown, at noon."""
    return Situation(
        need=ConsentedNeed(need=need or a_need(), grant=a_grant()),
        standing=standing,
        history=History(impressions=impressions),
        preferences=preferences or Preferences(),
        surfaces=(a_surface(),) if surfaces is None else surfaces,
        now=now,
    )


def an_impression(
    *,
    shown_at: datetime = NOON,
    reaction: ReactionKind | None = None,
    offer: Offer | None = None,
) -> Impression:
    """The butter offer was shown then, and answered so."""
    offer = offer or an_offer()
    need = a_need()
    return Impression(
        placement=PlacementId("p-1"),
        offer=offer.id,
        line_item=offer.line_item,
        campaign=offer.campaign,
        sponsor=offer.label.sponsor,
        category=offer.category,
        need=need.id,
        surface=a_surface().name,
        device=need.item.device,
        shown_at=shown_at,
        reaction=reaction,
        reacted_at=shown_at if reaction else None,
    )
