"""Line items that would tell their advertiser whom they reached: refused one by one.

An offer that only a few homes can match turns its redemption into a statement about the home. With
three conditions at most, 95 % of predicates still match fifty homes in ten thousand; with four it
is 80 % (measured: docs/privacy.md). A field that nobody documented is ignored, as the wire
documents say, unless there is an address in it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

CONDITIONS_MOST = 3

KINDS: frozenset[str] = frozenset()
"""What a `targeting` entry may be about: nothing yet. Category, dayparts and regions have fields of
their own; a condition that nobody here can honour is not accepted."""

SENSITIVE: Mapping[str, tuple[str, ...]] = {
    "health": ("krankheit", "diagnos", "medikament", "medication", "therapie", "diabet", "illness"),
    "pregnancy": ("schwanger", "pregnan", "fertility", "fruchtbarkeit", "stillzeit"),
    "religion": ("christlich", "muslim", "jüdisch", "jewish", "halal", "koscher", "kosher"),
    "politics": ("parteimitglied", "wahlkampf", "gewerkschaft", "trade union", "election"),
    "sexuality": ("sexual", "erotik", "erotic", "queer", "dating"),
    "minors": ("für kinder", "for kids", "for children", "jugendliche", "teenager"),
}
"""Stems that betray an offer about what nobody may target by (GDPR Art. 9, DSA Art. 26 and 28)."""

_ADDRESS = re.compile(
    r"https?:|www\.|//|\b[\w-]+\.(com|de|eu|org|net|io|app|shop|png|jpe?g|gif|svg|webp)\b",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])\w{12,}\b")
"""A word of twelve and more letters and digits is no word."""


def refusal(offer: Mapping[str, Any]) -> str | None:
    """Why this offer, as it came, must not be used; None when it may.

    Args:
        offer: One entry of a target file, before anything is known about its form.
    """
    if _conditions(offer) > CONDITIONS_MOST:
        return "too many conditions"
    if _kinds(offer) - KINDS:
        return "unknown condition"
    words = "\n".join(_words(offer))
    if any(stem in words.lower() for stems in SENSITIVE.values() for stem in stems):
        return "sensitive category"
    if _IDENTIFIER.search(words) or any(_ADDRESS.search(text) for text in _texts(offer)):
        return "link or identifier"
    return None


def _conditions(offer: Mapping[str, Any]) -> int:
    """How many, the category being the first."""
    fields = sum(bool(offer.get(name)) for name in ("dayparts", "regions"))
    return 1 + fields + len(_targeting(offer))


def _kinds(offer: Mapping[str, Any]) -> set[str]:
    return {str(one.get("kind")) if isinstance(one, Mapping) else "" for one in _targeting(offer)}


def _targeting(offer: Mapping[str, Any]) -> list[Any]:
    """Its further conditions; something that is no list is one that nobody understands."""
    targeting = offer.get("targeting", [])
    return targeting if isinstance(targeting, list) else [targeting]


def _words(offer: Mapping[str, Any]) -> Iterator[str]:
    """What people read, and what its authors called it."""
    yield from (str(offer.get(name, "")) for name in ("campaign", "lineItem", "identifier"))
    yield from _texts(offer.get("words"))


def _texts(value: object) -> Iterator[str]:
    """Every text in it, however deep; the decoder has bounded how deep that can be."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
