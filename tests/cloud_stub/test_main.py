"""The offer side's commands, and their exit codes."""

import shutil
from pathlib import Path

import pytest

from cloud_stub.__main__ import main
from cloud_stub.authoring import SHIPPED

CLOCK = ["--clock", "1@1795392000"]


def roots(folder: Path) -> list[str]:
    """The root versions that were published."""
    return sorted(path.name for path in (folder / "repository" / "metadata").glob("*.root.json"))


def test_lint_says_how_many_offers_are_good(capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped offers keep every rule."""
    assert main(["lint"]) == 0
    assert "offers in 37 categories keep every rule" in capsys.readouterr().out


def test_a_bad_offer_is_refused_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, one complaint per line, nothing signed."""
    spoilt = tmp_path / "offers"
    spoilt.mkdir()
    text = (SHIPPED / "butter.toml").read_text("utf-8")
    (spoilt / "butter.toml").write_text(text.replace("Mild gesäuert.", "Nur heute!"), "utf-8")
    command = ["sign", "--dir", str(tmp_path / "out"), "--offers", str(spoilt), *CLOCK]
    assert main(command) == 3
    assert (
        "butter.toml: lind-butter: hay-milk/plain.de.body: no pressure" in capsys.readouterr().err
    )
    assert not (tmp_path / "out").exists()


def test_signing_makes_a_repository_and_rotating_moves_its_root(tmp_path: Path) -> None:
    """A rotated key is a second root; a rotated category key is not."""
    offers = tmp_path / "offers"
    offers.mkdir()
    shutil.copy(SHIPPED / "butter.toml", offers)
    common = ["--dir", str(tmp_path / "out"), "--offers", str(offers), *CLOCK]
    assert main(["sign", *common]) == 0
    assert main(["rotate-keys", *common, "--key", "offers"]) == 0
    assert roots(tmp_path / "out") == ["1.root.json"]
    assert main(["rotate-keys", *common, "--key", "timestamp"]) == 0
    assert roots(tmp_path / "out") == ["1.root.json", "2.root.json"]


@pytest.mark.parametrize(
    "arguments",
    [[], ["sign"], ["serve", "--dir", "x", "--coap", "nowhere"], ["relay", "--to", "x"]],
)
def test_wrong_usage_is_exit_code_two(arguments: list[str]) -> None:
    """As argparse has it."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
