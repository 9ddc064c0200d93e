"""A manifest as plain values, and one change at a time."""

import json
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]


def a_property(**terms: object) -> Json:
    """Butter by weight; `doorstep_x` stands for `doorstep:x`, None takes a term away."""
    butter: Json = {
        "titles": {"de": "Butter", "en": "butter"},
        "type": "number",
        "unit": "kg",
        "doorstep:category": "butter",
        "doorstep:evidence": "level",
        "doorstep:package": 0.25,
        "forms": [{"href": "readings", "op": "observeproperty"}],
    }
    return changed(butter, terms)


def a_door(**terms: object) -> Json:
    """A state that says how far to trust the amounts beside it."""
    door: Json = {
        "titles": {"de": "Tür", "en": "door"},
        "type": "boolean",
        "doorstep:evidence": "context",
        "forms": [{"href": "readings"}],
    }
    return changed(door, terms)


def a_place(**terms: object) -> Json:
    """The fridge's door as a surface."""
    door: Json = {
        "name": "fridge.door",
        "titles": {"de": "Kühlschranktür", "en": "fridge door"},
        "suits": ["groceries"],
        "titleChars": 60,
        "bodyChars": 160,
    }
    return changed(door, terms)


def a_manifest(**terms: object) -> Json:
    """A fridge with butter, a door and a place to show something."""
    fridge: Json = {
        "@context": [
            "https://www.w3.org/2022/wot/td/v1.1",
            {"doorstep": "https://doorstep.example/ns/v1#"},
        ],
        "title": "Fridge",
        "titles": {"de": "Kühlschrank", "en": "Fridge"},
        "securityDefinitions": {"pairing": {"scheme": "basic", "in": "header"}},
        "security": ["pairing"],
        "doorstep:kind": "fridge",
        "properties": {"butter": a_property(), "door": a_door()},
        "doorstep:surfaces": [a_place()],
    }
    return changed(fridge, terms)


def changed(document: Json, terms: Mapping[str, object]) -> Json:
    """The document with other terms, `at_` for `@` and `doorstep_` for `doorstep:`."""
    renamed = {
        name.replace("doorstep_", "doorstep:").replace("at_", "@"): value
        for name, value in terms.items()
    }
    merged = {**document, **renamed}
    return {name: value for name, value in merged.items() if value is not None}


def as_bytes(document: object) -> bytes:
    """The document as it is sent."""
    return json.dumps(document, ensure_ascii=False).encode()
