"""What happens in the house, one plain sentence each: the story as it is told in a terminal."""

from datetime import datetime

from edge.domain.item import Item
from edge.domain.need import Need
from edge.domain.placement import Placement
from edge.domain.stock import StockEstimate
from edge.domain.story import Cleared, Consented, Event, Kept, Paired, Reacted, Reviewed
from edge.wording.amounts import share
from edge.wording.appliances import appliance_title
from edge.wording.categories import data_name
from edge.wording.consent import purpose_name
from edge.wording.evidence import tell_evidence
from edge.wording.items import item_title, likely_gone, what_is_left
from edge.wording.reactions import reaction_name
from edge.wording.reasons import why_gone, why_silent
from edge.wording.surfaces import surface_name
from edge.wording.voice import Voice


def tell_event(event: Event, voice: Voice) -> str:
    """The event as one sentence."""
    match event:
        case Paired():
            title = appliance_title(event.appliance, voice)
            return voice.say("{appliance} is part of the home.", appliance=title)
        case Consented():
            return _consented(event, voice)
        case Kept():
            return voice.many(
                "{count} new reading from {device}, kept at home.",
                "{count} new readings from {device}, kept at home.",
                event.count,
                device=event.device,
            )
        case Reviewed():
            return _reviewed(event, voice)
        case Reacted():
            return voice.say(
                "The answer to “{title}”: {answer}.",
                title=_offered(event.placement, voice),
                answer=reaction_name(event.kind, voice),
            )
        case Cleared():
            return _cleared(event, voice)


def tell_stock(item: Item, estimate: StockEstimate, now: datetime, voice: Voice) -> str:
    """What is left of an item and until when, as one sentence."""
    return voice.say(
        "{item}: {left}, {when}.",
        item=item_title(item, voice),
        left=what_is_left(estimate, item, voice),
        when=likely_gone(estimate.run_out, item, now, voice),
    )


def tell_need(item: Item, need: Need, now: datetime, voice: Voice) -> str:
    """What will be lacking soon, how sure that is, and the most telling fact, as a sentence."""
    return voice.say(
        "{item}: {when}, with a chance of {chance} in the next {days}. {fact}",
        item=item_title(item, voice),
        when=likely_gone(need.run_out, item, now, voice),
        chance=share(need.probability, voice),
        days=voice.many("{count} day", "{count} days", round(need.horizon_days)),
        fact=tell_evidence(need.evidence[0], item, voice),
    )


def tell_placement(placement: Placement, voice: Voice) -> str:
    """What is shown and where, as one sentence."""
    return voice.say(
        "“{title}”, shown here: {surface}. Advertisement on behalf of {sponsor}.",
        surface=surface_name(placement.surface, voice),
        title=_offered(placement, voice),
        sponsor=placement.offer.label.sponsor,
    )


def _consented(event: Consented, voice: Voice) -> str:
    names = {
        "purpose": purpose_name(event.grant.purpose, voice),
        "data": data_name(event.grant.data, voice),
        "device": event.grant.device,
    }
    if event.grant.ended_at is None:
        return voice.say("Allowed: {purpose}, {data}, {device}.", **names)
    return voice.say("No longer allowed: {purpose}, {data}, {device}.", **names)


def _reviewed(event: Reviewed, voice: Voice) -> str:
    if isinstance(event.outcome, Placement):
        return tell_placement(event.outcome, voice)
    why = why_silent(event.outcome.reason, voice)
    if event.estimate is None:
        return voice.say("{item}: nothing is shown. {why}", item=_title(event, voice), why=why)
    stock = tell_stock(event.item, event.estimate, event.estimate.as_of, voice)
    return voice.say("{stock} Nothing is shown: {why}", stock=stock, why=why)


def _cleared(event: Cleared, voice: Voice) -> str:
    return voice.say(
        "The offer is gone from here: {surface}. The reason: {why}.",
        surface=surface_name(event.placement.surface, voice),
        why=why_gone(event.reason, voice),
    )


def _title(event: Reviewed, voice: Voice) -> str:
    return item_title(event.item, voice)


def _offered(placement: Placement, voice: Voice) -> str:
    return placement.offer.in_language(voice.language).title
