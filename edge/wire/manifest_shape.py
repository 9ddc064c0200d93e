"""A manifest as it is written: a W3C WoT Thing Description 1.1 with terms of our own.

Only what docs/wire/manifest.md asks for; everything else in the document is somebody else's.
"""

from typing import Annotated

import msgspec

from edge.wire.shape import Text

_Titles = Annotated[dict[str, Text], msgspec.Meta(min_length=2, max_length=16)]
_Amount = Annotated[float, msgspec.Meta(gt=0, le=1e9)]


class FormShape(msgspec.Struct, frozen=True):
    """How to reach an affordance; mandatory in a Thing Description, used by nobody here."""

    href: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class PropertyShape(msgspec.Struct, frozen=True, kw_only=True):
    """One item."""

    titles: _Titles
    evidence: str = msgspec.field(name="doorstep:evidence")
    forms: Annotated[list[FormShape], msgspec.Meta(min_length=1, max_length=8)]
    type: Text | None = None
    unit: Text | None = None
    category: str | None = msgspec.field(name="doorstep:category", default=None)
    package: _Amount | None = msgspec.field(name="doorstep:package", default=None)
    uses: _Amount | None = msgspec.field(name="doorstep:usesPerPackage", default=None)


class EtiquetteShape(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How a surface behaves; what is absent is the calm default."""

    area: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.25
    interrupts: bool = False
    refreshes_per_day: Annotated[int, msgspec.Meta(ge=0, le=1_440)] | None = None
    visibility: Text = "household"
    audience: Text = "everybody"


class SurfaceShape(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One place to show something."""

    name: Annotated[str, msgspec.Meta(max_length=32, pattern=r"^[a-z]+\.[a-z]+\Z")]
    titles: _Titles
    suits: Annotated[list[str], msgspec.Meta(min_length=1, max_length=8)]
    title_chars: Annotated[int, msgspec.Meta(ge=1, le=1_000)]
    body_chars: Annotated[int, msgspec.Meta(ge=0, le=4_000)]
    etiquette: EtiquetteShape = msgspec.field(default_factory=EtiquetteShape)


class ThingShape(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document; its items and surfaces are shaped one by one, to name the wrong one."""

    context: list[object] = msgspec.field(name="@context")
    title: Text
    titles: _Titles
    definitions: Annotated[
        dict[str, dict[str, object]], msgspec.Meta(min_length=1, max_length=8)
    ] = msgspec.field(name="securityDefinitions")
    security: str | list[str]
    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{3,20}\Z")] = msgspec.field(
        name="doorstep:kind"
    )
    properties: Annotated[dict[str, object], msgspec.Meta(min_length=1, max_length=64)]
    surfaces: Annotated[list[object], msgspec.Meta(max_length=8)] = msgspec.field(
        name="doorstep:surfaces", default_factory=list
    )
