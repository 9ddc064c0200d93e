"""Several listeners, one story."""

from collections.abc import Sequence

from edge.domain.story import Event
from edge.ports import Teller


class EveryTeller:
    """The `Teller` port over several."""

    def __init__(self, tellers: Sequence[Teller]) -> None:
        self._tellers = tellers

    def tell(self, event: Event) -> None:
        """Tell each."""
        for teller in self._tellers:
            teller.tell(event)
