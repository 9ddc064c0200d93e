"""Between aiocoap's messages and our values: everything about options in one place."""

import hashlib

from aiocoap.message import Message
from aiocoap.numbers.optionnumbers import OptionNumber
from aiocoap.optiontypes import BlockOption

from edge.adapters.local.coap_blocks import Block, cut
from edge.adapters.local.coap_messages import Answer, CoapError, Code, Request
from edge.domain.measures import DeviceId

_UNDERSTOOD = frozenset(
    {
        OptionNumber.URI_HOST,
        OptionNumber.URI_PORT,
        OptionNumber.URI_PATH,
        OptionNumber.URI_QUERY,
        OptionNumber.ACCEPT,
        OptionNumber.BLOCK1,
        OptionNumber.BLOCK2,
    }
)
"""The critical options that a request may have; aiocoap checks none of them."""

_PROXY = frozenset({OptionNumber.PROXY_URI, OptionNumber.PROXY_SCHEME})

_RESERVED_SIZE = 7
"""The block size exponent that means something over TCP only (RFC 8323)."""

_OBSERVE_MOST = 1 << 24


def check_options(message: Message) -> None:
    """Refuse what a request insists on and we do not know (RFC 7252 section 5.4.1).

    Raises:
        CoapError: A critical option that is not understood (4.02), or a proxy is asked for (5.05).
    """
    for option in message.opt.option_list():
        if option.number in _PROXY:
            raise CoapError(Code.NO_PROXY, "no proxy here")
        if option.number.is_critical() and option.number not in _UNDERSTOOD:
            raise CoapError(Code.BAD_OPTION, f"option {int(option.number)} is not understood")


def request_of(message: Message, payload: bytes, *, device: DeviceId | None) -> Request:
    """A message as a request, with its whole payload."""
    options = message.opt
    return Request(
        device=device,
        method=int(message.code),
        path=options.uri_path,
        query=options.uri_query,
        content_format=_number(options.content_format),
        accept=_number(options.accept),
        observe=options.observe == 0,
        payload=payload,
    )


def message_of(answer: Answer, asked: Message, *, observe: int | None = None) -> Message:
    """An answer as a message: the block of it that was asked for, or that fits.

    Args:
        answer: The whole answer.
        asked: The request's message.
        observe: The number of a notification; None for a single answer.

    Raises:
        CoapError: The answer has no such block (4.00), or the request's block size is reserved.
    """
    part, block2 = answer.payload, None
    if answer.code == Code.CONTENT:
        part, block2 = cut(answer.payload, wanted_block(asked))
    message = Message(
        code=answer.code,
        payload=part,
        content_format=answer.content_format,
        location_path=answer.location,
        max_age=answer.max_age_s,
        block1=None if answer.code.is_error else asked.opt.block1,
        observe=None if observe is None else observe % _OBSERVE_MOST,
    )
    if block2 is not None:
        message.opt.block2 = (block2.number, block2.more, block2.size.bit_length() - 5)
        message.opt.etag = hashlib.sha256(answer.payload).digest()[:8]
        message.opt.size2 = len(answer.payload)
    return message


def sent_block(message: Message) -> Block | None:
    """The block that a request carries; None when it carries all.

    Raises:
        CoapError: The block size is reserved (4.00).
    """
    return _block(message.opt.block1, "Block1")


def wanted_block(message: Message) -> Block | None:
    """The block of the answer that a request asks for; None when it leaves that to us.

    Raises:
        CoapError: The block size is reserved (4.00).
    """
    return _block(message.opt.block2, "Block2")


def begins(message: Message) -> bool:
    """Whether this is a request of its own, not a further block of one."""
    blocks = (message.opt.block1, message.opt.block2)
    return all(block is None or block.block_number == 0 for block in blocks)


def _block(option: BlockOption.BlockwiseTuple | None, name: str) -> Block | None:
    if option is None:
        return None
    if option.size_exponent == _RESERVED_SIZE:
        raise CoapError(Code.BAD_REQUEST, f"{name}: the block size is reserved")
    return Block(number=option.block_number, size=option.size, more=option.more)


def _number(value: int | None) -> int | None:
    return None if value is None else int(value)
