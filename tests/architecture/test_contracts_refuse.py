"""Each import contract is broken on purpose and must refuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import edge

ROOT = Path(edge.__file__).parents[1]
LINT = Path(sys.executable).with_name("lint-imports")

VIOLATIONS = {
    "a socket in domain": ("edge/domain/stock.py", "import socket"),
    "a log in domain": ("edge/domain/need.py", "import logging"),
    "dice in matching": ("edge/matching/ranking.py", "import random"),
    "the clock in needs": ("edge/needs/outlook.py", "import time"),
    "domain reaches up to flow": ("edge/domain/need.py", "import edge.flow"),
    "matching reaches sideways to wire": ("edge/matching/ranking.py", "import edge.wire.encoding"),
    "household reaches up to flow": ("edge/household/home.py", "import edge.flow"),
    "flow imports a broker client": ("edge/flow.py", "import aiomqtt"),
    "flow imports an adapter": ("edge/flow.py", "import edge.adapters.system_clock"),
    "an adapter gets an internet client": ("edge/adapters/system_clock.py", "import httpx"),
    "the courier imports domain": ("edge/courier/__init__.py", "import edge.domain.need"),
    "the courier opens a database": ("edge/courier/__init__.py", "import sqlite3"),
    "the runtime imports the courier": ("edge/runtime.py", "import edge.courier.schedule"),
    "the runtime imports an emulator": ("edge/runtime.py", "import devices"),
    "an emulator imports the runtime": ("devices/__init__.py", "import edge.domain.need"),
    "the cloud imports the runtime": ("cloud_stub/__init__.py", "import edge.wire.catalogue"),
    "an import hides in a function": (
        "edge/domain/need.py",
        "def later() -> None:\n    import edge.flow",
    ),
    "an undeclared room": ("edge/utils/__init__.py", '"""Anything."""'),
    "siblings in a circle": ("edge/domain/measures.py", "import edge.domain.reading"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code to break things in."""
    copy = tmp_path_factory.mktemp("house")
    for top in ("edge", "devices", "cloud_stub"):
        shutil.copytree(ROOT / top, copy / top, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def refusals(house: Path) -> str:
    """What the import linter says of this house; empty when every contract is kept."""
    run = subprocess.run(
        [LINT, "--no-cache"], cwd=house, capture_output=True, text=True, check=False, timeout=60
    )
    return "" if run.returncode == 0 else run.stdout


@pytest.mark.slow
def test_the_house_as_it_stands_is_accepted(house: Path) -> None:
    """Without a planted violation no contract is broken: the refusals below mean something."""
    assert refusals(house) == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_planted_violation_is_refused(house: Path, name: str) -> None:
    """Each contract notices what it exists for."""
    path, line = VIOLATIONS[name]
    file = house / path
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        assert "BROKEN" in refusals(house)
    finally:
        if before is None:
            shutil.rmtree(file.parent)
        else:
            file.write_text(before, encoding="utf-8")
