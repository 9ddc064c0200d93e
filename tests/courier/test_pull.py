"""A pull over real TLS, by either transport: what is good arrives whole, what is bad not at all."""

import json
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from cloud_stub.pki import SERVER_NAME, Pki, open_pki
from cloud_stub.serve_coap import open_coap
from cloud_stub.serve_mqtt import RetainedCatalogue, open_mqtt
from edge.courier.egress_record import EgressRecord
from edge.courier.outdoors import Outdoors, pinned_tls
from edge.courier.pull import PullError, pull
from edge.courier.shelf_writer import put_on_shelf
from edge.courier.subscription import Subscription
from edge.courier.way_out import PULL_SECONDS, Errand
from tests.catalogue_world import ATTACKS, Attack, Files, ServedFiles, World, in_a_thread
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.record_key import RECORD_KEY

REAL_NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""Certificates live in real time: ten years from here."""


class Street:
    """A cloud that serves what the test says, and a courier that may fetch it."""

    def __init__(self, folder: Path, transport: Literal["coap", "mqtt"], pki: Pki) -> None:
        self.world = World(folder / "cloud")
        self.first = self.world.publish()
        self.second = self.world.publish()
        self.served = ServedFiles({})
        self.clock = FakeClock(NOON)
        self.trusted = folder / "trusted"
        self.shelf = folder / "shelf"
        self.egress = folder / "egress"
        self.stands = True
        self.outdoors = Outdoors()
        self.subscription = Subscription(
            transport=transport,
            host="127.0.0.1",
            port=0,
            server_name=SERVER_NAME,
            ca=pki.ca.read_text(),
            root=self.world.root,
        )

    def serve(self, files: Files) -> None:
        """From now on the cloud serves these."""
        self.served.files = files

    def pull(self, **changes: Any) -> list[str]:  # noqa: ANN401 - whatever a subscription holds
        """Go out once, and fill the shelf."""
        errand = Errand(
            subscription=replace(self.subscription, **changes),
            record=EgressRecord(self.egress, key=RECORD_KEY),
            stands=lambda: self.stands,
            now=self.clock.now,
            outdoors=self.outdoors,
        )
        categories = pull(errand, self.trusted)
        put_on_shelf(self.trusted, categories, self.shelf, now=self.clock.now())
        return categories

    def on_shelf(self) -> Files:
        """What the runtime finds: the newest generation's files."""
        current = self.shelf / "current"
        paths = (path for path in current.resolve().rglob("*") if path.is_file())
        return {p.relative_to(current.resolve()).as_posix(): p.read_bytes() for p in paths}

    def sent(self) -> list[dict[str, Any]]:
        """All recorded messages."""
        lines = (line for s in self.egress.glob("*") for line in s.read_text().splitlines())
        return [entry for entry in map(json.loads, lines) if "at" in entry]


class MqttStreet(Street):
    """Serving means retaining, over there."""

    retained: RetainedCatalogue
    loop: Any

    def serve(self, files: Files) -> None:
        """From now on the broker retains these."""
        import asyncio  # noqa: PLC0415 - only this transport's server has to be told

        super().serve(files)
        asyncio.run_coroutine_threadsafe(self.retained.refresh(), self.loop).result(20)


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    """One authority and one certificate for all of these tests."""
    return open_pki(tmp_path_factory.mktemp("pki"), real_now=REAL_NOW)


@pytest.fixture(params=["coap", "mqtt"])
def street(request: pytest.FixtureRequest, tmp_path: Path, pki: Pki) -> Iterator[Street]:
    """Both transports, over loopback."""
    if request.param == "coap":
        street = Street(tmp_path, "coap", pki)
        with in_a_thread(lambda: open_coap(street.served, pki, "127.0.0.1", 0)) as (port, _):
            street.subscription = replace(street.subscription, port=port)
            yield street
        return
    by_mqtt = MqttStreet(tmp_path, "mqtt", pki)
    with in_a_thread(lambda: open_mqtt(by_mqtt.served, pki, "127.0.0.1", 0)) as (opened, loop):
        by_mqtt.retained, port = opened
        by_mqtt.loop = loop
        by_mqtt.subscription = replace(by_mqtt.subscription, port=port)
        yield by_mqtt


def test_a_catalogue_arrives_whole(street: Street) -> None:
    """The shelf holds, byte for byte, what the newest publication consists of."""
    street.serve(street.second)
    assert street.pull() == ["butter", "milk"]
    arrived = street.on_shelf()
    assert arrived.items() <= street.second.items()
    assert {name for name in arrived if name.startswith("targets/")}
    assert len(arrived) == 8


def test_a_second_pull_asks_for_what_is_new_only(street: Street) -> None:
    """Nothing new costs four messages: greeting, next root, head, farewell."""
    street.serve(street.second)
    street.pull()
    before = len(street.sent())
    street.pull()
    paths = [entry["path"] for entry in street.sent()[before:]]
    assert paths == ["", "metadata/2.root.json", "metadata/timestamp.json", ""]


def test_every_message_is_on_record_as_it_was_sent(street: Street) -> None:
    """The record names each file that was asked for, in order, once."""
    street.serve(street.second)
    street.pull()
    paths = [entry["path"] for entry in street.sent()]
    assert (paths[0], paths[-1]) == ("", "")
    asked = paths[1:-1]
    assert len(asked) == len(set(asked)) == 8
    assert set(asked) - set(street.second) == {"metadata/2.root.json"}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_refused_and_the_shelf_stays(street: Street, attack: Attack) -> None:
    """Nothing of a bad catalogue reaches the shelf."""
    street.serve(street.second)
    street.pull()
    before = street.on_shelf()
    street.serve(attack.files(street.world, street.first, street.second))
    street.clock.move(attack.later)
    with pytest.raises(PullError):
        street.pull()
    assert street.on_shelf() == before


def test_endless_data_is_cut_at_its_limit(street: Street) -> None:
    """A head of ten megabytes costs two requests at most, not ten megabytes."""
    endless = next(attack for attack in ATTACKS if attack.name == "endless data")
    street.serve(endless.files(street.world, street.first, street.second))
    with pytest.raises(PullError):
        street.pull()
    asked = [entry["path"] for entry in street.sent()].count("metadata/timestamp.json")
    assert asked <= 2


@pytest.mark.parametrize("key", ["root", "timestamp", "snapshot", "targets", "offers"])
def test_a_rotated_key_is_followed(street: Street, key: str) -> None:
    """A rotation through the signed root is accepted."""
    street.serve(street.second)
    street.pull()
    street.world.keys.replace(key)
    street.serve(street.world.publish())
    street.pull()
    head = street.on_shelf()["metadata/timestamp.json"]
    assert head == street.world.files()["metadata/timestamp.json"]


def test_a_server_of_another_authority_is_refused(street: Street, tmp_path: Path) -> None:
    """Only the pinned authority counts; the greeting alone is on record, and was not sent."""
    other = open_pki(tmp_path / "other", real_now=REAL_NOW)
    street.serve(street.second)
    with pytest.raises(PullError, match="SSLCertVerificationError"):
        street.pull(ca=other.ca.read_text())
    assert len(street.sent()) == 1


def test_a_server_of_another_name_is_refused(street: Street) -> None:
    """The certificate must name whom we asked for."""
    street.serve(street.second)
    with pytest.raises(PullError, match="SSL"):
        street.pull(server_name="evil.example")


@pytest.mark.parametrize("ca", ["", "no certificate", "-----BEGIN CERTIFICATE-----\n"])
def test_without_a_pin_nothing_is_said(street: Street, ca: str) -> None:
    """A missing pin fails closed: the system's own authorities are never asked."""
    with pytest.raises(PullError, match="pinned"):
        street.pull(ca=ca)


def test_the_pinned_authority_is_the_only_one(street: Street) -> None:
    """TLS 1.3 at least, one authority, names checked."""
    tls = pinned_tls(street.subscription)
    assert tls.minimum_version is ssl.TLSVersion.TLSv1_3
    assert tls.verify_mode is ssl.CERT_REQUIRED
    assert tls.check_hostname
    assert tls.cert_store_stats()["x509_ca"] == 1


def test_what_cannot_be_recorded_is_not_sent(street: Street) -> None:
    """With the record out of order there is no traffic at all."""
    street.serve(street.second)
    street.egress.write_text("in the way")
    with pytest.raises(PullError, match="RecordError"):
        street.pull()
    assert not street.trusted.exists()


def test_a_withdrawal_ends_a_pull_before_its_next_message(street: Street) -> None:
    """Nothing is said any more once the subscription is gone."""
    street.serve(street.second)
    street.stands = False
    with pytest.raises(PullError, match="WithdrawnError"):
        street.pull()
    assert street.sent() == []


def test_a_server_that_is_away_is_no_catalogue(street: Street) -> None:
    """A refused connection ends the pull, quietly."""
    with pytest.raises(PullError, match="ConnectionRefusedError"):
        street.pull(port=1)


def test_a_pull_that_takes_too_long_ends(street: Street) -> None:
    """Two minutes are enough for any catalogue; just before them it goes on.

    What is left of them is also how long the real socket may wait, so some seconds are left.
    """
    street.serve(street.second)
    ticks = iter([0.0, *[PULL_SECONDS - 10.0] * 8])
    street.outdoors = Outdoors(tick=lambda: next(ticks, PULL_SECONDS))
    with pytest.raises(PullError, match="may not take longer"):
        street.pull()
    assert len(street.sent()) > 1


def test_a_broken_off_pull_goes_on_where_it_ended(street: Street) -> None:
    """What was verified is not asked for again."""
    lacking = {n: c for n, c in street.second.items() if not n.startswith("targets/milk/")}
    street.serve(lacking)
    with pytest.raises(PullError):
        street.pull()
    before = len(street.sent())
    street.serve(street.second)
    street.pull()
    paths = [entry["path"] for entry in street.sent()[before:]]
    assert [path for path in paths if path.startswith("targets/butter/")] == []
    assert len(paths) == 5


def test_the_shelf_keeps_two_generations(street: Street) -> None:
    """The newest, and the one that a reader may still have open."""
    for _ in range(4):
        street.serve(street.world.publish())
        street.clock.move(timedelta(hours=4))
        street.pull()
    assert len([path for path in street.shelf.iterdir() if not path.is_symlink()]) == 2
