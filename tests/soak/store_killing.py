"""Starts the writer, lets it run for a random while, ends it, and checks what it acknowledged."""

import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.adapters.store.homes import a_home


@dataclass
class Acknowledged:
    """What the store has said yes to, over all its lives."""

    kept: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)

    @property
    def following(self) -> int:
        """A number nobody has used."""
        return max(self.kept, default=0) + 10

    def hear(self, lines: list[str]) -> None:
        """Take in whole lines."""
        for line in lines:
            word, _, number = line.partition(" ")
            if word in {"kept", "ended"}:
                (self.kept if word == "kept" else self.ended).add(int(number))


def run_and_kill(
    folder: Path, known: Acknowledged, dice: random.Random, cut: Callable[[], None] | None = None
) -> None:
    """One life of the writer; `cut` is called at the random instant, before it is killed."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.store_writer", str(folder), str(known.following)],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    with writer.stdout as output:
        heard = b""
        while b"ready\n" not in heard:
            some = os.read(output.fileno(), 65_536)
            assert some, "the writer could not open the store"
            heard += some
        heard += _until(output.fileno(), time.monotonic() + dice.uniform(0.005, 0.5))
        if cut is not None:
            cut()
        writer.kill()
        if cut is None:
            while some := os.read(output.fileno(), 65_536):
                heard += some
        writer.wait()
    known.hear(heard.decode().splitlines()[: heard.count(b"\n")])


async def check(folder: Path, known: Acknowledged) -> None:
    """Everything acknowledged is there, and the store is whole."""
    async with a_home(folder) as store:
        await store.examine()
        ends = {grant.id: grant.ended_at for grant in await store.grant_history()}
    assert {f"g{number}" for number in known.kept} <= ends.keys()
    assert all(ends[f"g{number}"] is not None for number in known.ended)  # type: ignore[index]  # ids are text


def _until(descriptor: int, deadline: float) -> bytes:
    heard = b""
    while (left := deadline - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            heard += os.read(descriptor, 65_536)
    return heard
