"""Two independent writings of the same document agree, byte for byte."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.courier.messages import (
    Greet,
    RequestCatalogueFile,
    TakeLeave,
    over_coap,
    over_mqtt,
)
from edge.wire.catalogue_request import Channel, is_formality, is_request

names = st.one_of(
    st.just("metadata/timestamp.json"),
    st.from_regex(r"metadata/[1-9][0-9]{0,5}\.[a-z][a-z-]{0,30}\.json", fullmatch=True),
    st.from_regex(r"targets/[a-z][a-z-]{0,30}/[0-9a-f]{64}\.offers\.cbor", fullmatch=True),
)
channels = pytest.mark.parametrize("channel", ["coap", "mqtt"])
ENCODE = {"coap": over_coap, "mqtt": over_mqtt}


@channels
@given(path=names, block=st.integers(0, 255))
def test_what_the_courier_asks_is_recognised(channel: Channel, path: str, block: int) -> None:
    """Every request of the closed set is one by the ledger's own reading of the document."""
    content = ENCODE[channel](RequestCatalogueFile(path, block))
    assert is_request(channel, path, content)
    assert not is_formality(channel, content)


@channels
@given(path=names, data=st.data())
def test_one_changed_byte_is_noticed(channel: Channel, path: str, data: st.DataObject) -> None:
    """There is no bit in a request that could carry anything else, but for the block's number."""
    content = bytearray(ENCODE[channel](RequestCatalogueFile(path)))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    blocks = (ENCODE[channel](RequestCatalogueFile(path, block)) for block in range(256))
    assert is_request(channel, path, bytes(content)) == (bytes(content) in blocks)


@channels
@pytest.mark.parametrize("message", [Greet(), TakeLeave()])
def test_greeting_and_farewell_are_recognised(
    channel: Literal["coap", "mqtt"], message: Greet | TakeLeave
) -> None:
    """They are constants of the document."""
    assert is_formality(channel, ENCODE[channel](message))
    assert not is_formality(channel, ENCODE[channel](message) + b"\x00")
