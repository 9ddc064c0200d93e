"""The front door: arguments to one command."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from edge import __version__
from edge.command_line import consent, doctor, explain, export, forget, ledger, pair, replay, run
from edge.command_line.exit_codes import ExitCode
from edge.command_line.speech import complain
from edge.errors import EdgeError, RefusedError, SettingsError, UnreachableError
from edge.settings import read_settings

COMMANDS: dict[str, ModuleType] = {
    "run": run,
    "doctor": doctor,
    "pair": pair,
    "consent": consent,
    "explain": explain,
    "replay": replay,
    "ledger": ledger,
    "export": export,
    "forget": forget,
}

CODES: dict[type[EdgeError], ExitCode] = {
    SettingsError: ExitCode.USAGE,
    RefusedError: ExitCode.REFUSED,
    UnreachableError: ExitCode.UNREACHABLE,
}
"""Every other error of ours is a failure."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = read_settings(parsed.config, os.environ)
        return int(COMMANDS[parsed.command].run(parsed, settings))
    except (EdgeError, ExceptionGroup) as raised:
        error = _ours(raised)
        if error is None:
            raise
        complain(str(error), as_json=parsed.json)
        return int(_code(error))


def _ours(raised: BaseException) -> EdgeError | None:
    """The first error of ours, also one that a TaskGroup has wrapped."""
    if isinstance(raised, EdgeError):
        return raised
    leaves = raised.exceptions if isinstance(raised, BaseExceptionGroup) else ()
    return next(filter(None, map(_ours, leaves)), None)


def _code(error: EdgeError) -> ExitCode:
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), ExitCode.FAILED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doorstep-edge", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=(command.__doc__ or "").partition(": ")[2].strip())
        one.add_argument("--config", type=Path, default=Path("/etc/doorstep/edge.toml"))
        one.add_argument("--json", action="store_true", help="one JSON object on stdout")
        command.add_arguments(one)
    return parser


if __name__ == "__main__":
    sys.exit(main())
