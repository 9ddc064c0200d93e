"""Have a catalogue verified in a process of its own, which ends when it has said its verdict.

Hostile metadata is parsed where nothing private is, and what TUF's client needs in memory (some
5 MiB of modules) is needed a few times a day instead of always (docs/adr/0009).
"""

import asyncio
import base64
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from edge.adapters.vouched import Vouched, from_json
from edge.errors import UntrustedCatalogueError

PATIENCE_S = 60.0
"""A verdict takes half a second; a slow card may take longer to start Python."""

Verify = Callable[[Path, Path, bytes, datetime], Awaitable[Vouched]]
"""Source folder, our memory's folder, trusted root, now; raises UntrustedCatalogueError."""


async def verify_apart(source: Path, memory: Path, root: bytes, now: datetime) -> Vouched:
    """The verdict of `python -m edge.adapters.catalogue_verification`.

    Raises:
        UntrustedCatalogueError: The signatures do not vouch for it, or there was no verdict.
    """
    asked = {
        "source": str(source),
        "memory": str(memory),
        "root": base64.b64encode(root).decode(),
        "now": now.isoformat(),
    }
    verdict = await _ask(json.dumps(asked).encode())
    if "attack" in verdict:
        raise UntrustedCatalogueError(verdict["attack"], verdict["detail"])
    return from_json(verdict["vouched"])


async def _ask(asked: bytes) -> dict[str, str]:
    program = (sys.executable, "-m", "edge.adapters.catalogue_verification")
    process = await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE)
    try:
        async with asyncio.timeout(PATIENCE_S):
            told, _ = await process.communicate(asked)
        verdict: dict[str, str] = json.loads(told)
    except (TimeoutError, ValueError) as error:
        raise UntrustedCatalogueError("no verdict", "the verification did not end well") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return verdict
