"""Counting and telling what happens in the home."""

from datetime import timedelta
from typing import Any

import pytest

from devices.demo.story import ESTIMATE_EVERY, SO_FAR_EVERY, Story
from devices.demo.words import WEEKDAYS, WORDS
from tests.devices.builders import NOON


def an_event(kind: str, *, after: timedelta = timedelta(0), **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has them
    return {"at": (NOON + after).isoformat(), "kind": kind, "text": f"a {kind}", **fields}


def told(story: Story, *events: dict[str, Any]) -> list[str]:
    """The lines, without those about how much there was so far."""
    lines = [line for event in events for line in story.hear(event)]
    return [line for line in lines if "readings" not in line]


def test_everything_is_counted() -> None:
    """Readings by their number, decisions by outcome, placements by surface."""
    story = Story("en")
    told(
        story,
        an_event("reading", device="fridge-1", count=5),
        an_event("reading", device="ereader-1", count=2),
        an_event("need", item="butter"),
        an_event("placement", surface="fridge.door", device="fridge-1", offer="x", item="butter"),
        an_event("placement", surface="ereader.lock", device="ereader-1", offer="y", item="crime"),
        an_event("silence", step="permission", reason="quiet_hours", item="milk"),
        an_event("silence", step="permission", reason="quiet_hours", item="milk"),
        an_event("reaction", reaction="save"),
        an_event("egress", messages=3, bytes=900, household_facts=0),
    )

    assert story.summary() == {
        "readings": 7,
        "needs": 1,
        "decisions": {"placement": 2, "silence.permission.quiet_hours": 2},
        "placements": {"fridge.door": 1, "ereader.lock": 1},
        "reactions": 1,
        "reactions_by_kind": {"save": 1},
        "refused": 0,
        "egress": {"messages": 3, "bytes": 900, "household_facts": 0},
    }
    assert set(story.readings) == {"fridge-1", "ereader-1"}


def test_a_line_has_the_time_of_the_kitchen_clock() -> None:
    """Noon in Greenwich is one o'clock there."""
    assert told(Story("de"), an_event("need", item="butter")) == ["Do 13:00  a need"]


def test_readings_are_not_a_flood() -> None:
    """A thousand of them are one line every few hours."""
    story = Story("en")
    minute = timedelta(minutes=1)
    events = [an_event("reading", device="f", count=1, after=n * minute) for n in range(1440)]

    lines = [line for event in events for line in story.hear(event)]

    assert len(lines) == timedelta(days=1) / SO_FAR_EVERY - 1
    assert "So far 721 readings" in lines[0]


def test_an_estimate_is_told_once_in_a_while_for_each_item() -> None:
    """Butter does not silence milk."""
    before, later = ESTIMATE_EVERY - timedelta(seconds=1), ESTIMATE_EVERY
    story = Story("en")

    assert told(story, an_event("estimate", item="butter"))
    assert told(story, an_event("estimate", item="milk"))
    assert not told(story, an_event("estimate", item="butter", after=before))
    assert told(story, an_event("estimate", item="butter", after=later))


def test_a_silence_is_told_when_it_has_another_reason() -> None:
    """For each item; each is counted all the same."""
    story = Story("en")
    asleep = an_event("silence", step="permission", reason="quiet_hours", item="milk")
    capped = an_event("silence", step="permission", reason="daily_cap", item="milk")

    assert len(told(story, asleep, asleep, capped, capped, asleep)) == 3
    assert sum(story.summary()["decisions"].values()) == 5


def test_what_it_does_not_know_is_left_alone() -> None:
    """A runtime may tell more than this demo understands."""
    assert told(Story("en"), an_event("weather")) == []


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_end_is_told_in_both_languages(language: str) -> None:
    """With every number, and the same sentences in each."""
    story = Story(language)
    story.hear_egress({"messages": 3, "bytes": 900, "household_facts": 0, "more": 1})

    assert "3" in list(story.ending())[1]
    assert WORDS[language].keys() == WORDS["en"].keys()
    assert len(WEEKDAYS[language]) == 7
