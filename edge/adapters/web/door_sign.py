"""The code of the door that stands open, so that the page can show it after a redirect.

Kept in memory alone: a code is a secret for five minutes and worthless after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from edge.domain.appliance import Appliance

OPEN_FOR = timedelta(minutes=5)
"""As long as docs/wire/pairing.md keeps the door open."""


@dataclass(slots=True)
class DoorSign:
    """What hangs beside the door; nothing at first."""

    _code: str = ""
    _since: datetime | None = None

    def put_up(self, code: str, *, now: datetime) -> None:
        """The door was opened with this code."""
        self._code, self._since = code, now

    def code(self, appliances: Sequence[Appliance], *, now: datetime) -> str | None:
        """The code while the door is open; None once somebody came in or time is up."""
        if self._since is None or now >= self._since + OPEN_FOR:
            return None
        came_in = any(appliance.paired_at >= self._since for appliance in appliances)
        return None if came_in else self._code
