"""Promise 4: egress is a function of consent, schedule and public catalogue, and of nothing else.

Two homes with equal consent and different insides look the same from outside, byte for byte and
instant for instant. The controls show that the test could fail; the planted leaks, that it does.
"""

from dataclasses import replace

import pytest

from edge.courier.messages import Greet, RequestCatalogueFile, TakeLeave, over_coap, over_mqtt
from tests.twins.comparing import LeakError, Tally, compare, search
from tests.twins.days import Act, History, Public, Transport
from tests.twins.home import live
from tests.twins.leaks import LEAKS
from tests.twins.smuggling import covert

PUBLIC = Public(consents=((0.0, "everything"),))
BUSY = History(
    devices=2,
    left=(10, 10, 10),
    acts=(
        Act(2.0, "weigh", 0, 12),
        Act(3.0, "answer", 0, 3),
        Act(4.0, "full disk"),
        Act(5.0, "weigh", 1, 9),
        Act(6.0, "crash"),
        Act(8.0, "break", 0, 0),
    ),
)
IDLE = History(devices=1, left=(250, 250, 250), acts=())

transports = pytest.mark.parametrize("transport", ["coap", "mqtt"])


@transports
def test_a_busy_and_an_idle_home_look_the_same(transport: Transport) -> None:
    """One decides, shows, is answered, fails and crashes; the other does nothing."""
    tally = Tally()
    compare(replace(PUBLIC, transport=transport), (BUSY, IDLE), tally)
    assert (tally.pairs, tally.busy, tally.unequal) == (1, 1, 0)


@transports
def test_the_same_home_twice_is_the_same(transport: Transport) -> None:
    """Control: nothing unseeded is at work; else a difference would mean nothing."""
    public = replace(PUBLIC, transport=transport)
    assert live(public, BUSY) == live(public, BUSY)


@transports
def test_transcripts_are_not_empty(transport: Transport) -> None:
    """Control: a day with consent has three pulls and more, and every byte of them."""
    egress = live(replace(PUBLIC, transport=transport), IDLE).egress
    assert sum(one.what == "dial" for one in egress) >= 3
    assert sum(len(one.content) for one in egress if one.what == "say") > 2_000


def test_changed_consent_changes_egress() -> None:
    """Control: without leave nothing leaves, and a withdrawal ends it."""
    refused = replace(PUBLIC, consents=((0.0, "keep_and_infer"),))
    withdrawn = replace(PUBLIC, consents=((0.0, "everything"), (5.0, "offers_off")))
    assert live(refused, BUSY).egress == ()
    assert 0 < len(live(withdrawn, BUSY).egress) < len(live(PUBLIC, BUSY).egress)


def test_a_changed_seed_changes_egress() -> None:
    """Control: the instants are the seed's."""
    assert live(PUBLIC, IDLE).egress != live(replace(PUBLIC, seed="other"), IDLE).egress


def test_nothing_but_the_closed_set_of_messages_leaves() -> None:
    """What is said is a greeting, a request for a public name or a farewell."""
    for transport, encode in (("coap", over_coap), ("mqtt", over_mqtt)):
        said = {
            one.content
            for one in live(replace(PUBLIC, transport=transport), BUSY).egress  # type: ignore[arg-type]  # one of the two
            if one.what == "say"
        }
        formalities = {encode(Greet()), encode(TakeLeave())}
        assert formalities < said
        assert {len(content) for content in said - formalities} == {
            len(encode(RequestCatalogueFile("metadata/timestamp.json")))
        }


def test_some_families_of_twins_look_the_same() -> None:
    """Drawn consents, worlds and histories: a few for `make check`."""
    tally = Tally()
    search(tally, pairs=12, dice=20)
    assert (tally.pairs, tally.unequal) == (12, 0)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_hundred_pairs_of_twins_look_the_same() -> None:
    """At least 200 pairs, most of them with messages and with insides that differ."""
    tally = Tally()
    search(tally, pairs=200, dice=1)
    assert tally.pairs >= 200
    assert tally.unequal == 0
    assert tally.messages > 2_000
    assert tally.busy > 80
    assert tally.silent < tally.pairs / 2


def test_there_are_leaks_of_many_kinds() -> None:
    """At least fifteen are planted."""
    assert len(LEAKS) >= 15


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each leak, applied to the real code, makes two twins differ within 600 pairs."""
    LEAKS[name](monkeypatch)
    try:
        with pytest.raises(LeakError):
            search(Tally(), pairs=600, dice=1, planted=("tests/twins/leaks.py",))
    finally:
        covert.clear()


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_five_thousand_pairs_of_twins_look_the_same() -> None:
    """The long search."""
    tally = Tally()
    search(tally, pairs=5_000, dice=5)
    assert tally.pairs >= 5_000
    assert tally.unequal == 0
