"""A wrong word, a wrong setting and a house that is not there each end with their own code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from edge.__main__ import main

CONFIG = """
[edge]
state = "{folder}/state"
exchange = "{folder}/exchange"
[catalogue]
relay = "127.0.0.1:9"
server_name = "catalogue.example"
ca = "{folder}/missing.pem"
root = "{folder}/missing.json"
"""


@pytest.fixture
def config(tmp_path: Path) -> str:
    """Settings of a house that nobody has started."""
    file = tmp_path / "edge.toml"
    file.write_text(CONFIG.format(folder=tmp_path), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    "command",
    [
        ["pair"],
        ["consent"],
        ["explain", "--latest"],
        ["ledger"],
        ["export"],
        ["forget", "fridge-0001"],
        ["forget", "--everything", "--yes"],
    ],
    ids=" ".join,
)
def test_a_house_that_is_not_running_is_unreachable(
    config: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 4, and the message says how to start it."""
    assert main([*command, "--config", config, "--json"]) == 4
    assert "edge run" in json.loads(capsys.readouterr().err.splitlines()[-1])["error"]


@pytest.mark.parametrize(
    "command",
    [
        ["consent", "grant", "--device", "fridge-0001"],
        ["forget"],
        ["forget", "fridge-0001", "--everything"],
        ["forget", "--everything"],
    ],
    ids=" ".join,
)
def test_half_a_command_is_a_usage_error(config: str, command: list[str]) -> None:
    """Exit code 2; forgetting everything must be said twice."""
    assert main([*command, "--config", config]) == 2


def test_an_unknown_command_is_a_usage_error(config: str) -> None:
    """Exit code 2, as argparse has it."""
    with pytest.raises(SystemExit) as ended:
        main(["fly", "--config", config])

    assert ended.value.code == 2


def test_a_wrong_setting_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and the setting's name, nothing else."""
    assert main(["doctor", "--config", str(tmp_path / "nowhere.toml")]) == 2
    assert "nowhere.toml" in capsys.readouterr().err


def test_the_doctor_says_what_is_missing(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No trust anchor: bad, exit code 1."""
    assert main(["doctor", "--config", config, "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    bad = [finding["text"] for finding in findings if finding["verdict"] == "bad"]
    assert len(bad) == 2
    assert all("missing" in text for text in bad)


@pytest.mark.slow
def test_a_house_that_cannot_open_says_why_in_one_line(config: str) -> None:
    """The trust anchor is missing: a setting's error, also out of a task group.

    In a process of its own: the runtime confines the process it runs in, for good.
    """
    command = [sys.executable, "-m", "edge", "run", "--config", config]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)

    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith("setting catalogue.ca")
