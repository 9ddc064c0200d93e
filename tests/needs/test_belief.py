"""What is remembered of an item, and what a person's word does to it."""

import json
import random
from dataclasses import asdict
from datetime import timedelta

import pytest

from benchmarks.truth import START, Shelf, instant, item, live, reading, weigh
from edge.domain.correction import Correction, CorrectionKind
from edge.domain.item import EvidenceKind
from edge.domain.measures import Amount, Unit
from edge.needs.belief import Belief, begin, fold, heed, learn
from edge.needs.outlook import Outlook, look, outlook

BUTTER = item()
HOUR = 1.0 / 24.0


def said(kind: CorrectionKind, *, day: float, amount: float | None = None) -> Correction:
    """A correction of the butter."""
    given = None if amount is None else Amount(amount)
    return Correction(item=BUTTER.id, kind=kind, at=instant(day), amount=given)


LOW = [reading(0.25 * step, max(250.0 - 5.0 * step, 0.0)) for step in range(46)]
"""20 g a day for eleven days, 25 g left."""


def after(*corrections: Correction, day: float = 11.5) -> Outlook:
    """The outlook on the low butter once these were said."""
    return outlook(BUTTER, LOW, now=instant(day), corrections=corrections)


def test_without_a_word_the_butter_is_needed() -> None:
    """The case the others change."""
    assert after().need is not None


def test_a_corrected_amount_shows_at_once() -> None:
    """A person who says 240 g are left is believed over the scale."""
    seen = after(said(CorrectionKind.AMOUNT, day=11.4, amount=240.0))
    assert seen.need is None
    assert seen.estimate is not None
    assert seen.estimate.left == pytest.approx(240.0, abs=5.0)


def test_a_corrected_amount_is_remembered() -> None:
    """Later readings of the same scale are read with the correction."""
    dish = [reading(0.25 * step, 500.0 - 5.0 * step) for step in range(40)]
    word = said(CorrectionKind.AMOUNT, day=2.0, amount=210.0)
    seen = outlook(BUTTER, dish, now=dish[-1].time, corrections=[word])
    assert seen.estimate is not None
    assert seen.estimate.left == pytest.approx(55.0, abs=6.0)


def test_already_have_it_closes_the_need() -> None:
    """One in the cellar is one less to buy."""
    assert after(said(CorrectionKind.HAVE_IT, day=11.4)).reason == "enough_left"


def test_the_reserve_is_used_up_by_the_next_refill() -> None:
    """When the package from the cellar stands on the shelf, it is not in the cellar as well."""
    refilled = [*LOW, *(reading(12.0 + 0.01 * step, 250.0) for step in range(3))]
    word = said(CorrectionKind.HAVE_IT, day=11.4)
    seen = outlook(BUTTER, refilled, now=instant(12.1), corrections=[word])
    assert seen.estimate is not None
    assert seen.estimate.left == pytest.approx(275.0, abs=30.0)


def test_not_me_deletes_the_evidence() -> None:
    """What was said before counts for nothing, what is said afterwards does."""
    seen = after(said(CorrectionKind.NOT_ME, day=11.4))
    assert (seen.estimate, seen.reason) == (None, "too_few_readings")


def test_never_stays_never() -> None:
    """Not even further readings or a later "not me" bring it back."""
    never, not_me = said(CorrectionKind.NEVER, day=1.0), said(CorrectionKind.NOT_ME, day=2.0)
    assert after(never, not_me).reason == "never_track"


def test_a_correction_of_the_future_is_not_heard() -> None:
    """What is said after `now` changes nothing yet."""
    word = said(CorrectionKind.HAVE_IT, day=11.4)
    assert after(word, day=11.3) == after(day=11.3)


def test_a_late_reading_cannot_be_learnt() -> None:
    """Whoever gets one folds anew."""
    belief = fold(BUTTER, LOW, [])
    with pytest.raises(ValueError, match="folded anew"):
        learn(belief, LOW[3])


def test_a_negative_weight_counts_against_the_sensor_alone() -> None:
    """A scale below nothing changes no level."""
    belief = fold(BUTTER, LOW, [])
    spoilt = learn(belief, reading(11.3, -40.0))
    assert spoilt.gauge == belief.gauge
    assert spoilt.sensor.jumpiness > belief.sensor.jumpiness


def test_a_flood_changes_no_level() -> None:
    """Readings by the second are passed over."""
    belief = fold(BUTTER, LOW, [])
    flooded = belief
    for second in range(1, 30):
        late = LOW[-1].time + timedelta(seconds=second)
        flooded = learn(flooded, reading((late - START) / timedelta(days=1), 250.0))
    assert (flooded.gauge, flooded.readings) == (belief.gauge, belief.readings)


def test_usage_runs_a_package_down() -> None:
    """Twenty washes a package, one a day: ten days after a reset half is left."""
    powder = item(
        "powder",
        category="laundry-detergent",
        evidence=EvidenceKind.USAGE,
        package=1_200.0,
        uses=20.0,
    )
    counts = [9.0, *(float(count) for count in range(18))]
    washes = [reading(float(day), count, name="powder") for day, count in enumerate(counts)]
    middle = outlook(powder, washes[:12], now=instant(11.0)).estimate
    assert middle is not None
    assert middle.left == pytest.approx(600.0)
    assert outlook(powder, washes, now=instant(18.0)).need is not None


def test_a_book_is_pages_used_up() -> None:
    """At forty pages an evening, forty pages are the last evening."""
    book = item("book", category="crime-novels", unit=Unit.COUNT, package=360.0)
    evenings = [reading(0.9 + day, 360.0 - 40.0 * day, name="book") for day in range(9)]
    seen = outlook(book, evenings, now=evenings[-1].time)
    assert seen.need is not None
    assert outlook(book, evenings[:6], now=evenings[5].time).reason == "enough_left"


def test_a_spill_does_not_make_all_use_look_coarse() -> None:
    """A quarter of a kilo lost at once is not the size of a portion."""
    eaten = [reading(0.25 * step, 500.0 - 5.0 * step) for step in range(40)]
    after_spill = [reading(10.0 + 0.25 * step, 50.0 - 5.0 * step) for step in range(6)]
    assert fold(BUTTER, [*eaten, *after_spill], []).rate.grain < 45.0


def a_season() -> Belief:
    """Ninety emulated days of quarter hours."""
    dice, shelf = random.Random(4), Shelf(every=0.25 * HOUR, step=0.0)
    belief = begin(BUTTER)
    for one in weigh(shelf, live(shelf, 90, dice), 90, dice):
        belief = learn(belief, one)
    return belief


def test_a_belief_is_smaller_than_four_kilobytes() -> None:
    """After a season of quarter hours, unrounded, all that is kept is still small."""
    kept = asdict(a_season())
    del kept["item"]
    assert len(json.dumps(kept, default=str, separators=(",", ":"))) < 8_192
    assert _numbers(kept) * 8 < 4_096


def _numbers(kept: object) -> int:
    """How many numbers there are in it."""
    if isinstance(kept, dict):
        return sum(_numbers(value) for value in kept.values())
    if isinstance(kept, (list, tuple)):
        return sum(_numbers(value) for value in kept)
    return 1


def test_heeding_twice_is_heeding_once() -> None:
    """The same word again adds no second package."""
    word = said(CorrectionKind.HAVE_IT, day=11.4)
    belief = heed(fold(BUTTER, LOW, []), word)
    assert look(heed(belief, word), now=instant(11.5)) == look(belief, now=instant(11.5))
