"""What the runtime asks to show, as docs/wire/placement.md says it; read carefully."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

TEXT_MOST = 200
"""Characters: no text of a placement may be longer."""

BUTTONS_MOST = 16
"""Twice the answers there are."""


class MalformedPlacementError(ValueError):
    """A placement that breaks docs/wire/placement.md; the appliance shows nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One offer for one surface.

    Attributes:
        id: Names it in the reaction.
        surface: Where it is to be shown.
        shown: The texts that must be shown together: label, title, price, conditions, ….
        until: The first instant at which it must be gone, UTC.
        reactions: The buttons it comes with.
    """

    id: str
    surface: str
    shown: tuple[str, ...]
    until: datetime
    reactions: tuple[str, ...]


def parse_placement(body: object) -> Placement:
    """The placement in a decoded JSON or CBOR body.

    Raises:
        MalformedPlacementError: It is not one.
    """
    message = "not a placement of docs/wire/placement.md"
    if not isinstance(body, dict):
        raise MalformedPlacementError(message)
    try:
        return Placement(
            id=_text(body["placement"]),
            surface=_text(body["surface"]),
            shown=tuple(_text(text) for text in _shown(body)),
            until=datetime.fromtimestamp(body["until"], UTC),
            reactions=tuple(_text(kind) for kind in body["reactions"][:BUTTONS_MOST]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        raise MalformedPlacementError(message) from error


def _shown(body: dict[str, Any]) -> list[Any]:
    """What belongs together on the surface, in reading order; a missing part is a KeyError."""
    label = body["label"]
    demanded = [label["marker"], label["sponsor"], label["payer"], body["title"], body["price"]]
    optional = [body.get(part, "") for part in ("unitPrice", "body", "callToAction")]
    return [*demanded, body["conditions"], *optional]


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > TEXT_MOST:
        message = f"a text of at most {TEXT_MOST} characters"
        raise ValueError(message)
    return value
