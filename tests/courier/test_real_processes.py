"""The street as real processes: cloud, relay, courier; and a broker that we did not write."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from cloud_stub.clock import parse_clock
from cloud_stub.pki import SERVER_NAME, open_pki
from edge.adapters.catalogue_shelf import ShelfPlace, SignedShelf
from edge.adapters.egress_ledger import RecordedEgress
from edge.adapters.subscription_file import Provisioning, write_subscription
from edge.courier.egress_record import EgressRecord
from edge.courier.pull import PullError, pull
from edge.courier.subscription import Subscription
from edge.courier.way_out import Errand
from edge.domain.consent import Grants, Purpose
from edge.domain.egress import EgressSummary
from edge.domain.offer import Catalogue
from tests.builders import a_grant
from tests.catalogue_world import World
from tests.fakes.clock import NOON
from tests.fakes.record_key import RECORD_KEY

pytestmark = pytest.mark.slow

SECONDS = 30.0
SPEED = 10_000.0

Transport = Literal["coap", "mqtt"]


def until_there(path: Path) -> Any:  # noqa: ANN401 - whatever the process says in JSON
    """What a process wrote when it was ready."""
    deadline = time.monotonic() + SECONDS
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} did not appear"
        time.sleep(0.05)
    return json.loads(path.read_text())


class Street:
    """Cloud, relay and courier, on loopback, in fast motion."""

    def __init__(self, folder: Path, transport: Transport) -> None:
        self.folder = folder
        self.exchange = folder / "exchange"
        start = parse_clock(None).now().timestamp()
        self.spec = f"{SPEED}@{start}"
        self.clock = parse_clock(self.spec)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.ready = self._start_cloud()
        self._start_relay()
        relay = until_there(folder / "relay.json")["relay"]
        self.provisioning = Provisioning(
            region="DE",
            transport=transport,
            relay=relay[0] if transport == "coap" else relay[1],
            server_name=self.ready["server_name"],
            ca=Path(self.ready["ca"]).read_text(),
            root=Path(self.ready["root"]).read_bytes(),
        )
        place = ShelfPlace(
            shelf=self.exchange / "shelf", memory=folder / "memory", root=self.provisioning.root
        )
        self.refused: Counter[str] = Counter()
        self.shelf = SignedShelf(place, count=self._count)

    async def _count(self, event: str) -> None:
        self.refused[event] += 1

    def start(self, name: str, *arguments: str) -> None:
        """Start one of our programs."""
        environment = {**os.environ, "DOORSTEP_CLOCK": self.spec}
        log = (self.folder / f"{name}.log").open("ab")
        with log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments], env=environment, stdout=log, stderr=log
            )

    def _start_cloud(self) -> dict[str, str]:
        free = "127.0.0.1:0"
        self.start(
            "cloud", "cloud_stub", "serve", "--dir", str(self.folder / "cloud"),
            "--coap", free, "--mqtt", free, "--ready", str(self.folder / "cloud.json"),
        )  # fmt: skip
        ready: dict[str, str] = until_there(self.folder / "cloud.json")
        return ready

    def _start_relay(self) -> None:
        self.start(
            "relay", "cloud_stub", "relay", "--to", self.ready["coap"], "--to", self.ready["mqtt"],
            "--ready", str(self.folder / "relay.json"),
        )  # fmt: skip

    def start_courier(self) -> None:
        """Start the courier, or start it again."""
        exchange, state = str(self.exchange), str(self.folder / "state")
        self.start("courier", "edge.courier", "--exchange", exchange, "--state", state)

    def subscribe(self, *, on: bool) -> None:
        """Grant offers, or withdraw them."""
        purposes = (Purpose.KEEP, Purpose.INFER, Purpose.OFFER) if on else ()
        grants = Grants([a_grant(purpose) for purpose in purposes], now=NOON)
        write_subscription(self.exchange / "subscription.json", grants, self.provisioning)

    def stop(self, name: str, *, hard: bool = False) -> int:
        """End one of our programs; its exit code."""
        process = self.running.pop(name)
        process.kill() if hard else process.terminate()
        return process.wait(10)

    def newest(self) -> Catalogue | None:
        """What the runtime finds on the shelf."""
        return asyncio.run(self.shelf.newest(now=self.clock.now()))

    def wait_for_newer(self, than: Catalogue | None = None) -> Catalogue:
        """A catalogue with another head than that one."""
        deadline = time.monotonic() + SECONDS
        while (newest := self.newest()) is None or (than and newest.digest == than.digest):
            assert time.monotonic() < deadline, (self.folder / "courier.log").read_text()
            time.sleep(0.1)
        return newest

    def left(self) -> EgressSummary:
        """What left the home."""
        ledger = RecordedEgress(self.exchange / "egress", lambda: self.shelf.names)
        return asyncio.run(ledger.summary())


@pytest.fixture(params=["coap", "mqtt"])
def street(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Street]:
    """The street by either transport; everything ends with the test."""
    street = Street(tmp_path, request.param)
    yield street
    for name in list(street.running):
        street.stop(name, hard=True)


def test_the_catalogue_comes_home_and_nothing_else_leaves(street: Street) -> None:
    """Cloud to shelf through the relay; withdrawal ends it; every process stops when told."""
    street.subscribe(on=True)
    street.start_courier()
    first = street.wait_for_newer()
    assert len(first) >= 300
    second = street.wait_for_newer(first)
    assert second.expires_at > first.expires_at
    left = street.left()
    assert left.messages > 40
    assert left.household_facts == 0

    street.subscribe(on=False)
    time.sleep(1.5)
    before = street.left().messages
    time.sleep(2 * 4 * 3600 / SPEED)
    assert street.left().messages == before
    assert [street.stop(name) for name in ("courier", "relay", "cloud")] == [0, 0, 0]


def test_a_courier_killed_and_a_cloud_away_take_nothing_from_the_home(street: Street) -> None:
    """After kill -9 the courier goes on; while the cloud is away, the last good one stays."""
    street.subscribe(on=True)
    street.start_courier()
    first = street.wait_for_newer()
    street.stop("courier", hard=True)
    street.start_courier()
    second = street.wait_for_newer(first)
    street.stop("cloud", hard=True)
    time.sleep(2 * 4 * 3600 / SPEED)
    newest = street.newest()
    assert newest
    assert newest.version >= second.version
    assert not street.refused
    assert street.left().household_facts == 0
    assert "Traceback" not in (street.folder / "courier.log").read_text()


def test_without_a_subscription_there_is_no_traffic(street: Street) -> None:
    """A courier that nobody allowed anything makes no record and no connection."""
    street.start_courier()
    time.sleep(1.5 * 4 * 3600 / SPEED)
    assert not (street.exchange / "egress").exists()
    assert street.stop("courier") == 0


def _mosquitto() -> str:
    """Debian's broker; a missing one is a failure where everything must be there."""
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    if found is None:
        assert os.environ.get("CI") != "true", "mosquitto is missing"
        pytest.skip("mosquitto is not installed")
    return found


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A Mosquitto with TLS and the files of a small catalogue as retained messages."""
    pki = open_pki(tmp_path / "pki", real_now=NOON)
    world = World(tmp_path / "world")
    world.publish()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = tmp_path / "mosquitto.conf"
    settings.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\n"
        f"certfile {pki.certificate}\nkeyfile {pki.key}\ntls_version tlsv1.3\n"
    )
    with subprocess.Popen(
        [_mosquitto(), "-c", str(settings)], stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port)
            _retain(port, pki.ca, {**world.files(), "barrier": b"-"}, tmp_path)
            yield port, tmp_path
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "mosquitto does not listen"
        time.sleep(0.05)


def _retain(port: int, ca: Path, files: dict[str, bytes], folder: Path) -> None:
    for number, (name, content) in enumerate(files.items()):
        file = folder / f"retained-{number}"
        file.write_bytes(content)
        subprocess.run(
            ["mosquitto_pub", "-h", "127.0.0.1", "-p", str(port), "--cafile", str(ca),
             "--insecure", "-r", "-t", f"catalogue/v1/{name}", "-f", str(file)],
            check=True, timeout=10,
        )  # fmt: skip


def test_the_courier_reads_from_a_broker_we_did_not_write(broker: tuple[int, Path]) -> None:
    """Mosquitto's retained messages are a whole catalogue; a missing file is noticed at once."""
    port, folder = broker
    errand = Errand(
        subscription=Subscription(
            transport="mqtt",
            host="127.0.0.1",
            port=port,
            server_name=SERVER_NAME,
            ca=(folder / "pki" / "ca.pem").read_text(),
            root=World(folder / "world").root,
        ),
        record=EgressRecord(folder / "egress", key=RECORD_KEY),
        stands=lambda: True,
        now=lambda: NOON,
    )
    assert pull(errand, folder / "trusted") == ["butter", "milk"]
    for name in World(folder / "world").files():
        if name.startswith("targets/milk/"):
            _retain(port, folder / "pki" / "ca.pem", {name: b""}, folder)
    begun = time.monotonic()
    with pytest.raises(PullError, match="DownloadHTTPError"):
        pull(
            replace(errand, record=EgressRecord(folder / "egress", key=RECORD_KEY)),
            folder / "other",
        )
    assert time.monotonic() - begun < 5
