"""`consent`: see, give and withdraw grants."""

import argparse
from typing import Any

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import say
from edge.domain.category import DataCategory
from edge.domain.consent import Purpose
from edge.settings import Settings

ACTS = ("list", "grant", "withdraw", "offers-off", "everything-off")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, for which data, on which appliance."""
    parser.add_argument("act", choices=ACTS, nargs="?", default="list")
    parser.add_argument("--device", help="the appliance: fridge-7f3a")
    parser.add_argument("--data", choices=[*DataCategory])
    parser.add_argument("--purpose", choices=[*Purpose], action="append", default=[])


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Act, then say what is granted now."""
    incomplete = not (arguments.device and arguments.data and arguments.purpose)
    if arguments.act in {"grant", "withdraw"} and incomplete:
        return ExitCode.USAGE
    runtime = find_runtime(settings.edge.state)
    if arguments.act != "list":
        about = {"device": arguments.device, "data": arguments.data, "purposes": arguments.purpose}
        runtime.post(f"consent/{arguments.act}", about if arguments.device else {})
    told = runtime.get("consent")
    say(told, _lines(told["grants"]), as_json=arguments.json)
    return ExitCode.DONE


def _lines(grants: list[dict[str, Any]]) -> list[str]:
    if not grants:
        return ["Nothing is granted."]
    return [f"{g['purpose']:8} {g['data']:16} {g['device']:20} {g['given_at']}" for g in grants]
