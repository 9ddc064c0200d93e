"""The purposes: what each is called, what it does, and what a no changes."""

from dataclasses import dataclass

from edge.domain.consent import Purpose
from edge.wording.voice import Voice, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeText:
    """One purpose in words.

    Attributes:
        name: As a heading.
        does: What happens after a yes.
        without: What a no, or a later no, means.
    """

    name: str
    does: str
    without: str


PURPOSES = {
    Purpose.KEEP: PurposeText(
        name=sentence("Keep readings"),
        does=sentence("What the appliance measures is kept here, in your home, and nowhere else."),
        without=sentence("Nothing is kept. What was kept is deleted when you take your yes back."),
    ),
    Purpose.INFER: PurposeText(
        name=sentence("Look ahead"),
        does=sentence(
            "From the readings, your home works out what runs low and when. "
            "You see it on this page."
        ),
        without=sentence("Nothing is worked out. The appliance works as before."),
    ),
    Purpose.OFFER: PurposeText(
        name=sentence("Show offers"),
        does=sentence(
            "For what runs low, you see an offer now and then: one at a time, always marked as "
            "advertising. The catalogue is the same for everybody; it is fetched whole and "
            "searched here. Nobody learns what you need."
        ),
        without=sentence("No offers, no fetching. Everything else stays as it is."),
    ),
    Purpose.MEASURE: PurposeText(
        name=sentence("Count views"),
        does=sentence("Views would be counted without names. This version counts nothing."),
        without=sentence("Nothing is counted."),
    ),
}


def purpose_name(purpose: Purpose, voice: Voice) -> str:
    """The purpose as a heading."""
    return voice.say(PURPOSES[purpose].name)


def what_it_does(purpose: Purpose, voice: Voice) -> str:
    """What happens after a yes."""
    return voice.say(PURPOSES[purpose].does)


def what_a_no_means(purpose: Purpose, voice: Voice) -> str:
    """What happens after a no."""
    return voice.say(PURPOSES[purpose].without)
