"""Each reason and each rule has its sentence; a test finds the one that has none."""

from edge.wording.voice import Voice, sentence

SILENCES = {
    # household/looking.py, flow.py
    "inferring_not_allowed": sentence("You have not allowed looking ahead for it."),
    "answered_already": sentence("You have answered this already; it rests until you restock."),
    "offers_not_allowed": sentence("You have not allowed offers for it."),
    "no_valid_catalogue": sentence("There is no valid catalogue of offers in the house right now."),
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
    # matching/permission_rules/
    "paused": sentence("You have paused offers."),
    "quiet_hours": sentence("It is your quiet time."),
    "another_offer_is_shown": sentence(
        "Another offer is being shown; there is only one at a time."
    ),
    "dismissed_today": sentence("You have said no to an offer today; no other takes its place."),
    "household_daily_cap": sentence("You have seen as many offers today as you allow."),
    "minimum_wait": sentence("The last offer was less than three hours ago."),
}
"""Why nothing is shown."""

EXCLUSIONS = {
    "blocked_category": sentence("you have switched off this kind of product"),
    "blocked_sponsor": sentence("you have switched off this sponsor"),
    "flagged": sentence("you have called this campaign inappropriate"),
    "not_interested": sentence("you are not interested in it"),
    "outside_flight": sentence("it is not valid now"),
    "seen_too_often": sentence("you have seen this campaign too often"),
    "dismissed_recently": sentence("you have said no to it in the last two days"),
    "line_item_daily_cap": sentence("you have seen it today already"),
    "no_surface_fits": sentence("it fits on none of your displays"),
}
"""Why not this offer."""

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


def why_gone(reason: str, voice: Voice) -> str:
    """Why an offer left its surface, as a clause."""
    return _said(CLEARINGS, reason, voice)


def _said(sentences: dict[str, str], key: str, voice: Voice) -> str:
    """A name from an older store may have lost its sentence: the name itself is then the truth."""
    known = sentences.get(key)
    return voice.say(known) if known else voice.say("the reason is called “{name}”", name=key)
