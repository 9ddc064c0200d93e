"""No line item gets in that would tell its advertiser whom it reached."""

from pathlib import Path
from typing import Any

import cbor2
import pytest

from cloud_stub.authoring import SHIPPED
from cloud_stub.publication import Publisher
from edge.domain.category import CategoryName
from edge.wire.catalogue import decode_category
from edge.wire.sniper import CONDITIONS_MOST, refusal
from tests.catalogue_world import category_file, documented_offer
from tests.fakes.clock import NOON


def an_offer(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a file can hold
    """The documented one, with changes."""
    return documented_offer() | changes


def saying(text: str) -> dict[str, Any]:
    """An offer whose German body says this."""
    offer = documented_offer()
    offer["words"]["de"]["body"] = text
    return offer


REGION = {"kind": "region", "is": "DE-BE"}


def test_the_documented_offer_may_be_used() -> None:
    """As it stands in the wire document."""
    assert refusal(documented_offer()) is None


def test_three_conditions_may_be_used_and_four_may_not() -> None:
    """The category is the first one; dayparts and regions have fields of their own."""
    three = an_offer(regions=["DE-BE"], dayparts=[{"start": "17:00", "until": "20:00"}])
    assert refusal(three) is None
    assert refusal(three | {"targeting": [REGION]}) == "too many conditions"
    assert refusal(an_offer(targeting=[REGION] * CONDITIONS_MOST)) == "too many conditions"


@pytest.mark.parametrize(
    "changes",
    [
        {"targeting": [{"kind": "household_size", "is": 4}]},
        {"targeting": [{"is": 4}]},
        {"targeting": ["region"]},
        {"targeting": "everybody in one street"},
    ],
)
def test_what_is_not_understood_is_left_out(changes: dict[str, Any]) -> None:
    """A condition of an unknown kind, or of no kind, or no condition at all."""
    assert refusal(an_offer(**changes)) == "unknown condition"


@pytest.mark.parametrize(
    "text",
    [
        "Für die Zeit der Schwangerschaft.",
        "For people with a recent diagnosis.",
        "Jetzt auch halal.",
        "Zum Wahlkampf die Hälfte.",
        "Erotik für zwei.",
        "Nur für Kinder unter zwölf.",
    ],
)
def test_sensitive_offers_are_left_out(text: str) -> None:
    """Nobody is addressed by health, faith, opinion, sexuality or age."""
    assert refusal(saying(text)) == "sensitive category"


@pytest.mark.parametrize(
    "text",
    [
        "Mehr auf https://lind.example/x",
        "Mehr auf www.lind.example",
        "Mehr auf lind.de",
        "Bild: tracker.png",
        "Code 7f3a9b21c004d5",
    ],
)
def test_links_and_identifiers_are_left_out(text: str) -> None:
    """Nothing to be followed, nothing to be recognised by."""
    assert refusal(saying(text)) == "link or identifier"


@pytest.mark.parametrize(
    "changes",
    [{"image": "https://lind.example/butter"}, {"media": [{"source": "pixel.gif"}]}],
)
def test_nothing_can_be_loaded_from_outside(changes: dict[str, Any]) -> None:
    """An address in a field that nobody documented counts as much as one in a text."""
    assert refusal(an_offer(**changes)) == "link or identifier"


def test_a_sniper_is_left_out_by_itself() -> None:
    """The other offers of its file stay."""
    sniper = an_offer(identifier="lind-butter/week-48/sharp", targeting=[{"kind": "income"}])
    offers = decode_category(category_file(documented_offer(), sniper), CategoryName("butter"))
    assert [offer.id for offer in offers] == [documented_offer()["identifier"]]


def test_every_shipped_offer_may_be_used(tmp_path: Path) -> None:
    """The rules leave out nothing that honest authors wrote."""
    Publisher(tmp_path, SHIPPED).publish(now=NOON)
    files = [cbor2.loads(path.read_bytes()) for path in tmp_path.rglob("*.offers.cbor")]
    refused = [(o["identifier"], refusal(o)) for f in files for o in f["offers"] if refusal(o)]
    assert len(files) >= 20
    assert refused == []
