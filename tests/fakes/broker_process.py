"""A broker with its link in a process: `python -m tests.fakes.broker_process embedded DIR`.

It prints one JSON line when it is ready, logs as the runtime does, and answers each reading of the
fridge by showing how large it is: a publication on the fridge's `errors` topic.
"""

import asyncio
import json
import resource
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from edge.adapters.local.broker import BrokerKind
from edge.adapters.local.mqtt_link import Heard, MqttLink
from edge.adapters.log_setup import count_loop_errors, set_up_logging
from tests.fakes.home_broker import FRIDGE, open_home_broker


class Scales:
    """Tells the fridge what this process weighs, in bytes."""

    filters = (f"doorstep/v1/{FRIDGE}/readings",)

    def __init__(self, link: MqttLink, *, ready: str) -> None:
        self._link = link
        self._ready = ready

    async def link_is_up(self) -> None:
        """Say that everything is ready."""
        sys.stdout.write(f"{self._ready}\n")
        sys.stdout.flush()

    async def hear(self, heard: Heard) -> None:
        """Answer a reading."""
        size = await asyncio.to_thread(_resident_bytes)
        answer = json.dumps({"rss": size, "heard": len(heard.payload)})
        await self._link.publish(f"doorstep/v1/{FRIDGE}/errors", answer.encode())


async def main(kind: BrokerKind, folder: Path) -> None:
    """Run until killed."""
    count_loop_errors(asyncio.get_running_loop(), lambda _: None)
    async with open_home_broker(kind, folder) as home:
        link = MqttLink(home.broker.address, dice=Random(1))
        ready = json.dumps({"port": home.port, "passwords": home.passwords})
        await link.run([Scales(link, ready=ready)])


def _resident_bytes() -> int:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


@asynccontextmanager
async def broker_process(
    kind: BrokerKind, folder: Path
) -> AsyncIterator[tuple[Process, int, dict[str, str]]]:
    """This module as a process: itself, its port and everybody's password; its log is `log`."""
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, kind, str(folder), stdout=PIPE, stderr=log
        )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(20):
            ready = json.loads(await process.stdout.readline())
        yield process, ready["port"], ready["passwords"]
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


if __name__ == "__main__":
    set_up_logging("INFO")
    asyncio.run(main(BrokerKind(sys.argv[1]), Path(sys.argv[2])))
