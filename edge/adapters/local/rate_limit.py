"""How much one appliance may say: a token bucket for each, in real time."""

from collections.abc import Callable


class RateLimit:
    """Lets each name through `per_second` times a second on average, `burst` times at once.

    It remembers every name it was asked for: ask for names of paired appliances only.
    """

    def __init__(self, *, per_second: float, burst: int, monotonic: Callable[[], float]) -> None:
        self._per_second = per_second
        self._burst = burst
        self._monotonic = monotonic
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, name: str) -> float:
        """Take one token.

        Returns:
            0.0 when there was one, else the seconds until there will be; then none was taken.
        """
        now = self._monotonic()
        tokens = self._tokens(name, now)
        if tokens < 1.0:
            return (1.0 - tokens) / self._per_second
        self._buckets[name] = (tokens - 1.0, now)
        return 0.0

    def _tokens(self, name: str, now: float) -> float:
        tokens, since = self._buckets.get(name, (float(self._burst), now))
        return min(float(self._burst), tokens + (now - since) * self._per_second)
