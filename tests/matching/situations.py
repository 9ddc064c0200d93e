"""Small situations for the rules: a consented need for butter at noon, with one thing changed."""

from datetime import datetime, timedelta

from edge.domain.appliance import Surface
from edge.domain.consent import ConsentedNeed, Grant
from edge.domain.facts import Facts
from edge.domain.household import Preferences
from edge.domain.measures import DeviceId, PlacementId, SurfaceName, Unit
from edge.domain.need import Need
from edge.domain.offer import Offer
from edge.domain.placement import Placement
from edge.domain.reaction import History, Impression, ReactionKind
from edge.matching.dice import Dice
from edge.matching.situation import Situation
from tests.builders import DAY, a_grant, a_need, a_surface, an_offer
from tests.fakes.clock import NOON

TICK = timedelta(microseconds=1)
"""The smallest step of a clock: one side of each boundary."""

DICE = Dice(key=b"this home")

MIDNIGHT = datetime.fromisoformat("2026-11-22T23:00:00+00:00")
"""When the Monday of `NOON` begins in Berlin."""


def some_facts(  # noqa: PLR0913  -- a builder has as many keywords as its value
    *,
    need: Need | None = None,
    grant: Grant | None = None,
    open_: bool = True,
    answered: bool = False,
    standing: Placement | None = None,
    preferences: Preferences | None = None,
    surfaces: tuple[Surface, ...] | None = None,
    in_use: frozenset[DeviceId] = frozenset(),
    enough_elsewhere: bool = False,
    region: str = "DE-BE",
    storage_healthy: bool = True,
    catalogue_until: datetime | None = NOON + 7 * DAY,
    package: float | None = 250.0,
    unit: Unit = Unit.GRAM,
    now: datetime = NOON,
) -> Facts:
    """Butter is needed, nothing stands, everything is in order, at noon."""
    return Facts(
        need=ConsentedNeed(need=need or a_need(), grant=grant or a_grant()),
        open=open_,
        answered=answered,
        standing=standing.id if standing else None,
        preferences=preferences or Preferences(),
        surfaces=(a_surface(),) if surfaces is None else surfaces,
        in_use=in_use,
        enough_elsewhere=enough_elsewhere,
        region=region,
        storage_healthy=storage_healthy,
        catalogue_until=catalogue_until,
        package=package,
        unit=unit,
        now=now,
    )


def a_situation(  # noqa: PLR0913  -- a builder has as many keywords as its value
    *,
    facts: Facts | None = None,
    need: Need | None = None,
    standing: Placement | None = None,
    impressions: tuple[Impression, ...] = (),
    preferences: Preferences | None = None,
    surfaces: tuple[Surface, ...] | None = None,
    now: datetime = NOON,
    dice: Dice = DICE,
) -> Situation:
    """Butter is needed, nothing stands, nothing was shown, at noon; `facts` in place of these."""
    given = facts or some_facts(
        need=need, standing=standing, preferences=preferences, surfaces=surfaces, now=now
    )
    return Situation.of(given, history=History(impressions=impressions), dice=dice)


def an_impression(
    *,
    shown_at: datetime = NOON,
    reaction: ReactionKind | None = None,
    offer: Offer | None = None,
    need: Need | None = None,
    surface: str = "fridge.door",
    redeemed_at: datetime | None = None,
) -> Impression:
    """The butter offer was shown then, and answered so."""
    offer = offer or an_offer()
    need = need or a_need()
    return Impression(
        placement=PlacementId(f"p-{shown_at.timestamp():.6f}-{offer.id}"),
        offer=offer.id,
        line_item=offer.line_item,
        campaign=offer.campaign,
        sponsor=offer.label.sponsor,
        category=offer.category,
        need=need.id,
        surface=SurfaceName(surface),
        device=need.item.device,
        shown_at=shown_at,
        reaction=reaction,
        reacted_at=shown_at if reaction else None,
        redeemed_at=redeemed_at,
    )
