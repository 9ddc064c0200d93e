"""Values of the domain as JSON documents: the names stay, instants are ISO 8601 in UTC."""

from datetime import datetime

import msgspec

from edge.domain.egress import EgressMessage, EgressSummary
from edge.domain.item import Item
from edge.domain.need import Need
from edge.domain.placement import Decision
from edge.household.seeing import Today, Watched
from edge.wording.decisions import kept_out, stations, tell_decision
from edge.wording.evidence import tell_evidence
from edge.wording.items import item_title, likely_gone, what_is_left
from edge.wording.traces import moment_in_full, offers_in_full, surfaces_in_full
from edge.wording.voice import Voice

Document = object
"""What `json` can write: dictionaries, lists, texts, numbers, truth values, None."""


def document(value: object) -> Document:
    """Any frozen value as a document."""
    return msgspec.to_builtins(value, str_keys=True)


def today_document(day: Today, voice: Voice) -> Document:
    """The first page for programs, each item with its sentence."""
    return {
        "now": document(day.now),
        "watched": [watched_document(one, day.now, voice) for one in day.watched],
        "offer": document(day.standing),
        "latest": document(day.latest),
        "offers_allowed": day.offers_allowed,
        "left": summary_document(day.left),
        "preferences": document(day.preferences),
    }


def watched_document(one: Watched, now: datetime, voice: Voice) -> Document:
    """One item: what is left, until when, the need."""
    known = one.estimate
    return {
        "item": document(one.item),
        "estimate": document(known),
        "need": document(one.need),
        "title": item_title(one.item, voice),
        "left": what_is_left(known, one.item, voice) if known else "",
        "gone": likely_gone(known.run_out, one.item, now, voice) if known else "",
    }


def need_document(need: Need, item: Item | None, voice: Voice) -> Document:
    """One open need with its evidence in words; no words when its item is gone."""
    told = [tell_evidence(fact, item, voice) for fact in need.evidence] if item else []
    return {"need": document(need), "evidence": told}


def decision_document(decision: Decision, item: Item | None, voice: Voice) -> Document:
    """One decision: the value, its sentence, and each station and rule in full."""
    return {
        "decision": document(decision),
        "sentence": tell_decision(decision, item, voice),
        "full": [
            *(f"{station.name}: {station.told}" for station in stations(decision, voice)),
            *moment_in_full(decision, voice)[1:],
            *kept_out(decision, voice),
            *surfaces_in_full(decision, voice),
            *(f"{offer}: {verdict}" for offer, verdict in offers_in_full(decision, voice)),
        ],
    }


def summary_document(summary: EgressSummary) -> Document:
    """The totals of what left; a size is in bytes."""
    return {
        "messages": summary.messages,
        "bytes": summary.size,
        "household_facts": summary.household_facts,
    }


def message_document(message: EgressMessage) -> Document:
    """One message; its size is in bytes."""
    return {
        "at": document(message.at),
        "channel": message.channel,
        "to": message.to,
        "purpose": message.purpose,
        "asks_for": message.asks_for,
        "bytes": message.size,
        "explained": message.explained,
    }
