"""The figures that the built-in household is made of."""

import gzip
import sys
from pathlib import Path

import pytest

from benchmarks import household_figures
from devices.household import BUILT_IN
from tests.devices.test_purchases import data_folder


def printed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setattr(sys, "argv", ["household_figures", "--data", str(folder)])
    household_figures.main()
    return capsys.readouterr().out


def test_intervals_and_weekdays_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twelve households that buy everything each fourth week, on a Monday."""
    items = ("butter", "milk", "cheese", "eggs", "yogurt")
    lines = [
        f"{household},{day},{item}"
        for household in range(12)
        for day in range(0, 28 * 12, 28)
        for item in items
    ]
    (tmp_path / "events.csv.gz").write_bytes(
        gzip.compress("\n".join(["household,day,need", *lines]).encode())
    )

    text = printed(tmp_path, monkeypatch, capsys)

    assert "butter   every 28.0 28.0 28.0 days, variation 0.00, 12 households" in text
    assert "weekdays 1.000 0.000" in text


@pytest.mark.slow
def test_the_built_in_household_has_the_figures_of_the_real_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Intervals, weekdays and shopping days are those that the command prints."""
    text = printed(data_folder() / "bench/coop", monkeypatch, capsys)

    for staple in BUILT_IN.staples:
        assert f"{staple.name:8} every {staple.days_per_package} " in text
    assert "weekdays " + " ".join(f"{share:.3f}" for share in BUILT_IN.weekdays) in text
    assert f" {BUILT_IN.shopping_days}\n" in text
