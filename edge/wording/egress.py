"""What left the home, in plain words."""

from edge.domain.egress import EgressMessage, EgressSummary
from edge.wording.amounts import number, size
from edge.wording.voice import Voice


def tell_message(message: EgressMessage, voice: Voice) -> str:
    """One outgoing message as one sentence."""
    if not message.explained:
        return voice.say("Something that the catalogue does not explain. Please tell us.")
    return voice.say("Asked for the public catalogue: {file}", file=message.asks_for)


def tell_summary(left: EgressSummary, voice: Voice) -> str:
    """The totals as one sentence."""
    if not left.messages:
        return voice.say("Nothing has left your home.")
    return voice.many(
        "{shown} request for the catalogue, {size}. The same as from any other home.",
        "{shown} requests for the catalogue, {size}. The same as from any other home.",
        left.messages,
        shown=number(left.messages, voice),
        size=size(left.size, voice),
    )
