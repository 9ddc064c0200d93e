"""Reads what authors wrote: a folder of TOML files, one per category."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from cloud_stub.campaign import CategoryOffers

SHIPPED = Path(__file__).parent / "offers"
"""The offers of the demo: fictitious sponsors, German prices."""

_PUBLIC_LIST = Path(__file__).parent / "categories.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One broken rule, precisely enough to mend it.

    Attributes:
        file: The TOML file's name.
        campaign: Its id; empty when the file as a whole is meant.
        field: Where, as a path in the campaign: `line-item/creative.de.title`.
        rule: What must hold there.
    """

    file: str
    campaign: str
    field: str
    rule: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.campaign, self.field) if part)
        return f"{where}: {self.rule}"


class AuthoringError(Exception):
    """Offers that cannot be signed as they are.

    Attributes:
        complaints: Every broken rule that was found; never empty.
    """

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints


def public_categories() -> frozenset[str]:
    """The public list of categories (docs/wire/categories.md), as the offer side knows it."""
    listed = tomllib.loads(_PUBLIC_LIST.read_text("utf-8"))
    return frozenset(name for names in listed.values() for name in names)


def read_offers(folder: Path) -> dict[str, CategoryOffers]:
    """Every file of the folder, by file name.

    Raises:
        AuthoringError: A file is not TOML or a field is missing or of a wrong type.
    """
    return {path.name: _read(path) for path in sorted(folder.glob("*.toml"))}


def _read(path: Path) -> CategoryOffers:
    try:
        written = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthoringError((_whole(path, f"TOML 1.0 in UTF-8: {error}"),)) from error
    try:
        return msgspec.convert(written, type=CategoryOffers)
    except msgspec.ValidationError as error:
        raise AuthoringError((_placed(path, written, str(error)),)) from error


def _whole(path: Path, rule: str) -> Complaint:
    return Complaint(file=path.name, campaign="", field="", rule=rule)


def _placed(path: Path, written: Mapping[str, Any], error: str) -> Complaint:
    """What msgspec says (`rule - at `$.campaigns[3].…``), with the campaign's own name."""
    rule, _, where = error.partition(" - at `$.")
    found = re.match(r"campaigns\[(\d+)\]\.?(.*?)`?$", where)
    if not found:
        return Complaint(file=path.name, campaign="", field=where.strip("`"), rule=rule)
    campaign = written["campaigns"][int(found[1])]
    name = str(campaign.get("id", found[1])) if isinstance(campaign, dict) else found[1]
    return Complaint(file=path.name, campaign=name, field=found[2], rule=rule)
