"""`make twins`: how many pairs of twins were compared, and whether every planted leak was caught.

python -m benchmarks.twins [--pairs 200] [--json]
"""

import argparse
import json
import logging
import sys

import pytest

from tests.twins.comparing import LeakError, Tally, search
from tests.twins.leaks import LEAKS
from tests.twins.smuggling import covert

PLANTED = ("tests/twins/leaks.py",)
PAIRS_PER_LEAK = 600


def main() -> int:
    """Compare, plant, report; 0 when no pair differs and every leak is caught."""
    parser = argparse.ArgumentParser(prog="twins", description=__doc__)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--dice", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # pulls fail on purpose in bad weather
    tally = _compare(arguments.pairs, arguments.dice)
    missed = [name for name in LEAKS if not _caught(name, arguments.dice)]
    told = {
        "pairs": tally.pairs,
        "messages": tally.messages,
        "unequal": tally.unequal,
        "planted": len(LEAKS),
        "caught": len(LEAKS) - len(missed),
    }
    print(json.dumps(told) if arguments.json else _sentences(told))
    for name in missed:
        print(f"not caught: {name}", file=sys.stderr)
    if tally.unequal:
        print(f"a leak: {tally.first_difference}", file=sys.stderr)
    return 1 if missed or tally.unequal else 0


def _compare(pairs: int, dice: int) -> Tally:
    tally = Tally()
    try:
        search(tally, pairs=pairs, dice=dice)
    except LeakError:
        tally.unequal = 1  # hypothesis runs a failing pair more than once
    return tally


def _caught(name: str, dice: int) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        LEAKS[name](patch)
        try:
            search(Tally(), pairs=PAIRS_PER_LEAK, dice=dice, planted=PLANTED)
        except LeakError:
            return True
        finally:
            covert.clear()
    return False


def _sentences(told: dict[str, int]) -> str:
    return (
        "{pairs} pairs of twins run, {messages} messages compared, {unequal} pairs unequal; "
        "{planted} leaks planted, {caught} caught"
    ).format(**told)


if __name__ == "__main__":
    sys.exit(main())
