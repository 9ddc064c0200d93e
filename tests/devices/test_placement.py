"""Reading what is to be shown."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.placement import MalformedPlacementError, parse_placement
from tests.devices.builders import NOON, a_placement_body

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_a_placement_is_read() -> None:
    """Its name, place, end and buttons, and all the words that belong together."""
    placement = parse_placement(a_placement_body())

    assert (placement.id, placement.surface) == ("p-1", "fridge.door")
    assert placement.until == NOON + timedelta(hours=8)
    assert placement.reactions[0] == "helpful"
    assert placement.shown[:3] == ("Anzeige", "Hofkäserei Lind", "Regional eG")


@pytest.mark.parametrize(
    "part", ["placement", "surface", "label", "title", "price", "conditions", "until", "reactions"]
)
def test_a_placement_without_its_parts_is_not_shown(part: str) -> None:
    """Label, title, price and conditions are shown together or not at all."""
    body = a_placement_body()
    del body[part]

    with pytest.raises(MalformedPlacementError):
        parse_placement(body)


@pytest.mark.parametrize(
    ("part", "value"),
    [("title", "x" * 201), ("title", 7), ("until", "soon"), ("until", 1e30), ("label", [])],
)
def test_a_placement_with_a_wrong_part_is_not_shown(part: str, value: object) -> None:
    """A text that is too long or none at all, an end that is no instant."""
    with pytest.raises(MalformedPlacementError):
        parse_placement(a_placement_body(**{part: value}))


@given(body=anything, part=st.sampled_from(sorted(a_placement_body())))
def test_nothing_else_ever_breaks_the_appliance(body: object, part: str) -> None:
    """Whatever arrives is a placement or is malformed."""
    for arrived in (body, a_placement_body(**{part: body})):
        try:
            parse_placement(arrived)
        except MalformedPlacementError:
            continue
