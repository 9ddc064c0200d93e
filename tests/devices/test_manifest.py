"""Thing Descriptions."""

import json
from pathlib import Path
from typing import Any

import pytest

from devices.run import KINDS, Emulation
from tests.devices.builders import NOON

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/wire/manifest.md"


def the_example() -> dict[str, Any]:
    """The manifest in the wire document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    example: dict[str, Any] = json.loads(text.split("```json")[1].split("```")[0])
    return example


@pytest.mark.parametrize("kind", KINDS)
def test_a_manifest_has_the_terms_of_the_wire_document(kind: str) -> None:
    """The same terms at the top, and no term in a property that the document does not know."""
    manifest = Emulation(kind=kind, seed=1).sensors(joined=NOON).manifest()
    example = the_example()
    known = {"doorstep:usesPerPackage"}
    for described in example["properties"].values():
        known |= described.keys()

    assert manifest.keys() == example.keys()
    assert manifest["@context"] == example["@context"]
    assert all(described.keys() <= known for described in manifest["properties"].values())
