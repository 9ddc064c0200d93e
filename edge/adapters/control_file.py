"""Tell local programs of the same user where the runtime is and what opens its interface."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

OWNER_ONLY = 0o600


@asynccontextmanager
async def control_file(folder: Path, *, page: str, token: str) -> AsyncIterator[None]:
    """Keep `control.json` (0600) in the folder while the context lasts."""
    path = folder / "control.json"
    address = urlsplit(page)
    told = {"host": address.hostname, "port": address.port, "token": token}
    await asyncio.to_thread(_write, path, json.dumps(told))
    try:
        yield
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


def _write(path: Path, content: str) -> None:
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        file.write(content)
    partial.replace(path)
