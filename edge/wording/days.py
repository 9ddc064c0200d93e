"""Instants and spans, the way people say them: today, on Thursday, in about eleven days."""

from datetime import datetime, time

from edge.domain.stock import RunOut
from edge.wording.voice import Voice, sentence

WEEKDAYS = (
    sentence("Monday"),
    sentence("Tuesday"),
    sentence("Wednesday"),
    sentence("Thursday"),
    sentence("Friday"),
    sentence("Saturday"),
    sentence("Sunday"),
)
WEEKDAYS_SHORT = (
    sentence("Mon"),
    sentence("Tue"),
    sentence("Wed"),
    sentence("Thu"),
    sentence("Fri"),
    sentence("Sat"),
    sentence("Sun"),
)
MONTHS = (
    sentence("January"),
    sentence("February"),
    sentence("March"),
    sentence("April"),
    sentence("May"),
    sentence("June"),
    sentence("July"),
    sentence("August"),
    sentence("September"),
    sentence("October"),
    sentence("November"),
    sentence("December"),
)
_NEAR = {-1: sentence("yesterday"), 0: sentence("today"), 1: sentence("tomorrow")}

_WEEK = 7
_NAMED_DAYS = _WEEK - 1
"""Six days ahead a weekday still names one day only."""
_COUNTED_DAYS = 60
"""Beyond two months nobody plans by the day."""
_MORNING = 4
_MIDDAY = 11
_EVENING = 17


def days_until(instant: datetime, now: datetime, voice: Voice) -> int:
    """How many midnights lie between now and then; negative for the past."""
    return (voice.local(instant).date() - voice.local(now).date()).days


def weekday(index: int, voice: Voice) -> str:
    """The name of a weekday, 0 is Monday."""
    return voice.say(WEEKDAYS[index % _WEEK])


def short_weekday(instant: datetime, voice: Voice) -> str:
    """Two or three letters for an axis."""
    return voice.say(WEEKDAYS_SHORT[voice.local(instant).weekday()])


def date(instant: datetime, voice: Voice) -> str:
    """Day and month; the year only where it matters to nobody is left out."""
    local = voice.local(instant)
    return voice.say("{month} {day}", day=local.day, month=voice.say(MONTHS[local.month - 1]))


def clock(instant: datetime, voice: Voice) -> str:
    """Hours and minutes on the kitchen clock."""
    return wall_time(voice.local(instant).time())


def wall_time(instant: time) -> str:
    """Hours and minutes."""
    return f"{instant:%H:%M}"


def on_day(instant: datetime, now: datetime, voice: Voice) -> str:
    """The day as it fits into a sentence: `today`, `on Thursday`, `on December 5`."""
    ahead = days_until(instant, now, voice)
    if ahead in _NEAR:
        return voice.say(_NEAR[ahead])
    if 0 < ahead <= _NAMED_DAYS:
        return voice.say("on {day}", day=weekday(voice.local(instant).weekday(), voice))
    return voice.say("on {date}", date=date(instant, voice))


def at_time(instant: datetime, now: datetime, voice: Voice) -> str:
    """Day and time of something that happened: `today, 14:05`."""
    return voice.say(
        "{day}, {time}", day=_bare_day(instant, now, voice), time=clock(instant, voice)
    )


def when_gone(run_out: RunOut, now: datetime, voice: Voice) -> str:
    """The likely day, no finer than anyone can know: `on Thursday`, `in about 11 days`."""
    ahead = max(0, days_until(run_out.likely, now, voice))
    if ahead <= _NAMED_DAYS:
        return on_day(max(run_out.likely, now), now, voice)
    if ahead <= _COUNTED_DAYS:
        return voice.many("in about {count} day", "in about {count} days", ahead)
    return voice.say("in more than two months")


def between_days(run_out: RunOut, now: datetime, voice: Voice) -> str:
    """The days within which it is gone eight times out of ten."""
    first, last = (
        _bare_day(max(one, now), now, voice) for one in (run_out.earliest, run_out.latest)
    )
    if first == last:
        return on_day(max(run_out.likely, now), now, voice)
    return voice.say("between {first} and {last}", first=first, last=last)


def greeting(now: datetime, voice: Voice) -> str:
    """Good morning, good day or good evening, by the kitchen clock."""
    hour = voice.local(now).hour
    if _MORNING <= hour < _MIDDAY:
        return voice.say("Good morning.")
    return voice.say("Hello.") if _MIDDAY <= hour < _EVENING else voice.say("Good evening.")


def _bare_day(instant: datetime, now: datetime, voice: Voice) -> str:
    """The day without its preposition: `today`, `Thursday`, `December 5`."""
    ahead = days_until(instant, now, voice)
    if ahead in _NEAR:
        return voice.say(_NEAR[ahead])
    if 0 < ahead <= _NAMED_DAYS:
        return weekday(voice.local(instant).weekday(), voice)
    return date(instant, voice)
