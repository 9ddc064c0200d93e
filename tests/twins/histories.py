"""What hypothesis draws: consents and a public world for both twins, a private history for each.

Integers come from the source as well as from chance: a leak that waits for one exact value must
name it, so the value is found there (the way fuzzers use dictionaries).
"""

import ast
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.twins.days import CONSENTS, Act, History, Public
from tests.twins.home import HOURS
from tests.twins.public_world import WEATHER

PRIVATE_ACTS = ("weigh", "weigh", "weigh", "answer", "break", "full disk", "crash")
MOST_ACTS = 6
TELLING, LEVEL_MOST = 4, 400
"""Smaller numbers are everywhere, larger ones are no reading of this home."""

MEETING = ("edge/flow.py", "edge/household", "edge/courier", "edge/adapters/subscription_file.py")
"""Where readings come near egress; what waits for an exact value waits here."""


@cache
def harvested(*sources: str) -> tuple[tuple[int, ...], ...]:
    """The integers that each function names, for every function that names any.

    Those of one function are kept together: a leak that waits for two values names both.
    """
    files = [path for source in sources for path in _files(Path(source))]
    functions = (
        node
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return tuple(sorted({named for function in functions if (named := _integers(function))}))


def _files(source: Path) -> list[Path]:
    return [source] if source.is_file() else sorted(source.rglob("*.py"))


def _integers(function: ast.AST) -> tuple[int, ...]:
    values = (node.value for node in ast.walk(function) if isinstance(node, ast.Constant))
    return tuple(sorted({v for v in values if type(v) is int and TELLING <= v <= LEVEL_MOST}))


def publics() -> st.SearchStrategy[Public]:
    """Consents (the first at the very beginning), dice, transport and weather."""
    consents = st.sampled_from(CONSENTS)
    later = st.lists(st.tuples(_hours(), consents), max_size=3)
    first = st.sampled_from(("everything",) * 8 + CONSENTS).map(lambda what: (0.0, what))
    return st.builds(
        Public,
        consents=st.tuples(first, later).map(lambda drawn: (drawn[0], *sorted(drawn[1]))),
        seed=st.integers(0, 2**32).map(str),
        transport=st.sampled_from(("coap", "mqtt")),
        weather=st.lists(st.sampled_from(("fine", *WEATHER)), min_size=1, max_size=4).map(tuple),
    )


def histories(named: tuple[int, ...]) -> st.SearchStrategy[History]:
    """Appliances, what is left of everything, and what happens.

    Args:
        named: Integers of one function of the source; four of five values are among them.
    """
    few, anything = st.sampled_from(named), st.integers(0, LEVEL_MOST)
    return _histories(st.integers(0, 4).flatmap(lambda dice: few if dice else anything))


def _histories(levels: st.SearchStrategy[int]) -> st.SearchStrategy[History]:
    acts = st.builds(
        Act, hour=_hours(), kind=st.sampled_from(PRIVATE_ACTS), item=st.integers(0, 2), value=levels
    )
    return st.builds(
        History,
        devices=st.integers(1, 2),
        left=st.tuples(levels, levels, levels),
        acts=st.lists(acts, max_size=MOST_ACTS).map(tuple),
    )


def _hours() -> st.SearchStrategy[float]:
    return st.integers(1, HOURS * 60 - 1).map(lambda minutes: minutes / 60)
