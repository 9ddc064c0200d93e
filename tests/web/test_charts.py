"""The picture says what the estimate says, inside its frame, and never more."""

import re
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.web.charts import draw
from edge.domain.item import EvidenceKind
from edge.domain.measures import Amount
from tests.builders import DAY, a_reading, a_run_out, an_item
from tests.fakes.clock import NOON
from tests.texts import a_voice
from tests.wording.test_items import an_estimate

VOICE = a_voice("en")
READINGS = [a_reading(250.0 - 20.0 * day, time=NOON - (9 - day) * DAY) for day in range(9)]


def test_the_picture_is_told_in_a_sentence() -> None:
    """For those who do not see it."""
    told = draw(an_item(), an_estimate(), READINGS, now=NOON, voice=VOICE).told

    assert told.startswith("Butter: about 62")
    assert told.endswith("In eight cases out of ten: between tomorrow and Thursday.")


def test_the_table_says_the_same_in_numbers() -> None:
    """Each past day once, today's estimate, three days ahead."""
    rows = draw(an_item(), an_estimate(), READINGS, now=NOON, voice=VOICE).rows

    assert len(rows) == len(READINGS) + 1 + 3
    assert rows[-4][0] == "now, estimated"
    assert rows[-2] == ("on Wednesday", "used up most likely")


def test_a_count_of_uses_has_no_past_to_draw() -> None:
    """A growing counter is not a level."""
    item = replace(an_item(), evidence=EvidenceKind.USAGE)
    chart = draw(item, an_estimate(), READINGS, now=NOON, voice=VOICE)

    assert chart.past == ""
    assert chart.fan


def test_what_never_runs_out_has_no_fan() -> None:
    """And no day on its axis but today."""
    chart = draw(an_item(), replace(an_estimate(), run_out=None), [], now=NOON, voice=VOICE)

    assert (chart.fan, chart.middle, chart.past) == ("", "", "")
    assert [mark.text for mark in chart.marks] == ["today"]


def test_old_and_future_readings_are_left_out() -> None:
    """Ten days back, and nothing that has not happened."""
    readings = [a_reading(time=NOON - 11 * DAY), a_reading(time=NOON + timedelta(minutes=1))]

    assert draw(an_item(), an_estimate(), readings, now=NOON, voice=VOICE).past == ""


@given(
    left=st.floats(0, 1e9),
    level=st.floats(0, 1e9),
    days=st.floats(-30, 300),
    spread=st.floats(0, 60),
)
def test_every_point_is_a_number_and_today_is_inside(
    left: float, level: float, days: float, spread: float
) -> None:
    """Whatever the estimate, the picture is well formed."""
    estimate = replace(
        an_estimate(),
        left=Amount(left),
        run_out=a_run_out(likely=NOON + days * DAY, spread=spread * DAY),
    )
    chart = draw(an_item(), estimate, [a_reading(level)], now=NOON, voice=VOICE)

    assert 0 <= chart.today[0] <= chart.width
    assert 0 <= chart.today[1] <= chart.base
    for path in (chart.past, chart.fan, chart.middle):
        assert re.fullmatch(r"(M-?[\d.]+ -?[\d.]+( L-?[\d.]+ -?[\d.]+)*Z?)?", path)
