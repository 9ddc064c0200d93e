"""One category's target file of the signed catalogue: its bytes to offers (docs/wire/catalogue.md).

The signature says who wrote a file, not that it is well-formed: every limit of the document is
checked here, and a file with one offer out of bounds is refused whole. An offer that is in bounds
but would tell its advertiser whom it reached is left out by itself (sniper.py).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal

import cbor2
import msgspec

from edge.domain.category import CategoryName
from edge.domain.daypart import Daypart
from edge.domain.frequency import Cap, CapScope, CapSpan
from edge.domain.measures import Amount, EuroCents, OfferId
from edge.domain.offer import Label, Offer, Words
from edge.errors import MalformedError
from edge.wire.sniper import refusal

FILE_BYTES = 256 * 1024
"""The largest category file: about 300 offers in two languages, forty times the usual number."""

OFFERS_MOST = 2_000
TITLE_WORDS = 8
BODY_WORDS = 20
_DEPTH = 8
_WHOLE = "file"

_Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
_Identifier = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}(/[a-z0-9-]{1,40}){2}$")]
_Price = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9]\d{0,4})\.\d{2}$|^100000\.00$")]
_Party = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
_Instant = Annotated[int, msgspec.Meta(ge=0, le=4_102_444_800)]  # until the year 2100
_Clock = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_Weekday = Annotated[int, msgspec.Meta(ge=0, le=6)]
_Region = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
_Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}$")]


class _Wording(msgspec.Struct, frozen=True, rename="camel"):
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    body: Annotated[str, msgspec.Meta(max_length=160)]
    conditions: Annotated[str, msgspec.Meta(min_length=1, max_length=160)]
    call_to_action: Annotated[str, msgspec.Meta(min_length=1, max_length=30)]


class _Transparency(msgspec.Struct, frozen=True):
    behalf: _Party
    paid: _Party


class _UnitPrice(msgspec.Struct, frozen=True):
    price: _Price
    unit: Literal["kg", "l", "piece"]


class _Cap(msgspec.Struct, frozen=True):
    scope: Literal["creative", "line_item", "campaign", "sponsor"]
    span: Literal["hour", "day", "week", "month", "total"]
    most: Annotated[int, msgspec.Meta(ge=1, le=1_000)]


class _Daypart(msgspec.Struct, frozen=True):
    start: _Clock
    until: _Clock
    days: Annotated[list[_Weekday], msgspec.Meta(min_length=1, max_length=7)] = msgspec.field(
        default_factory=lambda: list(range(7))
    )


class _Fields(msgspec.Struct, frozen=True, rename="camel"):
    identifier: _Identifier
    campaign: _Name
    line_item: _Name
    category: str
    price: _Price
    price_before: _Price
    price_currency: Literal["EUR"]
    unit_price: _UnitPrice
    valid_from: _Instant
    valid_through: _Instant
    max_per_day: Annotated[int, msgspec.Meta(ge=1, le=24)]
    dsa: _Transparency
    words: Annotated[dict[_Language, _Wording], msgspec.Meta(min_length=2, max_length=8)]
    caps: Annotated[list[_Cap], msgspec.Meta(max_length=20)] = msgspec.field(default_factory=list)
    dayparts: Annotated[list[_Daypart], msgspec.Meta(max_length=14)] = msgspec.field(
        default_factory=list
    )
    regions: Annotated[list[_Region], msgspec.Meta(max_length=50)] = msgspec.field(
        default_factory=list
    )
    pacing: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1.0
    content: Annotated[float, msgspec.Meta(gt=0, le=1e6)] | None = None
    coupon: Annotated[str, msgspec.Meta(pattern=r"^[A-Z0-9-]{4,20}$")] | None = None


class _File(msgspec.Struct, frozen=True):
    version: Literal[1]
    category: str
    offers: Annotated[list[_Fields], msgspec.Meta(max_length=OFFERS_MOST)]


def decode_category(payload: bytes, category: CategoryName) -> tuple[Offer, ...]:
    """The offers of one category's target file, in the order of the file.

    Raises:
        MalformedError: The file breaks a rule of the wire document.
    """
    file = _parsed(payload)
    _demand(file.category == category, "category", "the one that the file's path names")
    offers = tuple(_offer(at, fields, category) for at, fields in enumerate(file.offers))
    _demand(len({offer.id for offer in offers}) == len(offers), "offers", "each identifier once")
    return offers


def _parsed(payload: bytes) -> _File:
    _demand(len(payload) <= FILE_BYTES, _WHOLE, f"at most {FILE_BYTES} bytes")
    try:
        plain = cbor2.loads(payload, max_depth=_DEPTH, allow_indefinite=False)
        return msgspec.convert(_without_snipers(plain), type=_File)
    except msgspec.ValidationError as error:
        rule, _, path = str(error).partition(" - at `$")
        raise MalformedError(path.strip(".`") or _WHOLE, rule) from error
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError) as error:
        rule = "CBOR of definite length, eight levels deep at most"
        raise MalformedError(_WHOLE, rule) from error


def _without_snipers(plain: Any) -> Any:  # noqa: ANN401 - nothing is known about its form yet
    """The file without the line items that would tell whom they reached."""
    offers = plain.get("offers") if isinstance(plain, dict) else None
    if not isinstance(offers, list):
        return plain
    kept = [one for one in offers if not (isinstance(one, dict) and refusal(one))]
    return plain | {"offers": kept}


def _offer(at: int, fields: _Fields, category: CategoryName) -> Offer:
    where = f"offers[{at}]"
    _check(where, fields, category)
    return Offer(
        id=OfferId(fields.identifier),
        campaign=fields.campaign,
        line_item=fields.line_item,
        category=category,
        label=Label(sponsor=fields.dsa.behalf, payer=fields.dsa.paid),
        words=_words(fields.words),
        price=_cents(fields.price),
        price_before=_cents(fields.price_before),
        unit_price=_cents(fields.unit_price.price),
        unit_reference=fields.unit_price.unit,
        flight_start=datetime.fromtimestamp(fields.valid_from, UTC),
        flight_end=datetime.fromtimestamp(fields.valid_through, UTC),
        per_day=fields.max_per_day,
        caps=tuple(_cap(one) for one in fields.caps),
        dayparts=tuple(_daypart(one) for one in fields.dayparts),
        regions=frozenset(fields.regions),
        pacing=fields.pacing,
        content=None if fields.content is None else Amount(fields.content),
        coupon=fields.coupon,
    )


def _cap(shape: _Cap) -> Cap:
    return Cap(scope=CapScope(shape.scope), span=CapSpan(shape.span), most=shape.most)


def _daypart(shape: _Daypart) -> Daypart:
    start, until = time.fromisoformat(shape.start), time.fromisoformat(shape.until)
    return Daypart(start=start, until=until, days=frozenset(shape.days))


def _check(where: str, fields: _Fields, category: CategoryName) -> None:
    """What no single field can say about itself."""
    path = f"{fields.campaign}/{fields.line_item}/"
    cheaper = _cents(fields.price) <= _cents(fields.price_before)
    _demand(fields.category == category, f"{where}.category", "that of the file")
    _demand(fields.identifier.startswith(path), f"{where}.identifier", "campaign/lineItem/creative")
    _demand(cheaper, f"{where}.priceBefore", "not below price")
    _demand(fields.valid_from < fields.valid_through, f"{where}.validThrough", "after validFrom")
    _demand({"de", "en"} <= fields.words.keys(), f"{where}.words", "German and English")
    for language, wording in fields.words.items():
        _check_wording(f"{where}.words.{language}", wording)


def _check_wording(where: str, wording: _Wording) -> None:
    for name, text, most in (
        ("title", wording.title, TITLE_WORDS),
        ("body", wording.body, BODY_WORDS),
    ):
        _demand(len(text.split()) <= most, f"{where}.{name}", f"at most {most} words")
    for text in (wording.title, wording.body, wording.conditions, wording.call_to_action):
        _demand(text.isprintable(), where, "printable characters on one line")
        _demand(not _LINK.search(text), where, "no link: nothing is loaded from outside")


_LINK = re.compile(r"https?:|www\.|//", re.IGNORECASE)


def _words(wordings: Mapping[str, _Wording]) -> dict[str, Words]:
    return {
        language: Words(
            title=wording.title,
            body=wording.body,
            conditions=wording.conditions,
            call_to_action=wording.call_to_action,
        )
        for language, wording in wordings.items()
    }


def _cents(price: str) -> EuroCents:
    return EuroCents(int(price.replace(".", "")))


def _demand(holds: bool, field: str, rule: str) -> None:  # noqa: FBT001 - it is the sentence itself
    if not holds:
        raise MalformedError(field, rule)
