"""Start programs, watch them, and end every one of them, whatever happens here."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

END_PATIENCE = 5.0
"""Real seconds between asking a program to end and ending it."""

LINE_BYTES = 1 << 20
"""The longest line a program may print: far beyond any event."""

LOG_TAIL = 800
"""Characters of a program's log that are shown when it fails."""


class ProgramError(Exception):
    """A program ended by itself, or did not get ready.

    Attributes:
        name: Which.
    """

    def __init__(self, name: str, reason: str, log: Path) -> None:
        super().__init__(f"{name} {reason}\n{_tail(log)}".rstrip())
        self.name = name


@dataclass(slots=True)
class Program:
    """One running program.

    Attributes:
        name: What people call it.
        process: Its process, the leader of a group of its own.
        log: Where its stderr goes.
        ending: Whether we asked it to end.
    """

    name: str
    process: Process
    log: Path
    ending: bool = False

    async def watch(self) -> None:
        """Wait until it ends.

        Raises:
            ProgramError: It ended without being asked to.
        """
        code = await self.process.wait()
        if not self.ending:
            raise ProgramError(self.name, f"ended with code {code}", self.log)


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher:
    """How programs are started.

    Attributes:
        folder: Where their logs are kept.
        environment: What they find in their environment.
    """

    folder: Path
    environment: Mapping[str, str]

    @asynccontextmanager
    async def open_program(
        self, name: str, command: Sequence[str], *, listen: bool = False
    ) -> AsyncIterator[Program]:
        """Run it until left; with `listen`, its stdout is to be read by whoever started it."""
        log = self._log(name)
        program = Program(name, await self._start(command, log, listen=listen), log)
        try:
            yield program
        finally:
            program.ending = True
            await _end(program.process)

    async def run(self, name: str, command: Sequence[str]) -> str:
        """Run it to its end; what it printed.

        Raises:
            ProgramError: It failed.
        """
        log = self._log(name)
        process = await self._start(command, log, listen=True)
        try:
            printed, _ = await process.communicate()
        finally:
            await _end(process)
        if process.returncode:
            raise ProgramError(name, f"failed with code {process.returncode}", log)
        return printed.decode()

    async def _start(self, command: Sequence[str], log: Path, *, listen: bool) -> Process:
        leash = (sys.executable, "-m", "devices.demo.leash", str(os.getpid()))
        with log.open("ab") as errors:
            return await asyncio.create_subprocess_exec(
                *leash,
                *command,
                stdin=DEVNULL,
                stdout=PIPE if listen else errors,
                stderr=errors,
                env=dict(self.environment),
                limit=LINE_BYTES,
                start_new_session=True,  # Ctrl-C is ours to pass on, in the right order
            )

    def _log(self, name: str) -> Path:
        return self.folder / f"{name.replace(' ', '-')}.log"


async def _end(process: Process) -> None:
    """Ask it to end, then end it, and all that it started."""
    try:
        if process.returncode is None:
            # process.terminate() would collect a child that has just ended, behind asyncio's back
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
            with suppress(TimeoutError):
                async with asyncio.timeout(END_PATIENCE):
                    await process.wait()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _tail(log: Path) -> str:
    try:
        return log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:]
    except OSError:
        return ""
