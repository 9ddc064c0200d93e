"""The closed set of what can leave, read by programs we did not write."""

import pytest
from aiocoap.transports.tcp import _decode_message
from amqtt.adapters import BufferReader
from amqtt.mqtt.connect import ConnectPacket
from amqtt.mqtt.subscribe import SubscribePacket
from hypothesis import given
from hypothesis import strategies as st

from edge.courier.messages import (
    REQUEST_BYTES,
    Greet,
    RequestCatalogueFile,
    TakeLeave,
    over_coap,
    over_mqtt,
)
from edge.wire.catalogue_request import is_request

roles = st.from_regex(r"[a-z][a-z-]{0,39}", fullmatch=True)
digests = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
versions = st.integers(1, 999_999_999)
names = st.one_of(
    st.just("metadata/timestamp.json"),
    st.builds("metadata/{}.{}.json".format, versions, roles),
    st.builds("targets/{}/{}.offers.cbor".format, roles, digests),
)


@given(names, st.integers(0, 2**20 - 1))
def test_aiocoap_reads_a_request_as_what_it_is(path: str, block: int) -> None:
    """An independent CoAP library finds GET, the path, the block, padding, no token, no more."""
    message = _decode_message(over_coap(RequestCatalogueFile(path, block)))
    assert (str(message.code), message.token, message.payload) == ("GET", b"", b"")
    assert "/".join(message.opt.uri_path) == path
    assert (message.opt.block2.block_number, message.opt.block2.size_exponent) == (block, 7)
    assert {int(option.number) for option in message.opt.option_list()} == {11, 23, 65_052}


@given(names)
async def test_amqtt_reads_a_request_as_what_it_is(path: str) -> None:
    """An independent MQTT library finds the file, the barrier and the padding."""
    packet = await SubscribePacket.from_stream(BufferReader(over_mqtt(RequestCatalogueFile(path))))
    wanted, barrier, (padding, _) = packet.payload.topics
    assert (wanted, barrier) == ((f"catalogue/v1/{path}", 0), ("catalogue/v1/barrier", 0))
    assert set(padding.removeprefix("catalogue/v1/padding/")) == {"0"}


@given(names, st.integers(0, 2**20 - 1))
def test_every_request_has_the_same_length(path: str, block: int) -> None:
    """Whoever sees only lengths cannot tell which file is asked for."""
    request = RequestCatalogueFile(path, block)
    assert len(over_coap(request)) == len(over_mqtt(request)) == REQUEST_BYTES


@given(names, st.integers(0, 255))
def test_the_ledger_reads_a_request_as_the_courier_wrote_it(path: str, block: int) -> None:
    """Two programs written from one document agree on every byte."""
    assert is_request("coap", path, over_coap(RequestCatalogueFile(path, block)))
    assert is_request("mqtt", path, over_mqtt(RequestCatalogueFile(path)))


async def test_nobody_can_be_recognised_by_the_greeting() -> None:
    """CONNECT has an empty client id, a clean session, no user and no will."""
    packet = await ConnectPacket.from_stream(BufferReader(over_mqtt(Greet())))
    assert packet.payload.client_id in {"", None} or packet.payload.client_id_is_random
    assert packet.variable_header.flags == 0x02


def test_formalities_are_the_same_from_every_home() -> None:
    """Greeting and farewell are constants."""
    assert over_coap(Greet()).hex() == "40e122800020"
    assert over_coap(TakeLeave()).hex() == "00e4"
    assert over_mqtt(Greet()).hex() == "100c00044d5154540402003c0000"
    assert over_mqtt(TakeLeave()).hex() == "e000"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "metadata/butter.json",
        "metadata/0.root.json",
        "metadata/1.root.json?home=7",
        "metadata/../secret",
        "targets/butter/offers.cbor",
        "targets/butter/" + "g" * 64 + ".offers.cbor",
        "https://evil.example/metadata/timestamp.json",
        "metadata/timestamp.json\n",
    ],
)
def test_nothing_but_a_name_of_the_catalogue_can_be_asked_for(path: str) -> None:
    """A message with anything else in it cannot be built."""
    with pytest.raises(ValueError, match="not a name"):
        RequestCatalogueFile(path)
