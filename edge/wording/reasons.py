"""Each reason and each rule has its sentence; a test finds the one that has none."""

from collections.abc import Mapping

from edge.matching.exclusion_rules import EXCLUSION_RULES
from edge.matching.permission_rules import PERMISSION_RULES
from edge.matching.rule import UNSURE
from edge.matching.surface_rules import SURFACE_RULES
from edge.wording.voice import Voice, sentence

SILENCES = {
    # household/looking.py, flow.py
    "inferring_not_allowed": sentence("You have not allowed looking ahead for it."),
    "offers_not_allowed": sentence("You have not allowed offers for it."),
    "no_offer_fits": sentence("No offer in the catalogue fits."),
    # needs/
    "enough_left": sentence("Enough is left."),
    "too_few_readings": sentence("There are too few readings yet to say anything."),
    "never_track": sentence("You have asked not to track it."),
    "no_amount": sentence("It says nothing about an amount."),
    "sensor_stuck": sentence("Its sensor seems to be stuck."),
    "sensor_jumping": sentence("Its sensor jumps; it cannot be believed just now."),
    "sensor_flooding": sentence("Its sensor talks without a break; it is not listened to now."),
    "sensor_replaying": sentence("Its sensor repeats itself word for word."),
    "stale": sentence("The last reading is too old to say anything."),
    **{rule.name: rule.why for rule in PERMISSION_RULES},
}
"""Why nothing is shown."""

EXCLUSIONS = {rule.name: rule.why for rule in EXCLUSION_RULES}
"""Why not this offer."""

PLACES = {rule.name: rule.why for rule in SURFACE_RULES}
"""Why not on this surface."""

CLEARINGS = {
    "time_is_up": sentence("its time was up"),
    "consent_withdrawn": sentence("you no longer allow offers for it"),
    "need_closed": sentence("it is no longer needed"),
    "paused": sentence("you have paused offers"),
    "surface_switched_off": sentence("you have switched off this display"),
    "answered": sentence("you have answered it"),
    "appliance_forgotten": sentence("the appliance was forgotten"),
}
"""Why an offer left its surface."""


def why_silent(reason: str, voice: Voice) -> str:
    """Why nothing is shown, as a sentence."""
    return _said(SILENCES, reason, voice)


def why_not(rule: str, voice: Voice) -> str:
    """Why an offer was kept out, as a clause."""
    return _said(EXCLUSIONS, rule, voice)


def why_not_there(rule: str, voice: Voice) -> str:
    """Why a surface could not show it, as a clause."""
    return _said(PLACES, rule, voice)


def why_gone(reason: str, voice: Voice) -> str:
    """Why an offer left its surface, as a clause."""
    return _said(CLEARINGS, reason, voice)


def _said(sentences: Mapping[str, str], key: str, voice: Voice) -> str:
    """A name from an older store may have lost its sentence: the name itself is then the truth."""
    known = sentences.get(key.removesuffix(UNSURE))
    if known is None:
        return voice.say("the reason is called “{name}”", name=key)
    if key.endswith(UNSURE):
        return voice.say("it could not be checked whether this holds: {why}", why=voice.say(known))
    return voice.say(known)
