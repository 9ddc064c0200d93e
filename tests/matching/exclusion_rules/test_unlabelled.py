"""Only with its label."""

from dataclasses import replace

from edge.domain.offer import Label
from edge.matching.exclusion_rules.unlabelled import unlabelled
from tests.builders import an_offer
from tests.matching.situations import (
    a_situation,
)


def test_it_holds_without_a_sponsor() -> None:
    """Nobody is named."""
    assert unlabelled(an_offer(sponsor=" "), a_situation())


def test_it_holds_without_a_payer() -> None:
    """Nobody has paid, it seems."""
    label = Label(sponsor="Hofkäserei Lind", payer="")

    assert unlabelled(replace(an_offer(), label=label), a_situation())


def test_it_holds_without_conditions_in_one_language() -> None:
    """The English ones are missing."""
    offer = an_offer()
    bare = {**offer.words, "en": replace(offer.words["en"], conditions="")}

    assert unlabelled(replace(offer, words=bare), a_situation())


def test_a_whole_label_is_enough() -> None:
    """Sponsor, payer and conditions."""
    assert not unlabelled(an_offer(), a_situation())
