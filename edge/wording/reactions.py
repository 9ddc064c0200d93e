"""The eight answers to an offer: the word on the button and what pressing it does."""

from edge.domain.reaction import ReactionKind
from edge.wording.voice import Voice, sentence

_NAMES = {
    ReactionKind.SAVE: sentence("Save for later"),
    ReactionKind.HELPFUL: sentence("Helpful"),
    ReactionKind.NOT_NOW: sentence("Not now"),
    ReactionKind.NOT_INTERESTED: sentence("Not interested"),
    ReactionKind.SEEN_TOO_OFTEN: sentence("Seen too often"),
    ReactionKind.INAPPROPRIATE: sentence("Inappropriate"),
    ReactionKind.ALREADY_HAVE_IT: sentence("Already have it"),
    ReactionKind.NOT_ME: sentence("That’s not us"),
}

_EFFECTS = {
    ReactionKind.SAVE: sentence("Noted. The offer leaves the display."),
    ReactionKind.HELPFUL: sentence("Thank you. That stays in your home, too."),
    ReactionKind.NOT_NOW: sentence("All right. This offer rests for two days, offers for today."),
    ReactionKind.NOT_INTERESTED: sentence("You will not see this offer again."),
    ReactionKind.SEEN_TOO_OFTEN: sentence("This campaign rests for a month."),
    ReactionKind.INAPPROPRIATE: sentence("You will not see anything of this campaign again."),
    ReactionKind.ALREADY_HAVE_IT: sentence("Good. Nothing more is offered until you restock."),
    ReactionKind.NOT_ME: sentence("The readings behind it are deleted."),
}

BUTTONS = tuple(_NAMES)
"""In the order of the buttons: what people want most comes first."""


def reaction_name(kind: ReactionKind, voice: Voice) -> str:
    """The word on the button."""
    return voice.say(_NAMES[kind])


def reaction_effect(kind: ReactionKind, voice: Voice) -> str:
    """What pressing it has done."""
    return voice.say(_EFFECTS[kind])
