"""Prices as an appliance shows them, in the household's language."""

from edge.domain.measures import EuroCents
from edge.domain.offer import Offer

_INSTEAD_OF = {"de": "statt", "en": "instead of"}
_PIECE = {"de": "Stück", "en": "piece"}


def money(cents: EuroCents, *, language: str) -> str:
    """An amount: `1.234,50 €` in German, `€1,234.50` in English."""
    euros = f"{cents // 100:,}.{cents % 100:02}"
    if language == "en":
        return f"€{euros}"
    return euros.translate(str.maketrans(",.", ".,")) + " €"


def price_line(offer: Offer, *, language: str) -> str:
    """What it costs and, if that is less, what it cost before: `1,99 € statt 2,59 €`."""
    price = money(offer.price, language=language)
    if not offer.saving:
        return price
    return f"{price} {_INSTEAD_OF[language]} {money(offer.price_before, language=language)}"


def unit_price_line(offer: Offer, *, language: str) -> str:
    """The price per kilogram, litre or piece: `7,96 €/kg`."""
    per = _PIECE[language] if offer.unit_reference == "piece" else offer.unit_reference
    return f"{money(offer.unit_price, language=language)}/{per}"
