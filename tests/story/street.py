"""A whole street of real processes for the story test: cloud, relay, courier, runtime, appliances.

Started as `make demo` starts them, with the hands that a story needs: to wait for what is told, to
ask the local interface, to kill a program and start it again.
"""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from devices.clock import Clock
from devices.demo.home import PROGRAMS, Home
from devices.demo.processes import Launcher, Program
from devices.demo.scenario import Scenario
from edge.command_line.local_interface import LocalInterface, find_runtime

PATIENCE_S = 40.0
"""Real seconds for a turn of the story on a busy machine; most take one or two."""

Told = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberingLauncher(Launcher):
    """Knows its programs by name, so that a story can kill one."""

    programs: dict[str, Program] = field(default_factory=dict)

    @asynccontextmanager
    async def open_program(
        self, name: str, command: Sequence[str], *, listen: bool = False
    ) -> AsyncIterator[Program]:
        """Run it until left."""
        opened = Launcher.open_program(self, name, command, listen=listen)
        async with opened as program:
            self.programs[name] = program
            yield program


@dataclass(slots=True, kw_only=True)
class Street:
    """Everything that runs, and what was told so far."""

    home: Home
    folder: Path
    tasks: asyncio.TaskGroup
    programs: dict[str, Program]
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
        return await asyncio.to_thread(lambda: self._interface().get(path))

    async def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Act through the local interface."""
        return await asyncio.to_thread(lambda: self._interface().post(path, body))

    async def kill(self, name: str) -> None:
        """End a program as a power cut does."""
        program = self.programs[name]
        program.ending = True  # its end is part of the story
        os.kill(program.process.pid, signal.SIGKILL)
        await program.process.wait()

    def log(self, name: str) -> str:
        """What a program wrote on stderr."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

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
async def open_street(folder: Path, *, broker: str = "embedded") -> AsyncIterator[Street]:
    """The offer side runs; the runtime's settings are written, with ports that stay."""
    scenario = Scenario()
    clock = scenario.clock(Clock())
    launcher = RememberingLauncher(
        folder=folder, environment=os.environ | {"DOORSTEP_CLOCK": clock.spec}
    )
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
        _settle_addresses(folder / "edge.toml", broker)
        yield Street(home=home, folder=folder, tasks=tasks, programs=launcher.programs)


async def move_in(street: Street) -> None:
    """Start the runtime, the courier and the appliances, and listen."""
    addresses, told = await street.home.start_edge()
    street.tasks.create_task(street.hear(told), name="hear")
    await street.home.start_courier()
    await street.home.start_devices(addresses)


def _settle_addresses(config: Path, broker: str) -> None:
    """A runtime that is started again must be found where it was."""
    text = config.read_text(encoding="utf-8").replace('"embedded"', f'"{broker}"')
    for key in ("mqtt_port", "coap_port"):
        text = text.replace(f"{key} = 0", f"{key} = {_free_port()}")
    config.write_text(text, encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
