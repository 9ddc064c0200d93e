"""A CoAP server in a process of its own, to be attacked, measured and killed.

Run as `python -m tests.adapters.local.coap_process FOLDER PORT [open]`; says `listening PORT` when
it is; `open` takes the guard's rates away, so that everything reaches what lies behind.
"""

import asyncio
import logging
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from edge.adapters.local.accounts import open_accounts
from edge.adapters.local.coap_guard import CoapLimits, Rate
from edge.adapters.local.coap_server import CoapListen, open_coap
from edge.adapters.local.coap_surfaces import CoapSurfaces
from edge.adapters.log_setup import set_up_logging
from tests.adapters.local.coap_home import FakeReception, surfaces_of

ANY_RATE = Rate(per_second=1e6, burst=1_000_000)
NO_RATES = CoapLimits(
    datagrams_per_source=ANY_RATE,
    datagrams=ANY_RATE,
    requests_per_device=ANY_RATE,
    requests_per_stranger=ANY_RATE,
)


class DeafReception(FakeReception):
    """Takes everything and keeps nothing: the memory that is measured is the server's."""

    def _hear(self, *what: object) -> None:
        """Forget at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server process."""

    process: asyncio.subprocess.Process
    port: int
    log: Path


@asynccontextmanager
async def a_process(folder: Path, *, port: int = 0, rates: bool = True) -> AsyncIterator[Running]:
    """A server process with the accounts in that folder; killed at the end if it still runs."""
    log = folder.parent / "server.log"
    arguments = [str(folder), str(port), *([] if rates else ["open"])]
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", __name__, *arguments),
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 20)
        yield Running(process=process, port=int(line.split()[1]), log=log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def serve(folder: Path, port: int, limits: CoapLimits) -> None:
    """Serve until killed."""
    accounts = await open_accounts(folder, random_bytes=secrets.token_bytes)
    async with open_coap(
        CoapListen(host="127.0.0.1", port=port, plain=True, limits=limits),
        accounts=accounts,
        reception=DeafReception(),
        surfaces=CoapSurfaces(),
        surfaces_of=surfaces_of,
    ) as server:
        sys.stdout.write(f"listening {server.address[1]}\n")
        sys.stdout.flush()
        await server.run()


if __name__ == "__main__":
    set_up_logging(logging.INFO)
    chosen = NO_RATES if sys.argv[3:] == ["open"] else CoapLimits()
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), chosen))
