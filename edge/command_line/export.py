"""`export`: everything the home knows, in one machine-readable file."""

import argparse
import json
import os
from pathlib import Path

from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import progress, say
from edge.settings import Settings

OWNER_ONLY = 0o600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--out", type=Path, help="a new file; without it the export goes to stdout")


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Write it where asked; an existing file is never overwritten."""
    progress("collecting everything")
    told = find_runtime(settings.edge.state).get("export")
    if arguments.out is None:
        say(told, [json.dumps(told, ensure_ascii=False, indent=2)], as_json=arguments.json)
        return ExitCode.DONE
    handle = os.open(arguments.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=2)
    say({"written": str(arguments.out)}, [f"written: {arguments.out}"], as_json=arguments.json)
    return ExitCode.DONE
