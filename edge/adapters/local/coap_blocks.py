"""Bodies in blocks (RFC 7959), both ways, each bounded.

aiocoap's own assembly takes bodies of any length, any number at once, and keeps a whole answer for
each variation of a request; here an upload has a size, a number and a time, and an answer is made
anew for each block that is fetched.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from edge.adapters.local.coap_messages import CoapError, Code

BODY_MOST = 16_384
"""Bytes: a payload of docs/wire/README.md."""

BLOCK_SIZE = 1_024
"""The largest block of RFC 7959 over UDP."""

UPLOAD_S = 30.0
"""Seconds from one block to the next: three repetitions of a lost one (RFC 7252 section 4.2)."""

UPLOADS_OF_ONE = 2
"""Open at once for one sender: one, and the one it gave up when it restarted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Which part of a body a message carries or wants.

    Attributes:
        size: Bytes, a power of two from 16 to 1024.
        more: Whether another part follows.
    """

    number: int
    size: int
    more: bool = False

    @property
    def start(self) -> int:
        """Its first byte's place in the body."""
        return self.number * self.size


@dataclass(slots=True)
class _Upload:
    body: bytearray
    touched_at: float


class Uploads:
    """Bodies that are on their way in."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._open: OrderedDict[tuple[str, Hashable], _Upload] = OrderedDict()

    def add(
        self, sender: str, what: Hashable, block: Block, payload: bytes, *, now: float
    ) -> bytes | None:
        """Add a block to the body it belongs to; block 0 starts a new one.

        Args:
            sender: Who uploads: an appliance or an address.
            what: What tells two bodies of one sender apart.
            block: Which part this is.
            payload: The part.
            now: Monotonic seconds.

        Returns:
            The whole body, or None when more blocks must follow.

        Raises:
            CoapError: Over 16 KiB (4.13), a block is missing (4.08), the sizes do not fit (4.00),
                or too many uploads at once (5.03).
        """
        self._forget_stale(now)
        key = (sender, what)
        if block.number == 0:
            self._start(key, now)
        try:
            body = self._extended(key, block, payload)
        except CoapError:
            self._open.pop(key, None)
            raise
        self._open[key].touched_at = now
        self._open.move_to_end(key)
        if block.more:
            return None
        del self._open[key]
        return bytes(body)

    def forget(self, sender: str) -> None:
        """Drop everything that a sender began."""
        for key in [key for key in self._open if key[0] == sender]:
            del self._open[key]

    def __len__(self) -> int:
        return len(self._open)

    def _start(self, key: tuple[str, Hashable], now: float) -> None:
        self._open.pop(key, None)
        of_sender = [other for other in self._open if other[0] == key[0]]
        if len(of_sender) >= UPLOADS_OF_ONE:
            del self._open[of_sender[0]]
        if len(self._open) >= self._most:
            raise CoapError(Code.UNAVAILABLE, "too many uploads at once", max_age_s=int(UPLOAD_S))
        self._open[key] = _Upload(bytearray(), now)

    def _extended(self, key: tuple[str, Hashable], block: Block, payload: bytes) -> bytearray:
        upload = self._open.get(key)
        if upload is None or block.start != len(upload.body):
            raise CoapError(Code.INCOMPLETE, "a block is missing: begin again")
        if len(payload) > block.size or (block.more and len(payload) < block.size):
            raise CoapError(Code.BAD_REQUEST, "Block1: the payload must have the block's size")
        if block.start + len(payload) > BODY_MOST:
            raise CoapError(Code.TOO_LARGE, f"at most {BODY_MOST} bytes")
        upload.body += payload
        return upload.body

    def _forget_stale(self, now: float) -> None:
        while self._open:
            key, upload = next(iter(self._open.items()))
            if now - upload.touched_at < UPLOAD_S:
                return
            del self._open[key]


def cut(body: bytes, wanted: Block | None) -> tuple[bytes, Block | None]:
    """The part of an answer's body that one message carries.

    Args:
        body: The whole.
        wanted: The Block2 option of the request; None: whatever fits.

    Returns:
        The part and its Block2 option, None when it is the whole body.

    Raises:
        CoapError: The body has no such block (4.00).
    """
    block = wanted or Block(number=0, size=BLOCK_SIZE)
    if block.start and block.start >= len(body):
        raise CoapError(Code.BAD_REQUEST, "Block2: there is no such block")
    if not block.start and len(body) <= block.size:
        return body, None
    end = block.start + block.size
    part = Block(number=block.number, size=block.size, more=end < len(body))
    return body[block.start : end], part
