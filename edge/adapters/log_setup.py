"""Where log lines go: standard error, one line each, and never a flood of them.

Lines of our own are dotted event names with ids. Lines of libraries may quote what they choked on,
so of theirs only the message template or its place is written, no argument and no traceback.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from time import monotonic
from typing import Any

BURST = 5
"""Lines of one kind written in a row before the rest is only counted."""

EVERY_S = 60.0
"""How often one kind of line gets its burst again."""

KINDS_MOST = 512
"""Kinds remembered; a library that writes endless different templates starts over."""

LINE_MOST = 300
"""Characters of a line."""

_OURS = ("edge", "__main__")

_log = logging.getLogger(__name__)


class Quota(logging.Filter):
    """Lets a few lines of each kind through; the next that passes says how many did not.

    A kind is a logger with a message template: what is filled in makes no new kind.
    """

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._kinds: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line may be written; one that may is told what was left out before it."""
        kind, now = (record.name, _template(record)), self._clock()
        since, count = self._kinds.get(kind, (now, 0))
        left_out = 0
        if now - since >= EVERY_S:
            since, count, left_out = now, 0, max(0, count - BURST)
        self._remember(kind, since, count + 1)
        record.left_out = left_out
        return count < BURST

    def _remember(self, kind: tuple[str, str], since: float, count: int) -> None:
        if kind not in self._kinds and len(self._kinds) >= KINDS_MOST:
            self._kinds.clear()
        self._kinds[kind] = (since, count)


class OneLine(logging.Formatter):
    """`time level logger event`; no traceback, no control characters, bounded."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        said = record.getMessage() if _is_ours(record) else _template(record)
        rest = f" left_out={count}" if (count := getattr(record, "left_out", 0)) else ""
        text = f"{said}{_error(record)}{rest}"[:LINE_MOST]
        clean = "".join(one if one.isprintable() else " " for one in text)
        return f"{self.formatTime(record)} {record.levelname} {record.name} {clean}"


def is_worth_writing(record: logging.LogRecord) -> bool:
    """Our own lines, and the libraries' warnings: their progress is nobody's concern."""
    return _is_ours(record) or record.levelno >= logging.WARNING


def set_up_logging(level: int | str) -> None:
    """Write everything from this level on to standard error; call it once, first of all."""
    line = logging.StreamHandler(sys.stderr)
    line.setFormatter(OneLine())
    line.addFilter(is_worth_writing)
    line.addFilter(Quota())
    logging.basicConfig(level=level, handlers=[line], force=True)
    logging.captureWarnings(capture=True)


def count_loop_errors(loop: asyncio.AbstractEventLoop, count: Callable[[str], None]) -> None:
    """Count what nobody caught in the event loop instead of printing its traceback.

    Args:
        loop: Whose errors.
        count: Told the name of each error's type: `UnicodeDecodeError`.
    """

    def note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        name = type(error).__name__ if error else "no exception"
        count(name)
        _log.warning("loop.error.uncaught type=%s", name)

    loop.set_exception_handler(note)


def _template(record: logging.LogRecord) -> str:
    """What the line says before anything is filled in.

    A library that filled it in already gets its place in the source instead: its text may be data.
    """
    if record.args or _is_ours(record):
        return str(record.msg)
    return f"at {record.module}:{record.lineno}"


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in _OURS


def _error(record: logging.LogRecord) -> str:
    kind = record.exc_info[0] if record.exc_info else None
    return f" error={kind.__name__}" if kind else ""
