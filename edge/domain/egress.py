"""What left the home: each message, and the sums people care about."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressMessage:
    """One outgoing message, as it was recorded before it was sent.

    Attributes:
        at: UTC.
        channel: `coap` or `mqtt`.
        to: The relay's address.
        purpose: The purpose whose grant allows it: `offer`.
        asks_for: The public file it asks for, or what else it says.
        size: Its plaintext length in bytes.
        explained: Whether consent, schedule and public catalogue account for every byte of it.
    """

    at: datetime
    channel: str
    to: str
    purpose: str
    asks_for: str
    size: int
    explained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressSummary:
    """The totals.

    Attributes:
        messages: How many left.
        size: Their plaintext bytes.
        household_facts: How many of them the public catalogue does not explain; computed.
        pending: How many ask for a newer catalogue than the one verified at home; judged with it.
    """

    messages: int
    size: int
    household_facts: int
    pending: int = 0
