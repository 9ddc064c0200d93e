"""A placement on the wire: one language, all that must be shown, alike in both encodings."""

import json

import cbor2
import pytest

from edge.domain.reaction import ReactionKind
from edge.wire.encoding import PAYLOAD_MOST, Encoding
from edge.wire.placement import encode_placement
from tests.builders import a_placement, an_offer


def test_both_encodings_have_the_same_names_and_values() -> None:
    """CBOR says what JSON says."""
    placement = a_placement()
    in_json = encode_placement(placement, language="de", encoding=Encoding.JSON)
    in_cbor = encode_placement(placement, language="de", encoding=Encoding.CBOR)
    assert json.loads(in_json) == cbor2.loads(in_cbor)


@pytest.mark.parametrize(
    ("language", "marker", "title"),
    [
        ("de", "Anzeige", "Süßrahmbutter, 250 g: 1,99 €"),
        ("en", "Ad", "Sweet cream butter, 250 g: €1.99"),
        ("fr", "Anzeige", "Süßrahmbutter, 250 g: 1,99 €"),
    ],
)
def test_everything_is_in_one_language(language: str, marker: str, title: str) -> None:
    """The household's, or German where the offer has no other words."""
    tree = json.loads(encode_placement(a_placement(), language=language, encoding=Encoding.JSON))
    assert (tree["label"]["marker"], tree["title"]) == (marker, title)
    assert tree["language"] == ("en" if language == "en" else "de")


def test_all_eight_answers_are_offered() -> None:
    """An appliance shows buttons from this list, in this order."""
    tree = json.loads(encode_placement(a_placement(), language="de", encoding=Encoding.JSON))
    assert tree["reactions"] == [kind.value for kind in ReactionKind]


@pytest.mark.parametrize("encoding", Encoding)
def test_a_placement_fits_in_a_payload(encoding: Encoding) -> None:
    """Also the longest that a catalogue may hold: what we send is within our own limit."""
    offer = an_offer(sponsor="ä" * 200)
    payload = encode_placement(a_placement(offer=offer), language="de", encoding=encoding)
    assert len(payload) < PAYLOAD_MOST // 8
