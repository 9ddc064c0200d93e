"""Tell the story of the house on stdout: a sentence a line, or a JSON object a line.

This is a window that somebody opened on purpose (`run --tell`), not a log: it holds household
values and goes nowhere else.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from edge.domain.item import ItemId
from edge.domain.need import Need
from edge.domain.placement import Placement, Silence
from edge.domain.stock import StockEstimate
from edge.domain.story import Cleared, Consented, Event, Kept, Paired, Reacted, Reviewed
from edge.ports import Clock
from edge.wording.events import tell_event, tell_need, tell_stock
from edge.wording.reasons import why_silent
from edge.wording.voice import Voice

Line = tuple[str, str, dict[str, Any]]
"""Kind, sentence, and the fields that programs read."""


class SilentTeller:
    """Tells nobody."""

    def tell(self, event: Event) -> None:
        """Say nothing."""


@dataclass(slots=True, kw_only=True)
class TerminalTeller:
    """Tells whoever started the runtime with `--tell`."""

    voice: Voice
    clock: Clock
    as_json: bool
    out: TextIO = field(default_factory=lambda: sys.stdout)
    _stock: dict[ItemId, tuple[int, object]] = field(default_factory=dict)
    """What was last said of each item's stock, rounded: said again only when that changes."""
    _needs: set[str] = field(default_factory=set)

    def tell(self, event: Event) -> None:
        """Say it, at once."""
        for kind, text, fields in self._lines(event):
            told = {"at": self.clock.now().isoformat(), "kind": kind, "text": text, **fields}
            line = json.dumps(told, ensure_ascii=False) if self.as_json else f"{kind:9} {text}"
            self.out.write(line + "\n")
        self.out.flush()

    def _lines(self, event: Event) -> Iterator[Line]:
        text = "" if isinstance(event, Reviewed) else tell_event(event, self.voice)
        match event:
            case Paired():
                yield "paired", text, {"device": event.appliance.id}
            case Consented():
                standing = event.grant.ended_at is None
                yield "consent", text, {"purpose": event.grant.purpose, "granted": standing}
            case Kept():
                yield "reading", text, {"device": event.device, "count": event.count}
            case Reviewed():
                yield from self._review(event)
            case Reacted():
                yield "reaction", text, {"reaction": event.kind}
            case Cleared():
                surface = event.placement.surface
                yield "cleared", text, {"surface": surface, "reason": event.reason}

    def _review(self, event: Reviewed) -> Iterator[Line]:
        if event.estimate and self._is_new_stock(event.item.id, event.estimate):
            text = tell_stock(event.item, event.estimate, event.estimate.as_of, self.voice)
            yield "estimate", text, {"item": str(event.item.id), "left": event.estimate.left}
        if event.need and event.need.id not in self._needs:
            yield self._need(event, event.need)
        if event.news:
            yield self._outcome(event, event.outcome)

    def _need(self, event: Reviewed, need: Need) -> Line:
        self._needs.add(need.id)
        text = tell_need(event.item, need, self.clock.now(), self.voice)
        return "need", text, {"item": str(need.item), "probability": round(need.probability, 3)}

    def _outcome(self, event: Reviewed, outcome: Placement | Silence) -> Line:
        if isinstance(outcome, Placement):
            shown = {"surface": outcome.surface, "device": outcome.device}
            about = {"item": str(outcome.item), "offer": outcome.offer.id}
            return "placement", tell_event(event, self.voice), shown | about
        title = event.item.title(self.voice.language)
        text = f"{title}: {why_silent(outcome.reason, self.voice)}"
        why = {"step": outcome.step, "reason": outcome.reason, "item": str(event.item.id)}
        return "silence", text, why

    def _is_new_stock(self, item: ItemId, estimate: StockEstimate) -> bool:
        day = estimate.run_out.likely.date() if estimate.run_out else None
        said = (round(estimate.left, -1) if estimate.left > 50 else round(estimate.left), day)  # noqa: PLR2004 - 10 g of a packet, one page of a book
        if self._stock.get(item) == said:
            return False
        self._stock[item] = (int(said[0]), day)
        return True
