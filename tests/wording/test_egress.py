"""What left is told in plain words, and what cannot be explained is said first."""

from dataclasses import replace

from edge.domain.egress import EgressMessage, EgressSummary
from edge.wording.egress import tell_message, tell_summary
from tests.fakes.clock import NOON
from tests.texts import a_voice

MESSAGE = EgressMessage(
    at=NOON,
    channel="coap",
    to="relay.example:5684",
    purpose="offer",
    asks_for="timestamp.json",
    size=412,
    explained=True,
)


def test_a_request_is_told_by_what_it_asked_for() -> None:
    """A file of the public catalogue."""
    assert tell_message(MESSAGE, a_voice("en")) == "Asked for the public catalogue: timestamp.json"


def test_an_unexplained_message_is_not_called_a_request() -> None:
    """The page does not vouch for what the ledger could not explain."""
    told = tell_message(replace(MESSAGE, explained=False), a_voice("en"))

    assert told == "Something that the catalogue does not explain. Please tell us."


def test_the_totals_are_one_sentence() -> None:
    """None, one, many."""
    voice = a_voice("en")
    sums = [EgressSummary(messages=n, size=412 * n, household_facts=0) for n in (0, 1, 24)]

    assert [tell_summary(one, voice).partition(".")[0] for one in sums] == [
        "Nothing has left your home",
        "1 request for the catalogue, 412 bytes",
        "24 requests for the catalogue, 9",
    ]
