"""How long to wait before trying again: full jitter, so that a house does not knock all at once.

Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015: a uniform draw from 0 to
a ceiling that doubles; the least total work of the schemes compared there.
"""

from random import Random


class Backoff:
    """Waits that grow while something fails.

    Args:
        least_s: The ceiling of the first wait, in seconds.
        most_s: No ceiling is higher, in seconds.
        dice: Where the jitter comes from.
    """

    def __init__(self, *, least_s: float, most_s: float, dice: Random) -> None:
        self._least_s = least_s
        self._most_s = most_s
        self._dice = dice
        self._ceiling_s = least_s

    def next_wait_s(self) -> float:
        """The seconds to wait after one more failure."""
        wait_s = self._dice.uniform(0, self._ceiling_s)
        self._ceiling_s = min(2 * self._ceiling_s, self._most_s)
        return wait_s

    def reset(self) -> None:
        """It works again: the next failure waits little."""
        self._ceiling_s = self._least_s
