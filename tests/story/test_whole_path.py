"""From a butter reading to an offer on the fridge door and back, with everything for real.

Real processes, a real broker, real CoAP with OSCORE, a signed catalogue over TLS through the relay;
only time is faster: a day takes twenty seconds.
"""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from tests.story.street import Street, move_in, open_street

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

WITHIN_S = 1.0
"""How soon a withdrawal must have emptied the surface."""


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    """A street with the embedded broker."""
    async with open_street(tmp_path) as street:
        await move_in(street)
        yield street


async def test_butter_is_offered_on_the_fridge_and_answered(street: Street) -> None:
    """Fridge to broker to runtime to fridge, and the answer back; nothing about the home left."""
    shown = await street.until("placement", surface="fridge.door")
    await street.until("reaction", after=street.told.index(shown))

    ledger = (await street.get("ledger?newest=200"))["summary"]
    assert ledger["messages"] > 0
    assert ledger["household_facts"] == 0
    assert "surface.shows" in street.log("fridge")


async def test_a_book_is_offered_on_the_ereader_and_answered(street: Street) -> None:
    """E-reader over CoAP and OSCORE to the runtime and back."""
    shown = await street.until("placement", surface="ereader.lock")
    await street.until("reaction", after=street.told.index(shown))

    assert "surface.shows" in street.log("ereader")


async def test_a_withdrawal_empties_the_surface_at_once(street: Street) -> None:
    """Offers off: the fridge itself shows nothing within a second, and nothing comes back."""
    await street.until("placement", surface="fridge.door")
    await street.eventually(lambda: "surface.shows" in street.log("fridge"), "shown")
    empties = street.log("fridge").count("surface.is_empty")

    began = time.monotonic()
    await street.post("consent/offers-off")
    await street.eventually(
        lambda: street.log("fridge").count("surface.is_empty") > empties, "emptied"
    )

    assert time.monotonic() - began < WITHIN_S
    after = len(street.told)
    await street.until("silence", after=after, reason="offers_not_allowed")
    assert not [told for told in street.told[after:] if told["kind"] == "placement"]


async def test_with_the_cloud_away_the_last_good_catalogue_stays(street: Street) -> None:
    """Catalogue server and relay die after the first pull; the offer still comes."""
    await street.eventually((street.folder / "exchange/shelf/current").exists, "a catalogue")
    await street.kill("cloud")
    await street.kill("relay")

    await street.until("placement")


async def test_after_a_kill_the_house_goes_on_where_it_was(street: Street) -> None:
    """The runtime is killed with -9 in the middle: consents, readings and appliances are there."""
    await street.until("estimate")
    before = await street.get("consent")

    await street.kill("edge")
    restarted = len(street.told)
    _, told = await street.home.start_edge()
    street.tasks.create_task(street.hear(told), name="hear again")

    assert (await street.get("consent"))["grants"] == before["grants"]
    fridge, ereader = await _devices(street)
    await street.until("reading", after=restarted, device=fridge)
    await street.until("reading", after=restarted, device=ereader)
    await street.until("placement")


@pytest.mark.skipif(
    not shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
    and os.environ.get("CI") != "true",
    reason="mosquitto is not installed",
)
async def test_a_killed_broker_comes_back_and_nobody_notices(tmp_path: Path) -> None:
    """Mosquitto as a child is killed; it is restarted, appliances and runtime reconnect."""
    async with open_street(tmp_path, broker="mosquitto") as street:
        await move_in(street)
        await street.until("estimate")
        (broker,) = [one for one in _children(street) if one.name() == "mosquitto"]

        broker.send_signal(signal.SIGKILL)
        await street.eventually(lambda: street.log("edge").count("mqtt.up") > 1, "up again")
        killed = len(street.told)
        fridge, _ = await _devices(street)

        await street.until("reading", after=killed, device=fridge)
        await street.until("placement", surface="fridge.door")


async def _devices(street: Street) -> list[str]:
    told = await street.get("appliances")
    names = [one["appliance"]["id"] for one in told["appliances"]]
    return sorted(names, key=lambda name: not name.startswith("fridge"))


def _children(street: Street) -> list[psutil.Process]:
    return psutil.Process(street.programs["edge"].process.pid).children(recursive=True)


async def test_every_program_ends_with_the_story(tmp_path: Path) -> None:
    """Nothing is left running when the demo's house is left."""
    async with open_street(tmp_path) as street:
        await move_in(street)
        pids = [program.process.pid for program in street.programs.values()]

    await asyncio.sleep(0)
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []
