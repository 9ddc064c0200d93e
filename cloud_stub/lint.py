"""Checks offers before they are signed: what makes an offer understood, and left in peace by.

Each rule is one function that yields what it finds as (field, rule); a file with a complaint is
never signed, and the home checks again what it can see of this (docs/wire/catalogue.md).
"""

import re
from collections.abc import Iterator, Mapping

from cloud_stub import wording
from cloud_stub.authoring import AuthoringError, Complaint, public_categories
from cloud_stub.campaign import Campaign, CategoryOffers, Copy, Creative, LineItem
from cloud_stub.money import REFERENCE, cents, unit_price_cents

Found = Iterator[tuple[str, str]]

TITLE_WORDS, TITLE_CHARS = 8, 60
BODY_WORDS, BODY_CHARS = 20, 160
CONDITIONS_CHARS = 160
CALL_CHARS = 30
PARTY_CHARS = 100
FLIGHT_DAYS_MOST = 366
PER_DAY_MOST = 24

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PRICE_IN_TEXT = {"de": re.compile(r"(\d+),(\d{2}) €"), "en": re.compile(r"€(\d+)\.(\d{2})")}
_LINK = re.compile(r"https?:|www\.|//|\.(com|de|png|jpg|gif)\b", re.IGNORECASE)


def lint(files: Mapping[str, CategoryOffers]) -> list[CategoryOffers]:
    """The offers of all files.

    Raises:
        AuthoringError: With every complaint about them.
    """
    public = public_categories()
    complaints = tuple(found for name in files for found in _file(name, files[name], public))
    complaints += tuple(_repeated(files))
    if complaints:
        raise AuthoringError(complaints)
    return list(files.values())


def _file(name: str, offers: CategoryOffers, public: frozenset[str]) -> Iterator[Complaint]:
    if offers.category not in public:
        yield Complaint(file=name, campaign="", field="category", rule="one of the public list")
    for campaign in offers.campaigns:
        for field, rule in _campaign(campaign):
            yield Complaint(file=name, campaign=campaign.id, field=field, rule=rule)


def _campaign(campaign: Campaign) -> Found:
    yield from _label(campaign)
    for item in campaign.line_items:
        for check in (_identified, _priced, _flown, _conditional):
            yield from _below(item.id, check(item))
        for creative in item.creatives:
            yield from _below(f"{item.id}/{creative.id}", _creative(item, creative))


def _below(where: str, found: Found) -> Found:
    for field, rule in found:
        yield f"{where}.{field}", rule


def _creative(item: LineItem, creative: Creative) -> Found:
    for language, copy in (("de", creative.de), ("en", creative.en)):
        yield from _below(language, _copy(item, language, copy))


def _copy(item: LineItem, language: str, copy: Copy) -> Found:
    yield from _brief(copy)
    yield from _decent(copy)
    yield from _honest_prices(item, language, copy)


# one rule each


def _label(campaign: Campaign) -> Found:
    if not _ID.fullmatch(campaign.id):
        yield "id", "small letters, digits and hyphens, at most 40"
    for field, party in (("sponsor", campaign.sponsor), ("payer", campaign.payer)):
        if not 1 <= len(party.strip()) <= PARTY_CHARS:
            yield field, f"a name of at most {PARTY_CHARS} characters (DSA Art. 26)"


def _identified(item: LineItem) -> Found:
    for identifier in (item.id, *(creative.id for creative in item.creatives)):
        if not _ID.fullmatch(identifier):
            yield "id", "small letters, digits and hyphens, at most 40"
    if not item.creatives:
        yield "creatives", "at least one"


def _priced(item: LineItem) -> Found:
    prices = {name: cents(getattr(item, name)) for name in ("price", "price_before", "unit_price")}
    for name, price in prices.items():
        if price is None:
            yield name, "euros with two decimals, like 1.99, up to 100000.00"
    price, before, unit = prices.values()
    if price is None or before is None or unit is None:
        return
    if before < price:
        yield "price_before", "not below price"
    if item.pack.amount <= 0 or unit != unit_price_cents(price, item.pack):
        yield "unit_price", f"price for one {REFERENCE[item.pack.unit]}, rounded to the cent"


def _flown(item: LineItem) -> Found:
    flight = item.flight
    if not 1 <= flight.days <= flight.every <= FLIGHT_DAYS_MOST or flight.from_day < 0:
        yield (
            "flight",
            f"1 day or more, no longer than its cycle of at most {FLIGHT_DAYS_MOST} days",
        )
    if not 1 <= item.max_per_day <= PER_DAY_MOST:
        yield "max_per_day", f"1 to {PER_DAY_MOST}"


def _conditional(item: LineItem) -> Found:
    for language, text in (("de", item.conditions.de), ("en", item.conditions.en)):
        if "{until}" not in text or len(text) > CONDITIONS_CHARS:
            yield (
                f"conditions.{language}",
                f"the last day as {{until}}; {CONDITIONS_CHARS} characters",
            )
    for language, call in (("de", item.call_to_action.de), ("en", item.call_to_action.en)):
        if not 1 <= len(call) <= CALL_CHARS or re.search(r"[.!?;,]", call):
            yield f"call_to_action.{language}", f"one short call, {CALL_CHARS} characters"


def _brief(copy: Copy) -> Found:
    if not 1 <= len(copy.title.split()) <= TITLE_WORDS or len(copy.title) > TITLE_CHARS:
        yield "title", f"1 to {TITLE_WORDS} words, {TITLE_CHARS} characters"
    if not 1 <= len(copy.body.split()) <= BODY_WORDS or len(copy.body) > BODY_CHARS:
        yield "body", f"1 to {BODY_WORDS} words, {BODY_CHARS} characters"


_UNWANTED = (
    ("no pressure", wording.spoken(wording.URGENCY)),
    ("nobody is addressed", wording.spoken(wording.ADDRESS)),
    ("an offer never speaks as the appliance or as we", wording.spoken(wording.APPLIANCE)),
    ("nothing about what somebody did before", wording.spoken(wording.RETARGETING)),
    ("one call to action, in its own field", wording.spoken(wording.CALLS)),
    (
        "nothing about health, belief, politics or minors (DSA Art. 26(3))",
        wording.spoken(wording.SENSITIVE, whole=False),
    ),
)


def _decent(copy: Copy) -> Found:
    for field, text in (("title", copy.title), ("body", copy.body)):
        for rule, unwanted in _UNWANTED:
            if found := unwanted.search(text):
                yield field, f"{rule}: not “{found[0]}”"
        if "!" in text or re.search(r"\b[A-ZÄÖÜ]{4,}\b", text):
            yield field, "no shouting: no exclamation mark, no word in capitals"
        if _LINK.search(text):
            yield field, "no link and no media from outside"


def _honest_prices(item: LineItem, language: str, copy: Copy) -> Found:
    """A price in the words is the price; and there is one, up front."""
    allowed = {cents(item.price), cents(item.price_before)}
    for field, text in (("title", copy.title), ("body", copy.body)):
        said = {int(euros + rest) for euros, rest in _PRICE_IN_TEXT[language].findall(text)}
        if said - allowed:
            yield field, "only the price and the price before, as the line item has them"
    if cents(item.price) not in {
        int(euros + rest) for euros, rest in _PRICE_IN_TEXT[language].findall(copy.title)
    }:
        yield "title", "the price, up front: 1,99 € in German, €1.99 in English"


def _repeated(files: Mapping[str, CategoryOffers]) -> Iterator[Complaint]:
    """No two offers of one identifier, and none that says the same as another."""
    seen: set[object] = set()
    for name, campaign, item, creative in _all_creatives(files):
        where = f"{item.id}/{creative.id}"
        said = {(copy.title, copy.body) for copy in (creative.de, creative.en)}
        marks: set[object] = {f"{campaign.id}/{where}", *said}
        if seen & marks:
            rule = "an identifier and words that no other offer has"
            yield Complaint(file=name, campaign=campaign.id, field=where, rule=rule)
        seen |= marks


def _all_creatives(
    files: Mapping[str, CategoryOffers],
) -> Iterator[tuple[str, Campaign, LineItem, Creative]]:
    for name, offers in files.items():
        for campaign in offers.campaigns:
            for item in campaign.line_items:
                for creative in item.creatives:
                    yield name, campaign, item, creative
