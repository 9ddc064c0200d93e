"""Which error has which code."""

import pytest

from edge.adapters.local.coap_messages import CoapError, Code, error_answer
from edge.errors import (
    EdgeError,
    MalformedError,
    RefusedError,
    StoreError,
    TooManyError,
    UnreachableError,
)


@pytest.mark.parametrize(
    ("code", "dotted"),
    [
        (Code.CREATED, (2, 1)),
        (Code.CONTINUE, (2, 31)),
        (Code.UNSUPPORTED_FORMAT, (4, 15)),
        (Code.TOO_MANY, (4, 29)),
        (Code.NO_PROXY, (5, 5)),
    ],
)
def test_codes_are_those_of_the_registry(code: Code, dotted: tuple[int, int]) -> None:
    """The class is in the upper three bits, the detail in the lower five."""
    assert divmod(code, 32) == dotted
    assert code.is_error == (dotted[0] > 2)


@pytest.mark.parametrize(
    ("error", "code", "text", "max_age_s"),
    [
        (MalformedError(field="t", rule="a number"), Code.BAD_REQUEST, b"t: a number", None),
        (RefusedError(what="a", rule="b"), Code.FORBIDDEN, b"a: b", None),
        (StoreError("what the disk said"), Code.UNAVAILABLE, b"come back later", 30),
        (CoapError(Code.NOT_FOUND, "no", max_age_s=9), Code.NOT_FOUND, b"no", 9),
        (UnreachableError("broker", "who knows"), Code.INTERNAL_ERROR, b"", None),
    ],
)
def test_each_error_has_its_answer(
    error: EdgeError, code: Code, text: bytes, max_age_s: int | None
) -> None:
    """What an engineer can mend is told; what is ours is not."""
    answer = error_answer(error)
    assert (answer.code, answer.payload, answer.max_age_s) == (code, text, max_age_s)


def test_too_many_says_when_to_come_back() -> None:
    """Rounded up: coming back then is not too early."""
    assert error_answer(TooManyError("readings", retry_after_s=0.01)).max_age_s == 1
    assert error_answer(TooManyError("readings", retry_after_s=2.0)).max_age_s == 3
