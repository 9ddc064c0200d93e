"""Write a Thing Description as docs/wire/manifest.md asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CONTEXT = [
    "https://www.w3.org/2022/wot/td/v1.1",
    {"doorstep": "https://doorstep.example/ns/v1#"},
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One thing the appliance measures.

    Attributes:
        name: The SenML name of its readings.
        titles: What people call it, German and English.
        unit: Its SenML unit; empty for a state.
        category: A row of the public categories; empty for context such as a door.
        package: What a full package holds, in `unit`; None when not known.
    """

    name: str
    titles: Mapping[str, str]
    unit: str = ""
    category: str = ""
    package: float | None = None

    def described(self) -> dict[str, Any]:
        """Its property affordance."""
        described: dict[str, Any] = {
            "titles": dict(self.titles),
            "type": "number" if self.unit else "boolean",
            "readOnly": True,
            "doorstep:evidence": "level" if self.category else "context",
            "forms": [{"href": "readings", "op": "observeproperty"}],
        }
        optional = {
            "unit": self.unit,
            "doorstep:category": self.category,
            "doorstep:package": self.package,
        }
        return described | {term: value for term, value in optional.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One place to show an offer.

    Attributes:
        name: `fridge.door`.
        titles: What people call it, German and English.
        suits: The kinds of data whose offers belong there.
    """

    name: str
    titles: Mapping[str, str]
    suits: tuple[str, ...]

    def described(self) -> dict[str, Any]:
        """Its entry in the manifest; title and body may be as long as the catalogue allows."""
        return {
            "name": self.name,
            "titles": dict(self.titles),
            "suits": list(self.suits),
            "titleChars": 60,
            "bodyChars": 160,
        }


def thing_description(
    *, kind: str, titles: Mapping[str, str], properties: Sequence[Property], surface: Surface
) -> dict[str, Any]:
    """The manifest of one appliance."""
    return {
        "@context": CONTEXT,
        "@type": "doorstep:Appliance",
        "title": titles["en"],
        "titles": dict(titles),
        "securityDefinitions": {"pairing": {"scheme": "basic", "in": "header"}},
        "security": ["pairing"],
        "doorstep:kind": kind,
        "properties": {one.name: one.described() for one in properties},
        "doorstep:surfaces": [surface.described()],
    }
