"""Tells whoever started a process that it is ready, and where it listens."""

import json
from collections.abc import Mapping
from pathlib import Path

from cloud_stub.metadata_files import write_whole


def write_ready(path: Path | None, facts: Mapping[str, object]) -> None:
    """Write the facts as one JSON object, whole or not at all; None is nobody waiting."""
    if path is not None:
        write_whole(path, json.dumps(facts).encode())
