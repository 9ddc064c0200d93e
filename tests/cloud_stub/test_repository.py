"""What is signed when, with which key, and what is kept."""

import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cloud_stub.keys import KEYS, KeyRing
from cloud_stub.repository import EARLIER_MOST, LIFE, Repository
from tests.fakes.clock import NOON

TICK = timedelta(seconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a repository has been published once."""
    published(tmp_path)
    return tmp_path


def published(folder: Path, *, later: timedelta = timedelta(), **files: bytes) -> None:
    """Publish these files, or the usual two."""
    contents = {"butter": b"b", "milk": b"m"} | files
    Repository(folder / "repository", KeyRing(folder / "keys")).publish(contents, now=NOON + later)


def names(folder: Path) -> set[str]:
    """The metadata that is there."""
    return {path.name for path in (folder / "repository" / "metadata").iterdir()}


def signed(folder: Path, name: str) -> dict[str, Any]:
    """The signed part of a metadata file."""
    content = json.loads((folder / "repository" / "metadata" / name).read_text())
    part: dict[str, Any] = content["signed"]
    return part


def test_a_first_publication_has_every_layer(folder: Path) -> None:
    """Root, head, snapshot, targets and one role per category."""
    expected = {"timestamp.json", *(f"1.{r}.json" for r in ("root", "snapshot", "targets"))}
    assert names(folder) == expected | {"1.butter.json", "1.milk.json"}


def test_nothing_new_is_a_new_head_only(folder: Path) -> None:
    """The head is always fresh; nothing else is signed again."""
    before = names(folder)
    published(folder, later=timedelta(hours=6))
    assert names(folder) == before
    assert signed(folder, "timestamp.json")["version"] == 2


def test_what_changed_is_signed_and_nothing_else(folder: Path) -> None:
    """A change of butter moves butter, the snapshot and the head."""
    before = names(folder)
    published(folder, butter=b"new")
    assert names(folder) - before == {"2.butter.json", "2.snapshot.json"}


def test_each_layer_pins_the_one_below(folder: Path) -> None:
    """The head holds the snapshot's digest, the snapshot those of all roles."""
    assert "hashes" in signed(folder, "timestamp.json")["meta"]["snapshot.json"]
    metas = signed(folder, "1.snapshot.json")["meta"]
    assert set(metas) == {"targets.json", "butter.json", "milk.json"}
    assert all("hashes" in meta for meta in metas.values())


@pytest.mark.parametrize(
    ("role", "life"), [("snapshot", LIFE["snapshot"]), ("targets", LIFE["targets"])]
)
def test_a_role_is_signed_again_at_half_its_life(folder: Path, role: str, life: timedelta) -> None:
    """At half its life it still stands, one tick later it is signed anew."""
    published(folder, later=life / 2)
    assert f"2.{role}.json" not in names(folder)
    published(folder, later=life / 2 + TICK)
    assert f"2.{role}.json" in names(folder)


def test_the_root_is_renewed_too(folder: Path) -> None:
    """A catalogue that runs for years never expires by itself."""
    published(folder, later=LIFE["root"] / 2 + TICK)
    assert {"1.root.json", "2.root.json"} <= names(folder)


def test_two_versions_are_kept(folder: Path) -> None:
    """The newest, and the one that a pull under way may still be reading; with their files."""
    for content in (b"1", b"2", b"3"):
        published(folder, butter=content)
    assert {name for name in names(folder) if "butter" in name} == {
        "3.butter.json",
        "4.butter.json",
    }
    assert len(list((folder / "repository" / "targets" / "butter").iterdir())) == 2


def test_earlier_digests_are_remembered_up_to_a_limit(folder: Path) -> None:
    """A home can explain what it asked for; the list does not grow for ever."""
    for number in range(EARLIER_MOST + 5):
        published(folder, butter=str(number).encode())
    newest = f"{EARLIER_MOST + 6}.butter.json"
    target = signed(folder, newest)["targets"]["butter/offers.cbor"]
    assert len(target["custom"]["earlier"]) == EARLIER_MOST
    assert target["hashes"]["sha256"] not in target["custom"]["earlier"]


def test_keys_are_for_their_owner_only(folder: Path) -> None:
    """No key file can be read by anybody else."""
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder / "keys").iterdir()}
    assert modes == {0o600}
    assert {path.stem for path in (folder / "keys").iterdir()} == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_replaced_key_is_published_with_the_next_head(folder: Path, key: str) -> None:
    """Replacing and publishing is all there is to a rotation."""
    KeyRing(folder / "keys").replace(key)
    published(folder)
    changed = {"offers": {"2.targets.json", "2.butter.json", "2.milk.json", "2.snapshot.json"}}
    expected = changed.get(key, {"2.root.json"})
    assert expected <= names(folder)


def test_an_interrupted_publication_is_mended_by_the_next(folder: Path) -> None:
    """A role that was signed while its snapshot was not is taken up."""
    published(folder, butter=b"new")
    metadata = folder / "repository" / "metadata"
    (metadata / "2.snapshot.json").unlink()
    published(folder, butter=b"new")
    assert signed(folder, "2.snapshot.json")["meta"]["butter.json"]["version"] == 2
