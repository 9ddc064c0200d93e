"""Whether a process is there, dead ones that nobody has collected yet not counted."""

import os
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether it still runs."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        if stat.parent.parent.is_dir():  # Linux
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
        os.kill(pid, 0)
    except OSError:
        return False
    return True
