"""Reading somebody's purchases from CSV."""

import gzip
import os
from pathlib import Path

import pytest

from devices import purchases
from devices.purchases import PurchasesError, parse_household, read_purchases
from devices.replay import replay

ITEMS = "item,need,levels\n7,butter,FRESH > BUTTER\n8,milk,FRESH > MILK\n"


def a_file(folder: Path, text: str, *, items: str | None = None) -> Path:
    path = folder / "events.csv"
    path.write_text(text)
    if items:
        (folder / "items.csv.gz").write_bytes(gzip.compress(items.encode()))
    return path


def test_one_household_is_read_with_the_names_beside(tmp_path: Path) -> None:
    """The first household unless another is named; days ascending, once each."""
    text = "household,basket,day,item\n1,0,9,7\n1,0,9,8\n1,1,3,7\n1,1,3,7\n2,0,4,7\n"
    path = a_file(tmp_path, text, items=ITEMS)

    assert read_purchases(path).days == {"butter": (3, 9), "milk": (9,)}
    assert read_purchases(path, "2").days == {"butter": (4,)}


def test_a_file_may_name_needs_itself(tmp_path: Path) -> None:
    """`day,need`, without households and without a table of items."""
    path = a_file(tmp_path, "day,need\n1,butter\n5,butter\n")

    assert read_purchases(path).days == {"butter": (1, 5)}


def test_a_file_may_be_gzipped(tmp_path: Path) -> None:
    """As the published sets are."""
    path = tmp_path / "events.csv.gz"
    path.write_bytes(gzip.compress(b"day,need\n1,butter\n"))

    assert read_purchases(path).days == {"butter": (1,)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "no dated purchases"),
        ("day,need\n", "no dated purchases"),
        ("day,need\n,butter\n", "no dated purchases"),
        ("when,need\n1,butter\n", "needs the columns"),
        ("day,what\n1,butter\n", "needs the columns"),
        ("day,need\n1\n", "line 2: needs 2 fields"),
        ("day,need\n1,milk\n-1,butter\n", "line 3: day must be a whole number"),
        ("day,need\n20001,butter\n", "line 2: day must be at most 20000"),
        ("day,need\n99999999999,butter\n", "line 2: day must be a whole number"),
        ("day,need\n1," + "x" * 1000, "characters"),
    ],
)
def test_another_file_is_refused_with_its_line(tmp_path: Path, text: str, rule: str) -> None:
    """The rule that was broken is named, and nothing that was bought."""
    with pytest.raises(PurchasesError, match=rule) as refused:
        read_purchases(a_file(tmp_path, text))

    assert "butter" not in str(refused.value)


def test_a_file_is_not_read_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many lines are read and not one more."""
    monkeypatch.setattr(purchases, "LINES_MOST", 3)
    path = a_file(tmp_path, "day,need\n1,milk\n2,milk\n")
    assert read_purchases(path).days == {"milk": (1, 2)}

    with pytest.raises(PurchasesError, match="lines"):
        read_purchases(a_file(tmp_path, "day,need\n1,milk\n2,milk\n3,milk\n"))


@pytest.mark.parametrize("content", [b"\x1f\x8b broken", b"no gzip at all", b""])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Not gzip, or cut off."""
    path = tmp_path / "events.csv.gz"
    path.write_bytes(content)

    with pytest.raises(PurchasesError):
        read_purchases(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """In words, not in a traceback."""
    with pytest.raises(PurchasesError, match="No such file"):
        read_purchases(tmp_path / "nothing.csv")


def test_a_household_may_be_named_behind_a_colon(tmp_path: Path) -> None:
    """Unless the file's own name has it."""
    odd = tmp_path / "a:b"
    odd.touch()

    assert parse_household("events.csv:12") == (Path("events.csv"), "12")
    assert parse_household("events.csv") == (Path("events.csv"), None)
    assert parse_household(str(odd)) == (odd, None)


def data_folder() -> Path:
    """Where the real households are; without them the test is skipped."""
    beside = Path(__file__).resolve().parents[2].parent / "shared/data"
    folder = Path(os.environ.get("DOORSTEP_DATA", beside))
    if not folder.is_dir():
        pytest.skip("no real households here: set DOORSTEP_DATA to the data folder")
    return folder


@pytest.mark.parametrize("name", ["coop/events.csv.gz:13", "us_cj79/events.csv.gz:253"])
def test_real_households_can_be_read(name: str) -> None:
    """The dated samples give a larder; its twin on synthetic purchases is in test_replay."""
    path, household = parse_household(str(data_folder() / "sample" / name))

    larder = replay(read_purchases(path, household))

    assert "milk" in larder.items


def test_sets_without_dates_are_refused() -> None:
    """An order of baskets says nothing about days."""
    with pytest.raises(PurchasesError, match="no dated purchases"):
        read_purchases(data_folder() / "sample" / "tafeng_rc/events.csv.gz")
