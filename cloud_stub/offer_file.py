"""A category's offers as the bytes that are signed (docs/wire/catalogue.md)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import cbor2

from cloud_stub.campaign import Campaign, CategoryOffers, Copy, Creative, InBoth, LineItem
from cloud_stub.money import REFERENCE

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_DATE = {"de": "{day}. {month}", "en": "{day} {month}"}


def offer_file(offers: CategoryOffers, *, now: datetime) -> bytes:
    """The target file of one category, with each flight's window at `now`; canonical CBOR."""
    written = [
        _offer(offers.category, campaign, item, creative, now)
        for campaign in offers.campaigns
        for item in campaign.line_items
        for creative in item.creatives
    ]
    whole = {"version": 1, "category": offers.category, "offers": written}
    return cbor2.dumps(whole, canonical=True)


def _offer(
    category: str, campaign: Campaign, item: LineItem, creative: Creative, now: datetime
) -> dict[str, object]:
    start, end = item.flight.window(now)
    return {
        "identifier": f"{campaign.id}/{item.id}/{creative.id}",
        "campaign": campaign.id,
        "lineItem": item.id,
        "category": category,
        "price": item.price,
        "priceBefore": item.price_before,
        "priceCurrency": "EUR",
        "unitPrice": {"price": item.unit_price, "unit": REFERENCE[item.pack.unit]},
        "validFrom": int(start.timestamp()),
        "validThrough": int(end.timestamp()),
        "maxPerDay": item.max_per_day,
        "dsa": {"behalf": campaign.sponsor, "paid": campaign.payer},
        "words": dict(_words(item, creative, end)),
    }


def _words(item: LineItem, creative: Creative, end: datetime) -> Iterator[tuple[str, object]]:
    for language in ("de", "en"):
        copy: Copy = getattr(creative, language)
        until = _last_day(end, language)
        yield (
            language,
            {
                "title": copy.title,
                "body": copy.body,
                "conditions": _in(item.conditions, language).replace("{until}", until),
                "callToAction": _in(item.call_to_action, language),
            },
        )


def _in(said: InBoth, language: str) -> str:
    return said.de if language == "de" else said.en


def _last_day(end: datetime, language: str) -> str:
    last = end - timedelta(days=1)
    month = _MONTHS[language].split()[last.month - 1]
    return _DATE[language].format(day=last.day, month=month)
