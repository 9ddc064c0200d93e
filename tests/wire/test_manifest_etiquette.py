"""How a surface behaves, as its manifest says it."""

import pytest

from edge.domain.etiquette import Audience, Etiquette, Visibility
from edge.errors import MalformedError
from tests.wire.manifests import a_place
from tests.wire.test_manifest import described


def etiquette(**terms: object) -> Etiquette:
    """The etiquette of a surface that says so."""
    place = a_place() | ({"etiquette": terms} if terms else {})
    (surface,) = described(doorstep_surfaces=[place]).surfaces
    return surface.etiquette


def test_a_surface_that_says_nothing_is_calm() -> None:
    """A manifest of before etiquette was added."""
    assert etiquette() == Etiquette()


def test_a_surface_says_how_it_behaves() -> None:
    """An e-reader held in one hand."""
    said = etiquette(
        area=0.2, interrupts=True, refreshesPerDay=6, visibility="private", audience="children"
    )

    assert said == Etiquette(
        area=0.2,
        interrupts=True,
        refreshes_per_day=6,
        visibility=Visibility.PRIVATE,
        audience=Audience.CHILDREN,
    )


@pytest.mark.parametrize(
    "wrong",
    [{"area": 0}, {"area": 1.1}, {"refreshesPerDay": -1}, {"visibility": "all"}, {"audience": ""}],
    ids=str,
)
def test_what_is_out_of_bounds_refuses_the_manifest(wrong: dict[str, object]) -> None:
    """And names the surface."""
    with pytest.raises(MalformedError, match="surface 1"):
        etiquette(**wrong)
