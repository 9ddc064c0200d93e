"""How much anybody may ask over CoAP, in real time.

Two doors: a datagram over its rate is dropped before it is read (CoAP's own back-off is the
answer); a request over its rate is read and answered 4.29 with the time to wait (RFC 8516).
"""

import math
from collections import Counter, OrderedDict
from dataclasses import dataclass

from edge.adapters.local.coap_messages import CoapError, Code
from edge.domain.measures import DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many a second on average, so many at once after a quiet time."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoapLimits:
    """What the CoAP server bears; the defaults are those of docs/wire/coap.md.

    Attributes:
        datagrams_per_source: From one address. 160 a second is one appliance's packs at their
            limit (10 a second) in the most blocks they can have (16).
        datagrams: From everybody: at 1 ms each, half of one core.
        requests_per_device: Twice what docs/wire/README.md gives its packs (the reception's
            limit): registrations, manifests, reactions and placements come besides.
        requests_per_stranger: From one address, for what is open to strangers.
        exchanges: How many requests are remembered to know their repetitions. A request is
            repeated for 45 s at most (RFC 7252 section 4.8.2); this is 22 requests a second for
            that long, 8 MB.
        requests_at_once: Under way, waiting for the store or for pairing's second.
        uploads_of_strangers: Bodies of 16 KiB that strangers can have open at once.
    """

    datagrams_per_source: Rate = Rate(per_second=200, burst=600)
    datagrams: Rate = Rate(per_second=500, burst=2_000)
    requests_per_device: Rate = Rate(per_second=20, burst=240)
    requests_per_stranger: Rate = Rate(per_second=2, burst=10)
    exchanges: int = 1_024
    requests_at_once: int = 64
    uploads_of_strangers: int = 4


class Buckets:
    """A token bucket for each name; the one longest unused is forgotten when there are too many."""

    def __init__(self, rate: Rate, *, most: int = 256) -> None:
        self._rate = rate
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, *, now: float) -> float:
        """Take one token.

        Args:
            name: Whose.
            now: Monotonic seconds.

        Returns:
            0.0 when there was one, else the seconds until there is one; then none was taken.
        """
        tokens = self._tokens(name, now)
        if tokens < 1.0:
            return (1.0 - tokens) / self._rate.per_second
        self._buckets[name] = (tokens - 1.0, now)
        self._buckets.move_to_end(name)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return 0.0

    def _tokens(self, name: str, now: float) -> float:
        tokens, since = self._buckets.get(name, (float(self._rate.burst), now))
        return min(float(self._rate.burst), tokens + (now - since) * self._rate.per_second)


_EVERYBODY = ""


class CoapGuard:
    """Lets datagrams and requests through at their rates, and counts what it does not let through.

    Attributes:
        turned_away: How many, by dotted name: `coap.flood`.
    """

    def __init__(self, limits: CoapLimits) -> None:
        self.limits = limits
        self.turned_away: Counter[str] = Counter()
        self._sources = Buckets(limits.datagrams_per_source)
        self._everybody = Buckets(limits.datagrams)
        self._devices = Buckets(limits.requests_per_device)
        self._strangers = Buckets(limits.requests_per_stranger)

    def lets_in(self, source: str, *, now: float) -> bool:
        """Whether a datagram from that address is read at all."""
        waits = self._sources.wait(source, now=now) or self._everybody.wait(_EVERYBODY, now=now)
        if waits:
            self.turned_away["coap.flood"] += 1
        return not waits

    def check_device(self, device: DeviceId, *, now: float) -> None:
        """One more request of an appliance.

        Raises:
            CoapError: Too many (4.29).
        """
        self._check(self._devices.wait(device, now=now))

    def check_stranger(self, source: str, *, now: float) -> None:
        """One more request from an address that nobody vouches for.

        Raises:
            CoapError: Too many (4.29).
        """
        self._check(self._strangers.wait(source, now=now))

    def _check(self, wait_s: float) -> None:
        if wait_s:
            self.turned_away["coap.too_many"] += 1
            raise CoapError(Code.TOO_MANY, "too many requests", max_age_s=math.ceil(wait_s))
