"""A decision made again, in words."""

from collections.abc import Iterator

from edge.domain.placement import Decision, Placement
from edge.domain.replay import Obstacle, Replay
from edge.wording.events import tell_placement
from edge.wording.reasons import why_silent
from edge.wording.voice import Voice, sentence

OBSTACLES = {
    Obstacle.APPLIANCE_FORGOTTEN: sentence("its appliance has been forgotten"),
    Obstacle.HISTORY_FORGOTTEN: sentence("what it rested on has been forgotten"),
    Obstacle.CATALOGUE_LET_GO: sentence("the catalogue of that time is no longer kept"),
}
"""Why a decision cannot be made again."""


def tell_replay(replay: Replay, voice: Voice) -> str:
    """What came of it, as a sentence."""
    if replay.obstacle:
        why = voice.say(OBSTACLES[replay.obstacle])
        return voice.say("This decision cannot be made again: {why}.", why=why)
    if replay.without:
        return _what_if(replay, voice)
    if replay.same:
        return voice.say("The same again, bit for bit.")
    return voice.say("It would be decided differently today.")


def replay_in_full(replay: Replay, voice: Voice) -> list[str]:
    """What came out then and now, and the rules that answer differently."""
    return list(_in_full(replay, voice))


def _what_if(replay: Replay, voice: Voice) -> str:
    rules = ", ".join(replay.without)
    if replay.again and _came_of(replay.again, voice) == _came_of(replay.recorded, voice):
        return voice.say("Without {rules} nothing would have been different.", rules=rules)
    return voice.say("Without {rules} it would have come out differently.", rules=rules)


def _in_full(replay: Replay, voice: Voice) -> Iterator[str]:
    yield voice.say("Then: {outcome}", outcome=_came_of(replay.recorded, voice))
    if replay.again:
        yield voice.say("Now: {outcome}", outcome=_came_of(replay.again, voice))
    if replay.changed_rules:
        rules = ", ".join(replay.changed_rules)
        yield voice.say("Rules that answer differently: {rules}", rules=rules)


def _came_of(decision: Decision, voice: Voice) -> str:
    if isinstance(decision.outcome, Placement):
        return tell_placement(decision.outcome, voice)
    return why_silent(decision.outcome.reason, voice)
