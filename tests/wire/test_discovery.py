"""Registration queries and the list of resources, as text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.measures import DeviceId
from edge.errors import MalformedError
from edge.wire.discovery import Registration, core_links, endpoint, registration

FRIDGE = DeviceId("fridge-7f3a")


def test_a_registration_names_its_endpoint_and_lifetime() -> None:
    """Both parameters of RFC 9176 that version 1 uses are read, in any order."""
    expected = Registration(endpoint=FRIDGE, lifetime_s=3600)
    assert registration(["ep=fridge-7f3a", "lt=3600"]) == expected
    assert registration(["lt=3600", "ep=fridge-7f3a"]) == expected


def test_a_registration_may_leave_everything_to_its_context() -> None:
    """Under OSCORE the context names the appliance, and the lifetime has a default."""
    assert registration([]) == Registration(endpoint=None, lifetime_s=None)


def test_parameters_of_the_resource_directory_that_are_not_used_are_ignored() -> None:
    """A generic RFC 9176 client may send more than we ask for."""
    query = ["ep=fridge-7f3a", "d=home", "base=coap://192.0.2.1", "et=fridge", "b", ""]
    assert registration(query) == Registration(endpoint=FRIDGE, lifetime_s=None)


@pytest.mark.parametrize(("inside", "outside"), [("60", "59"), ("604800", "604801")])
def test_a_lifetime_is_from_a_minute_to_a_week(inside: str, outside: str) -> None:
    """Each end of the range is allowed, one second beyond it is not."""
    assert registration([f"lt={inside}"]).lifetime_s == int(inside)
    with pytest.raises(MalformedError, match="query: lt"):
        registration([f"lt={outside}"])


@pytest.mark.parametrize("text", ["", "-60", "6e3", "60.0", " 60", "٦٠", "9" * 5000])
def test_a_lifetime_is_plain_digits(text: str) -> None:
    """Nothing that Python would also take as a number is one here."""
    with pytest.raises(MalformedError, match="query: lt"):
        registration([f"lt={text}"])


@pytest.mark.parametrize("name", ["", "ab", "Fridge-1", "../etc", "a" * 41, "fridge\n"])
def test_an_endpoint_is_a_device_id(name: str) -> None:
    """A name that the runtime never gave is refused before anybody looks it up."""
    with pytest.raises(MalformedError, match="query: ep"):
        endpoint([f"ep={name}"])


@pytest.mark.parametrize("twice", ["ep=fridge-7f3a", "lt=60"])
def test_a_parameter_is_there_once(twice: str) -> None:
    """Two names or two lifetimes have no meaning."""
    with pytest.raises(MalformedError, match="at most once"):
        registration([twice, twice])


@given(st.lists(st.text(max_size=50), max_size=8))
def test_any_query_is_read_or_refused_by_name(query: list[str]) -> None:
    """Whatever the text, the outcome is within bounds or a MalformedError."""
    try:
        found = registration(query)
    except MalformedError:
        return
    assert found.lifetime_s is None or 60 <= found.lifetime_s <= 604_800


def test_the_links_say_where_to_register_and_what_to_send() -> None:
    """The text is RFC 6690 link format with the resource types and content formats."""
    links = core_links()
    assert '</rd>;rt="core.rd";ct="40 432"' in links.split(",")
    assert '</v1/readings>;rt="doorstep.readings";ct="112 110"' in links.split(",")


def test_links_are_filtered_by_what_is_asked_for() -> None:
    """RFC 6690 section 4.1: by an attribute, by address, with a trailing star."""
    assert core_links(["rt=core.rd"]).startswith("</rd>;")
    assert core_links(["rt=doorstep.*"]).count("</v1/") == 5
    assert core_links(["href=/v1/re*"]).count("<") == 2
    assert core_links(["ct=110"]).startswith("</v1/readings>;")
    assert core_links(["rt=core.rd", "ct=60"]) == ""
    assert core_links(["x=y"]) == ""
