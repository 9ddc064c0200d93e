"""Every reason the house can give has its sentence."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import edge
from edge.matching.exclusion_rules import EXCLUSION_RULES
from edge.matching.permission_rules import PERMISSION_RULES
from edge.matching.surface_rules import SURFACE_RULES
from edge.needs.outlook import NoNeed
from edge.needs.sensor import Doubt
from edge.wording.reasons import (
    CLEARINGS,
    EXCLUSIONS,
    PLACES,
    SILENCES,
    why_gone,
    why_not,
    why_silent,
)
from tests.texts import a_voice

PACKAGE = Path(edge.__file__).parent


def constants_passed_to(function: str, *, argument: int, file: Path) -> Iterator[str]:
    """Texts written directly as that argument of calls of that function."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) == function:
            passed = node.args[argument : argument + 1]
            passed += [word.value for word in node.keywords if word.arg == "reason"]
            yield from (str(one.value) for one in passed if isinstance(one, ast.Constant))


def reasons_for_clearing() -> set[str]:
    """What `home._why_over` lists, and what callers of `take_away` say."""
    home = (PACKAGE / "household" / "home.py").read_text(encoding="utf-8")
    over = next(
        node.value
        for node in ast.walk(ast.parse(home))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    )
    assert isinstance(over, ast.Dict)
    listed = {key.value for key in over.keys if isinstance(key, ast.Constant)}
    said = {
        reason
        for file in (PACKAGE / "household").glob("*.py")
        for reason in constants_passed_to("take_away", argument=9, file=file)
    }
    return {str(reason) for reason in listed | said}


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_permission_rule_has_its_sentence() -> None:
    """May anything be shown now? Each no can be told."""
    assert {rule.name for rule in PERMISSION_RULES} <= SILENCES.keys()


def test_every_exclusion_rule_has_its_clause() -> None:
    """Why not this offer? Each rule can be told, and nothing else is listed."""
    assert {rule.name for rule in EXCLUSION_RULES} == EXCLUSIONS.keys()


def test_every_surface_rule_has_its_clause() -> None:
    """Why not on this surface? Each rule can be told."""
    assert {rule.name for rule in SURFACE_RULES} == PLACES.keys()


def test_a_rule_that_could_not_be_checked_says_so() -> None:
    """It is told that the answer is not known."""
    told = why_not("outside_flight?", a_voice("en"))

    assert told == "it could not be checked whether this holds: it is not valid now"


@pytest.mark.parametrize("reasons", [NoNeed, Doubt])
def test_every_reason_for_no_need_has_its_sentence(reasons: type[StrEnum]) -> None:
    """Why is there no need? The model's and the sensor's reasons can be told."""
    assert {str(reason) for reason in reasons} <= SILENCES.keys()


def test_every_silence_of_the_flow_has_its_sentence() -> None:
    """The flow's own dead ends are found in its source and can be told."""
    flow = PACKAGE / "flow.py"
    found = {
        *constants_passed_to("_silent", argument=3, file=flow),
        *constants_passed_to("Outlook", argument=9, file=flow),
    }

    assert "offers_not_allowed" in found
    assert found <= SILENCES.keys()


def test_every_clearing_has_its_clause() -> None:
    """Why did the offer leave? Each reason is found in the source and can be told."""
    found = reasons_for_clearing()

    assert {"answered", "time_is_up", "appliance_forgotten"} <= found
    assert found == CLEARINGS.keys()


def test_a_reason_without_a_sentence_is_named_and_not_hidden() -> None:
    """A decision of an older version may name a rule that is gone."""
    assert why_silent("moon_phase", a_voice("en")) == "the reason is called “moon_phase”"


def test_reasons_are_told_in_the_language() -> None:
    """A sentence, a clause, a clause."""
    voice = a_voice("de")

    assert why_silent("quiet_hours", voice) == "Es ist Ihre Ruhezeit."
    assert why_not("outside_flight", voice) == "es gilt gerade nicht"
    assert why_gone("answered", voice) == "Sie haben geantwortet"
