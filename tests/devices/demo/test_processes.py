"""Programs end when the demo ends, however it ends."""

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from devices.demo.processes import Launcher, ProgramError
from tests.devices.demo.alive import is_alive

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).resolve().parents[3]


def python(*statements: str) -> tuple[str, ...]:
    return (sys.executable, "-c", "; ".join(statements))


SLEEP = "import sys, time", "print('up', flush=True)", "time.sleep(600)"
SLEEPER = python(*SLEEP)
STUBBORN = python("import signal", "signal.signal(signal.SIGTERM, signal.SIG_IGN)", *SLEEP)
PARENT = python(
    "import subprocess, sys, time",
    f"child = subprocess.Popen({SLEEPER!r}, stdout=subprocess.DEVNULL)",
    "print(child.pid, flush=True)",
    "time.sleep(600)",
)
FAILING = python("import sys", "sys.stderr.write('no butter')", "sys.exit(3)")


@pytest.fixture
def launcher(tmp_path: Path) -> Launcher:
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    return Launcher(folder=tmp_path, environment=environment)


async def said(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    async with asyncio.timeout(10):
        return (await process.stdout.readline()).decode().strip()


async def gone(pid: int) -> bool:
    """Within two seconds."""
    for _ in range(40):
        if not is_alive(pid):
            return True
        await asyncio.sleep(0.05)
    return False


async def test_a_program_ends_when_it_is_left(launcher: Launcher) -> None:
    """Asked politely, at once."""
    async with launcher.open_program("sleeper", SLEEPER, listen=True) as program:
        assert await said(program.process) == "up"

    assert program.process.returncode == -signal.SIGTERM


async def test_a_program_that_does_not_listen_ends_too(
    launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while, and for good."""
    monkeypatch.setattr("devices.demo.processes.END_PATIENCE", 0.2)

    async with launcher.open_program("stubborn", STUBBORN, listen=True) as program:
        assert await said(program.process) == "up"

    assert program.process.returncode == -signal.SIGKILL


async def test_what_a_program_started_ends_with_it(launcher: Launcher) -> None:
    """No grandchild stays behind."""
    async with launcher.open_program("parent", PARENT, listen=True) as program:
        grandchild = int(await said(program.process))
        assert is_alive(grandchild)

    assert await gone(grandchild)


async def test_a_program_that_ends_by_itself_is_noticed(launcher: Launcher) -> None:
    """With its exit code and the end of its log."""
    with pytest.RaisesGroup(pytest.RaisesExc(ProgramError, match=r"code 3\nno butter")):
        async with asyncio.TaskGroup() as tasks, AsyncExitStack() as stack:
            opened = launcher.open_program("failing", FAILING)
            tasks.create_task((await stack.enter_async_context(opened)).watch())
            await asyncio.sleep(10)


async def test_a_command_returns_what_it_printed(launcher: Launcher) -> None:
    """Or fails with the end of its log."""
    assert await launcher.run("echo", (sys.executable, "-c", "print('hello')")) == "hello\n"

    with pytest.raises(ProgramError, match="no butter"):
        await launcher.run("failing", FAILING)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a parent has ended")
async def test_programs_end_when_their_parent_is_killed() -> None:
    """Even by a signal that nobody can catch."""
    leashed = python(
        "import os, subprocess, sys, time",
        "leash = [sys.executable, '-m', 'devices.demo.leash', str(os.getpid())]",
        f"child = subprocess.Popen([*leash, *{SLEEPER!r}], stdout=subprocess.PIPE)",
        "child.stdout.readline()",
        "print(child.pid, flush=True)",
        "time.sleep(600)",
    )
    parent = await asyncio.create_subprocess_exec(
        *leashed, cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE
    )
    child = int(await said(parent))
    assert is_alive(child)

    parent.kill()
    await parent.communicate()

    assert await gone(child)
