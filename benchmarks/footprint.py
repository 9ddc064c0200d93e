"""What the runtime costs a small machine: memory, idle CPU, time from start to ready.

    python -m benchmarks.footprint [--json]

Measured on the real process with page, CoAP and MQTT on and nobody paired, for the embedded broker
and, in the same run, for a Mosquitto child (its own memory is given beside it).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

MIB = 2**20
SETTLE_S = 15.0
"""Until starting has been forgotten: memory is given back ten seconds after it."""
IDLE_S = 30.0
BUDGET = "budget: 64 MiB, 0.5 % of a core, 1.5 s"

CONFIG = """
[edge]
state = "{folder}/state"
exchange = "{folder}/exchange"
[web]
port = 0
[local]
broker = "{broker}"
mqtt_port = 0
coap_port = 0
[catalogue]
relay = "127.0.0.1:9"
server_name = "catalogue.doorstep.example"
ca = "{folder}/ca.pem"
root = "{folder}/cloud/repository/metadata/1.root.json"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """One row."""

    broker: str
    ready_s: float
    rss_mib: float
    children_mib: float
    idle_cpu_percent: float


def measure(broker: str, folder: Path) -> Footprint:
    """Run the runtime with that broker and look at it."""
    config = folder / f"{broker}.toml"
    config.write_text(CONFIG.format(folder=folder, broker=broker), encoding="utf-8")
    command = [sys.executable, "-m", "edge", "run", "--config", str(config), "--log", "error"]
    began = time.monotonic()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ))  # noqa: S603 - our own program
    try:
        if running.stdout:
            running.stdout.readline()
        ready = time.monotonic() - began
        time.sleep(SETTLE_S)
        process = psutil.Process(running.pid)
        before = _cpu_seconds(process)
        time.sleep(IDLE_S)
        return Footprint(
            broker=broker,
            ready_s=round(ready, 2),
            rss_mib=round(process.memory_info().rss / MIB, 1),
            children_mib=round(sum(c.memory_info().rss for c in process.children()) / MIB, 1),
            idle_cpu_percent=round(100 * (_cpu_seconds(process) - before) / IDLE_S, 2),
        )
    finally:
        running.terminate()
        running.communicate()
        shutil.rmtree(folder / "state")


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main() -> None:
    """Measure each and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    brokers = ["embedded"]
    if shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin"):
        brokers.append("mosquitto")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sign = [sys.executable, "-m", "cloud_stub", "sign", "--dir", str(folder / "cloud")]
        subprocess.run(sign, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        (folder / "ca.pem").write_text("nobody pulls here\n", encoding="ascii")
        rows = [measure(broker, folder) for broker in brokers]
    if as_json:
        print(json.dumps({row.broker: asdict(row) for row in rows}))
        return
    print(f"{'broker':10} {'ready s':>8} {'RSS MiB':>8} {'children MiB':>13} {'idle CPU %':>11}")
    for row in rows:
        print(
            f"{row.broker:10} {row.ready_s:8.2f} {row.rss_mib:8.1f} "
            f"{row.children_mib:13.1f} {row.idle_cpu_percent:11.2f}"
        )
    print(BUDGET)


if __name__ == "__main__":
    main()
