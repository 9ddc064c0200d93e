"""Manifests: from a Thing Description to an appliance (docs/wire/manifest.md)."""

import re
from collections.abc import Mapping
from datetime import datetime

from edge.domain.appliance import Appliance, Surface
from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.domain.etiquette import Audience, Etiquette, Visibility
from edge.domain.item import EvidenceKind, Item, ItemId
from edge.domain.measures import Amount, DeviceId, ItemName, SurfaceName, Unit
from edge.errors import MalformedError
from edge.wire.encoding import Encoding, decode_tree
from edge.wire.manifest_shape import EtiquetteShape, PropertyShape, SurfaceShape, ThingShape
from edge.wire.shape import shaped
from edge.wire.units import FACTORS, RATIO

TD_CONTEXT = "https://www.w3.org/2022/wot/td/v1.1"
NAMESPACE = "https://doorstep.example/ns/v1#"

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-:._]{0,63}")
"""A SenML name without `/`: what follows the last one in a reading's name."""

_Shapes = Mapping[str, PropertyShape]


def decode_manifest(payload: bytes, *, device: DeviceId, paired_at: datetime) -> Appliance:
    """The appliance that a manifest describes.

    Args:
        payload: JSON, `application/td+json`.
        device: The appliance's id; it starts with its kind.
        paired_at: UTC.

    Raises:
        MalformedError: It breaks a rule; the field is its path: `properties.butter.unit`.
    """
    thing = _thing(payload)
    if device.rpartition("-")[0] != thing.kind:
        raise MalformedError(field="doorstep:kind", rule="must stay what it was at pairing")
    return Appliance(
        id=device,
        kind=thing.kind,
        titles=_titles(thing.titles, ""),
        items=_items(_properties(thing.properties), device),
        surfaces=_surfaces(thing.surfaces, device),
        paired_at=paired_at,
    )


def kind_of(payload: bytes) -> str:
    """The kind of appliance that a manifest is about, before it has an id.

    Raises:
        MalformedError: It breaks a rule of the document as a whole.
    """
    return _thing(payload).kind


def _thing(payload: bytes) -> ThingShape:
    thing = shaped(decode_tree(payload, Encoding.JSON), ThingShape)
    vocabularies = [entry for entry in thing.context if isinstance(entry, dict)]
    if TD_CONTEXT not in thing.context[:1]:
        raise MalformedError(field="@context", rule=f"must start with {TD_CONTEXT}")
    if NAMESPACE not in [entry.get("doorstep") for entry in vocabularies]:
        raise MalformedError(field="@context", rule=f"must say that doorstep is {NAMESPACE}")
    named = [thing.security] if isinstance(thing.security, str) else thing.security
    if not named or not thing.definitions.keys() >= set(named):
        raise MalformedError(field="security", rule="must name some of securityDefinitions")
    return thing


def _titles(titles: Mapping[str, str], at: str) -> Mapping[str, str]:
    for language in ("de", "en"):
        if language not in titles:
            raise MalformedError(field=f"{at}titles.{language}", rule="is required")
    return titles


def _properties(nodes: Mapping[str, object]) -> _Shapes:
    if not all(_KEY.fullmatch(name) for name in nodes):
        rule = "each key a SenML name of at most 64 characters, without /"
        raise MalformedError(field="properties", rule=rule)
    return {
        name: shaped(node, PropertyShape, at=f"properties.{name}.") for name, node in nodes.items()
    }


def _items(properties: _Shapes, device: DeviceId) -> tuple[Item, ...]:
    return tuple(
        _item(shape, f"properties.{name}.", ItemId(device=device, name=ItemName(name)), properties)
        for name, shape in properties.items()
    )


def _item(shape: PropertyShape, at: str, key: ItemId, among: _Shapes) -> Item:
    evidence = _evidence(shape, at)
    unit, factor = _unit(shape, evidence, at)
    if shape.uses is not None and evidence is not EvidenceKind.USAGE:
        raise MalformedError(field=at + "doorstep:usesPerPackage", rule="only for usage")
    return Item(
        id=key,
        category=_category(shape, evidence, at, among),
        titles=_titles(shape.titles, at),
        unit=unit,
        evidence=evidence,
        package=None if shape.package is None else Amount(shape.package * factor),
        uses_per_package=shape.uses,
    )


def _evidence(shape: PropertyShape, at: str) -> EvidenceKind:
    if shape.evidence not in list(EvidenceKind):
        rule = "must be one of " + ", ".join(EvidenceKind)
        raise MalformedError(field=at + "doorstep:evidence", rule=rule)
    evidence = EvidenceKind(shape.evidence)
    types = {"boolean"} if evidence is EvidenceKind.CONTEXT else {"number", "integer"}
    if shape.type is not None and shape.type not in types:
        raise MalformedError(field=at + "type", rule="boolean for context, else number or integer")
    return evidence


def _unit(shape: PropertyShape, evidence: EvidenceKind, at: str) -> tuple[Unit, float]:
    """The unit at home, and by how much to multiply."""
    if evidence is EvidenceKind.CONTEXT:
        if shape.unit not in {RATIO, None} or shape.package is not None:
            raise MalformedError(field=at + "unit", rule="a state has / or none, and no package")
        return Unit.COUNT, 1.0
    if (shape.unit or "count") not in FACTORS:
        raise MalformedError(field=at + "unit", rule="must be a unit of senml.md")
    return FACTORS[shape.unit or "count"]


def _category(
    shape: PropertyShape, evidence: EvidenceKind, at: str, among: _Shapes
) -> CategoryName:
    """Its own; a state's is that of the first item it says something about (ADR 0060)."""
    if evidence is EvidenceKind.CONTEXT:
        if shape.category is not None:
            raise MalformedError(field=at + "doorstep:category", rule="not for context")
        named = next((one.category for one in among.values() if one.category is not None), None)
        if named is None:
            raise MalformedError(field="properties", rule="at least one that is not context")
        return CategoryName(named)
    if shape.category not in CATEGORIES:
        raise MalformedError(field=at + "doorstep:category", rule="must be a row of categories.md")
    return CategoryName(shape.category)


def _surfaces(nodes: list[object], device: DeviceId) -> tuple[Surface, ...]:
    surfaces = [_surface(node, f"surface {at}: ", device) for at, node in enumerate(nodes, start=1)]
    if len({surface.name for surface in surfaces}) != len(surfaces):
        raise MalformedError(field="doorstep:surfaces", rule="each name once")
    return tuple(surfaces)


def _surface(node: object, at: str, device: DeviceId) -> Surface:
    shape = shaped(node, SurfaceShape, at=at)
    _titles(shape.titles, at)
    if not set(DataCategory) >= set(shape.suits):
        rule = "each one of " + ", ".join(DataCategory)
        raise MalformedError(field=at + "suits", rule=rule)
    return Surface(
        name=SurfaceName(shape.name),
        device=device,
        suits=frozenset(DataCategory(suit) for suit in shape.suits),
        title_chars=shape.title_chars,
        body_chars=shape.body_chars,
        etiquette=_etiquette(shape.etiquette, at + "etiquette."),
    )


def _etiquette(shape: EtiquetteShape, at: str) -> Etiquette:
    if shape.visibility not in list(Visibility):
        rule = "must be one of " + ", ".join(Visibility)
        raise MalformedError(field=at + "visibility", rule=rule)
    if shape.audience not in list(Audience):
        raise MalformedError(field=at + "audience", rule="must be one of " + ", ".join(Audience))
    return Etiquette(
        area=shape.area,
        interrupts=shape.interrupts,
        refreshes_per_day=shape.refreshes_per_day,
        visibility=Visibility(shape.visibility),
        audience=Audience(shape.audience),
    )
