"""What appliances say reaches the reception; what is wrong with it reaches them alone."""

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from edge.adapters.local.accounts import Accounts, open_accounts
from edge.adapters.local.mqtt_inbox import ERRORS_AT_ONCE, PAIRINGS_WAITING_MOST, MqttInbox
from edge.adapters.local.mqtt_link import Heard
from edge.adapters.local.reception import Reception
from edge.domain.measures import DeviceId
from edge.errors import EdgeError, MalformedError, RefusedError, StoreError
from edge.wire.encoding import Encoding
from tests.adapters.local.front_door import Stopwatch
from tests.builders import FRIDGE
from tests.fakes.dice import SeededBytes
from tests.fakes.mqtt_link import FakeLink

NONCE = "00112233445566778899aabbccddeeff"


@dataclass
class FakeReception:
    """Remembers; `error` is raised instead."""

    said: list[tuple[object, ...]] = field(default_factory=list)
    error: EdgeError | None = None

    async def manifest(self, device: DeviceId, payload: bytes) -> None:
        """Note it."""
        self._note("manifest", device, payload)

    async def readings(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:
        """Note it."""
        self._note("readings", device, payload, encoding)

    async def reaction(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:
        """Note it."""
        self._note("reaction", device, payload, encoding)

    async def presence(self, device: DeviceId, *, here: bool) -> None:
        """Note it."""
        self._note("presence", device, here)

    async def pairing(self, payload: bytes, encoding: Encoding) -> bytes:
        """Note it; the answer is `sealed`."""
        self._note("pairing", payload, encoding)
        return b"sealed"

    def _note(self, *what: object) -> None:
        if self.error:
            raise self.error
        self.said.append(what)


@dataclass
class Home:
    """An inbox with everything around it."""

    inbox: MqttInbox
    link: FakeLink
    reception: FakeReception
    stopwatch: Stopwatch
    accounts: Accounts

    async def say(self, name: str, payload: bytes, *, device: str = FRIDGE) -> None:
        """As if it came from the broker."""
        topic = f"doorstep/v1/{device}/{name}"
        await self.inbox.hear(Heard(topic=topic, payload=payload, retain=False))

    @property
    def errors(self) -> list[dict[str, str]]:
        """What the fridge was told."""
        topic = f"doorstep/v1/{FRIDGE}/errors"
        return [json.loads(payload) for to, payload, _ in self.link.said if to == topic]


@pytest.fixture
async def home(tmp_path: Path) -> Home:
    """The fridge is paired."""
    accounts = await open_accounts(tmp_path, random_bytes=SeededBytes())
    await accounts.add(FRIDGE)
    link, reception, stopwatch = FakeLink(), FakeReception(), Stopwatch()
    inbox = MqttInbox(
        link=link,
        reception=cast("Reception", reception),
        accounts=accounts,
        monotonic=stopwatch,
    )
    return Home(inbox=inbox, link=link, reception=reception, stopwatch=stopwatch, accounts=accounts)


async def test_each_topic_has_its_way(home: Home) -> None:
    """Manifest, readings, reaction and presence, under the device's name."""
    await home.say("manifest", b"{}")
    await home.say("readings", b"[]")
    await home.say("reaction", b"{}")
    await home.say("availability", b"online")
    await home.say("availability", b"offline")
    assert home.reception.said == [
        ("manifest", FRIDGE, b"{}"),
        ("readings", FRIDGE, b"[]", Encoding.JSON),
        ("reaction", FRIDGE, b"{}", Encoding.JSON),
        ("presence", FRIDGE, True),
        ("presence", FRIDGE, False),
    ]


async def test_bad_input_is_explained_on_the_errors_topic(home: Home) -> None:
    """Topic, field and rule, not retained."""
    home.reception.error = MalformedError("record 3: t", "at most 5 minutes in the future")
    await home.say("readings", b"[]")
    assert home.errors == [
        {"topic": "readings", "field": "record 3: t", "rule": "at most 5 minutes in the future"}
    ]
    assert not home.link.retained


@pytest.mark.parametrize(
    ("error", "rule"),
    [
        (RefusedError("readings", "too many"), "too many"),
        (StoreError("disk full at /var/lib/x"), "not kept: send it again later"),
    ],
)
async def test_a_refusal_has_its_rule(home: Home, error: EdgeError, rule: str) -> None:
    """A store's trouble is told without its inner life."""
    home.reception.error = error
    await home.say("readings", b"[]")
    assert home.errors == [{"topic": "readings", "rule": rule}]


async def test_another_word_than_online_or_offline_is_an_error(home: Home) -> None:
    """And changes nothing."""
    await home.say("availability", b"here")
    assert [error["field"] for error in home.errors] == ["availability"]
    assert home.reception.said == []


async def test_a_topic_that_was_cleared_says_nothing(home: Home) -> None:
    """Empty is how a retained message goes away; empty readings are bad input."""
    await home.say("manifest", b"")
    await home.say("availability", b"")
    assert home.reception.said == []
    await home.say("readings", b"")
    assert home.reception.said == [("readings", FRIDGE, b"", Encoding.JSON)]


async def test_a_flood_of_bad_input_is_not_answered_by_a_flood(home: Home) -> None:
    """A burst, then one a second."""
    home.reception.error = MalformedError("record 1", "must be an object")
    for _ in range(ERRORS_AT_ONCE + 500):
        await home.say("readings", b"[1]")
    assert len(home.errors) == ERRORS_AT_ONCE
    home.stopwatch.seconds += 1.0
    await home.say("readings", b"[1]")
    assert len(home.errors) == ERRORS_AT_ONCE + 1


async def test_nobody_unpaired_is_told_anything(home: Home) -> None:
    """There is no such appliance whose topic it could be."""
    home.reception.error = RefusedError("readings", "this appliance is not paired")
    await home.say("readings", b"[]", device="ereader-02bc")
    assert home.link.said == []


async def test_without_a_connection_an_error_is_not_waited_for(home: Home) -> None:
    """The message counts as dealt with."""
    home.reception.error = MalformedError("record 1", "must be an object")
    home.link.down = True
    await home.say("readings", b"[1]")
    assert home.link.said == []


async def test_a_pairing_request_is_answered_on_its_nonce(home: Home) -> None:
    """Sealed, or the two words that everybody gets."""
    async with asyncio.TaskGroup() as tasks:
        answering = tasks.create_task(home.inbox.answer_pairings())
        await home.say(f"{NONCE}/request", b"{}", device="pairing")
        await asyncio.sleep(0)
        home.reception.error = RefusedError("pairing", "no pairing")
        await home.say(f"{NONCE}/request", b"{}", device="pairing")
        await asyncio.sleep(0)
        answering.cancel()
    topic = f"doorstep/v1/pairing/{NONCE}/answer"
    assert home.link.said == [
        (topic, b"sealed", False),
        (topic, b'{"error":"no pairing"}', False),
    ]


async def test_a_flood_of_pairing_requests_holds_up_nobody(home: Home) -> None:
    """A few wait, the rest is dropped; readings go on."""
    for _ in range(1_000):
        await home.say(f"{NONCE}/request", b"{}", device="pairing")
    await home.say("readings", b"[]")
    assert home.reception.said == [("readings", FRIDGE, b"[]", Encoding.JSON)]
    assert home.inbox._pairings.qsize() == PAIRINGS_WAITING_MOST


async def test_a_forgotten_appliance_leaves_nothing_standing(home: Home) -> None:
    """Its three retained topics are emptied when the accounts change, and nobody else's."""
    for device in (FRIDGE, "ereader-02bc"):
        await home.link.publish(f"doorstep/v1/{device}/manifest", b"{}", retain=True)
    await home.accounts.remove(FRIDGE)
    await home.inbox.accounts_changed()
    await home.inbox.accounts_changed()
    assert home.link.retained == {"doorstep/v1/ereader-02bc/manifest": b"{}"}
    assert len(home.link.said) == 2 + 3


async def test_what_an_unpaired_appliance_left_standing_is_taken_away(home: Home) -> None:
    """It is met on a new connection: the accounts changed while there was none."""
    topic = "doorstep/v1/ereader-02bc/manifest"
    await home.inbox.hear(Heard(topic=topic, payload=b"{}", retain=True))
    assert home.reception.said == []
    assert home.link.said == [(topic, b"", True)]
