"""The house keeps its shape: rules registered and tested, files small, tests that say a truth."""

import ast
import re
from pathlib import Path

import pytest

import edge
from edge.matching.exclusion_rules import EXCLUSION_RULES
from edge.matching.exclusion_rules.frequency_caps import FREQUENCY_CAPS
from edge.matching.permission_rules import PERMISSION_RULES
from edge.matching.surface_rules import SURFACE_RULES

ROOT = Path(edge.__file__).parents[1]
PACKAGES = ("edge", "devices", "cloud_stub")
CODE = sorted(
    file for top in (*PACKAGES, "tests", "benchmarks") for file in (ROOT / top).rglob("*.py")
)
CAPS = {rule.name for rule in FREQUENCY_CAPS}
RULES = {
    kind: {"frequency_caps" if rule.name in CAPS else rule.name for rule in rules}
    for kind, rules in (
        ("exclusion_rules", EXCLUSION_RULES),
        ("permission_rules", PERMISSION_RULES),
        ("surface_rules", SURFACE_RULES),
    )
}
"""The names by kind; the caps are one table, in one file."""
SUPPRESSION = re.compile(r"# (noqa|type: ignore)\b")
REASONED = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z0-9, -]+\])\s+([#-]+\s+)?\w")
JUNK = {"base", "common", "core", "handler", "helper", "manager", "service", "util"}


def relative(file: Path) -> str:
    """Its path below the top, for reading."""
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_file_is_registered_under_its_name(kind: str) -> None:
    """No rule lies in its folder without being applied."""
    files = {file.stem for file in (ROOT / "edge/matching" / kind).glob("[!_]*.py")}

    assert RULES[kind] == files


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_has_its_test_file(kind: str) -> None:
    """A rule without its boundary tests is not a rule yet."""
    untested = [
        rule
        for rule in RULES[kind]
        if not (ROOT / "tests/matching" / kind / f"test_{rule}.py").exists()
    ]

    assert untested == []


def test_no_file_outgrows_its_job() -> None:
    """A file longer than 300 lines has more than one job."""
    long = [relative(f) for f in CODE if len(f.read_text(encoding="utf-8").splitlines()) > 300]

    assert long == []


def test_no_room_is_named_for_being_undecided() -> None:
    """No `utils`, `helpers`, `managers`, `services`."""
    named = [
        relative(file)
        for file in CODE
        if JUNK & {part.rstrip("s") for part in file.stem.strip("_").split("_")}
        or JUNK & {part.rstrip("s") for part in file.parent.name.split("_")}
    ]

    assert named == []


def test_every_file_says_its_job_first() -> None:
    """The first statement of a file is its docstring."""
    silent = [
        relative(file)
        for file in CODE
        if ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) is None
    ]

    assert silent == []


def test_every_test_states_its_truth() -> None:
    """Each test has a docstring that says what is true, not what is called."""
    silent = [
        f"{relative(file)}::{node.name}"
        for file in CODE
        if file.name.startswith("test_")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and ast.get_docstring(node) is None
    ]

    assert silent == []


def test_every_suppression_gives_its_reason() -> None:
    """A `noqa` or `type: ignore` says behind it why it is right here."""
    bare = [
        f"{relative(file)}:{number}"
        for file in CODE
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if SUPPRESSION.search(line) and not REASONED.search(line)
    ]

    assert bare == []
