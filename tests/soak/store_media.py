"""Media that fail on demand: one whose power is cut, one that is full.

Both are ext4 images on loop devices with direct I/O, so what they hold is what a flash chip would
hold. They need root; the one whose power is cut needs btrfs below it for an atomic snapshot.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

_FICLONE = 0x40049409
"""Linux's ioctl that makes one file share all blocks of another, at one instant."""


def require(*programs: str) -> None:
    """Skip where block devices cannot be made; CI must be able to."""
    missing = [name for name in programs if shutil.which(name) is None]
    if os.geteuid() != 0 or missing or not Path("/dev/loop-control").exists():
        message = f"needs root, loop devices and {', '.join(programs)}"
        if os.environ.get("CI") and os.geteuid() == 0 and Path("/dev/loop-control").exists():
            pytest.fail(message)
        pytest.skip(message)


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    """The image's file system, in that folder."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as undo:
        device = _run("losetup", "--show", "-f", "--direct-io=on", str(image))
        undo.callback(_run, "losetup", "-d", device)
        _run("mount", "-o", "noatime", device, str(folder))
        undo.callback(_run, "umount", str(folder))
        yield folder


@contextmanager
def small_disk(folder: Path, *, mebibytes: int) -> Iterator[Path]:
    """A disk that is soon full."""
    image = _formatted(folder / "small.img", f"{mebibytes}M", "mkfs.ext4", "-q", "-F", "-m", "0")
    with mounted(image, folder / "small") as disk:
        yield disk


class PowerCuts:
    """A disk whose state at one instant can be looked at."""

    def __init__(self, image: Path, disk: Path, folder: Path) -> None:
        self.disk = disk
        self._image = image
        self._folder = folder

    def cut(self) -> None:
        """Keep what the medium holds now; what is only in memory is not in it."""
        snapshot = self._image.with_name("cut.img")
        snapshot.unlink(missing_ok=True)
        with self._image.open("rb") as source, snapshot.open("wb") as target:
            fcntl.ioctl(target, _FICLONE, source.fileno())

    @contextmanager
    def after(self) -> Iterator[Path]:
        """The disk as it is when power comes back."""
        with mounted(self._image.with_name("cut.img"), self._folder / "after") as disk:
            yield disk


@contextmanager
def cuttable_disk(folder: Path) -> Iterator[PowerCuts]:
    """An ext4 disk whose image lies on btrfs."""
    below = _formatted(folder / "below.img", "2G", "mkfs.btrfs", "-q", "-f")
    with mounted(below, folder / "below") as pool:
        image = _formatted(
            pool / "disk.img", "256M", "mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0"
        )
        with mounted(image, folder / "disk") as disk:
            yield PowerCuts(image, disk, folder)


def _formatted(image: Path, size: str, *command: str) -> Path:
    _run("truncate", "-s", size, str(image))
    _run(*command, str(image))
    return image


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()
