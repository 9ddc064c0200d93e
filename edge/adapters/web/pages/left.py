"""What left the home: each message, its bytes, and how much of it was about anyone."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from edge.adapters.web.site import Visit, show, welcome
from edge.domain.egress import EgressMessage
from edge.household.fair_trade import fair_trade
from edge.wording.amounts import money, number, size
from edge.wording.days import at_time
from edge.wording.egress import tell_message, tell_summary

_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One message in the table."""

    at: str
    told: str
    to: str
    channel: str
    size: str


async def show_left(request: Request) -> Response:
    """The ledger, newest first."""
    visiting = await welcome(request)
    summary = await visiting.home.ledger.summary()
    local = visiting.voice.local(visiting.now)
    month = await fair_trade(visiting.home, year=local.year, month=local.month)
    catalogue = await visiting.home.shelf.newest(now=visiting.now)
    return show(
        visiting,
        "left.html",
        fingerprint=catalogue.fingerprint if catalogue else None,
        facts=summary.household_facts,
        month=month,
        saved=money(month.money_saved, visiting.voice),
        told=tell_summary(summary, visiting.voice),
        messages=number(summary.messages, visiting.voice),
        size=size(summary.size, visiting.voice),
        lines=[_line(one, visiting) for one in await visiting.home.ledger.newest(limit=_SHOWN)],
        shown=_SHOWN,
    )


def _line(message: EgressMessage, visiting: Visit) -> MessageLine:
    return MessageLine(
        at=at_time(message.at, visiting.now, visiting.voice),
        told=tell_message(message, visiting.voice),
        to=message.to,
        channel=message.channel,
        size=size(message.size, visiting.voice),
    )
