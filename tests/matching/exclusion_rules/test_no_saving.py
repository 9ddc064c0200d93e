"""An offer has a value."""

from edge.matching.exclusion_rules.no_saving import no_saving
from tests.builders import an_offer
from tests.matching.situations import (
    a_situation,
)


def test_it_holds_at_the_price_before() -> None:
    """Nothing is saved."""
    assert no_saving(an_offer(price=259, price_before=259), a_situation())


def test_one_cent_is_a_saving() -> None:
    """The smallest."""
    assert not no_saving(an_offer(price=258, price_before=259), a_situation())
