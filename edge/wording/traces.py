"""The whole trace of a decision: every verdict on every offer, every surface, every score."""

from edge.domain.placement import Decision, Exclusion, Factors, SurfaceVerdict
from edge.wording.amounts import number, share
from edge.wording.reasons import why_not, why_not_there, why_silent
from edge.wording.surfaces import surface_name
from edge.wording.voice import Voice

_SCORE_DIGITS = 3


def offers_in_full(decision: Decision, voice: Voice) -> list[tuple[str, str]]:
    """Each listed offer with its score or with everything that spoke against it."""
    fitting = [
        (offer, _fitting(score, factors, voice))
        for (offer, score), factors in zip(decision.scores, _factors(decision), strict=True)
    ]
    excluded = [(one.offer, _against(one, voice)) for one in decision.excluded]
    return [*fitting, *excluded]


def moment_in_full(decision: Decision, voice: Voice) -> list[str]:
    """Everything that spoke against showing anything then."""
    return [why_silent(rule, voice) for rule in decision.against]


def surfaces_in_full(decision: Decision, voice: Voice) -> list[str]:
    """Each surface, with what spoke against it, or how welcome offers are there."""
    return [_surface(one, voice) for one in decision.surfaces]


def _fitting(score: float, factors: Factors | None, voice: Voice) -> str:
    told = number(score, voice, digits=_SCORE_DIGITS)
    if factors is None:
        return voice.say("fitted, score {score}", score=told)
    return voice.say(
        "fitted, score {score}: needed {urgency}, saves {value}, welcome {welcome}",
        score=told,
        urgency=share(factors.urgency, voice),
        value=share(factors.value, voice),
        welcome=share(factors.welcome, voice),
    )


def _factors(decision: Decision) -> tuple[Factors | None, ...]:
    """A decision of before factors were kept has none."""
    missing = len(decision.scores) - len(decision.factors)
    return (*decision.factors, *(None,) * missing)


def _against(one: Exclusion, voice: Voice) -> str:
    return "; ".join(why_not(rule, voice) for rule in (one.rule, *one.also))


def _surface(one: SurfaceVerdict, voice: Voice) -> str:
    place = surface_name(one.surface, voice)
    if one.against:
        why = "; ".join(why_not_there(rule, voice) for rule in one.against)
        return voice.say("{surface}: {why}", surface=place, why=why)
    welcome = share(one.welcome, voice)
    return voice.say("{surface}: free, welcome {welcome}", surface=place, welcome=welcome)
