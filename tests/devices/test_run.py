"""The command line of one appliance, against a real broker."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import aiomqtt
import pytest

from devices.__main__ import main
from devices.credentials import load_credentials, save_credentials
from tests.devices.builders import some_credentials
from tests.devices.mosquitto import free_tcp_port, open_mosquitto
from tests.devices.runtime_desk import CODE, answer_pairing

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["run", "toaster", "--mqtt", "127.0.0.1:1", "--credentials", "x"],
        ["run", "fridge", "--credentials", "x"],
        ["run", "fridge", "--mqtt", "nowhere", "--credentials", "x"],
        ["run", "fridge", "--coap", "127.0.0.1:1", "--credentials", "x"],
        ["run", "fridge", "--mqtt", "h:1", "--credentials", "x", "--clock", "fast"],
        ["pair", "fridge", "--mqtt", "h:1", "--credentials", "x"],
    ],
)
def test_a_wrong_command_line_is_a_usage_error(arguments: list[str]) -> None:
    """Exit code 2, and nothing is started."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)


def test_an_appliance_that_is_not_paired_does_not_run(tmp_path: Path) -> None:
    """Exit code 1."""
    path = str(tmp_path / "nothing.json")

    assert main(["run", "fridge", "--mqtt", "127.0.0.1:1", "--credentials", path]) == 1


def test_a_word_that_is_no_code_is_refused(tmp_path: Path) -> None:
    """Exit code 3, as for any refusal, and no credentials appear."""
    path = tmp_path / "fridge.json"
    where = ["--mqtt", "127.0.0.1:1", "--credentials", str(path)]

    assert main(["pair", "fridge", *where, "--code", "WRONG"]) == 3
    assert not path.exists()


@pytest.mark.slow
def test_a_runtime_that_is_not_there_cannot_be_reached(tmp_path: Path) -> None:
    """Exit code 4."""
    where = ["--mqtt", f"127.0.0.1:{free_tcp_port()}", "--credentials", str(tmp_path / "x")]

    assert main(["pair", "fridge", *where, "--code", "0123-4567-89AB"]) == 4


@pytest.mark.slow
async def test_an_appliance_runs_until_it_is_told_to_end(tmp_path: Path) -> None:
    """It sends its backlog in bounded packs, then says goodbye at SIGTERM and exits with 0."""
    port = free_tcp_port()
    credentials = tmp_path / "ereader.json"
    save_credentials(some_credentials(), credentials)
    command = (
        "-m", "devices", "run", "ereader", "--mqtt", f"127.0.0.1:{port}",
        "--credentials", str(credentials), "--clock", "4320@1795694400",
    )  # fmt: skip
    async with (
        open_mosquitto(tmp_path, port=port),
        asyncio.timeout(20),
        aiomqtt.Client("127.0.0.1", port, username="runtime", password="runtime") as eye,
    ):
        await eye.subscribe("doorstep/v1/ereader-7f3a/#", qos=1)
        appliance = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=CHECKOUT)
        messages = aiter(eye.messages)
        heard = [await anext(messages) for _ in range(4)]
        appliance.send_signal(signal.SIGTERM)
        code = await appliance.wait()
        async for message in messages:
            if message.payload == b"offline":
                break

    assert code == 0
    assert [str(one.topic).rpartition("/")[2] for one in heard] == [
        "availability", "manifest", "readings", "readings",
    ]  # fmt: skip
    assert len(json.loads(heard[2].payload)) == 168


@pytest.mark.slow
async def test_an_appliance_pairs_and_runs_in_one_go(tmp_path: Path) -> None:
    """With a code and no credentials yet: it pairs first, then runs under its new name."""
    port = free_tcp_port()
    credentials = tmp_path / "ereader.json"
    command = (
        "-m", "devices", "run", "ereader", "--mqtt", f"127.0.0.1:{port}",
        "--credentials", str(credentials), "--code", CODE,
    )  # fmt: skip
    async with (
        open_mosquitto(tmp_path, port=port),
        asyncio.timeout(20),
        aiomqtt.Client("127.0.0.1", port, username="runtime", password="runtime") as eye,
    ):
        await eye.subscribe("doorstep/v1/#", qos=1)
        appliance = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=CHECKOUT)
        await answer_pairing(eye)
        async for message in eye.messages:
            if str(message.topic) == "doorstep/v1/ereader-7f3a/availability":
                break
        appliance.send_signal(signal.SIGTERM)
        code = await appliance.wait()

    assert code == 0
    assert load_credentials(credentials).device == "ereader-7f3a"
