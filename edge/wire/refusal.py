"""Refusals, told to whoever may know: which field broke which rule (docs/wire/README.md)."""

from edge.errors import MalformedError, RefusedError
from edge.wire.encoding import Encoding, encode_tree


def encode_refusal(error: MalformedError | RefusedError, *, topic: str) -> bytes:
    """The JSON for an appliance's `errors` topic.

    Args:
        error: Why its message changed nothing.
        topic: What it had written to: `readings`.
    """
    field = {"field": error.field} if isinstance(error, MalformedError) else {}
    return encode_tree({"topic": topic} | field | {"rule": error.rule}, Encoding.JSON)


def encode_no_pairing(encoding: Encoding) -> bytes:
    """The only thing that somebody without the code ever hears."""
    return encode_tree({"error": "no pairing"}, encoding)
