"""A whole demo, its programs played by stand-ins."""

import asyncio
import io
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from devices.__main__ import main
from devices.demo.front import Demo
from devices.demo.scenario import Scenario
from tests.devices.demo.alive import is_alive

CHECKOUT = Path(__file__).resolve().parents[3]
STAND_IN = (sys.executable, "-m", "tests.devices.demo.stand_in")
PROGRAMS = {name: (*STAND_IN, name) for name in ("cloud", "edge", "courier", "devices")}


@pytest.fixture(autouse=True)
def stand_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    monkeypatch.setenv("STAND_IN_LOG", str(tmp_path / "started"))


def started(folder: Path) -> dict[str, int]:
    """What was started, in order, with its process id."""
    log = folder / "started"
    lines = log.read_text().splitlines() if log.exists() else []
    return {" ".join(line.split()[1:4]): int(line.split()[0]) for line in lines}


async def played(folder: Path, *, seconds: float | None = 0.5) -> tuple[int, list[str]]:
    """Exit code and lines."""
    out = io.StringIO()
    state = folder / "state"
    state.mkdir()
    demo = Demo(scenario=Scenario(), folder=state, seconds=seconds, programs=PROGRAMS, out=out)
    async with asyncio.timeout(40):
        code = await demo.play_and_sum_up(as_json=True)
    return code, out.getvalue().splitlines()


def summary(lines: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(lines[-1])
    return said


@pytest.mark.slow
async def test_a_home_starts_plays_and_ends(tmp_path: Path) -> None:
    """Each program in its turn; page first and last; the last line sums it up; nobody is left."""
    code, lines = await played(tmp_path)

    assert code == 0
    assert summary(lines)["readings"] == 6
    assert summary(lines)["placements"] == {"fridge.door": 1}
    assert summary(lines)["egress"] == {"messages": 4, "bytes": 99, "household_facts": 0}
    assert sum("http://127.0.0.1:1/" in line for line in lines) == 2
    lasting = {"serve", "relay", "run"}
    assert [one for one in started(tmp_path) if lasting & set(one.split())] == [
        "cloud serve --dir", "cloud relay --to", "edge run --config",
        "devices run fridge", "devices run ereader",
    ]  # fmt: skip
    assert not any(is_alive(pid) for pid in started(tmp_path).values())


@pytest.mark.slow
async def test_an_appliance_is_allowed_before_it_runs(tmp_path: Path) -> None:
    """Paired, granted, run: so that nothing it says is lost."""
    await played(tmp_path)
    order = list(started(tmp_path))

    assert (
        order.index("devices pair fridge")
        < order.index("edge consent grant")
        < order.index("devices run fridge")
    )


@pytest.mark.slow
@pytest.mark.parametrize("program", ["cloud", "edge", "courier", "devices"])
async def test_a_program_that_fails_ends_the_demo(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    program: str,
) -> None:
    """Exit code 1, the reason on stderr, and nobody is left."""
    monkeypatch.setenv("STAND_IN_FAILS", program)

    code, lines = await played(tmp_path, seconds=20)

    assert code == 1
    assert "ended with code 7" in capsys.readouterr().err
    assert summary(lines)["complete"] is False
    assert not any(is_alive(pid) for pid in started(tmp_path).values())


@pytest.mark.slow
async def test_a_home_in_which_an_appliance_is_not_heard_is_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, though everything ran."""
    monkeypatch.setenv("STAND_IN_HEARS", "fridge-1")

    code, lines = await played(tmp_path)

    assert code == 1
    assert summary(lines)["complete"] is False


async def press_ctrl_c(folder: Path) -> None:
    """Once everything has started."""
    for _ in range(400):
        await asyncio.sleep(0.05)
        if "devices run ereader" in started(folder):
            break
    await asyncio.sleep(0.5)
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.slow
async def test_ctrl_c_ends_every_program(tmp_path: Path) -> None:
    """Cleanly, with a summary and exit code 0."""
    async with asyncio.TaskGroup() as tasks:
        play = tasks.create_task(played(tmp_path, seconds=None))
        tasks.create_task(press_ctrl_c(tmp_path))

    code, lines = play.result()

    assert code == 0
    assert summary(lines)["complete"] is True
    assert not any(is_alive(pid) for pid in started(tmp_path).values())


def test_a_folder_that_is_not_empty_is_not_used(tmp_path: Path) -> None:
    """Exit code 2: somebody's files are in it."""
    (tmp_path / "letter").touch()

    assert main(["demo", "--state", str(tmp_path)]) == 2


@pytest.mark.parametrize("speed", ["0.5", "100001", "fast"])
def test_a_speed_out_of_range_is_a_usage_error(speed: str) -> None:
    """Neither standing still nor faster than anything can follow."""
    with pytest.raises(SystemExit, match="2"):
        main(["demo", "--speed", speed])
