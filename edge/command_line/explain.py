"""`explain`: why this offer, or why none."""

import argparse

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import say
from edge.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A placement, a decision, or the newest."""
    parser.add_argument("key", nargs="?", help="a placement (p-…) or a decision (d-…)")
    parser.add_argument("--latest", action="store_true", help="the newest decision (the default)")
    parser.add_argument("--lang", choices=["de", "en"], default="en")


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Say it in a sentence, then in full."""
    which = f"/{arguments.key}" if arguments.key and not arguments.latest else ""
    told = find_runtime(settings.edge.state).get(f"explain{which}?lang={arguments.lang}")
    say(told, [told["sentence"], *(f"  {line}" for line in told["full"])], as_json=arguments.json)
    return ExitCode.DONE
