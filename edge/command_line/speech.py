"""What a command says on stdout: plain lines for people, one JSON object for programs."""

import json
import sys
from collections.abc import Iterable
from typing import Any


def say(told: dict[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    """Print the object with `--json`, else the lines."""
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def complain(message: str, *, as_json: bool) -> None:
    """Say on stderr what went wrong."""
    line = json.dumps({"error": message}, ensure_ascii=False) if as_json else message
    sys.stderr.write(line + "\n")


def progress(doing: str) -> None:
    """Say on stderr what takes a moment."""
    sys.stderr.write(f"{doing} …\n")
    sys.stderr.flush()
