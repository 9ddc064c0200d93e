"""The kernel's own list of sockets matches the table in docs/privacy.md."""

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from tests.story.street import Street, move_in, open_street

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

_OWNER = re.compile(r"pid=(\d+)")


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    """A street with the embedded broker."""
    if shutil.which("ss") is None:
        assert os.environ.get("CI") != "true", "ss is missing"
        pytest.skip("ss (package iproute2) is not installed")
    async with open_street(tmp_path) as street:
        await move_in(street)
        yield street


def sockets_of(pid: int) -> list[tuple[str, str, str]]:
    """Protocol, state and peer of each IP socket of the process and its children."""
    family = {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
    done = subprocess.run(["ss", "-tuanpH"], capture_output=True, text=True, check=True)
    found = []
    for line in done.stdout.splitlines():
        owners = {int(owner) for owner in _OWNER.findall(line)}
        if owners & family:
            protocol, state, _, _, _, peer, *_ = line.split()
            found.append((protocol, state, peer))
    return found


async def test_the_sockets_are_those_of_the_table(street: Street) -> None:
    """Edge: two listeners, one datagram socket, loopback peers; courier: the relay at most."""
    await street.until("placement", surface="fridge.door")
    edge = sockets_of(street.programs["edge"].process.pid)
    courier = sockets_of(street.programs["courier"].process.pid)
    assert sorted((p, s) for p, s, _ in edge if s in {"LISTEN", "UNCONN"}) == [
        ("tcp", "LISTEN"), ("tcp", "LISTEN"), ("udp", "UNCONN"),
    ]  # fmt: skip
    assert all(peer.startswith("127.0.0.1:") for _, s, peer in edge if s == "ESTAB")
    assert len(courier) <= 1
    assert all(protocol == "tcp" for protocol, _, _ in courier)


def test_the_table_names_no_more_and_no_less() -> None:
    """Five rows: four of the edge, one of the courier."""
    section = Path("docs/privacy.md").read_text("utf-8").partition("## Sockets")[2]
    rows = re.findall(r"^\| (edge|courier) \| (\S+),? ?", section.partition("##")[0], re.MULTILINE)
    assert [who for who, _ in rows] == ["edge"] * 4 + ["courier"]
