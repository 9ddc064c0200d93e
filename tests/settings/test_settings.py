"""A setting that does nothing is an error, and every error names its setting."""

from pathlib import Path

import pytest

from edge.errors import SettingsError
from edge.settings import read_settings

GOOD = """
[edge]
state = "/var/lib/doorstep"
exchange = "/var/lib/doorstep-exchange"
[catalogue]
relay = "relay.example:443"
server_name = "catalogue.example"
ca = "/etc/doorstep/ca.pem"
root = "/etc/doorstep/root.json"
"""


def read(tmp_path: Path, text: str) -> object:
    """The settings of a file with that text."""
    file = tmp_path / "edge.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file, {"DOORSTEP_CLOCK": "60@0"})


def test_the_least_settings_are_enough(tmp_path: Path) -> None:
    """The rest has defaults, all of them on loopback."""
    settings = read(tmp_path, GOOD)

    assert getattr(settings, "clock", "") == "60@0"
    assert "127.0.0.1" in repr(settings)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD + "[web]\nprot = 1\n", "web"),
        (GOOD + "[web]\nport = 70000\n", "web.port"),
        (GOOD + '[local]\nbroker = "rabbit"\n', "local.broker"),
        (GOOD.replace('state = "/var/lib/doorstep"', "state = 3"), "edge.state"),
        (GOOD.replace('relay = "relay.example:443"', ""), "catalogue"),
        (GOOD + 'region = "DE-BE"\n', "catalogue.region"),
        ("[edge", "edge.toml"),
    ],
    ids=["unknown", "range", "choice", "type", "missing", "too fine a region", "not TOML"],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    """The message says which."""
    with pytest.raises(SettingsError, match=named):
        read(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Nobody guesses settings."""
    with pytest.raises(SettingsError, match="nowhere"):
        read_settings(tmp_path / "nowhere.toml", {})
