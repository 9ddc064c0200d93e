"""What a page says after a form: what has been done and what is different now.

A notice travels as its name (`?done=offers_off`), never as its words or with a value in it.
"""

from edge.adapters.web.site import Visit
from edge.domain.reaction import ReactionKind
from edge.wording.reactions import reaction_effect
from edge.wording.voice import sentence

_NOTICES = {
    "allowed": sentence("Allowed. You can take it back here at any time."),
    "refused": sentence("Not allowed. It stopped at once."),
    "offers_off": sentence(
        "Offers are off, and what was decided about them is deleted. Nothing else has changed."
    ),
    "everything_off": sentence(
        "Everything is off. Readings are deleted; your appliances work as before."
    ),
    "saved": sentence("Saved. It applies from now on."),
    "paused": sentence("Offers are paused."),
    "resumed": sentence("The pause is over."),
    "door_open": sentence("The door is open for five minutes."),
    "code_refused": sentence("That is not a pairing code. It has twelve letters and digits."),
    "forgotten": sentence("Forgotten: its key, its readings and everything worked out from them."),
    "all_forgotten": sentence("Everything is forgotten. Doorstep is as on its first day."),
    "not_confirmed": sentence("Nothing was changed: please tick the box to confirm."),
    "answered_before": sentence("This offer had been answered already."),
}
NOTICES = frozenset(_NOTICES)
_ANSWERED = {f"answered_{kind}": kind for kind in ReactionKind}


def notice(visit: Visit) -> str:
    """The words for the notice in the address; empty for none, and for names we do not know."""
    name = visit.request.query_params.get("done", "")
    if name in _ANSWERED:
        return reaction_effect(_ANSWERED[name], visit.voice)
    return visit.voice.say(_NOTICES[name]) if name in _NOTICES else ""
