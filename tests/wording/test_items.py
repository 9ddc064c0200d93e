"""What is left and until when."""

from datetime import timedelta

from edge.domain.measures import Amount, Unit
from edge.domain.need import Evidence, EvidenceFact
from edge.domain.stock import StockEstimate
from edge.wording.evidence import FACTS, tell_evidence
from edge.wording.items import how_fast, how_sure, item_title, likely_gone, what_is_left
from tests.builders import a_run_out, an_item
from tests.fakes.clock import NOON
from tests.texts import a_voice

GERMAN, ENGLISH = a_voice("de"), a_voice("en")
BOOK = an_item(
    "book",
    category="novels",
    unit=Unit.COUNT,
    titles={"de": "Der Richter", "en": "the judge"},
)


def an_estimate(left: float = 62.0) -> StockEstimate:
    """62 g of butter, 18 g a day."""
    return StockEstimate(
        item=an_item().id,
        as_of=NOON,
        left=Amount(left),
        left_sd=4.0,
        rate=18.0,
        rate_sd=2.0,
        run_out=a_run_out(),
        readings=80,
        last_refill=None,
    )


def test_what_is_left_is_told_against_a_full_package() -> None:
    """Unless there is more than one package, or none is known."""
    assert what_is_left(an_estimate(), an_item(), ENGLISH).split() == [
        "about",
        "62",
        "g",
        "of",
        "250",
        "g",
    ]
    assert what_is_left(an_estimate(300.0), an_item(), ENGLISH).split() == ["about", "300", "g"]
    assert what_is_left(an_estimate(), an_item(package=None), GERMAN).split() == ["etwa", "62", "g"]


def test_butter_is_gone_and_a_book_is_finished() -> None:
    """The same idea in the words of each."""
    assert likely_gone(a_run_out(), an_item(), NOON, GERMAN) == "voraussichtlich am Mittwoch leer"
    assert likely_gone(a_run_out(), BOOK, NOON, ENGLISH) == "likely finished on Wednesday"
    assert likely_gone(None, BOOK, NOON, ENGLISH) == "lasts for more than a year"


def test_a_book_is_read_and_butter_is_used() -> None:
    """Also a day's use."""
    assert how_fast(an_estimate(), BOOK, GERMAN) == "Sie lesen etwa 18 Seiten am Tag."
    assert how_fast(an_estimate(), an_item(), ENGLISH).split()[:2] == ["You", "use"]


def test_uncertainty_is_told_as_cases_out_of_ten() -> None:
    """The two quantiles are one in ten and nine in ten."""
    told = how_sure(a_run_out(spread=timedelta(days=1)), NOON, ENGLISH)

    assert told == "In eight cases out of ten: between tomorrow and Thursday."


def test_a_title_begins_like_a_heading() -> None:
    """A manifest may write it small."""
    assert item_title(an_item(), ENGLISH) == "Butter"
    assert item_title(BOOK, ENGLISH) == "The judge"


def test_every_fact_has_its_sentence() -> None:
    """No need rests on a fact that cannot be told."""
    assert FACTS.keys() == set(EvidenceFact)


def test_a_fact_is_told_with_its_amount() -> None:
    """In the item's unit, by weekday, or faster and slower."""
    told = [
        tell_evidence(Evidence(fact=fact, amount=amount), an_item(), ENGLISH).replace("\xa0", " ")
        for fact, amount in (
            (EvidenceFact.LEFT, 62.0),
            (EvidenceFact.RATE, 18.2),
            (EvidenceFact.RESTOCK_WEEKDAY, 5.0),
            (EvidenceFact.RESTOCK_EVERY, 9.6),
            (EvidenceFact.RESTOCK_EVERY, 1.0),
            (EvidenceFact.PACE_CHANGE, 1.4),
            (EvidenceFact.PACE_CHANGE, 0.6),
            (EvidenceFact.READINGS, 1.0),
            (EvidenceFact.EMPTY, 0.0),
        )
    ]

    assert told == [
        "What is left: about 62 g.",
        "You use about 18 g a day.",
        "You usually restock on a Saturday.",
        "You restock about every 10 days.",
        "You restock about every day.",
        "Lately it goes faster than usual.",
        "Lately it goes more slowly than usual.",
        "This rests on 1 reading.",
        "Its place is empty.",
    ]
