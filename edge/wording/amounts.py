"""Amounts, prices and sizes, the way people read them."""

from edge.domain.category import DataCategory
from edge.domain.item import EvidenceKind, Item
from edge.domain.measures import EuroCents, Unit
from edge.domain.offer import Offer
from edge.wording.voice import Voice

_SPACE = "\N{NO-BREAK SPACE}"
_FINE_BELOW = 10
"""Below ten a decimal says something (0.5 l, 2.5 pages); above it is noise."""
_KILO = 1_000


def number(value: float, voice: Voice, *, digits: int = 0) -> str:
    """A number with that many decimals, without trailing zeros, in the language's own marks."""
    plain = f"{value:,.{digits}f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.translate(str.maketrans(",.", ".,")) if voice.language == "de" else plain


def amount(value: float, item: Item, voice: Voice) -> str:
    """So much of an item, with its unit: `62 g`, `1.2 kg`, `120 pages`."""
    if item.unit is Unit.COUNT:
        return _counted(value, item, voice)
    small, large = ("g", "kg") if item.unit is Unit.GRAM else ("ml", "l")
    if value >= _KILO:
        return f"{number(value / _KILO, voice, digits=1)}{_SPACE}{large}"
    return f"{_rounded(value, voice)}{_SPACE}{small}"


def money(cents: EuroCents, voice: Voice) -> str:
    """A price: `1,99 €` in German, `€1.99` in English."""
    euros = f"{cents // 100}.{cents % 100:02}"
    return f"{euros.replace('.', ',')}{_SPACE}€" if voice.language == "de" else f"€{euros}"


def unit_price(offer: Offer, voice: Voice) -> str:
    """The price per kilogram, litre or piece, as the price law asks for it."""
    price = money(offer.unit_price, voice)
    if offer.unit_reference == "piece":
        return voice.say("{price} each", price=price)
    return f"{price}/{offer.unit_reference}"


def size(count: int, voice: Voice) -> str:
    """So many bytes: `412 bytes`, `9.4 kB`."""
    if count < _KILO:
        return voice.many("{count} byte", "{count} bytes", count)
    kilo = count / _KILO
    if kilo < _KILO:
        return f"{number(kilo, voice, digits=1)}{_SPACE}kB"
    return f"{number(kilo / _KILO, voice, digits=1)}{_SPACE}MB"


def share(value: float, voice: Voice) -> str:
    """A share from 0 to 1 as a percentage."""
    gap = _SPACE if voice.language == "de" else ""
    return f"{number(100 * value, voice)}{gap}%"


def _counted(value: float, item: Item, voice: Voice) -> str:
    count = _whole_enough(value)
    shown = _rounded(value, voice)
    if item.data is DataCategory.BOOKS:
        return voice.many("{shown} page", "{shown} pages", count, shown=shown)
    if item.evidence is EvidenceKind.USAGE:
        return voice.many("{shown} use", "{shown} uses", count, shown=shown)
    return voice.many("{shown} piece", "{shown} pieces", count, shown=shown)


def _rounded(value: float, voice: Voice) -> str:
    return number(value, voice, digits=1 if value < _FINE_BELOW else 0)


def _whole_enough(value: float) -> float:
    """The value as it is shown: 0.96 is shown as 1 and spoken as one."""
    return round(value, 1) if value < _FINE_BELOW else round(value)
