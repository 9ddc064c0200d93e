"""Between the library's messages and ours: options in and out."""

import pytest
from aiocoap import Message
from aiocoap.numbers.codes import Code as LibraryCode

from edge.adapters.local.coap_messages import Answer, CoapError, Code, Format
from edge.adapters.local.coap_options import begins, check_options, message_of, request_of


def test_a_message_becomes_a_request() -> None:
    """Path, query, formats and Observe are read; numbers are plain numbers."""
    message = Message(code=LibraryCode.GET, content_format=112, accept=50, observe=0)
    message.opt.uri_path, message.opt.uri_query = ("v1", "placement"), ("ep=a",)
    request = request_of(message, b"whole", device=None)
    assert (request.method, request.path, request.query) == (1, ("v1", "placement"), ("ep=a",))
    assert (request.content_format, request.accept, request.payload) == (112, 50, b"whole")
    assert request.observe


def test_ending_an_observation_is_not_observing() -> None:
    """Observe 1 means stop (RFC 7641 section 2)."""
    message = Message(code=LibraryCode.GET, observe=1)
    assert not request_of(message, b"", device=None).observe


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ({"if_none_match": True}, Code.BAD_OPTION),
        ({"proxy_uri": "coap://elsewhere/"}, Code.NO_PROXY),
        ({"proxy_scheme": "http"}, Code.NO_PROXY),
        ({"oscore": b"\x09\x00\x01"}, Code.BAD_OPTION),
    ],
)
def test_what_a_request_insists_on_must_be_understood(
    option: dict[str, object], code: Code
) -> None:
    """A critical option that we do not know is refused, a proxy too, a seal in a seal too."""
    with pytest.raises(CoapError) as refused:
        check_options(Message(code=LibraryCode.GET, **option))
    assert refused.value.code == code


def test_what_may_be_ignored_is_ignored() -> None:
    """Elective options and those we know pass."""
    message = Message(
        code=LibraryCode.GET, uri_host="home", accept=60, etag=b"x", size1=3, echo=b"e"
    )
    check_options(message)


def test_an_answer_becomes_a_message() -> None:
    """Code, location, format and age are where a client looks for them."""
    answer = Answer(code=Code.CREATED, location=("rd", "a"), max_age_s=5)
    message = message_of(answer, Message(code=LibraryCode.POST))
    assert message.code == LibraryCode.CREATED
    assert (message.opt.location_path, message.opt.max_age) == (("rd", "a"), 5)
    assert message.opt.content_format is None
    assert message.opt.observe is None


def test_a_long_answer_carries_its_first_block_and_a_mark_of_the_whole() -> None:
    """All blocks of one body have the same ETag, those of another body another."""
    asked = Message(code=LibraryCode.GET)
    first = message_of(_content(bytes(2_000)), asked)
    assert (first.opt.block2, len(first.payload)) == ((0, True, 6), 1_024)
    assert first.opt.size2 == 2_000
    rest = message_of(_content(bytes(2_000)), Message(code=LibraryCode.GET, block2=(1, False, 6)))
    assert (rest.opt.block2, len(rest.payload)) == ((1, False, 6), 976)
    assert rest.opt.etag == first.opt.etag
    assert message_of(_content(bytes(2_001)), asked).opt.etag != first.opt.etag


def test_an_error_in_an_upload_does_not_ask_for_more() -> None:
    """Only a success repeats Block1: a client would go on sending otherwise."""
    asked = Message(code=LibraryCode.POST, block1=(3, True, 6))
    assert message_of(Answer(code=Code.CONTINUE), asked).opt.block1 == (3, True, 6)
    assert message_of(Answer(code=Code.TOO_LARGE), asked).opt.block1 is None


def test_a_reserved_block_size_is_refused() -> None:
    """Size exponent 7 has a meaning over TCP only."""
    with pytest.raises(CoapError):
        message_of(_content(b"x"), Message(code=LibraryCode.GET, block2=(0, False, 7)))


def test_a_notification_number_fits_its_option() -> None:
    """24 bits, and then from the beginning (RFC 7641 section 3.4)."""
    asked = Message(code=LibraryCode.GET)
    assert message_of(_content(b"x"), asked, observe=(1 << 24) + 2).opt.observe == 2


def test_a_further_block_is_not_a_request_of_its_own() -> None:
    """A long body counts once against its sender's rate."""
    assert begins(Message(code=LibraryCode.POST))
    assert begins(Message(code=LibraryCode.POST, block1=(0, True, 6)))
    assert not begins(Message(code=LibraryCode.POST, block1=(1, False, 6)))
    assert not begins(Message(code=LibraryCode.GET, block2=(1, False, 6)))


def _content(payload: bytes) -> Answer:
    return Answer(code=Code.CONTENT, payload=payload, content_format=Format.CBOR)
