"""A rule: a question with a name, and the sentence that tells people its answer.

A rule holds when it speaks against showing something. One that cannot be answered holds too: what
is not known to be welcome is not shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, ParamSpec

from edge.domain.frequency import CapScope
from edge.domain.placement import Step

P = ParamSpec("P")

UNSURE = "?"
"""Follows the name of a rule that could not be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[P]):
    """One rule.

    Attributes:
        name: Its function's, its file's and its test file's name.
        why: The sentence (permission) or clause (the others) for people, as the translators see it.
        holds: Whether it speaks against it.
        step: Where on its way a decision ends by it.
        looks_at: What must have been shown before for it to hold at all; None when it may hold
            without. Most offers were never shown: most rules then need not be asked.
    """

    name: str
    why: str
    holds: Callable[P, bool]
    step: Step
    looks_at: CapScope | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether it speaks against it."""
        return self.holds(*args, **kwargs)

    @property
    def law(self) -> str:
        """When it holds, from its function's docstring."""
        return (self.holds.__doc__ or "").partition("\n")[0]


def rule(
    why: str, *, step: Step = Step.PERMISSION, looks_at: CapScope | None = None
) -> Callable[[Callable[P, bool]], Rule[P]]:
    """Make a rule of a function; `why` is marked by `sentence`."""

    def made(holds: Callable[P, bool]) -> Rule[P]:
        return Rule(name=holds.__name__, why=why, holds=holds, step=step, looks_at=looks_at)

    return made


def holding(rules: Iterable[Rule[P]], *args: P.args, **kwargs: P.kwargs) -> tuple[str, ...]:
    """The names of all rules that hold, in order; `UNSURE` marks the ones that broke."""
    held = []
    for one in rules:
        try:
            if one.holds(*args, **kwargs):
                held.append(one.name)
        except Exception:  # noqa: BLE001 - whatever broke it, a rule that cannot answer says no
            held.append(one.name + UNSURE)
    return tuple(held)
