"""The table of all rules, made from the rules themselves.

    python -m benchmarks.rules_table [--write]

Prints docs/rules.md, or writes it; tests/matching/test_rules_table.py compares.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from edge.domain.frequency import CALM_CAPS, CapScope, CapSpan
from edge.matching.exclusion_rules import EXCLUSION_RULES
from edge.matching.permission_rules import PERMISSION_RULES
from edge.matching.surface_rules import SURFACE_RULES

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
INTRODUCTION = """\
# The rules

Made from the code: `python -m benchmarks.rules_table --write`. A rule that holds speaks
against showing something. All rules of a kind are asked, in this order; the first that holds is the
reason told. A rule that cannot be answered holds. Sentences are given in English; the German ones
are in `edge/locales/de`.
"""
KINDS = (
    ("May anything be shown now?", "permission_rules", PERMISSION_RULES),
    ("Why not this offer?", "exclusion_rules", EXCLUSION_RULES),
    ("Why not on this surface?", "surface_rules", SURFACE_RULES),
)


class Told(Protocol):
    """What the table says of a rule."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def why(self) -> str:
        """Its sentence."""

    @property
    def law(self) -> str:
        """When it holds."""


def main() -> None:
    """Print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page(), end="")


def page() -> str:
    """The whole page."""
    return "\n".join((INTRODUCTION, *_kinds(), *_caps()))


def _kinds() -> Iterator[str]:
    for title, folder, rules in KINDS:
        yield f"## {title} ({len(rules)}, `edge/matching/{folder}/`)\n"
        yield from _table(rules)


def _table(rules: Sequence[Told]) -> Iterator[str]:
    yield "| rule | | people read |\n|---|---|---|"
    for one in rules:
        yield f"| `{one.name}` | {one.law} | {one.why} |"
    yield ""


def _caps() -> Iterator[str]:
    yield "## The calm caps (`edge/domain/frequency.py`)\n"
    yield "The most impressions that any offer may ask for; a catalogue can only ask for less.\n"
    yield "| | " + " | ".join(CapSpan) + " |\n|---|" + "---|" * len(CapSpan)
    for scope in CapScope:
        caps = (str(CALM_CAPS[key]) for key in CALM_CAPS if key.scope is scope)
        yield f"| {scope.replace('_', ' ')} | " + " | ".join(caps) + " |"
    yield ""


if __name__ == "__main__":
    main()
