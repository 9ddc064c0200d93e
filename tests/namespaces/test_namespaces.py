"""Each process in a network of its own: the product works, and each forbidden reach fails.

    home (edge)      courier --10.77.1-- relay --10.77.2-- cloud

The edge has its own loopback and nothing else; the courier has the relay and nothing else.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from edge.adapters.subscription_file import Provisioning, write_subscription
from edge.domain.consent import Grants, Purpose
from tests.builders import a_grant
from tests.fakes.clock import NOON

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

NAMES = ("home", "courier", "relay", "cloud")
CABLES = (
    ("courier", "10.77.1.2", "relay", "10.77.1.1"),
    ("cloud", "10.77.2.2", "relay", "10.77.2.1"),
)
CLOUD, RELAY = "10.77.2.2:5700", "10.77.1.1:5800"
PATIENCE_S = 40.0


def ip(*arguments: str) -> None:
    """Run iproute2."""
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)


@contextmanager
def networks(prefix: str) -> Iterator[None]:
    """Four networks and two cables, gone afterwards."""
    try:
        for name in NAMES:
            ip("netns", "add", prefix + name)
            ip("-n", prefix + name, "link", "set", "lo", "up")
        for number, (one, its, other, others) in enumerate(CABLES):
            ends = [f"{prefix}{number}a", f"{prefix}{number}b"]
            ip("link", "add", ends[0], "type", "veth", "peer", "name", ends[1])
            for end, name, address in ((ends[0], one, its), (ends[1], other, others)):
                ip("link", "set", end, "netns", prefix + name)
                ip("-n", prefix + name, "addr", "add", f"{address}/24", "dev", end)
                ip("-n", prefix + name, "link", "set", end, "up")
        yield
    finally:
        for name in NAMES:
            subprocess.run(["ip", "netns", "del", prefix + name], check=False, capture_output=True)


class Street:
    """Our programs, each in its own network."""

    def __init__(self, folder: Path, prefix: str, stack: ExitStack) -> None:
        self.folder = folder
        self._prefix = prefix
        self._stack = stack
        self._clock = f"10000@{time.clock_gettime(time.CLOCK_REALTIME)}"

    def start(self, where: str, *arguments: str) -> None:
        """Start one of our programs there; it ends with the test."""
        command = ["ip", "netns", "exec", self._prefix + where, sys.executable, "-m", *arguments]
        log = self._stack.enter_context((self.folder / f"{where}.log").open("wb"))
        environment = {**os.environ, "DOORSTEP_CLOCK": self._clock}
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)

    def reach(self, where: str, address: str) -> str:
        """What becomes of a connection from there."""
        script = (
            "import socket, sys\n"
            "host, port = sys.argv[1].split(':')\n"
            "try: socket.create_connection((host, int(port)), timeout=3); print('reached')\n"
            "except OSError as error: print(type(error).__name__, error.errno)\n"
        )
        command = [
            "ip",
            "netns",
            "exec",
            self._prefix + where,
            sys.executable,
            "-c",
            script,
            address,
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def wait_for(self, path: Path) -> None:
        """Until it is there."""
        deadline = time.monotonic() + PATIENCE_S
        while not path.exists():
            logs = {log.name: log.read_text()[-800:] for log in self.folder.glob("*.log")}
            assert time.monotonic() < deadline, logs
            time.sleep(0.1)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    """The networks; needs root and iproute2."""
    if (os.geteuid() != 0 or shutil.which("ip") is None) and os.environ.get("CI") != "true":
        pytest.skip("networks of its own need root and the package iproute2")
    prefix = f"dw{os.getpid() % 10_000}"
    with networks(prefix), ExitStack() as stack:
        yield Street(tmp_path, prefix, stack)


def _subscribe(folder: Path) -> dict[str, Any]:
    """What the product was built with, and a subscription as the edge would write it."""
    ready: dict[str, Any] = json.loads((folder / "cloud.json").read_text())
    provisioning = Provisioning(
        region="DE",
        transport="coap",
        relay=RELAY,
        server_name=ready["server_name"],
        ca=Path(ready["ca"]).read_text(),
        root=Path(ready["root"]).read_bytes(),
    )
    purposes = (Purpose.KEEP, Purpose.INFER, Purpose.OFFER)
    grants = Grants([a_grant(purpose) for purpose in purposes], now=NOON)
    write_subscription(folder / "exchange" / "subscription.json", grants, provisioning)
    return ready


def test_the_catalogue_comes_home_and_nothing_else_can_be_reached(street: Street) -> None:
    """The courier pulls through the relay; past it, and from the home, there is no way."""
    folder = street.folder
    cloud, ready = str(folder / "cloud"), str(folder / "cloud.json")
    street.start("cloud", "cloud_stub", "serve", "--dir", cloud, "--coap", CLOUD, "--ready", ready)
    street.wait_for(folder / "cloud.json")
    street.start("relay", "cloud_stub", "relay", "--to", CLOUD, "--listen", RELAY)
    _subscribe(folder)
    exchange, state = str(folder / "exchange"), str(folder / "state")
    street.start("courier", "edge.courier", "--exchange", exchange, "--state", state)
    street.wait_for(folder / "exchange" / "shelf" / "current")

    unreachable = "OSError 101"
    assert street.reach("courier", RELAY) == "reached"
    assert street.reach("relay", CLOUD) == "reached"
    assert street.reach("courier", CLOUD) == unreachable
    assert street.reach("courier", "198.51.100.7:443") == unreachable
    assert street.reach("home", RELAY) == unreachable
    assert street.reach("home", CLOUD) == unreachable
    assert street.reach("home", "198.51.100.7:443") == unreachable
