"""`forget`: one appliance, or everything."""

import argparse

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import progress, say
from edge.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What; forgetting everything must be said twice."""
    parser.add_argument("device", nargs="?", help="the appliance: fridge-7f3a")
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("--yes", action="store_true", help="needed with --everything")


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Forget it; there is no way back."""
    if arguments.everything == bool(arguments.device) or arguments.everything != arguments.yes:
        return ExitCode.USAGE
    runtime = find_runtime(settings.edge.state)
    progress("forgetting")
    if arguments.everything:
        told = runtime.post("forget-everything")
    else:
        told = runtime.post("forget", {"device": arguments.device})
    say(told, ["forgotten"], as_json=arguments.json)
    return ExitCode.DONE
