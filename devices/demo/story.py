"""Count what the runtime tells, and choose what is worth a line: pure, no terminal.

The runtime tells each thing as it happens, a sentence with fields. Readings come in floods and
become one line every few hours; an estimate is said once a day for each item; the rest is said
when it is news.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from devices.demo.words import WEEKDAYS, WORDS
from devices.joining import KITCHEN

SO_FAR_EVERY = timedelta(hours=12)
"""Emulated time between two lines about readings and what left the home."""

ESTIMATE_EVERY = timedelta(hours=18)
"""Emulated time before an item's estimate is told again."""

ALWAYS_TOLD = frozenset({"paired", "consent", "need", "placement", "reaction", "cleared"})

Event = Mapping[str, Any]
"""One line of `edge run --tell --json`, decoded."""


class Story:
    """What has been told so far."""

    def __init__(self, language: str) -> None:
        self._words = WORDS[language]
        self._weekdays = WEEKDAYS[language]
        self._readings: Counter[str] = Counter()
        self._events: Counter[str] = Counter()
        self._decisions: Counter[str] = Counter()
        self._placements: Counter[str] = Counter()
        self._reactions: Counter[str] = Counter()
        self._egress = {"messages": 0, "bytes": 0, "household_facts": 0}
        self._said: dict[str, tuple[str, datetime]] = {}

    def hear(self, event: Event) -> Iterator[str]:
        """Count the event, and say what is worth saying."""
        kind, at = str(event["kind"]), datetime.fromisoformat(event["at"]).astimezone(KITCHEN)
        self._count(kind, event)
        if self._is_worth_saying(kind, event, at):
            yield self._line(at, str(event["text"]))
        self._said.setdefault("so far", ("", at))
        if self._is_new("so far", "", at, SO_FAR_EVERY):
            yield self._line(at, self._words["so_far"].format(**self._totals()))

    def hear_egress(self, egress: Mapping[str, int]) -> None:
        """What left the home, all together."""
        self._egress = {name: int(egress[name]) for name in self._egress}

    @property
    def readings(self) -> Mapping[str, int]:
        """How many readings were kept, by appliance."""
        return self._readings

    def ending(self) -> Iterator[str]:
        """The last sentences."""
        yield self._words["ended"].format(**self._totals())
        yield self._words["left"].format(**self._egress)

    def summary(self) -> dict[str, Any]:
        """All that was counted, for programs."""
        return {
            "readings": self._readings.total(),
            "needs": self._events["need"],
            "decisions": dict(self._decisions),
            "placements": dict(self._placements),
            "reactions": self._reactions.total(),
            "reactions_by_kind": dict(self._reactions),
            "refused": self._events["refused"],
            "egress": self._egress,
        }

    def _count(self, kind: str, event: Event) -> None:
        self._events[kind] += 1
        match kind:
            case "reading":
                self._readings[str(event.get("device", ""))] += int(event["count"])
            case "placement":
                self._decisions["placement"] += 1
                self._placements[str(event["surface"])] += 1
            case "silence":
                self._decisions[f"silence.{event['step']}.{event['reason']}"] += 1
            case "reaction":
                self._reactions[str(event["reaction"])] += 1
            case "egress":
                self.hear_egress(event)

    def _is_worth_saying(self, kind: str, event: Event, at: datetime) -> bool:
        about = f"{kind} {event.get('item', '')}"
        match kind:
            case "estimate":
                return self._is_new(about, "", at, ESTIMATE_EVERY)
            case "silence":
                return self._is_new(about, f"{event['step']}.{event['reason']}", at, None)
            case "refused":
                return self._is_new(about, str(event["text"]), at, None)
        return kind in ALWAYS_TOLD

    def _is_new(self, about: str, what: str, at: datetime, every: timedelta | None) -> bool:
        """Whether `what` was not the last thing said about it, or long enough ago."""
        last = self._said.get(about)
        if last and last[0] == what and (every is None or at - last[1] < every):
            return False
        self._said[about] = (what, at)
        return True

    def _line(self, at: datetime, text: str) -> str:
        return f"{self._weekdays[at.weekday()]} {at:%H:%M}  {text}"

    def _totals(self) -> dict[str, int]:
        return {
            "readings": self._readings.total(),
            "needs": self._events["need"],
            "placements": self._placements.total(),
            "reactions": self._reactions.total(),
            "silences": self._events["silence"],
            **self._egress,
        }
