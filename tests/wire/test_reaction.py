"""Reactions: eight answers, one optional time, no clock that can bend a cool-down."""

from datetime import UTC, datetime, timedelta

import pytest

from edge.domain.reaction import ReactionKind
from edge.errors import MalformedError
from edge.wire.encoding import Encoding, encode_tree
from edge.wire.reaction import decode_reaction
from tests.builders import a_reaction
from tests.fakes.clock import NOON

SAID: dict[str, object] = {"placement": "p-6c1f9a2e41d70b58", "kind": "save"}


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("kind", ReactionKind)
def test_each_answer_is_understood(kind: ReactionKind, encoding: Encoding) -> None:
    """In both encodings, without a time: it happened now."""
    payload = encode_tree(SAID | {"kind": kind.value}, encoding)
    assert decode_reaction(payload, encoding, now=NOON) == a_reaction(kind)


def at(time: datetime) -> datetime:
    payload = encode_tree(SAID | {"at": time.timestamp()}, Encoding.JSON)
    return decode_reaction(payload, Encoding.JSON, now=NOON).at


def test_a_late_answer_keeps_its_time() -> None:
    """It was pressed while there was no network."""
    assert at(NOON - timedelta(hours=3)) == NOON - timedelta(hours=3)


def test_an_answer_from_a_fast_clock_happened_now() -> None:
    """No reaction is ever in the future."""
    assert at(NOON + timedelta(minutes=5)) == NOON


@pytest.mark.parametrize("off", [timedelta(minutes=5, seconds=1), -timedelta(days=60, seconds=1)])
def test_an_answer_from_a_broken_clock_is_refused(off: timedelta) -> None:
    """The limits are those of a reading."""
    with pytest.raises(MalformedError, match=r"^at: "):
        at(NOON + off)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "love"}, "kind"),
        ({"kind": 1}, "kind"),
        ({"kind": None}, "kind"),
        ({"placement": ""}, "placement"),
        ({"placement": "p" * 65}, "placement"),
        ({"placement": "p\n"}, "placement"),
        ({"placement": 5}, "placement"),
        ({"at": "now"}, "at"),
        ({"at": -1}, "at"),
        ({"at": 1e12}, "at"),
        ({"at": True}, "at"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], field: str) -> None:
    """An answer that is not one of the eight changes nothing."""
    with pytest.raises(MalformedError) as caught:
        decode_reaction(encode_tree(SAID | change, Encoding.JSON), Encoding.JSON, now=NOON)
    assert caught.value.field == field


@pytest.mark.parametrize("tree", [[], "save", None, {}])
def test_what_is_no_reaction_is_refused(tree: object) -> None:
    """A map with two members at least."""
    with pytest.raises(MalformedError):
        decode_reaction(encode_tree(tree, Encoding.CBOR), Encoding.CBOR, now=NOON)


def test_the_latest_time_that_json_can_say_is_an_error_and_no_crash() -> None:
    """The last second of the year 9999 is in the future, like the one after it."""
    with pytest.raises(MalformedError, match="future"):
        at(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
