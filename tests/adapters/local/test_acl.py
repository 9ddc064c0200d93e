"""Everybody below their own prefix, and there only what the table says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.local import acl

FRIDGE = "fridge-7f3a"
MINE = f"doorstep/v1/{FRIDGE}"
OTHERS = "doorstep/v1/ereader-02bc"
NONCE = "00112233445566778899aabbccddeeff"

level = st.sampled_from(
    ["doorstep", "v1", FRIDGE, "ereader-02bc", "pairing", NONCE, "placement", "readings", "errors"]
)
wild = level | st.sampled_from(["+", "#", ""])


@pytest.mark.parametrize("name", ["manifest", "readings", "availability", "reaction"])
def test_an_appliance_writes_its_four_topics(name: str) -> None:
    """Below its own prefix, and only there."""
    assert acl.may_publish(FRIDGE, f"{MINE}/{name}")
    assert not acl.may_publish(FRIDGE, f"{OTHERS}/{name}")
    assert not acl.may_subscribe(FRIDGE, f"{MINE}/{name}")


@pytest.mark.parametrize("name", ["placement", "errors"])
def test_an_appliance_hears_its_two_topics(name: str) -> None:
    """It cannot forge what the runtime says to it, nor hear what it says to others."""
    assert acl.may_receive(FRIDGE, f"{MINE}/{name}")
    assert not acl.may_receive(FRIDGE, f"{OTHERS}/{name}")
    assert not acl.may_publish(FRIDGE, f"{MINE}/{name}")


@pytest.mark.parametrize(
    "wide", ["#", "+/+/+/+", "doorstep/#", "doorstep/v1/+/placement", f"{MINE}/#", f"{MINE}/+"]
)
def test_an_appliance_gets_no_wildcard(wide: str) -> None:
    """A filter that matches anything it may not hear is refused whole."""
    assert not acl.may_subscribe(FRIDGE, wide)


def test_whoever_pairs_uses_a_nonce_of_its_own() -> None:
    """It writes the request, reads the answer, and cannot listen to all answers."""
    assert acl.may_publish(acl.PAIRING, f"doorstep/v1/pairing/{NONCE}/request")
    assert acl.may_subscribe(acl.PAIRING, f"doorstep/v1/pairing/{NONCE}/answer")
    assert not acl.may_subscribe(acl.PAIRING, "doorstep/v1/pairing/+/answer")
    assert not acl.may_publish(acl.PAIRING, "doorstep/v1/pairing/0/request")
    assert not acl.may_publish(acl.PAIRING, "doorstep/v1/pairing/readings")


def test_the_runtime_has_the_whole_prefix_and_no_more() -> None:
    """It reads and writes below doorstep/v1."""
    assert acl.may_publish(acl.RUNTIME, f"{MINE}/placement")
    assert acl.may_subscribe(acl.RUNTIME, "doorstep/v1/+/readings")
    assert not acl.may_subscribe(acl.RUNTIME, "#")
    assert not acl.may_publish(acl.RUNTIME, "other/v1/x")


@pytest.mark.parametrize("topic", [f"{MINE}/#", "doorstep/v1/+/manifest", f"{MINE}/\0"])
def test_nobody_publishes_on_a_filter(topic: str) -> None:
    """A topic name has no wildcard and no NUL, whoever writes it."""
    assert not acl.may_publish(FRIDGE, topic)
    assert not acl.may_publish(acl.RUNTIME, topic)


@given(levels=st.lists(wild, max_size=6), name=st.lists(level, max_size=6))
def test_a_granted_filter_never_reaches_a_forbidden_topic(
    levels: list[str], name: list[str]
) -> None:
    """What may be subscribed matches nothing that may not be received."""
    topic_filter, topic = "/".join(levels), "/".join(name)
    if acl.may_subscribe(FRIDGE, topic_filter) and _matches(levels, name):
        assert acl.may_receive(FRIDGE, topic)


@pytest.mark.parametrize(
    ("name", "stands"),
    [("manifest", True), ("availability", True), ("placement", True), ("readings", False)],
)
def test_only_what_describes_a_state_is_retained(name: str, *, stands: bool) -> None:
    """Readings and reactions happen; they do not stand."""
    assert acl.may_retain(f"{MINE}/{name}") is stands


def test_mosquitto_gets_the_same_table() -> None:
    """Every right is a line below its user; a nonce becomes one free level."""
    text = acl.mosquitto_acl([FRIDGE])
    assert text.splitlines() == [
        "user edge",
        "topic readwrite doorstep/v1/#",
        "",
        "user pairing",
        "topic write doorstep/v1/pairing/+/request",
        "topic read doorstep/v1/pairing/+/answer",
        "",
        f"user {FRIDGE}",
        f"topic write {MINE}/manifest",
        f"topic write {MINE}/readings",
        f"topic write {MINE}/availability",
        f"topic write {MINE}/reaction",
        f"topic read {MINE}/placement",
        f"topic read {MINE}/errors",
    ]


def _matches(topic_filter: list[str], topic: list[str]) -> bool:
    """MQTT 3.1.1 section 4.7, written a second time."""
    if topic_filter and topic_filter[0] == "#":
        return len(topic_filter) == 1
    if not topic_filter or not topic:
        return not topic_filter and not topic
    return topic_filter[0] in {"+", topic[0]} and _matches(topic_filter[1:], topic[1:])
