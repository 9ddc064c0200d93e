"""Start a whole home, program by program, each as soon as the one before is ready."""

import asyncio
import json
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.credentials import load_credentials
from devices.demo.processes import Launcher, Program, ProgramError
from devices.demo.scenario import DEVICES, PURPOSES, EmulatedDevice, Scenario, edge_settings

READY_PATIENCE = 60.0
"""Real seconds until a program must be ready: a slow machine installing its first caches."""

LOOK_EVERY = 0.05
"""Real seconds between two looks for a file that says ready."""

PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "cloud": (sys.executable, "-m", "cloud_stub"),
    "edge": (sys.executable, "-m", "edge"),
    "courier": (sys.executable, "-m", "edge.courier"),
    "devices": (sys.executable, "-m", "devices"),
}
"""How each program is called; tests put others in their place."""

Say = Callable[[str], None]
"""Says that something is being started, by its key in words.py."""


@dataclass(slots=True, kw_only=True)
class Home:
    """The programs of a home, while they start and run.

    Attributes:
        scenario: What is played.
        folder: Where all of them keep their state.
        launcher: Starts them.
        stack: Ends them, last started first.
        tasks: Watches them.
        say: Tells what is being started.
        programs: How each is called.
    """

    scenario: Scenario
    folder: Path
    launcher: Launcher
    stack: AsyncExitStack
    tasks: asyncio.TaskGroup
    say: Say
    programs: Mapping[str, tuple[str, ...]]

    async def start_cloud(self) -> None:
        """The offer side; writes the runtime's settings, which name its addresses."""
        self.say("cloud")
        ready = self.folder / "cloud.ready"
        listening = [argument for name in _TRANSPORTS for argument in (f"--{name}", "127.0.0.1:0")]
        serving = ("serve", "--dir", str(self.folder / "cloud"), *listening, "--ready", str(ready))
        cloud = await self._ready(await self._start("cloud", "cloud", *serving), ready)
        ready = self.folder / "relay.ready"
        targets = [argument for name in _TRANSPORTS for argument in ("--to", cloud[name])]
        relaying = ("relay", *targets, "--ready", str(ready))
        relayed = await self._ready(await self._start("relay", "cloud", *relaying), ready)
        relay = dict(zip(_TRANSPORTS, relayed["relay"], strict=True))
        settings = edge_settings(self.scenario, self.folder, cloud, relay)
        self._config.write_text(settings, encoding="utf-8")

    async def start_edge(self) -> tuple[Mapping[str, Any], AsyncIterator[Mapping[str, Any]]]:
        """The runtime; its addresses, and all that it tells from then on."""
        self.say("edge")
        telling = ("--tell", "--json", "--lang", self.scenario.language)
        edge = await self._start("edge", "edge", "run", *self._configured, *telling, listen=True)
        told = _told(edge.process)
        try:
            async with asyncio.timeout(READY_PATIENCE):
                async for event in told:
                    if event["kind"] == "ready":
                        return event, told
        except TimeoutError:
            pass
        raise ProgramError("edge", "did not get ready", edge.log)

    async def start_courier(self) -> None:
        """The only program with a way out."""
        self.say("courier")
        folders = (
            "--exchange",
            str(self.folder / "exchange"),
            "--state",
            str(self.folder / "courier"),
        )
        await self._start("courier", "courier", *folders)

    async def start_devices(self, addresses: Mapping[str, Any]) -> None:
        """Every appliance: paired, then allowed, then run; so nothing it says is lost."""
        for device in DEVICES:
            self.say(device.kind)
            arguments = self._appliance(device, str(addresses[device.over]))
            code = json.loads(await self._run("edge", "pair", *self._configured, "--json"))["code"]
            await self._run("devices", "pair", *arguments, "--code", code)
            await self._grant(device)
            await self._start(device.kind, "devices", "run", *arguments)

    async def egress(self) -> Mapping[str, int]:
        """What left the home so far, as the runtime's ledger has it."""
        asked = await self._run("edge", "ledger", *self._configured, "--newest", "1", "--json")
        summary: Mapping[str, int] = json.loads(asked)["summary"]
        return summary

    async def _grant(self, device: EmulatedDevice) -> None:
        named = load_credentials(self._credentials(device)).device
        purposes = [argument for purpose in PURPOSES for argument in ("--purpose", purpose)]
        about = ("--device", named, "--data", device.data, *purposes)
        await self._run("edge", "consent", "grant", *self._configured, *about, "--json")

    def _appliance(self, device: EmulatedDevice, address: str) -> tuple[str, ...]:
        replayed = ("--household", self.scenario.household) if self.scenario.household else ()
        return (
            device.kind,
            f"--{device.over}",
            address,
            "--credentials",
            str(self._credentials(device)),
            "--seed",
            str(self.scenario.seed),
            *replayed,
        )

    def _credentials(self, device: EmulatedDevice) -> Path:
        return self.folder / f"{device.kind}.json"

    @property
    def _config(self) -> Path:
        return self.folder / "edge.toml"

    @property
    def _configured(self) -> tuple[str, str]:
        return "--config", str(self._config)

    async def _start(
        self, name: str, program: str, *arguments: str, listen: bool = False
    ) -> Program:
        command = (*self.programs[program], *arguments)
        running = self.launcher.open_program(name, command, listen=listen)
        started = await self.stack.enter_async_context(running)
        self.tasks.create_task(started.watch(), name=f"watch {name}")
        return started

    async def _run(self, program: str, *arguments: str) -> str:
        return await self.launcher.run(
            f"{program} {arguments[0]}", (*self.programs[program], *arguments)
        )

    async def _ready(self, program: Program, file: Path) -> Mapping[str, Any]:
        """What the program wrote into its ready file."""
        for _ in range(int(READY_PATIENCE / LOOK_EVERY)):
            said = _said(file)
            if said:
                return said
            await asyncio.sleep(LOOK_EVERY)
        raise ProgramError(program.name, "did not get ready", program.log)


_TRANSPORTS = ("coap", "mqtt")
"""In the order in which the relay is given them."""


async def _told(process: Process) -> AsyncIterator[Mapping[str, Any]]:
    """Each event that the runtime tells; a line that is none is skipped."""
    if process.stdout is None:
        return
    async for line in process.stdout:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and {"kind", "text"} <= event.keys():
            yield event


def _said(file: Path) -> Mapping[str, Any]:
    """What a ready file says; nothing while it is not there, or not whole."""
    try:
        said: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said
