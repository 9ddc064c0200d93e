"""Builders for the tests of the emulated appliances: valid values with one change."""

from datetime import UTC, datetime, timedelta
from typing import Any

from devices.credentials import Credentials, Oscore

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
"""A Thursday; 13:00 on the kitchen clock."""


def some_credentials(
    *, device: str = "ereader-7f3a", secret: bytes = bytes(range(16))
) -> Credentials:
    """Credentials as a pairing gives them."""
    oscore = Oscore(
        master_secret=secret, master_salt=bytes(8), sender_id=b"\x01", recipient_id=b"\x02"
    )
    return Credentials(
        device=device,
        password="cGFzc3dvcmQ",
        oscore=oscore,
        base_name="urn:uuid:9d2f2c1e-5a44-4c83-9d0c-0e7a4f8b1c11/",
        joined=NOON,
    )


def a_placement_body(**changes: object) -> dict[str, Any]:
    """A placement as docs/wire/placement.md has it."""
    body: dict[str, Any] = {
        "placement": "p-1",
        "surface": "fridge.door",
        "language": "de",
        "label": {"marker": "Anzeige", "sponsor": "Hofkäserei Lind", "payer": "Regional eG"},
        "title": "Süßrahmbutter, 250 g: 1,99 €",
        "body": "Aus Heumilch, im Laden am Markt.",
        "price": "1,99 € statt 2,59 €",
        "unitPrice": "7,96 €/kg",
        "conditions": "Bis Samstag, solange der Vorrat reicht.",
        "callToAction": "Auf die Einkaufsliste",
        "until": int((NOON + timedelta(hours=8)).timestamp()),
        "reactions": ["helpful", "save", "not_now", "not_interested", "already_have_it"],
    }
    return body | changes
