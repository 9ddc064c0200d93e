"""What is asked and answered over CoAP, as plain values: a resource sees no library's message."""

from dataclasses import dataclass
from enum import IntEnum

from edge.domain.measures import DeviceId
from edge.errors import EdgeError, MalformedError, RefusedError, StoreError, TooManyError


class Method(IntEnum):
    """Request codes that a resource may have (RFC 7252 section 12.1.1)."""

    GET = 1
    POST = 2
    PUT = 3
    DELETE = 4


class Code(IntEnum):
    """Answer codes (RFC 7252 section 12.1.2): the class in the upper 3 bits, the detail below."""

    CREATED = 2 << 5 | 1
    DELETED = 2 << 5 | 2
    CHANGED = 2 << 5 | 4
    CONTENT = 2 << 5 | 5
    CONTINUE = 2 << 5 | 31
    BAD_REQUEST = 4 << 5
    UNAUTHORIZED = 4 << 5 | 1
    BAD_OPTION = 4 << 5 | 2
    FORBIDDEN = 4 << 5 | 3
    NOT_FOUND = 4 << 5 | 4
    METHOD_NOT_ALLOWED = 4 << 5 | 5
    NOT_ACCEPTABLE = 4 << 5 | 6
    INCOMPLETE = 4 << 5 | 8
    TOO_LARGE = 4 << 5 | 13
    UNSUPPORTED_FORMAT = 4 << 5 | 15
    TOO_MANY = 4 << 5 | 29
    """RFC 8516."""
    INTERNAL_ERROR = 5 << 5
    UNAVAILABLE = 5 << 5 | 3
    NO_PROXY = 5 << 5 | 5

    @property
    def is_error(self) -> bool:
        """Whether it says that nothing was done: class 4 or 5."""
        return self >= Code.BAD_REQUEST


class Format(IntEnum):
    """Content formats of docs/wire/coap.md, from the IANA registry."""

    LINKS = 40
    JSON = 50
    CBOR = 60
    SENML_JSON = 110
    SENML_CBOR = 112
    THING_JSON = 432


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One whole request: its blocks put together, its sender known or known to be nobody.

    Attributes:
        device: Who asks, proven by its OSCORE context (or named, in development); None: a stranger.
        method: A request code; not every one is a Method.
        content_format: Of the payload; None when it does not say.
        accept: The content format it wants back; None when any will do.
        observe: It wants to be told of changes too.
    """

    device: DeviceId | None
    method: int
    path: tuple[str, ...]
    query: tuple[str, ...] = ()
    content_format: int | None = None
    accept: int | None = None
    observe: bool = False
    payload: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One whole answer, before it is cut into blocks.

    Attributes:
        content_format: Of the payload; None for none and for a diagnostic text.
        location: Where the thing just made can be found; empty when nothing was made.
        max_age_s: Seconds it stays true; with an error, seconds to wait. None: the default, 60.
    """

    code: Code
    payload: bytes = b""
    content_format: Format | None = None
    location: tuple[str, ...] = ()
    max_age_s: int | None = None


class CoapError(EdgeError):
    """A request that is answered with an error code.

    Attributes:
        code: The code of the answer.
        diagnostic: What went wrong, for a firmware engineer; never a household's value.
        max_age_s: Seconds until it may be tried again; None when trying again is no use.
    """

    def __init__(self, code: Code, diagnostic: str = "", *, max_age_s: int | None = None) -> None:
        super().__init__(diagnostic)
        self.code = code
        self.diagnostic = diagnostic
        self.max_age_s = max_age_s


STORE_BREAK_S = 30
"""How long an appliance leaves the store alone after 5.03: a full disk is not freed in seconds."""


def error_answer(error: EdgeError) -> Answer:
    """The answer that tells an error, with its text as the diagnostic payload."""
    match error:
        case CoapError():
            return _diagnostic(error.code, error.diagnostic, error.max_age_s)
        case TooManyError():
            return _diagnostic(Code.TOO_MANY, str(error), 1 + int(error.retry_after_s))
        case MalformedError():
            return _diagnostic(Code.BAD_REQUEST, str(error))
        case RefusedError():
            return _diagnostic(Code.FORBIDDEN, str(error))
        case StoreError():
            return _diagnostic(Code.UNAVAILABLE, "come back later", STORE_BREAK_S)
        case _:
            return _diagnostic(Code.INTERNAL_ERROR)


def _diagnostic(code: Code, text: str = "", max_age_s: int | None = None) -> Answer:
    return Answer(code=code, payload=text.encode(), max_age_s=max_age_s)
