"""The page of rules says what the code says."""

from benchmarks.rules_table import PAGE, page
from edge.matching.permission_rules import PERMISSION_RULES


def test_the_page_of_rules_is_made_from_the_rules() -> None:
    """After changing a rule: `python -m benchmarks.rules_table --write`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_each_rule_is_on_the_page_with_its_law_and_its_sentence() -> None:
    """Name, when it holds, what people read."""
    quiet = next(one for one in PERMISSION_RULES if one.name == "quiet_hours")

    assert f"| `quiet_hours` | {quiet.law} | It is your quiet time. |" in page()
    assert "Holds from `quiet_from` on" in quiet.law
