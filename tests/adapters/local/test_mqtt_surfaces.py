"""What should stand on a surface stands there, whatever happened to the connection."""

import json

import pytest

from edge.adapters.local.mqtt_link import Heard
from edge.adapters.local.mqtt_surfaces import MqttSurfaces
from tests.builders import FRIDGE, a_placement, a_surface
from tests.fakes.mqtt_link import FakeLink

TOPIC = f"doorstep/v1/{FRIDGE}/placement"


@pytest.fixture
def link() -> FakeLink:
    """A link that is up."""
    return FakeLink()


async def test_a_placement_is_retained_on_its_appliance(link: FakeLink) -> None:
    """In the household's language, as JSON."""
    await MqttSurfaces(link).show(a_placement(), language="en")
    said = json.loads(link.retained[TOPIC])
    assert (said["placement"], said["language"]) == ("p-6c1f9a2e41d70b58", "en")


async def test_cleared_is_empty_and_retained(link: FakeLink) -> None:
    """Also when nothing is known to stand there: a crash may have left something."""
    surfaces = MqttSurfaces(link)
    await surfaces.clear(a_surface())
    assert link.said == [(TOPIC, b"", True)]


async def test_another_surface_of_the_same_appliance_is_not_cleared(link: FakeLink) -> None:
    """The topic is shared; what stands is on one surface."""
    surfaces = MqttSurfaces(link)
    await surfaces.show(a_placement(), language="de")
    await surfaces.clear(a_surface("fridge.screen"))
    assert TOPIC in link.retained


async def test_a_clear_without_a_connection_is_not_lost(link: FakeLink) -> None:
    """Show, disconnect, clear, reconnect: the broker is told that nothing stands there."""
    surfaces = MqttSurfaces(link)
    await surfaces.show(a_placement(), language="de")
    link.down = True
    await surfaces.clear(a_surface())
    assert TOPIC in link.retained
    link.down = False
    await surfaces.link_is_up()
    assert TOPIC not in link.retained


async def test_a_show_without_a_connection_is_not_lost(link: FakeLink) -> None:
    """It is said on the next connection, and on each one after it."""
    surfaces = MqttSurfaces(link)
    link.down = True
    await surfaces.show(a_placement(), language="de")
    link.down = False
    await surfaces.link_is_up()
    await surfaces.link_is_up()
    assert [topic for topic, _, _ in link.said] == [TOPIC, TOPIC]


async def test_an_unwanted_retained_placement_is_taken_away(link: FakeLink) -> None:
    """What a former run left behind does not stay, on any appliance."""
    surfaces = MqttSurfaces(link)
    left = "doorstep/v1/ereader-02bc/placement"
    await surfaces.hear(Heard(topic=left, payload=b"{}", retain=True))
    assert link.said == [(left, b"", True)]


async def test_what_is_wanted_is_left_alone(link: FakeLink) -> None:
    """Neither the wanted placement nor an echo of an older one is answered."""
    surfaces = MqttSurfaces(link)
    await surfaces.show(a_placement(), language="de")
    wanted = link.retained[TOPIC]
    await surfaces.hear(Heard(topic=TOPIC, payload=wanted, retain=True))
    await surfaces.hear(Heard(topic=TOPIC, payload=b"{}", retain=False))
    assert len(link.said) == 1
