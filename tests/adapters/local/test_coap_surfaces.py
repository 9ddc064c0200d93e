"""What is shown over CoAP, and who hears of a change."""

import asyncio
import json

from edge.adapters.local.coap_surfaces import CoapSurfaces
from edge.wire.encoding import Encoding
from tests.adapters.local.coap_home import DOOR, EREADER, FRIDGE, LOCK
from tests.builders import a_placement, a_surface


async def test_a_surface_shows_the_last_placement() -> None:
    """A new one takes the place of the old one; cleared, there is nothing."""
    surfaces = CoapSurfaces()
    assert surfaces.shown(FRIDGE, DOOR, Encoding.CBOR) == b""
    await surfaces.show(a_placement("p-1"), language="de")
    await surfaces.show(a_placement("p-2"), language="en")
    shown = json.loads(surfaces.shown(FRIDGE, DOOR, Encoding.JSON))
    assert (shown["placement"], shown["language"]) == ("p-2", "en")
    await surfaces.clear(a_surface())
    await surfaces.clear(a_surface())
    assert surfaces.shown(FRIDGE, DOOR, Encoding.JSON) == b""


async def test_a_surface_shows_nothing_of_another_appliance() -> None:
    """Two fridges have a door of the same name each."""
    surfaces = CoapSurfaces()
    await surfaces.show(a_placement(device="fridge-0002"), language="de")
    assert surfaces.shown(FRIDGE, DOOR, Encoding.CBOR) == b""


async def test_an_observer_wakes_at_a_change_of_its_surface_alone() -> None:
    """Another appliance's change does not wake it."""
    surfaces = CoapSurfaces()
    with surfaces.observing(FRIDGE, DOOR) as observer:
        async with asyncio.TaskGroup() as group:
            waiting = group.create_task(observer.changed())
            await surfaces.show(a_placement(surface=LOCK, device=EREADER), language="de")
            await asyncio.sleep(0.4)
            assert not waiting.done()
            await surfaces.show(a_placement(), language="de")
        assert waiting.result() is True
    assert surfaces.observers == 0


async def test_a_change_before_the_waiting_is_not_missed() -> None:
    """What happens while a notification is on its way is told in the next."""
    surfaces = CoapSurfaces()
    with surfaces.observing(FRIDGE, DOOR) as observer:
        await surfaces.show(a_placement("p-1"), language="de")
        await surfaces.show(a_placement("p-2"), language="de")
        assert await asyncio.wait_for(observer.changed(), 1)


async def test_a_further_observation_ends_the_oldest_of_the_same_appliance() -> None:
    """An appliance that restarts often is heard, and never fills the list."""
    surfaces = CoapSurfaces(observers_per_device=1)
    with (
        surfaces.observing(EREADER, LOCK) as other,
        surfaces.observing(FRIDGE, DOOR) as old,
        surfaces.observing(FRIDGE, DOOR) as new,
    ):
        assert surfaces.observers == 2
        assert await asyncio.wait_for(old.changed(), 1) is False
        await surfaces.show(a_placement(), language="de")
        assert await asyncio.wait_for(new.changed(), 1) is True
        await surfaces.show(a_placement(surface=LOCK, device=EREADER), language="de")
        assert await asyncio.wait_for(other.changed(), 1) is True


async def test_a_forgotten_appliance_shows_and_hears_nothing() -> None:
    """Its placement is gone and its observers are told that it is over."""
    surfaces = CoapSurfaces()
    await surfaces.show(a_placement(), language="de")
    with surfaces.observing(FRIDGE, DOOR) as observer:
        surfaces.forget(FRIDGE)
        assert await asyncio.wait_for(observer.changed(), 1) is False
    assert surfaces.shown(FRIDGE, DOOR, Encoding.CBOR) == b""
    assert surfaces.observers == 0
