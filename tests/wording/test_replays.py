"""A decision made again is told in a sentence, and in full."""

from dataclasses import replace

import pytest

from edge.domain.placement import Silence, Step
from edge.domain.replay import Obstacle, Replay
from edge.wording.replays import replay_in_full, tell_replay
from tests.texts import a_voice
from tests.wording.test_decisions import QUIET, SHOWN

ENGLISH = a_voice("en")


def test_the_same_again_is_said_so() -> None:
    """Bit for bit."""
    same = Replay(recorded=SHOWN, again=SHOWN, same=True)

    assert tell_replay(same, ENGLISH) == "The same again, bit for bit."


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_each_obstacle_is_told(obstacle: Obstacle) -> None:
    """In both languages, without a key in sight."""
    stuck = Replay(recorded=SHOWN, again=None, same=False, obstacle=obstacle)

    assert str(obstacle) not in tell_replay(stuck, ENGLISH)
    assert tell_replay(stuck, a_voice("de")).startswith("Diese Entscheidung lässt sich nicht")


def test_a_changed_outcome_names_the_changed_rule() -> None:
    """Then quiet time, now paused."""
    now = replace(
        QUIET, outcome=Silence(step=Step.PERMISSION, reason="paused"), against=("paused",)
    )
    then = replace(QUIET, against=("quiet_hours",))
    changed = Replay(recorded=then, again=now, same=False)

    assert tell_replay(changed, ENGLISH) == "It would be decided differently today."
    assert replay_in_full(changed, ENGLISH) == [
        "Then: It is your quiet time.",
        "Now: You have paused offers.",
        "Rules that answer differently: paused, quiet_hours",
    ]


def test_a_what_if_says_whether_it_matters() -> None:
    """Without quiet hours an offer would have been shown; without the pause nothing changes."""
    told = Replay(recorded=QUIET, again=SHOWN, same=False, without=("quiet_hours",))
    idle = Replay(recorded=QUIET, again=QUIET, same=True, without=("paused",))

    assert "would have come out differently" in tell_replay(told, ENGLISH)
    assert "nothing would have been different" in tell_replay(idle, ENGLISH)
