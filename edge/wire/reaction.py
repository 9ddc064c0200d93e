"""What a person pressed, as the appliance says it (docs/wire/placement.md)."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec

from edge.domain.measures import PlacementId
from edge.domain.reaction import Reaction, ReactionKind
from edge.errors import MalformedError
from edge.wire.clock_skew import check_skew
from edge.wire.encoding import Encoding, decode_tree
from edge.wire.shape import shaped


class _ReactionShape(msgspec.Struct, frozen=True, kw_only=True):
    placement: Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[A-Za-z0-9-]+\Z")]
    kind: str
    at: Annotated[float, msgspec.Meta(ge=0, le=253_402_300_799)] | None = None


def decode_reaction(payload: bytes, encoding: Encoding, *, now: datetime) -> Reaction:
    """The reaction; one from a clock that runs fast happened now.

    Args:
        payload: JSON or CBOR.
        encoding: Which of the two.
        now: When it arrived.

    Raises:
        MalformedError: It breaks a rule of the document.
    """
    shape = shaped(decode_tree(payload, encoding), _ReactionShape)
    if shape.kind not in list(ReactionKind):
        raise MalformedError(field="kind", rule="must be one of " + ", ".join(ReactionKind))
    at = now if shape.at is None else datetime.fromtimestamp(shape.at, UTC)
    check_skew(at, now, field="at")
    return Reaction(
        placement=PlacementId(shape.placement), kind=ReactionKind(shape.kind), at=min(at, now)
    )
