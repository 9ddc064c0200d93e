"""`ledger`: what left the home."""

import argparse

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import say
from edge.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much of it to show."""
    parser.add_argument("--newest", type=int, default=20, help="messages to show (at most 200)")


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Say the totals, then the newest messages."""
    told = find_runtime(settings.edge.state).get(f"ledger?newest={arguments.newest}")
    total = told["summary"]
    first = "{messages} messages, {bytes} bytes, {household_facts} facts about you".format(**total)
    rest = [
        f"  {m['at']}  {m['channel']:5} {m['bytes']:5} B  {m['asks_for']}" for m in told["newest"]
    ]
    say(told, [first, *rest], as_json=arguments.json)
    return ExitCode.DONE
