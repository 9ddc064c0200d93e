"""`household_facts` is computed: a planted leak is counted, and nothing else is."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from edge.adapters.egress_ledger import RecordedEgress
from edge.adapters.public_names import PublicNames
from edge.courier.egress_record import EgressRecord, Sending
from edge.courier.messages import (
    Greet,
    Message,
    RequestCatalogueFile,
    TakeLeave,
    over_coap,
    over_mqtt,
)
from edge.domain.egress import EgressMessage, EgressSummary
from tests.fakes.clock import NOON
from tests.fakes.record_key import RECORD_KEY

OLD, NEW = "a" * 64, "b" * 64
TICK = timedelta(seconds=1)
NAMES = PublicNames(
    versions={"root": 1, "timestamp": 9, "snapshot": 3, "targets": 1, "butter": 2},
    digests={"butter": frozenset({OLD, NEW})},
    pulled_at=NOON,
)
A_PULL: tuple[Message, ...] = (
    Greet(),
    RequestCatalogueFile("metadata/2.root.json"),
    RequestCatalogueFile("metadata/timestamp.json"),
    RequestCatalogueFile("metadata/3.snapshot.json"),
    RequestCatalogueFile("metadata/2.butter.json"),
    RequestCatalogueFile(f"targets/butter/{NEW}.offers.cbor"),
    RequestCatalogueFile(f"targets/butter/{NEW}.offers.cbor", 16),
    TakeLeave(),
)
ENCODE = {"coap": over_coap, "mqtt": over_mqtt}


class Record:
    """The courier's record, and the ledger over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: PublicNames | None = NAMES
        self.ledger = RecordedEgress(folder, lambda: self.names)

    def add(
        self, content: bytes, *, path: str = "", channel: str = "coap", at: datetime = NOON
    ) -> None:
        """Record these bytes as sent."""
        EgressRecord(self.folder, key=RECORD_KEY).add(
            Sending(at=at.isoformat(), channel=channel, to="relay:1", path=path, content=content)
        )

    def say(self, message: Message, *, channel: str = "coap", at: datetime = NOON) -> None:
        """Record a message of the closed set."""
        path = message.path if isinstance(message, RequestCatalogueFile) else ""
        self.add(ENCODE[channel](message), path=path, channel=channel, at=at)

    def summary(self) -> EgressSummary:
        """The ledger's totals."""
        return asyncio.run(self.ledger.summary())

    def newest(self, *, limit: int) -> Sequence[EgressMessage]:
        """The ledger's last entries."""
        return asyncio.run(self.ledger.newest(limit=limit))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """An empty one."""
    return Record(tmp_path / "egress")


def test_nothing_left_is_nothing_to_tell(record: Record) -> None:
    """Before the first pull there is no file, and no error."""
    assert record.summary().messages == 0
    assert record.newest(limit=10) == []


@pytest.mark.parametrize("channel", ["coap", "mqtt"])
def test_a_pull_holds_no_household_fact(record: Record, channel: str) -> None:
    """Every message of an ordinary pull is explained, by either transport."""
    for message in A_PULL:
        record.say(message, channel=channel)
    summary = record.summary()
    assert (summary.messages, summary.household_facts, summary.pending) == (len(A_PULL), 0, 0)
    assert summary.size == sum(len(ENCODE[channel](message)) for message in A_PULL)


def test_the_newest_come_first(record: Record) -> None:
    """A limit takes the last ones, each with what it asked for."""
    for message in A_PULL:
        record.say(message)
    newest = record.newest(limit=2)
    assert [message.asks_for for message in newest] == ["", f"targets/butter/{NEW}.offers.cbor"]
    assert newest[0].purpose == "offer"
    assert newest[0].to == "relay:1"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("", b"butter is low"),
        ("", over_coap(Greet()) + b"\x07"),
        ("metadata/timestamp.json", over_coap(RequestCatalogueFile("metadata/1.root.json"))),
        (
            "metadata/timestamp.json",
            over_coap(RequestCatalogueFile("metadata/timestamp.json"))[:-1],
        ),
        ("metadata/timestamp.json?low=butter", b""),
        ("metadata/4.snapshot.json", over_coap(RequestCatalogueFile("metadata/4.snapshot.json"))),
        ("metadata/1.fridge.json", over_coap(RequestCatalogueFile("metadata/1.fridge.json"))),
        (
            f"targets/butter/{'c' * 64}.offers.cbor",
            over_coap(RequestCatalogueFile(f"targets/butter/{'c' * 64}.offers.cbor")),
        ),
    ],
)
def test_a_planted_leak_is_counted(record: Record, path: str, content: bytes) -> None:
    """Free text, a byte too many, another file than recorded, a name that never was public."""
    for message in A_PULL:
        record.say(message)
    record.add(content, path=path)
    summary = record.summary()
    assert summary.household_facts == 1
    (newest,) = record.newest(limit=1)
    assert not newest.explained


def test_a_message_on_an_unknown_channel_is_counted(record: Record) -> None:
    """Only two channels are documented."""
    record.add(over_coap(Greet()), channel="https")
    assert record.summary().household_facts == 1


def test_a_name_of_a_newer_catalogue_waits_for_it(record: Record) -> None:
    """What was asked for after the verified catalogue is judged with the next one, either way."""
    record.say(RequestCatalogueFile("metadata/4.snapshot.json"), at=NOON + TICK)
    summary = record.summary()
    assert (summary.household_facts, summary.pending) == (0, 1)
    later = NOON + 2 * TICK
    known = PublicNames(
        versions={**NAMES.versions, "snapshot": 4}, digests=NAMES.digests, pulled_at=later
    )
    record.names = known
    assert record.summary().pending == 0
    record.names = PublicNames(versions=NAMES.versions, digests=NAMES.digests, pulled_at=later)
    assert record.summary().household_facts == 1


def test_without_a_catalogue_only_formalities_are_explained(record: Record) -> None:
    """Before the first verified catalogue, names wait; free text is counted at once."""
    record.names = None
    for message in A_PULL:
        record.say(message)
    record.add(b"butter is low")
    summary = record.summary()
    assert (summary.household_facts, summary.pending) == (1, len(A_PULL) - 2)


def test_a_torn_line_is_no_message(record: Record) -> None:
    """It was never sent: sending comes after the whole line is on the disk."""
    record.say(Greet())
    (segment,) = record.folder.iterdir()
    segment.write_bytes(segment.read_bytes() + b'{"at": "2026\n[1]\n\xff\n' + b"[" * 100_000)
    summary = record.summary()
    assert (summary.messages, summary.household_facts) == (1, 0)


def test_totals_survive_what_is_dropped(record: Record) -> None:
    """The first kept segment carries the sums of all before it."""
    bounded = EgressRecord(record.folder, key=RECORD_KEY, segment_bytes=500)
    content = over_coap(Greet())
    for _ in range(60):
        bounded.add(
            Sending(at=NOON.isoformat(), channel="coap", to="relay:1", path="", content=content)
        )
    assert "1" not in {path.stem.lstrip("0") for path in record.folder.iterdir()}
    summary = record.summary()
    assert (summary.messages, summary.size) == (60, 60 * len(content))


def test_a_spoilt_total_is_zero(record: Record) -> None:
    """A hand in the record cannot make reading it fail."""
    record.folder.mkdir()
    (record.folder / "00000001.jsonl").write_text(json.dumps({"carried": "many"}) + "\n")
    assert record.summary().messages == 0
