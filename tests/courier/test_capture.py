"""Real traffic, captured by tshark: what left is on record, and nothing else left."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloud_stub.pki import SERVER_NAME
from edge.adapters.capture import Sent, compare, read_capture
from edge.command_line.ledger import _on_record
from edge.courier.egress_record import EgressRecord
from edge.courier.outdoors import Line, Outdoors, pinned_tls
from edge.courier.pull import pull
from edge.courier.subscription import Subscription
from edge.courier.way_out import Errand
from tests.courier.test_real_processes import Street, Transport
from tests.fakes.record_key import RECORD_KEY

pytestmark = pytest.mark.slow

transports = pytest.mark.parametrize("transport", ["coap", "mqtt"])


def _must_capture() -> None:
    """Skip where nobody may capture; where CI is true, that is a failure."""
    if (shutil.which("tshark") is None or os.geteuid() != 0) and os.environ.get("CI") != "true":
        pytest.skip("capturing needs root and the package tshark")


@contextmanager
def capturing(file: Path, relay: str) -> Iterator[None]:
    """Capture everything that goes over loopback to or from the relay."""
    port = relay.rpartition(":")[2]
    command = ["tshark", "-q", "-i", "lo", "-w", str(file), "-f", f"tcp port {port}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tshark:
        assert tshark.stderr
        while b"Capturing" not in tshark.stderr.readline():
            assert tshark.poll() is None
        time.sleep(0.5)  # it says so a moment before it does
        try:
            yield
        finally:
            time.sleep(1)
            tshark.terminate()
            tshark.stderr.read()


def keeping_keys(file: Path) -> Outdoors:
    """A way out whose TLS keys are kept for tshark; only a test has such a thing."""

    def dial(subscription: Subscription) -> Line:
        import socket  # noqa: PLC0415 - only this one line needs it

        tls = pinned_tls(subscription)
        tls.keylog_filename = str(file)
        plain = socket.create_connection((subscription.host, subscription.port), timeout=15)
        return tls.wrap_socket(plain, server_hostname=subscription.server_name)

    return Outdoors(dial=dial)


def decrypted(capture: Path, keys: Path, port: int, greeting: bytes) -> bytes:
    """What the home said in all connections, in order; it is the side that greets like this."""
    said = b""
    for stream in range(_streams(capture)):
        done = subprocess.run(
            ["tshark", "-r", str(capture), "-o", f"tls.keylog_file:{keys}", "-q",
             "-d", f"tcp.port=={port},tls", "-z", f"follow,tls,raw,{stream}"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        lines = [line for line in done.stdout.splitlines() if line and set(line) <= _HEX]
        sides = [
            b"".join(bytes.fromhex(line) for line in lines if line.startswith("\t") is indented)
            for indented in (False, True)
        ]
        said += next(side for side in sides if side.startswith(greeting))
    return said


_HEX = frozenset("\t0123456789abcdef")


def _streams(capture: Path) -> int:
    command = ["tshark", "-r", str(capture), "-T", "fields", "-e", "tcp.stream"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return 1 + max(int(line) for line in done.stdout.split())


@pytest.fixture
def street(tmp_path: Path, transport: Transport) -> Iterator[Street]:
    """Cloud and relay as processes of their own."""
    _must_capture()
    street = Street(tmp_path, transport)
    try:
        yield street
    finally:
        for name in tuple(street.running):
            street.stop(name)


@transports
def test_each_byte_that_left_is_on_record(street: Street, transport: Transport) -> None:
    """Two pulls, decrypted: the bytes on the wire are the bytes on record, in order."""
    provisioning = street.provisioning
    host, _, port = provisioning.relay.partition(":")
    capture, keys = street.folder / "capture.pcapng", street.folder / "keys"
    errand = Errand(
        subscription=Subscription(
            transport=transport,
            host=host,
            port=int(port),
            server_name=SERVER_NAME,
            ca=provisioning.ca,
            root=provisioning.root,
        ),
        record=EgressRecord(street.folder / "egress", key=RECORD_KEY),
        stands=lambda: True,
        now=street.clock.now,
        outdoors=keeping_keys(keys),
    )
    with capturing(capture, provisioning.relay):
        pull(errand, street.folder / "one")
        pull(errand, street.folder / "other")

    record = list(_on_record(street.folder / "egress"))
    packets = read_capture(capture, {provisioning.relay})
    found = compare(packets, record)
    assert found.differences == ()
    assert found.messages == len(record) > 20
    contents = _contents(street.folder / "egress")
    assert decrypted(capture, keys, int(port), contents[:5]) == contents
    missing = compare(packets, record[:3] + record[4:])
    assert len(missing.differences) == 1
    assert "not on record" in missing.differences[0]


def _contents(folder: Path) -> bytes:
    import base64  # noqa: PLC0415 - only here
    import json  # noqa: PLC0415 - only here

    lines = (line for s in sorted(folder.glob("*.jsonl")) for line in s.read_text().splitlines())
    entries = (json.loads(line) for line in lines)
    return b"".join(base64.b64decode(e["bytes"]) for e in entries if "bytes" in e)


@transports
def test_a_running_courier_says_only_what_is_on_record(
    street: Street, transport: Transport
) -> None:
    """The real process, on its own schedule: capture and record agree."""
    del transport
    capture = street.folder / "capture.pcapng"
    with capturing(capture, street.provisioning.relay):
        street.subscribe(on=True)
        street.start_courier()
        deadline = time.monotonic() + 20
        while len(list(_on_record(street.exchange / "egress"))) < 30:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        street.stop("courier")
    record = list(_on_record(street.exchange / "egress"))
    found = compare(read_capture(capture, {street.provisioning.relay}), record)
    assert found.messages >= 30
    assert found.differences == ()


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_packet_to_a_stranger_is_a_difference() -> None:
    """Whoever is neither a relay nor within the home is named, with the count."""
    from edge.adapters.capture import Packet  # noqa: PLC0415 - beside its only use

    relay = Sent(at=NOW, to="127.0.0.1:9", size=6)
    known = Packet(at=NOW, to="127.0.0.1:9", stream="0", records=(53, 23))
    stranger = replace(known, to="93.184.215.14:443", records=())
    found = compare([known, stranger, stranger], [relay])
    assert found.messages == 1
    assert found.differences == ("2 packets to 93.184.215.14:443: not a relay",)
