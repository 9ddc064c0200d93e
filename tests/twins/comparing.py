"""Runs families of twins and compares what could be seen of them outside."""

from dataclasses import dataclass, field
from itertools import count, cycle

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.twins.days import History, Public
from tests.twins.histories import MEETING, harvested, histories, publics
from tests.twins.home import live

FAMILY = 5
"""Homes per public world; each of the later ones is compared with the first."""

FAMILIES = 3
"""Drawn with the same integers of the source, before the next ones have their turn."""


class LeakError(AssertionError):
    """Two homes with equal consent could be told apart from outside."""


@dataclass(slots=True)
class Tally:
    """What was compared so far.

    Attributes:
        messages: Plaintext messages of the first home of each pair.
        busy: Pairs whose homes decided differently inside.
        silent: Pairs from which nothing left at all.
    """

    pairs: int = 0
    messages: int = 0
    unequal: int = 0
    busy: int = 0
    silent: int = 0
    first_difference: str = field(default="")


def compare(public: Public, family: tuple[History, ...], tally: Tally) -> None:
    """Run the homes and compare each with the first.

    Raises:
        LeakError: Two transcripts differ in a byte or an instant.
    """
    first = live(public, family[0])
    said = sum(departure.what == "say" for departure in first.egress)
    for history in family[1:]:
        other = live(public, history)
        tally.pairs += 1
        tally.messages += said
        tally.silent += not first.egress
        tally.busy += first.inside != other.inside
        if first.egress != other.egress:
            tally.unequal += 1
            tally.first_difference = _difference(first.egress, other.egress)
            raise LeakError(tally.first_difference)


def _difference(one: tuple[object, ...], other: tuple[object, ...]) -> str:
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return f"departure {number}: {left} or {right}"
    return f"{len(one)} or {len(other)} departures"


def search(tally: Tally, *, pairs: int, dice: int, planted: tuple[str, ...] = ()) -> None:
    """Draw families until so many pairs are compared; the integers of the source take turns.

    Args:
        tally: Where they are counted.
        pairs: How many at least.
        dice: Of the drawing; the same number draws the same families.
        planted: Further source whose integers feed the dice.

    Raises:
        LeakError: As soon as two twins differ.
    """
    turns = cycle(harvested(*MEETING, *planted))
    for turn in count():
        if tally.pairs >= pairs:
            return
        families = st.tuples(*[histories(next(turns)) for _ in range(FAMILY)])
        _draw(families, tally, f"{dice}/{turn}")


def _draw(families: st.SearchStrategy[tuple[History, ...]], tally: Tally, dice: str) -> None:
    @seed(dice)
    @settings(
        max_examples=FAMILIES,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(publics(), families)
    def twins_look_the_same(public: Public, family: tuple[History, ...]) -> None:
        compare(public, family, tally)

    twins_look_the_same()
