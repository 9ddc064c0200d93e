"""`python -m devices demo`: play the scenario, tell it in the terminal, sum it up."""

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn, TextIO

from devices.clock import SPEED_MOST, Clock
from devices.demo.home import PROGRAMS, Home
from devices.demo.processes import Launcher, ProgramError
from devices.demo.scenario import DEVICES, Scenario
from devices.demo.story import Story
from devices.demo.words import WORDS

USUAL = Scenario()
"""What is played when nothing else is asked for."""

EGRESS_EVERY = timedelta(hours=12)
"""Emulated time between two looks into the egress ledger."""

EGRESS_LEAST = 5.0
"""Real seconds between them: each starts a process."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be chosen about a demo."""
    parser.add_argument("--for", type=float, dest="seconds", metavar="SECONDS", help="then end")
    parser.add_argument("--json", action="store_true", help="the last line is a JSON object")
    parser.add_argument(
        "--speed",
        type=_speed,
        default=USUAL.speed,
        help="emulated seconds in one; 4320: a day in 20 s",
    )
    parser.add_argument("--household", default="", metavar="FILE[:ID]", help="replay purchases")
    parser.add_argument("--seed", type=int, default=USUAL.seed)
    parser.add_argument("--transport", choices=["coap", "mqtt"], default=USUAL.transport)
    parser.add_argument("--lang", choices=["de", "en"], default=USUAL.language)
    parser.add_argument("--state", type=Path, metavar="DIR", help="an empty folder to keep all in")


def run(arguments: argparse.Namespace) -> int:
    """Play it.

    Returns:
        0 when everything ran, 1 when a program failed or no reading arrived, 2 for usage.
    """
    scenario = Scenario(
        speed=arguments.speed,
        seed=arguments.seed,
        language=arguments.lang,
        transport=arguments.transport,
        household=arguments.household,
    )
    if arguments.state and arguments.state.exists() and any(arguments.state.iterdir()):
        sys.stderr.write(f"devices: {arguments.state} is not empty\n")
        return 2
    with _folder(arguments.state) as folder:
        demo = Demo(scenario=scenario, folder=folder, seconds=arguments.seconds)
        return asyncio.run(demo.play_and_sum_up(as_json=arguments.json))


@contextmanager
def _folder(state: Path | None) -> Iterator[Path]:
    """The folder asked for, or one that is gone afterwards."""
    if state:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield state.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="doorstep-demo-") as folder:
        yield Path(folder)


def _speed(text: str) -> float:
    speed = float(text)
    if not 1 <= speed <= SPEED_MOST:
        message = f"from 1 to {SPEED_MOST:.0f}"
        raise argparse.ArgumentTypeError(message)
    return speed


@dataclass(slots=True, kw_only=True)
class Demo:
    """One demo, from its first sentence to its last.

    Attributes:
        scenario: What is played.
        folder: Where every program keeps its state.
        seconds: How long it plays once it is ready; None until Ctrl-C.
        programs: How each program is called.
        out: Where it is told.
    """

    scenario: Scenario
    folder: Path
    seconds: float | None = None
    programs: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: PROGRAMS)
    out: TextIO = field(default_factory=lambda: sys.stdout)
    _page: str = ""
    """The page's address; empty until everything has started."""

    async def play_and_sum_up(self, *, as_json: bool) -> int:
        """Play until the time is over or Ctrl-C; the exit code."""
        story = Story(self.scenario.language)
        complete = await self._play_through(story)
        for line in story.ending() if self._page else ():
            self._write(line)
        if self._page:
            self._say("page", page=self._page)
        if complete and not self._heard_every_device(story):
            complete = False
            self._say("nothing")
        if as_json:
            self._write(json.dumps({"complete": complete, **story.summary()}, ensure_ascii=False))
        return 0 if complete else 1

    async def _play_through(self, story: Story) -> bool:
        """Whether it ended as it should: by time, or by Ctrl-C once it was ready."""
        playing = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            if playing:
                asyncio.get_running_loop().add_signal_handler(number, playing.cancel)
        try:
            await self._play(story)
        except asyncio.CancelledError:
            return bool(self._page)
        except ExceptionGroup as failed:
            programs, others = failed.split(ProgramError)
            if others or not programs:
                raise
            for error in _leaves(programs):
                sys.stderr.write(f"devices: {error}\n")
            return False
        return True

    async def _play(self, story: Story) -> None:
        began, clock = time.monotonic(), self.scenario.clock(Clock())
        environment = os.environ | {"DOORSTEP_CLOCK": clock.spec}
        launcher = Launcher(folder=self.folder, environment=environment)
        # the stack inside: programs end first, then those who watch and hear them
        async with asyncio.TaskGroup() as tasks, AsyncExitStack() as stack:
            home = Home(
                scenario=self.scenario,
                folder=self.folder,
                launcher=launcher,
                stack=stack,
                tasks=tasks,
                say=self._starting,
                programs=self.programs,
            )
            await home.start_cloud()
            addresses, told = await home.start_edge()
            tasks.create_task(self._hear(told, story), name="hear")
            await home.start_courier()
            await home.start_devices(addresses)
            self._page = str(addresses["page"])
            self._ready(time.monotonic() - began, clock)
            looking = tasks.create_task(_look_outside(home, story, clock), name="look outside")
            await self._until_over()
            looking.cancel()
            story.hear_egress(await home.egress())

    async def _until_over(self) -> None:
        if self.seconds is None:
            await asyncio.Event().wait()
        else:
            await asyncio.sleep(self.seconds)

    async def _hear(self, told: AsyncIterator[Mapping[str, Any]], story: Story) -> None:
        async for event in told:
            for line in story.hear(event):
                self._write(line)

    def _heard_every_device(self, story: Story) -> bool:
        return all(
            any(name.startswith(device.kind) for name in story.readings) for device in DEVICES
        )

    def _ready(self, seconds: float, clock: Clock) -> None:
        self._say("ready", seconds=seconds, day=clock.real_seconds(timedelta(days=1)))
        self._say("page", page=self._page)

    def _starting(self, what: str) -> None:
        self._say("starting", what=WORDS[self.scenario.language][what])

    def _say(self, sentence: str, **facts: object) -> None:
        self._write(WORDS[self.scenario.language][sentence].format(**facts))

    def _write(self, line: str) -> None:
        self.out.write(f"{line}\n")
        self.out.flush()


async def _look_outside(home: Home, story: Story, clock: Clock) -> NoReturn:
    while True:
        await asyncio.sleep(max(EGRESS_LEAST, clock.real_seconds(EGRESS_EVERY)))
        story.hear_egress(await home.egress())


def _leaves(group: BaseExceptionGroup[ProgramError]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
