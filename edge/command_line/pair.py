"""`pair`: let one appliance in, within five minutes."""

import argparse

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import say
from edge.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The appliance may bring its own code."""
    parser.add_argument("--code", help="the code that the appliance shows; without it one is drawn")


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Open the door and say the code."""
    told = find_runtime(settings.edge.state).post("pair", {"code": arguments.code})
    say(
        told,
        [f"Code: {told['code']}", "Enter it at the appliance within five minutes."],
        as_json=arguments.json,
    )
    return ExitCode.DONE
