"""The log stays small, has one line per record and never holds what somebody sent."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator

import pytest

from edge.adapters.log_setup import (
    BURST,
    EVERY_S,
    LINE_MOST,
    OneLine,
    Quota,
    count_loop_errors,
    is_worth_writing,
)
from edge.adapters.log_setup import set_up_logging as set_up

SECRET = "butter 62 g"


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def a_record(
    message: object = "mqtt.up", *args: object, logger: str = "edge.adapters.x", line: int = 7
) -> logging.LogRecord:
    """A line at INFO."""
    return logging.LogRecord(logger, logging.INFO, "a/library.py", line, message, args, None)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Give pytest its handlers back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level


def test_one_kind_of_line_gets_its_burst_and_no_more() -> None:
    """The sixth is left out, whatever is filled in; another kind is not affected."""
    quota = Quota(clock=Watch())
    passed = [quota.filter(a_record("mqtt.down try=%d", n)) for n in range(BURST + 1)]
    assert passed == [True] * BURST + [False]
    assert quota.filter(a_record("mqtt.up"))


def test_after_a_while_the_burst_is_there_again_with_a_count() -> None:
    """Just before the minute is over nothing passes; then the line says what was left out."""
    watch = Watch()
    quota = Quota(clock=watch)
    for _ in range(BURST + 40):
        quota.filter(a_record())
    watch.now = EVERY_S - 0.001
    assert not quota.filter(a_record())
    watch.now = EVERY_S
    record = a_record()
    assert quota.filter(record)
    assert OneLine().format(record).endswith("mqtt.up left_out=41")


def test_endless_kinds_do_not_fill_the_memory() -> None:
    """Whoever makes up templates makes the quota start over, not grow."""
    quota = Quota(clock=Watch())
    for number in range(5_000):
        quota.filter(a_record(f"event.{number}"))
    assert len(quota._kinds) <= 512


def test_a_library_is_heard_when_it_warns() -> None:
    """Its progress is not; ours is."""
    record = a_record("started", logger="amqtt.broker")
    assert not is_worth_writing(record)
    record.levelno = logging.WARNING
    assert is_worth_writing(record)
    assert is_worth_writing(a_record("mqtt.up"))


def test_a_library_line_keeps_its_arguments_to_itself() -> None:
    """Only the template is written."""
    line = OneLine().format(a_record("Cannot decode %r", SECRET, logger="coap-server"))
    assert "Cannot decode" in line
    assert SECRET not in line


def test_a_library_line_that_is_filled_in_already_is_named_by_its_place() -> None:
    """Its text is not written at all, nor is an exception given as the message."""
    for message in (f"no handler for {SECRET}", ValueError(SECRET)):
        line = OneLine().format(a_record(message, logger="amqtt.broker", line=1092))
        assert line.endswith("INFO amqtt.broker at library:1092")


def test_our_lines_are_written_with_their_ids() -> None:
    """Event name and ids."""
    line = OneLine().format(a_record("broker.says device=%s", "fridge-7f3a"))
    assert line.endswith("INFO edge.adapters.x broker.says device=fridge-7f3a")


def test_a_traceback_is_one_word() -> None:
    """The type of the error; its text may be data."""
    record = a_record("store.broken")
    record.exc_info = (ValueError, ValueError(SECRET), None)
    line = OneLine().format(record)
    assert line.endswith("store.broken error=ValueError")


def test_a_line_is_one_line_and_bounded() -> None:
    """No control character reaches the terminal."""
    line = OneLine().format(a_record("event id=%s", "a\nb\x1b[2J" + "x" * 1_000))
    assert line.isprintable()
    assert len(line) < LINE_MOST + 100


@pytest.mark.usefixtures("logging_as_before")
async def test_what_nobody_caught_is_counted_without_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A thousand broken callbacks: a count each, a handful of short lines."""
    set_up(logging.INFO)
    counts: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    count_loop_errors(loop, lambda name: counts.update([name]))

    def broken() -> None:
        raise UnicodeError(SECRET)

    for _ in range(1_000):
        loop.call_soon(broken)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    said = capsys.readouterr().err
    assert counts == {"UnicodeError": 1_000}
    assert said.count("loop.error.uncaught type=UnicodeError") == BURST
    assert SECRET not in said
