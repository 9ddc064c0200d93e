"""Reception: what is passed on, what is refused and how it is counted."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import cbor2
import pytest

from edge.adapters.local import pairing
from edge.adapters.local.reception import PACKS_AT_ONCE, PAIRINGS_AT_ONCE, Reception
from edge.domain.appliance import Appliance
from edge.domain.category import CategoryName
from edge.domain.item import ItemId
from edge.domain.measures import DecisionId, DeviceId
from edge.domain.placement import Decision, Placement, Silence, Step
from edge.domain.reaction import Reaction, ReactionKind
from edge.domain.reading import Reading
from edge.errors import MalformedError, RefusedError, StoreError, TooManyError
from edge.wire.encoding import Encoding
from tests.adapters.local.front_door import FrontDoor, ScarceStore, a_front_door
from tests.builders import FRIDGE, a_placement, a_reaction, a_reading, an_appliance
from tests.fakes.clock import NOON
from tests.wire.appliance_side import PairingAppliance
from tests.wire.manifests import a_manifest, as_bytes

JSON, CBOR = Encoding.JSON, Encoding.CBOR
EREADER = DeviceId("ereader-09bc")
STRANGER = DeviceId("fridge-0000")
BUTTER = b'[{"n":"butter","u":"g","v":125}]'
SAVE = b'{"placement":"p-6c1f9a2e41d70b58","kind":"save"}'


@dataclass
class Onward:
    """What reception passed on."""

    readings: list[Reading] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    manifests: list[Appliance] = field(default_factory=list)
    broken: bool = False

    async def take_readings(self, readings: object) -> None:
        """Keep them, or fail like a full store."""
        if self.broken:
            message = "the disk is full"
            raise StoreError(message)
        assert isinstance(readings, tuple)
        self.readings += readings

    async def take_reaction(self, reaction: Reaction) -> None:
        """Keep it."""
        self.reactions.append(reaction)

    async def take_manifest(self, appliance: Appliance) -> None:
        """Keep it."""
        self.manifests.append(appliance)


@dataclass
class Hall:
    """Reception and everything around it."""

    reception: Reception
    door: FrontDoor
    onward: Onward

    @property
    def store(self) -> ScarceStore:
        return self.door.store


@pytest.fixture
async def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A home with a fridge and an e-reader."""
    monkeypatch.setattr(pairing, "REFUSAL_DELAY_S", 0.0)
    door, onward = await a_front_door(tmp_path), Onward()
    for appliance in (an_appliance(), an_appliance(EREADER, items=(), surfaces=())):
        door.store.kept[appliance.id] = appliance
    reception = Reception(
        clock=door.clock,
        store=door.store,
        desk=door.desk,
        monotonic=door.stopwatch,
        on_readings=onward.take_readings,
        on_reaction=onward.take_reaction,
        on_manifest=onward.take_manifest,
    )
    return Hall(reception=reception, door=door, onward=onward)


async def decide(hall: Hall, outcome: Placement | Silence, *, key: str = "d-1") -> None:
    """Keep a decision about the fridge's butter."""
    decision = Decision(
        id=DecisionId(key),
        at=NOON,
        item=ItemId(device=FRIDGE, name=a_reading().name),
        category=CategoryName("butter"),
        outcome=outcome,
    )
    await hall.store.add_decision(decision)


# readings


@pytest.mark.parametrize(
    ("payload", "encoding"), [(BUTTER, JSON), (cbor2.dumps([{0: "butter", 1: "g", 2: 125}]), CBOR)]
)
async def test_readings_are_passed_on(hall: Hall, payload: bytes, encoding: Encoding) -> None:
    """In either encoding, resolved and in the item's unit, and nothing is counted."""
    await hall.reception.readings(FRIDGE, payload, encoding)
    assert hall.onward.readings == [a_reading()]
    assert hall.store.counted == {}


async def test_malformed_readings_are_refused_whole_and_counted(hall: Hall) -> None:
    """One bad record: nothing of the pack is passed on."""
    payload = json.dumps([{"n": "butter", "u": "g", "v": 1}, {"n": "butter", "u": "g", "v": -1}])
    with pytest.raises(MalformedError, match="record 2: v"):
        await hall.reception.readings(FRIDGE, payload.encode(), JSON)
    assert hall.onward.readings == []
    assert hall.store.counted == {"readings.malformed": 1}


async def test_an_appliance_speaks_of_its_own_items_only(hall: Hall) -> None:
    """The e-reader has no butter, whatever it says."""
    with pytest.raises(MalformedError, match="record 1: n"):
        await hall.reception.readings(EREADER, BUTTER, JSON)


async def test_readings_that_cannot_be_kept_are_an_error(hall: Hall) -> None:
    """The transport hears of a full disk, and it is counted."""
    hall.onward.broken = True
    with pytest.raises(StoreError):
        await hall.reception.readings(FRIDGE, BUTTER, JSON)
    assert hall.store.counted == {"readings.not_kept": 1}


@pytest.mark.parametrize("what", ["manifest", "readings", "reaction"])
async def test_an_appliance_that_is_not_paired_is_refused(hall: Hall, what: str) -> None:
    """Before its payload is looked at."""
    with pytest.raises(RefusedError, match="not paired"):
        await say(hall, what, STRANGER, b"\xff")
    assert hall.store.counted == {f"{what}.refused": 1}


async def say(hall: Hall, what: str, device: DeviceId, payload: bytes) -> None:
    match what:
        case "manifest":
            await hall.reception.manifest(device, payload)
        case "readings":
            await hall.reception.readings(device, payload, JSON)
        case _:
            await hall.reception.reaction(device, payload, JSON)


async def test_a_flood_is_let_in_up_to_its_burst(hall: Hall) -> None:
    """120 packs pass, the next is told when to come back, and then passes."""
    for _ in range(PACKS_AT_ONCE):
        await hall.reception.readings(FRIDGE, BUTTER, JSON)
    with pytest.raises(TooManyError) as caught:
        await hall.reception.readings(FRIDGE, BUTTER, JSON)
    assert len(hall.onward.readings) == PACKS_AT_ONCE
    assert hall.store.counted == {"readings.too_many": 1}
    hall.door.stopwatch.seconds += caught.value.retry_after_s + 0.001
    await hall.reception.readings(FRIDGE, BUTTER, JSON)


async def test_a_flood_from_one_appliance_is_no_other_ones(hall: Hall) -> None:
    """The e-reader still gets its answer through; malformed packs cost tokens too."""
    for _ in range(PACKS_AT_ONCE):
        with pytest.raises(MalformedError):
            await hall.reception.readings(FRIDGE, b"", JSON)
    with pytest.raises(TooManyError):
        await hall.reception.readings(FRIDGE, BUTTER, JSON)
    await hall.reception.reaction(EREADER, SAVE, JSON)


async def test_a_refusal_stands_when_it_cannot_be_counted(hall: Hall) -> None:
    """A full disk hides no error behind its own."""
    hall.store.full = True
    with pytest.raises(MalformedError):
        await hall.reception.readings(FRIDGE, b"", JSON)


# manifests


async def test_a_manifest_takes_the_place_of_the_last_one(hall: Hall) -> None:
    """The appliance is what it now says, paired when it was."""
    await hall.reception.manifest(FRIDGE, as_bytes(a_manifest()))
    kept = hall.store.kept[FRIDGE]
    assert [item.id.name for item in kept.items] == ["butter", "door"]
    assert kept.paired_at == an_appliance().paired_at
    assert hall.onward.manifests == [kept]


async def test_a_bad_manifest_leaves_the_last_good_one(hall: Hall) -> None:
    """Also one that makes an oven of the fridge."""
    for bad in (b"{", as_bytes(a_manifest(doorstep_kind="oven"))):
        with pytest.raises(MalformedError):
            await hall.reception.manifest(FRIDGE, bad)
    assert hall.store.kept[FRIDGE] == an_appliance()
    assert hall.store.counted == {"manifest.malformed": 2}


# reactions


async def test_a_reaction_is_passed_on(hall: Hall) -> None:
    """To the placement on this appliance, at the time it arrived."""
    await decide(hall, a_placement())
    await hall.reception.reaction(FRIDGE, SAVE, JSON)
    assert hall.onward.reactions == [a_reaction(ReactionKind.SAVE)]


@pytest.mark.parametrize("device", [FRIDGE, EREADER])
async def test_a_reaction_to_nothing_here_changes_nothing(hall: Hall, device: DeviceId) -> None:
    """An unknown placement and one on another appliance look the same from outside."""
    if device == EREADER:
        await decide(hall, a_placement())
    await hall.reception.reaction(device, SAVE, JSON)
    assert hall.onward.reactions == []
    assert hall.store.counted == {"reaction.unknown": 1}


async def test_a_reaction_to_a_silence_changes_nothing(hall: Hall) -> None:
    """A decision's own id is no placement."""
    silence = Silence(step=Step.NEED, reason="nothing_runs_low")
    await decide(hall, silence, key="p-6c1f9a2e41d70b58")
    await hall.reception.reaction(FRIDGE, SAVE, JSON)
    assert hall.onward.reactions == []


@pytest.mark.parametrize(
    ("early", "at"),
    [
        (timedelta(minutes=30), NOON - timedelta(minutes=30)),
        (timedelta(hours=2), NOON - timedelta(hours=1)),
    ],
)
async def test_no_reaction_is_older_than_what_it_answers(
    hall: Hall, early: timedelta, at: object
) -> None:
    """A slow clock must not shorten the cool-down after a dismissal."""
    await decide(hall, a_placement(shown_at=NOON - timedelta(hours=1)))
    said = json.loads(SAVE) | {"at": (NOON - early).timestamp()}
    await hall.reception.reaction(FRIDGE, json.dumps(said).encode(), JSON)
    assert [reaction.at for reaction in hall.onward.reactions] == [at]


# presence and pairing


async def test_presence_is_remembered(hall: Hall) -> None:
    """Coming and going, each as often as it is said."""
    for here in (True, True):
        await hall.reception.presence(FRIDGE, here=here)
    assert hall.reception.here == {FRIDGE}
    for here in (False, False):
        await hall.reception.presence(FRIDGE, here=here)
    assert hall.reception.here == frozenset()


async def test_a_new_appliance_can_speak_at_once(hall: Hall) -> None:
    """From code to first reading."""
    appliance = PairingAppliance(await hall.door.desk.open(), as_bytes(a_manifest()))
    answer = await hall.reception.pairing(appliance.request(CBOR), CBOR)
    device = appliance.opened(answer, CBOR)["device"]
    await hall.reception.readings(device, BUTTER, JSON)
    assert hall.onward.readings == [a_reading(device=device)]


async def test_strangers_are_refused_counted_and_slowed_down(hall: Hall) -> None:
    """Five knocks at once are judged, the sixth is not even looked at."""
    request = PairingAppliance("0" * 12, b"{}").request(CBOR)
    for _ in range(PAIRINGS_AT_ONCE):
        with pytest.raises(RefusedError, match="no pairing"):
            await hall.reception.pairing(request, CBOR)
    with pytest.raises(TooManyError):
        await hall.reception.pairing(request, CBOR)
    assert hall.store.counted == {"pairing.refused": 5, "pairing.too_many": 1}
