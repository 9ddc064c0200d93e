"""Whatever a broker sends, the courier takes what it asked for or ends the pull."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tuf.api.exceptions import DownloadError, DownloadHTTPError

from edge.courier.errors import CourierError, UnexpectedAnswerError
from edge.courier.fetch_mqtt import PACKET_BYTES, MqttFetcher
from tests.courier.scripted_way_out import ScriptedWayOut

HEAD = "metadata/timestamp.json"
TOPIC = f"catalogue/v1/{HEAD}"
BARRIER = "catalogue/v1/barrier"
CONNACK = b"\x20\x02\x00\x00"
SUBACK = b"\x90\x04\x00\x01\x00\x00"


def packet(kind: int, body: bytes) -> bytes:
    """An MQTT packet."""
    size, length = len(body), b""
    while True:
        size, low = divmod(size, 128)
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return bytes([kind]) + length + body


def retained(topic: str, content: bytes, *, kind: int = 0x31) -> bytes:
    """A retained message of QoS 0."""
    return packet(kind, len(topic).to_bytes(2) + topic.encode() + content)


def fetched(*script: bytes) -> bytes:
    """What a fetch of the head brings."""
    way_out = ScriptedWayOut(b"".join(script))
    return b"".join(MqttFetcher(way_out).fetch(HEAD))


@pytest.mark.parametrize("size", [0, 4, 127, 128, 20_000, 256 * 1024])
def test_a_retained_message_is_the_file(size: int) -> None:
    """Of any size up to a whole category's."""
    content = b"x" * size
    script = (CONNACK, SUBACK, retained(TOPIC, content), retained(BARRIER, b"-"))
    assert fetched(*script) == content


def test_the_acknowledgement_may_come_late() -> None:
    """A broker may send retained messages before it acknowledges (MQTT 3.1.1, 3.8.4)."""
    script = (CONNACK, retained(TOPIC, b"head"), SUBACK, retained(BARRIER, b"-"))
    assert fetched(*script) == b"head"


def test_the_barrier_alone_says_that_there_is_none() -> None:
    """That is how TUF's client learns that there is no newer root."""
    with pytest.raises(DownloadHTTPError) as refusal:
        fetched(CONNACK, SUBACK, retained(BARRIER, b"-"))
    assert refusal.value.status_code == 404


def test_a_change_of_an_earlier_topic_is_skipped() -> None:
    """A live update of another file is not taken for the one asked for."""
    other = retained("catalogue/v1/metadata/1.root.json", b"root", kind=0x30)
    script = (CONNACK, SUBACK, other, retained(TOPIC, b"head"), other, retained(BARRIER, b"-"))
    assert fetched(*script) == b"head"


@pytest.mark.parametrize(
    "script",
    [
        b"\x20\x02\x00\x05",
        b"\x30\x02\x00\x00",
        CONNACK + b"\x90\x04\x00\x01\x80\x00",
        CONNACK + b"\xd0\x00",
        CONNACK + retained(TOPIC, b"head", kind=0x33),
        CONNACK + b"\x31\x03\x00\x09a",
        CONNACK + packet(0x31, b"\x00\x01a" + b"x" * PACKET_BYTES),
        CONNACK + b"\x31\xff\xff\xff\x7f",
        CONNACK + SUBACK,
    ],
)
def test_a_broken_answer_ends_the_pull(script: bytes) -> None:
    """Not let in, refused, another QoS, a topic too long, a packet too large, silence."""
    with pytest.raises((CourierError, DownloadError)) as refusal:
        fetched(script)
    assert isinstance(refusal.value.__cause__ or refusal.value, UnexpectedAnswerError)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_content_or_in_a_refusal(script: bytes) -> None:
    """Nothing but our errors and TUF's is raised."""
    with pytest.raises((CourierError, DownloadError)):
        fetched(CONNACK, SUBACK, script)
