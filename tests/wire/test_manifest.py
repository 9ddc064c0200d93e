"""Manifests: what they say, what they must say, and which field broke which rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.appliance import Appliance
from edge.domain.category import DataCategory
from edge.domain.item import EvidenceKind
from edge.domain.measures import Unit
from edge.errors import MalformedError
from edge.wire.manifest import decode_manifest, kind_of
from tests.builders import FRIDGE
from tests.fakes.clock import NOON
from tests.wire.manifests import a_door, a_manifest, a_place, a_property, as_bytes


def described(**terms: object) -> Appliance:
    return decode_manifest(as_bytes(a_manifest(**terms)), device=FRIDGE, paired_at=NOON)


def refusal(**terms: object) -> MalformedError:
    with pytest.raises(MalformedError) as caught:
        described(**terms)
    return caught.value


def with_butter(**terms: object) -> dict[str, object]:
    return {"properties": {"butter": a_property(**terms)}}


def test_a_manifest_becomes_an_appliance() -> None:
    """Everything the household will see of a fridge comes from its manifest."""
    fridge = described()
    butter, door = fridge.items
    (surface,) = fridge.surfaces
    assert (fridge.id, fridge.kind, fridge.paired_at) == (FRIDGE, "fridge", NOON)
    assert (fridge.title("de"), fridge.title("en")) == ("Kühlschrank", "Fridge")
    assert (butter.unit, butter.package, butter.evidence) == (Unit.GRAM, 250.0, EvidenceKind.LEVEL)
    assert (door.unit, door.package, door.evidence) == (Unit.COUNT, None, EvidenceKind.CONTEXT)
    assert (surface.name, surface.device) == ("fridge.door", FRIDGE)
    assert surface.suits == {DataCategory.GROCERIES}
    assert (surface.title_chars, surface.body_chars) == (60, 160)


def test_a_state_is_data_of_the_kind_it_says_something_about() -> None:
    """A door beside butter needs the grant for groceries, whichever comes first."""
    properties = {"door": a_door(), "butter": a_property()}
    assert [item.data for item in described(properties=properties).items] == [
        DataCategory.GROCERIES,
        DataCategory.GROCERIES,
    ]


@pytest.mark.parametrize(
    ("unit", "package", "home", "amount"),
    [
        ("kg", 0.25, Unit.GRAM, 250.0),
        ("g", 250, Unit.GRAM, 250.0),
        ("m3", 0.001, Unit.MILLILITRE, 1000.0),
        ("l", 1, Unit.MILLILITRE, 1000.0),
        ("count", 10, Unit.COUNT, 10.0),
        (None, 10, Unit.COUNT, 10.0),
    ],
)
def test_a_unit_of_the_wire_is_a_unit_at_home(
    unit: str | None, package: float, home: Unit, amount: float
) -> None:
    """The table of senml.md also says in what a package is counted."""
    item = described(**with_butter(unit=unit, doorstep_package=package)).items[0]
    assert (item.unit, item.package) == (home, amount)


def test_a_usage_may_say_how_long_a_package_lasts() -> None:
    """A detergent is counted in washes."""
    washes = with_butter(
        unit=None, doorstep_package=None, doorstep_evidence="usage", doorstep_usesPerPackage=20
    )
    assert described(**washes).items[0].uses_per_package == 20.0


def test_an_appliance_may_have_no_surface() -> None:
    """A scale has nothing to show anything on."""
    assert described(doorstep_surfaces=None).surfaces == ()


def test_a_term_of_somebody_else_is_ignored() -> None:
    """A Thing Description may say more than we ask."""
    assert described(support="https://fridge.example/help", links=[]) == described()


@pytest.mark.parametrize("term", ["at_context", "title", "securityDefinitions", "security"])
def test_each_mandatory_term_of_wot_is_required(term: str) -> None:
    """Without it the document is no Thing Description 1.1."""
    assert refusal(**{term: None}).field == term.replace("at_", "@")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"titles": None}, "titles"),
        ({"properties": None}, "properties"),
        ({"properties": {}}, "properties"),
        ({"doorstep_kind": None}, "doorstep:kind"),
        ({"doorstep_kind": "Fridge"}, "doorstep:kind"),
        ({"doorstep_kind": "fridge\n"}, "doorstep:kind"),
        ({"doorstep_kind": "oven"}, "doorstep:kind"),
        ({"titles": {"de": "Kühlschrank", "fr": "Frigo"}}, "titles.en"),
        ({"titles": {"en": "Fridge", "fr": "Frigo"}}, "titles.de"),
        ({"titles": {"de": "K", "en": "x" * 81}}, "titles[...]"),
        ({"titles": {"de": "K", "en": "a\nb"}}, "titles[...]"),
        ({"titles": {"de": "K", "en": "a\u202eb"}}, "titles[...]"),
        ({"title": "x\n"}, "title"),
        ({"at_context": "https://www.w3.org/2022/wot/td/v1.1"}, "@context"),
        ({"at_context": []}, "@context"),
        ({"at_context": [{"doorstep": "https://doorstep.example/ns/v1#"}]}, "@context"),
        ({"at_context": ["https://www.w3.org/2022/wot/td/v1.1"]}, "@context"),
        ({"at_context": ["https://www.w3.org/2022/wot/td/v1.1", {"doorstep": 5}]}, "@context"),
        ({"security": ["nosec"]}, "security"),
        ({"security": []}, "security"),
        ({"properties": {"a/b": a_property()}}, "properties"),
        ({"properties": {"x" * 65: a_property()}}, "properties"),
        ({"properties": {"door": a_door()}}, "properties"),
        ({"doorstep_surfaces": [a_place(), a_place()]}, "doorstep:surfaces"),
        ({"doorstep_surfaces": [a_place(name="door")]}, "surface 1: name"),
        ({"doorstep_surfaces": [a_place(name="f." + "x" * 31)]}, "surface 1: name"),
        ({"doorstep_surfaces": [a_place(titles={"de": "a", "fr": "b"})]}, "surface 1: titles.en"),
        ({"doorstep_surfaces": [a_place(suits=["weather"])]}, "surface 1: suits"),
        ({"doorstep_surfaces": [a_place(suits=[])]}, "surface 1: suits"),
        ({"doorstep_surfaces": [a_place(titleChars=0)]}, "surface 1: titleChars"),
        ({"doorstep_surfaces": [a_place(), 5]}, "surface 2"),
    ],
)
def test_a_wrong_term_is_named_by_its_path(terms: dict[str, object], field: str) -> None:
    """An integrator reads where to look."""
    assert refusal(**terms).field == field


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"titles": None}, "titles"),
        ({"forms": None}, "forms"),
        ({"forms": []}, "forms"),
        ({"forms": [{}]}, "forms[0].href"),
        ({"type": "boolean"}, "type"),
        ({"unit": "lb"}, "unit"),
        ({"unit": "/"}, "unit"),
        ({"doorstep_category": None}, "doorstep:category"),
        ({"doorstep_category": "caviar"}, "doorstep:category"),
        ({"doorstep_evidence": None}, "doorstep:evidence"),
        ({"doorstep_evidence": "smell"}, "doorstep:evidence"),
        ({"doorstep_package": 0}, "doorstep:package"),
        ({"doorstep_package": "250 g"}, "doorstep:package"),
        ({"doorstep_usesPerPackage": 20}, "doorstep:usesPerPackage"),
        ({"doorstep_evidence": "context", "type": "boolean"}, "unit"),
        ({"doorstep_evidence": "context", "type": "boolean", "unit": None,
          "doorstep_package": None}, "doorstep:category"),
    ],
)  # fmt: skip
def test_a_wrong_term_of_an_item_is_named_by_its_path(terms: dict[str, object], field: str) -> None:
    """The path starts at the item: `properties.butter.unit`."""
    assert refusal(**with_butter(**terms)).field == f"properties.butter.{field}"


@pytest.mark.parametrize(("count", "fits"), [(64, True), (65, False)])
def test_a_manifest_has_at_most_64_items(count: int, *, fits: bool) -> None:
    """Small items, so that the payload's own limit is not what refuses."""
    small = a_property(type=None, unit=None, doorstep_package=None)
    properties = {f"i{at}": small for at in range(count)}
    assert len(as_bytes(a_manifest(properties=properties))) < 16 * 1024
    if fits:
        assert len(described(properties=properties).items) == count
    else:
        assert refusal(properties=properties).field == "properties"


@pytest.mark.parametrize(("count", "fits"), [(8, True), (9, False)])
def test_a_manifest_has_at_most_8_surfaces(count: int, *, fits: bool) -> None:
    """Eight places to show something are enough for any fridge."""
    places = [a_place(name=f"fridge.{'abcdefghi'[at]}") for at in range(count)]
    if fits:
        assert len(described(doorstep_surfaces=places).surfaces) == count
    else:
        assert refusal(doorstep_surfaces=places).field == "doorstep:surfaces"


def test_a_text_of_80_characters_fits() -> None:
    """Characters are counted, not bytes."""
    assert described(titles={"de": "ü" * 80, "en": "x"}).title("de") == "ü" * 80


def test_no_refusal_repeats_a_value() -> None:
    """What an appliance is called, or holds, is in no error text."""
    for error in (
        refusal(**with_butter(doorstep_evidence="Tante Ernas")),
        refusal(**with_butter(doorstep_category="Tante Ernas")),
        refusal(**with_butter(unit="Tante Ernas")),
        refusal(titles={"de": "Tante Ernas", "fr": "x"}),
        refusal(doorstep_kind="Tante Ernas"),
    ):
        assert "Erna" not in str(error)


def test_the_kind_is_known_before_there_is_a_name() -> None:
    """Pairing names an appliance after its kind."""
    assert kind_of(as_bytes(a_manifest())) == "fridge"


MANIFEST = as_bytes(a_manifest())


@given(at=st.integers(0, len(MANIFEST) - 1), octets=st.binary(min_size=1, max_size=3))
def test_a_mutated_manifest_is_refused_or_still_an_appliance(at: int, octets: bytes) -> None:
    """Wrong bytes anywhere give MalformedError or an appliance of that name, nothing else."""
    mutated = MANIFEST[:at] + octets + MANIFEST[at + len(octets) :]
    try:
        appliance = decode_manifest(mutated, device=FRIDGE, paired_at=NOON)
    except MalformedError:
        return
    assert appliance.id == FRIDGE
    assert all(item.data in DataCategory for item in appliance.items)
