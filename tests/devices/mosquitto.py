"""A Mosquitto of the tests' own, on loopback, with the users and the ACL of docs/wire/mqtt.md."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

ACL = """\
user ereader-7f3a
topic readwrite doorstep/v1/ereader-7f3a/#
user pairing
topic readwrite doorstep/v1/pairing/#
user runtime
topic readwrite doorstep/v1/#
"""


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found:
        return found
    message = f"{name} is not installed (Debian: apt-get install mosquitto)"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def free_tcp_port() -> int:
    """A port nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _write_passwords(folder: Path) -> Path:
    passwords = folder / "passwords"
    passwords.write_text("ereader-7f3a:cGFzc3dvcmQ\npairing:pairing\nruntime:runtime\n")
    hashing = await asyncio.create_subprocess_exec(
        _program("mosquitto_passwd"), "-U", str(passwords)
    )
    await hashing.wait()
    return passwords


@asynccontextmanager
async def open_mosquitto(folder: Path, *, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run it until left; it answers when this returns."""
    (folder / "acl").write_text(ACL)
    passwords = await _write_passwords(folder)
    config = folder / "mosquitto.conf"
    config.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous false\nuser root\nset_tcp_nodelay true\n"
        f"password_file {passwords}\nacl_file {folder / 'acl'}\n"
    )
    broker = await asyncio.create_subprocess_exec(
        _program("mosquitto"), "-c", str(config), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _answering(port)
        yield broker
    finally:
        if broker.returncode is None:
            broker.terminate()
        await broker.wait()


async def _answering(port: int) -> None:
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return
    pytest.fail("mosquitto does not answer")
