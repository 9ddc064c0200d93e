"""Mosquitto as our child: started, watched, started again, and never left behind."""

import asyncio
import logging
import os
import shutil
import signal
import socket
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Never

from edge.adapters.local.accounts import Accounts
from edge.adapters.local.backoff import Backoff
from edge.adapters.local.mosquitto_files import CONFIGURATION, write_accounts, write_configuration
from edge.errors import UnreachableError

READY_WITHIN_S = 10.0
"""A cold start on a busy machine takes about one second."""

GONE_WITHIN_S = 5.0
"""It writes its sessions to disk; after that it is killed."""

HEALTHY_AFTER_S = 30.0
"""Whoever ran that long did not fail at starting: the next wait is short again."""

_LOOK_EVERY_S = 0.05
_LINE_MOST = 200

_log = logging.getLogger(__name__)


class MosquittoChild:
    """One Mosquitto at a time, on one port, with our accounts; `last_said` is its newest line."""

    def __init__(self, *, folder: Path, accounts: Accounts, password: str, dice: Random) -> None:
        self._folder = folder
        self._accounts = accounts
        self._password = password
        self._backoff = Backoff(least_s=0.5, most_s=30.0, dice=dice)
        self._process: Process | None = None
        self.last_said = ""

    async def accounts_changed(self) -> None:
        """Write the accounts and have them read: who is no longer in them is disconnected."""
        await self.write_accounts()
        self._signal(signal.SIGHUP)

    async def write_accounts(self) -> None:
        """Write the accounts as they are now."""
        users = dict(self._accounts.users())
        await asyncio.to_thread(write_accounts, self._folder, users, password=self._password)

    async def keep_running(self) -> Never:
        """Start it, and again whenever it ends; ends it when cancelled."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                since = loop.time()
                await self._run_once()
                _log.warning("broker.mosquitto.ended")
                if loop.time() - since > HEALTHY_AFTER_S:
                    self._backoff.reset()
                await asyncio.sleep(self._backoff.next_wait_s())
        finally:
            await self._end()

    async def _run_once(self) -> None:
        command = await asyncio.to_thread(_command, self._folder / CONFIGURATION)
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )
        assert self._process.stderr is not None  # noqa: S101  -- PIPE makes one
        async for line in self._process.stderr:
            self.last_said = line.decode(errors="replace").strip()[:_LINE_MOST]
            _log.info("broker.mosquitto.says %s", self.last_said)
        await self._process.wait()

    async def _end(self) -> None:
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(GONE_WITHIN_S):
                await self._process.communicate()
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self._process.communicate()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            if self._process is not None:
                self._process.send_signal(number)


@asynccontextmanager
async def open_mosquitto_child(
    child: MosquittoChild, *, folder: Path, host: str, port: int, tasks: asyncio.TaskGroup
) -> AsyncIterator[int]:
    """Run a Mosquitto while the context lasts.

    Args:
        child: The one to run.
        folder: Where it keeps its files and its sessions; ours alone.
        host: The address it listens on.
        port: Where; 0 for any free one.
        tasks: Where it is watched.

    Yields:
        The port.

    Raises:
        UnreachableError: It is not installed, its port is taken, or it does not answer.
    """
    await asyncio.to_thread(mosquitto_program)
    port = _free_port(host, port)
    await asyncio.to_thread(write_configuration, folder, host=host, port=port)
    await child.write_accounts()
    watching = tasks.create_task(child.keep_running(), name="mosquitto")
    try:
        await _answers(child, host, port)
        yield port
    finally:
        watching.cancel()
        await asyncio.wait([watching])


def mosquitto_program() -> str:
    """Where Mosquitto is installed; an ordinary user's path does not have it.

    Raises:
        UnreachableError: Nowhere.
    """
    places = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    if program := shutil.which("mosquitto", path=places):
        return program
    whom = "mosquitto"
    raise UnreachableError(whom, "not installed (Debian: apt install mosquitto)")


def _command(configuration: Path) -> list[str]:
    """Mosquitto, such that the kernel ends it with us even if we are killed."""
    setpriv = shutil.which("setpriv")
    with_us = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
    return [*with_us, mosquitto_program(), "-c", str(configuration)]


def _free_port(host: str, port: int) -> int:
    """The port, or any free one for 0; somebody else's broker must not be taken for our child."""
    try:
        with socket.create_server((host, port)) as probe:
            free: int = probe.getsockname()[1]
            return free
    except OSError as error:
        whom = f"{host}:{port}"
        raise UnreachableError(whom, error.strerror or "no socket") from error


async def _answers(child: MosquittoChild, host: str, port: int) -> None:
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            while not await _is_open(host, port):  # noqa: ASYNC110  -- it cannot tell us
                await asyncio.sleep(_LOOK_EVERY_S)
    except TimeoutError:
        whom = f"{host}:{port}"
        raise UnreachableError(whom, f"mosquitto did not start: {child.last_said}") from None


async def _is_open(host: str, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True
