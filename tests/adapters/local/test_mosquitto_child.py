"""Our Mosquitto is started again when it dies, and dies with us."""

import asyncio
import os
import signal
import socket
from pathlib import Path

import pytest

from edge.adapters.local.broker import BrokerKind
from edge.adapters.local.mosquitto_child import mosquitto_program
from edge.adapters.local.mqtt_surfaces import MqttSurfaces
from edge.errors import UnreachableError
from tests.builders import FRIDGE, a_placement
from tests.fakes.broker_process import broker_process
from tests.fakes.home_broker import demand_program, open_home_broker
from tests.fakes.mqtt_link import Ears, quick_link, running

PLACEMENT = f"doorstep/v1/{FRIDGE}/placement"


@pytest.mark.slow
async def test_a_killed_broker_comes_back_with_everything(tmp_path: Path) -> None:
    """The link connects again, and the placement stands again although Mosquitto forgot it."""
    async with open_home_broker(BrokerKind.MOSQUITTO, tmp_path) as home:
        ears, link = Ears(), quick_link(home.broker.address)
        surfaces = MqttSurfaces(link)
        await surfaces.show(a_placement(), language="de")
        async with running(link, [surfaces, ears]):
            await ears.until(lambda ears: ears.connections == 1)
            os.kill(_mosquitto_pid(tmp_path), signal.SIGKILL)
            await ears.until(lambda ears: ears.connections == 2)
            async with home.client(FRIDGE) as fridge:
                await fridge.subscribe(PLACEMENT)
                heard = await fridge.hear()
                assert heard is not None
                assert b"p-6c1f9a2e41d70b58" in heard.payload


@pytest.mark.slow
async def test_nothing_is_left_behind_when_we_end(tmp_path: Path) -> None:
    """The process is gone when the context is left."""
    async with open_home_broker(BrokerKind.MOSQUITTO, tmp_path):
        pid = _mosquitto_pid(tmp_path)
    assert not _is_running(pid)


@pytest.mark.slow
async def test_it_dies_with_us_even_when_we_are_killed(tmp_path: Path) -> None:
    """The kernel ends it: no orphan keeps the port."""
    demand_program("mosquitto")
    async with broker_process(BrokerKind.MOSQUITTO, tmp_path) as (process, _, _):
        pid = _mosquitto_pid(tmp_path)
        process.kill()
        await process.wait()
        async with asyncio.timeout(5):
            while _is_running(pid):  # noqa: ASYNC110  -- nobody tells us about an orphan
                await asyncio.sleep(0.05)


@pytest.mark.slow
async def test_what_was_queued_survives_a_restart_of_the_home(tmp_path: Path) -> None:
    """Mosquitto writes its sessions when it ends: a reading waits for the next runtime."""
    readings = f"doorstep/v1/{FRIDGE}/readings"
    async with open_home_broker(BrokerKind.MOSQUITTO, tmp_path) as home:
        ears = Ears()
        async with running(quick_link(home.broker.address), [ears]):
            await ears.until(lambda ears: ears.connections == 1)
        async with home.client(FRIDGE) as fridge:
            await fridge.publish(readings, b"waits")
    async with (
        open_home_broker(BrokerKind.MOSQUITTO, tmp_path) as again,
        running(quick_link(again.broker.address), [ears]),
    ):
        await ears.until(lambda ears: bool(ears.heard))
    assert [one.payload for one in ears.heard] == [b"waits"]


@pytest.mark.slow
async def test_a_foreign_broker_on_our_port_is_not_taken_for_ours(tmp_path: Path) -> None:
    """Its port is taken: that is said, and nothing connects to it."""
    demand_program("mosquitto")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ExceptionGroup) as raised:
            async with open_home_broker(BrokerKind.MOSQUITTO, tmp_path, port=port):
                pass
    assert raised.group_contains(UnreachableError, match=f"127.0.0.1:{port}")


def test_without_mosquitto_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name of the package."""
    monkeypatch.setattr("shutil.which", lambda *_args, **_kw: None)
    with pytest.raises(UnreachableError, match="apt install mosquitto"):
        mosquitto_program()


def _mosquitto_pid(folder: Path) -> int:
    """Of the Mosquitto that runs with this folder's configuration."""
    mine = str(folder / "mosquitto" / "mosquitto.conf").encode()
    for commands in Path("/proc").glob("[0-9]*/cmdline"):
        if mine in commands.read_bytes():
            return int(commands.parent.name)
    message = "no mosquitto"
    raise AssertionError(message)


def _is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()
