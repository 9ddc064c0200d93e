"""Messages a second and delays, same client, same run: `python -m benchmarks.broker`.

Ratios within a run count; the machine's other work is in every figure.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from edge.adapters.local.broker import BrokerKind
from tests.fakes.home_broker import FRIDGE, HomeBroker, open_home_broker
from tests.fakes.mqtt_client import RawClient

TOPIC = f"doorstep/v1/{FRIDGE}/readings"
PAYLOAD = b"x" * 200
ALONE = 1_000
TOGETHER = 8
EACH = 250


async def main() -> None:
    """Print a table."""
    print(
        f"{'broker':10} {'alone/s':>8} {'p50 ms':>7} {'p99 ms':>7} {'8 at once/s':>12} {'lost':>5}"
    )
    for kind in (BrokerKind.EMBEDDED, BrokerKind.MOSQUITTO):
        with tempfile.TemporaryDirectory() as folder:
            async with open_home_broker(kind, Path(folder)) as home:
                await _row(kind, home)


async def _row(kind: BrokerKind, home: HomeBroker) -> None:
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/readings")
        delays = await _alone(home, edge)
        rate, lost = await _together(home, edge)
    print(
        f"{kind:10} {ALONE / sum(delays):8.0f} {1e3 * median(delays):7.2f}"
        f" {1e3 * quantiles(delays, n=100)[98]:7.2f} {rate:12.0f} {lost:5}"
    )


async def _alone(home: HomeBroker, edge: RawClient) -> list[float]:
    """Seconds from each publication to its arrival at the runtime, one after the other."""
    delays = []
    async with home.client(FRIDGE) as fridge:
        for _ in range(ALONE):
            start = time.perf_counter()
            await fridge.publish(TOPIC, PAYLOAD)
            await edge.hear()
            delays.append(time.perf_counter() - start)
    return delays


async def _together(home: HomeBroker, edge: RawClient) -> tuple[float, int]:
    async def speak(number: int) -> None:
        async with home.client(FRIDGE, f"{number}") as client:
            for _ in range(EACH):
                await client.publish(TOPIC, PAYLOAD)

    start = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(TOGETHER):
            tasks.create_task(speak(number))
        heard = await edge.hear_all(TOGETHER * EACH, within_s=3)
    return len(heard) / (time.perf_counter() - start), TOGETHER * EACH - len(heard)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
