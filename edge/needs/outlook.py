"""From what an item has said to what is left of it, and the need if there is one.

`outlook` is the fold of `belief.begin` and `belief.learn` over all readings, followed by `look`;
whoever keeps the `Belief` between readings gets the same answer for one `learn` and one `look`.
A reading older than the belief cannot be learnt: call `outlook` or `belief.fold` again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from edge.domain.correction import Correction
from edge.domain.item import EvidenceKind, Item
from edge.domain.measures import Amount, NeedId, Probability
from edge.domain.need import Need
from edge.domain.reading import Reading
from edge.domain.stock import RunOut, StockEstimate
from edge.needs.belief import Belief, fold
from edge.needs.evidence import evidence_for
from edge.needs.horizon import (
    CLOSES_BELOW,
    FEWEST_READINGS,
    FRESH_FOR,
    HORIZON_DAYS,
    OPENS_AT,
    stale_after,
)
from edge.needs.run_out import MOST_DAYS, Depletion


class NoNeed(StrEnum):
    """Why there is no need; a sensor's `Doubt` is a further reason."""

    ENOUGH_LEFT = "enough_left"
    TOO_FEW_READINGS = "too_few_readings"
    STALE = "stale"
    NEVER_TRACK = "never_track"
    NO_AMOUNT = "no_amount"
    """The item says nothing about an amount: a door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What can be said of one item at one instant.

    Attributes:
        estimate: What is left and until when; None while nothing trustworthy is known.
        need: The need, if it is likely to run out within the horizon.
        reason: Why there is no need: a `NoNeed` or a sensor's `Doubt`; empty when there is one.
    """

    estimate: StockEstimate | None
    need: Need | None
    reason: str


def outlook(
    item: Item,
    readings: Sequence[Reading],
    *,
    now: datetime,
    corrections: Sequence[Correction] = (),
) -> Outlook:
    """What all readings of an item, in any order, and the household's corrections say at `now`.

    Readings and corrections later than `now` are left out.
    """
    past = [reading for reading in readings if reading.time <= now]
    said = [correction for correction in corrections if correction.at <= now]
    return look(fold(item, past, said), now=now)


def look(belief: Belief, *, now: datetime) -> Outlook:
    """What the belief says at `now`, which is not before its newest reading."""
    refusal = _refusal(belief, now)
    depletion = belief.depletion()
    if refusal or depletion is None:
        return Outlook(estimate=None, need=None, reason=refusal or NoNeed.TOO_FEW_READINGS)
    estimate = _estimate(belief, depletion, now)
    chance = _chance(belief, depletion, now)
    if now >= _stale_at(belief):
        return Outlook(estimate=estimate, need=None, reason=NoNeed.STALE)
    open_ = chance >= (CLOSES_BELOW if belief.low_since else OPENS_AT)
    if not open_ or estimate.run_out is None:
        return Outlook(estimate=estimate, need=None, reason=NoNeed.ENOUGH_LEFT)
    need = _need(belief, estimate, estimate.run_out, chance)
    return Outlook(estimate=estimate, need=need, reason="")


def _refusal(belief: Belief, now: datetime) -> str:
    if belief.never:
        return NoNeed.NEVER_TRACK
    if belief.item.evidence is EvidenceKind.CONTEXT:
        return NoNeed.NO_AMOUNT
    if belief.readings < FEWEST_READINGS:
        return NoNeed.TOO_FEW_READINGS
    return belief.doubt(now=now) or ""


def _chance(belief: Belief, depletion: Depletion, now: datetime) -> float:
    """That it is gone by the end of the horizon, counted from `now`."""
    return depletion.gone_within(_elapsed(belief, now) + HORIZON_DAYS[belief.item.data])


def _elapsed(belief: Belief, now: datetime) -> float:
    """Days since the gauge's instant."""
    return max((now - _gauged_at(belief)) / timedelta(days=1), 0.0)


def _gauged_at(belief: Belief) -> datetime:
    if belief.gauge is None:
        message = "nothing was read yet"
        raise ValueError(message)
    return belief.gauge.at


def _stale_at(belief: Belief) -> datetime:
    return (belief.as_of or _gauged_at(belief)) + stale_after(belief.item)


def _estimate(belief: Belief, depletion: Depletion, now: datetime) -> StockEstimate:
    used = depletion.rate * _elapsed(belief, now)
    return StockEstimate(
        item=belief.item.id,
        as_of=now,
        left=Amount(max(depletion.left - used, 0.0)),
        left_sd=depletion.left_sd,
        rate=depletion.rate,
        rate_sd=depletion.rate_sd,
        run_out=_run_out(depletion, _gauged_at(belief)),
        readings=belief.readings,
        last_refill=belief.refills[-1] if belief.refills else None,
    )


def _run_out(depletion: Depletion, start: datetime) -> RunOut | None:
    earliest, likely, latest = (depletion.days_until(chance) for chance in (0.1, 0.5, 0.9))
    if earliest is None or likely is None or likely > MOST_DAYS:
        return None
    most = 3 * MOST_DAYS if latest is None else latest
    return RunOut(
        earliest=start + timedelta(days=earliest),
        likely=start + timedelta(days=max(likely, earliest)),
        latest=start + timedelta(days=max(most, likely, earliest)),
    )


def _need(belief: Belief, estimate: StockEstimate, run_out: RunOut, chance: float) -> Need:
    now = estimate.as_of
    return Need(
        id=_need_id(belief),
        item=belief.item.id,
        category=belief.item.category,
        probability=Probability(min(chance, 1.0)),
        horizon_days=HORIZON_DAYS[belief.item.data],
        run_out=run_out,
        evidence=evidence_for(belief, left=estimate.left),
        opened_at=belief.low_since or now,
        valid_until=min(now + FRESH_FOR, _stale_at(belief)),
    )


def _need_id(belief: Belief) -> NeedId:
    """Item and the UTC day of the refill that the need started from, in unix seconds; 0 before any.

    By the day, so that even a lying sensor makes no more than one need per item and day.
    """
    if not belief.refills:
        return NeedId(f"{belief.item.id}@0")
    day = belief.refills[-1].replace(hour=0, minute=0, second=0, microsecond=0)
    return NeedId(f"{belief.item.id}@{int(day.timestamp())}")
