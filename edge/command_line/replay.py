"""`replay`: make a past decision again, or see what another rule would have done."""

import argparse

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import say
from edge.errors import RefusedError
from edge.settings import Settings

OFF = "=off"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A decision or placement, and the rules to leave out."""
    parser.add_argument("key", help="a decision (d-…) or a placement (p-…)")
    parser.add_argument(
        "--what-if",
        action="append",
        default=[],
        metavar="RULE=off",
        help="leave this rule out (docs/rules.md); may be given several times",
    )
    parser.add_argument("--lang", choices=["de", "en"], default="en")


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Say whether it came out the same; if it should have and did not, fail."""
    without = ",".join(_rule(wish) for wish in arguments.what_if)
    way = f"replay/{arguments.key}?lang={arguments.lang}&without={without}"
    told = find_runtime(settings.edge.state).get(way)
    say(told, [told["sentence"], *(f"  {line}" for line in told["full"])], as_json=arguments.json)
    return ExitCode.DONE if told["same"] or without else ExitCode.FAILED


def _rule(wish: str) -> str:
    if not wish.endswith(OFF) or not wish.removesuffix(OFF).isidentifier():
        raise RefusedError("what-if", "must be RULE=off")
    return wish.removesuffix(OFF)
