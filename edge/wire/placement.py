"""A placement as the appliance gets it (docs/wire/placement.md), in whole sentences."""

from edge.domain.placement import Placement
from edge.domain.reaction import ReactionKind
from edge.wire.encoding import Encoding, encode_tree
from edge.wire.prices import price_line, unit_price_line

_MARKER = {"de": "Anzeige", "en": "Ad"}
"""DSA Art. 26(1)(a): that it is an advertisement, in one word; also our languages."""


def encode_placement(placement: Placement, *, language: str, encoding: Encoding) -> bytes:
    """The placement in the household's language.

    Args:
        placement: What to show.
        language: `de` or `en`; any other is shown in German, as offers are.
        encoding: JSON on MQTT, CBOR on CoAP, with the same names.
    """
    language = language if language in _MARKER else "de"
    offer = placement.offer
    words = offer.in_language(language)
    tree = {
        "placement": placement.id,
        "surface": placement.surface,
        "language": language,
        "label": {
            "marker": _MARKER[language],
            "sponsor": offer.label.sponsor,
            "payer": offer.label.payer,
        },
        "title": words.title,
        "body": words.body,
        "price": price_line(offer, language=language),
        "unitPrice": unit_price_line(offer, language=language),
        "conditions": words.conditions,
        "callToAction": words.call_to_action,
        "until": int(placement.until.timestamp()),
        "reactions": [kind.value for kind in ReactionKind],
    }
    return encode_tree(tree, encoding)
