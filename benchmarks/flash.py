"""A block device of one's own, to count what really reaches the medium.

An ext4 file system on a loop device with direct I/O: the sectors written include the file
system's journal and SQLite's log. Needs root; without it there is no figure.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_SECTOR = 512
_NEEDED = ("losetup", "mkfs.ext4", "mount", "umount")


def can_measure() -> bool:
    """Whether this user may make a block device here."""
    return (
        os.geteuid() == 0 and all(map(shutil.which, _NEEDED)) and Path("/dev/loop-control").exists()
    )


@contextmanager
def block_device(folder: Path, *, size: str = "2G") -> Iterator[tuple[Path, Callable[[], int]]]:
    """A mounted folder, and a function that says how many bytes its device was given so far."""
    image, mount = folder / "flash.ext4", folder / "flash"
    mount.mkdir()
    _run("truncate", "-s", size, str(image))
    _run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", str(image))
    device = _run("losetup", "--show", "-f", "--direct-io=on", str(image))
    try:
        _run("mount", "-o", "noatime", device, str(mount))
        try:
            yield mount, lambda: _written(device)
        finally:
            _run("umount", str(mount))
    finally:
        _run("losetup", "-d", device)
        image.unlink()


def _written(device: str) -> int:
    statistics = Path("/sys/block", Path(device).name, "stat").read_text(encoding="ascii")
    return int(statistics.split()[6]) * _SECTOR


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- fixed commands
    return done.stdout.strip()
