"""A past decision beside the same one made again."""

from dataclasses import dataclass
from enum import StrEnum

from edge.domain.placement import Decision


class Obstacle(StrEnum):
    """Why a decision cannot be made again."""

    APPLIANCE_FORGOTTEN = "appliance_forgotten"
    HISTORY_FORGOTTEN = "history_forgotten"
    CATALOGUE_LET_GO = "catalogue_let_go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came of making it again.

    Attributes:
        again: As it comes out now; None when an obstacle stands in the way.
        same: Whether it came out bit for bit.
        without: The names of the rules left out.
    """

    recorded: Decision
    again: Decision | None
    same: bool
    obstacle: Obstacle | None = None
    without: tuple[str, ...] = ()

    @property
    def changed_rules(self) -> tuple[str, ...]:
        """The rules whose verdict differs anywhere, by name; none when all agree."""
        if self.again is None:
            return ()
        differing = _verdicts(self.again) ^ _verdicts(self.recorded)
        return tuple(sorted({rule for _, rule in differing}))


def _verdicts(decision: Decision) -> set[tuple[str, str]]:
    """What was asked about, and the rule that held."""
    about_offers = {
        (one.offer, rule) for one in decision.excluded for rule in (one.rule, *one.also)
    }
    about_surfaces = {
        (f"{one.device}/{one.surface}", rule) for one in decision.surfaces for rule in one.against
    }
    return {("", rule) for rule in decision.against} | about_offers | about_surfaces
