"""A whole street of real processes for the story test: cloud, relay, courier, runtime, appliances.

Started as `make demo` starts them, with the hands that a story needs: to wait for what is told, to
ask the local interface, to kill a program and start it again.
"""

import asyncio
import json
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from devices.clock import Clock
from devices.demo.home import PROGRAMS, Home
from devices.demo.processes import Launcher
from devices.demo.scenario import Scenario
from edge.command_line.local_interface import LocalInterface, find_runtime

PATIENCE_S = 40.0
"""Real seconds for a turn of the story on a busy machine; most take one or two."""

Told = Mapping[str, Any]
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Street:
    """Everything that runs, and what was told so far."""

    home: Home
    folder: Path
    tasks: asyncio.TaskGroup
    told: list[Told] = field(default_factory=list)

    async def until(self, kind: str, *, after: int = 0, **fields: object) -> Told:
        """Wait for an event of that kind with those fields, told after so many others.

        Raises:
            AssertionError: It was not told within the patience.
        """
        return await self.eventually(lambda: self._find(kind, after, fields), f"{kind} {fields}")

    async def eventually(self, look: Callable[[], T | None], what: str) -> T:
        """Wait until `look` finds something."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            await asyncio.sleep(0.05)
        message = f"not within {PATIENCE_S:.0f} s: {what}; told {self.kinds()}"
        raise AssertionError(message)

    def kinds(self) -> list[str]:
        """The last kinds told, for a failure's message; never what was in them."""
        return [f"{told['kind']}:{told.get('reason', '')}" for told in self.told[-12:]]

    async def get(self, path: str) -> dict[str, Any]:
        """Ask the local interface."""
        return await asyncio.to_thread(self._interface().get, path)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Act through the local interface."""
        return await asyncio.to_thread(self._interface().post, path, body)

    async def hear(self, events: AsyncIterator[Told]) -> None:
        """Note all that the runtime tells."""
        async for event in events:
            self.told.append(event)

    def _find(self, kind: str, after: int, fields: Mapping[str, object]) -> Told | None:
        for event in self.told[after:]:
            if event["kind"] == kind and fields.items() <= event.items():
                return event
        return None

    def _interface(self) -> LocalInterface:
        return find_runtime(self.folder / "edge")


@asynccontextmanager
async def open_street(
    folder: Path, *, scenario: Scenario | None = None, local: str = ""
) -> AsyncIterator[Street]:
    """Start it all; `local` is added to the runtime's `[local]` settings."""
    scenario = scenario or Scenario()
    clock = scenario.clock(Clock())
    launcher = Launcher(folder=folder, environment=os.environ | {"DOORSTEP_CLOCK": clock.spec})
    async with asyncio.TaskGroup() as tasks, AsyncExitStack() as stack:
        home = Home(
            scenario=scenario,
            folder=folder,
            launcher=launcher,
            stack=stack,
            tasks=tasks,
            say=lambda _: None,
            programs=PROGRAMS,
        )
        await home.start_cloud()
        _fix_ports(folder / "edge.toml", local)
        yield Street(home=home, folder=folder, tasks=tasks)


async def move_in(street: Street) -> None:
    """Start the runtime, the courier and the appliances, and listen."""
    addresses, told = await street.home.start_edge()
    street.tasks.create_task(street.hear(told), name="hear")
    await street.home.start_courier()
    await street.home.start_devices(addresses)


def _fix_ports(config: Path, local: str) -> None:
    """A runtime that is started again must be found where it was."""
    text = config.read_text(encoding="utf-8")
    for key in ("mqtt_port", "coap_port"):
        text = text.replace(f"{key} = 0", f"{key} = {_free_port()}")
    config.write_text(text.replace("[local]", f"[local]\n{local}"), encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def kill(pid: int) -> None:
    """As a power cut does."""
    os.kill(pid, signal.SIGKILL)


def read_json(file: Path) -> dict[str, Any]:
    """A file that one of the programs wrote."""
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told
