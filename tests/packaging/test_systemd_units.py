"""The units confine what they start: judged by systemd itself, and by what they must say."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path("packaging/systemd")
EXPOSURE_MOST = 2.0

units = pytest.mark.parametrize("unit", ["doorstep-edge.service", "doorstep-courier.service"])


@units
@pytest.mark.slow
def test_systemd_finds_little_exposure(unit: str) -> None:
    """`systemd-analyze security --offline` gives each at most 2.0 of 10."""
    program = shutil.which("systemd-analyze")
    if program is None:
        assert os.environ.get("CI") != "true", "systemd-analyze is missing"
        pytest.skip("systemd-analyze is not installed")
    done = subprocess.run(
        [program, "security", "--offline=true", "--no-pager", str(UNITS / unit)],
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d)", done.stdout + done.stderr)
    assert found
    assert float(found[1]) <= EXPOSURE_MOST


@units
def test_every_address_is_refused_first(unit: str) -> None:
    """Whatever is let through is let through by name."""
    assert "IPAddressDeny=any" in (UNITS / unit).read_text().splitlines()


def test_the_edge_may_reach_the_home_only() -> None:
    """Loopback, private and link-local addresses, and no other."""
    lines = (UNITS / "doorstep-edge.service").read_text().splitlines()
    allowed = {a for line in lines if line.startswith("IPAddressAllow=") for a in line[15:].split()}
    assert allowed == {
        "localhost", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
        "169.254.0.0/16", "fe80::/10", "fc00::/7",
    }  # fmt: skip


def test_the_courier_may_reach_nobody_until_the_product_names_its_relay() -> None:
    """There is no address in the unit itself: a missing drop-in fails closed."""
    lines = (UNITS / "doorstep-courier.service").read_text().splitlines()
    assert not [line for line in lines if line.startswith("IPAddressAllow=")]


def test_neither_can_read_what_the_other_keeps_to_itself() -> None:
    """Two users, and each other's folder out of reach."""
    edge = (UNITS / "doorstep-edge.service").read_text()
    courier = (UNITS / "doorstep-courier.service").read_text()
    assert "User=doorstep-edge\n" in edge
    assert "User=doorstep-courier\n" in courier
    assert "InaccessiblePaths=-/var/lib/doorstep-courier\n" in edge
    assert "InaccessiblePaths=-/var/lib/doorstep-edge\n" in courier
