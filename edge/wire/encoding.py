"""The two encodings of the wire."""

from enum import StrEnum


class Encoding(StrEnum):
    """How a payload is written: the transport knows from its content format or topic."""

    JSON = "json"
    CBOR = "cbor"
