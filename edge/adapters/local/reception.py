"""What both transports hand over to: check, count, pass on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from edge.adapters.local.pairing import PairingDesk
from edge.adapters.local.rate_limit import RateLimit
from edge.domain.appliance import Appliance
from edge.domain.measures import DeviceId
from edge.domain.placement import Placement
from edge.domain.reaction import Reaction
from edge.domain.reading import Reading
from edge.errors import EdgeError, MalformedError, RefusedError, StoreError, TooManyError
from edge.ports import Clock, Store
from edge.wire.encoding import Encoding
from edge.wire.manifest import decode_manifest
from edge.wire.reaction import decode_reaction
from edge.wire.readings import readings_from
from edge.wire.senml import decode

PACKS_PER_SECOND = 10.0
PACKS_AT_ONCE = 120
"""docs/wire/README.md: a day's backlog passes at once, a flood does not."""

PAIRINGS_PER_SECOND = 1.0
PAIRINGS_AT_ONCE = 5
"""For the whole network together: each refusal waits a second, and so few wait at once."""

_ENDINGS: tuple[tuple[type[EdgeError], str], ...] = (
    (MalformedError, "malformed"),
    (TooManyError, "too_many"),
    (RefusedError, "refused"),
    (StoreError, "not_kept"),
)
"""How a refusal is counted: `readings.malformed`. The first that fits."""


class Reception:
    """Decodes what appliances say, checks it, counts refusals and passes it on.

    Each method raises MalformedError (bad input), RefusedError (unknown appliance, no pairing),
    TooManyError (over the rate) or StoreError (could not be kept), already counted; a transport
    only renders them. A transport says who the device is, and must have made sure of it.
    """

    def __init__(  # noqa: PLR0913  -- one keyword for each collaborator; only runtime.py writes them
        self,
        *,
        clock: Clock,
        store: Store,
        desk: PairingDesk,
        monotonic: Callable[[], float],
        on_readings: Callable[[Sequence[Reading]], Awaitable[object]],
        on_reaction: Callable[[Reaction], Awaitable[object]],
        on_manifest: Callable[[Appliance], Awaitable[object]],
    ) -> None:
        self._clock = clock
        self._store = store
        self._desk = desk
        self._on_readings = on_readings
        self._on_reaction = on_reaction
        self._on_manifest = on_manifest
        self._packs = RateLimit(
            per_second=PACKS_PER_SECOND, burst=PACKS_AT_ONCE, monotonic=monotonic
        )
        self._pairings = RateLimit(
            per_second=PAIRINGS_PER_SECOND, burst=PAIRINGS_AT_ONCE, monotonic=monotonic
        )
        self._here: set[DeviceId] = set()

    @property
    def here(self) -> frozenset[DeviceId]:
        """The appliances that are there now, as far as their transports know."""
        return frozenset(self._here)

    async def manifest(self, device: DeviceId, payload: bytes) -> None:
        """Keep what an appliance says about itself, in place of what it said before.

        A manifest that breaks a rule changes nothing: the last good one stays in force.
        """
        async with self._counted("manifest"):
            known = await self._admitted(device, "manifest")
            described = decode_manifest(payload, device=device, paired_at=known.paired_at)
            await self._store.put_appliance(described)
            await self._on_manifest(described)

    async def readings(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:
        """Pass on a pack of readings, whole or not at all."""
        async with self._counted("readings"):
            appliance = await self._admitted(device, "readings")
            now = self._clock.now()
            records = decode(payload, encoding, now=now)
            await self._on_readings(readings_from(records, appliance, now=now))

    async def reaction(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:
        """Pass on an answer to a placement on this appliance.

        One to a placement that is unknown, or not on this appliance, changes nothing and is no
        error: nobody learns what is shown elsewhere.
        """
        async with self._counted("reaction"):
            await self._admitted(device, "reaction")
            reaction = decode_reaction(payload, encoding, now=self._clock.now())
            placement = await self._placement(reaction)
            if placement is None or placement.device != device:
                await self._store.count("reaction.unknown")
                return
            await self._on_reaction(_not_before(placement, reaction))

    async def presence(self, device: DeviceId, *, here: bool) -> None:
        """Remember whether an appliance is there."""
        if here:
            self._here.add(device)
        else:
            self._here.discard(device)

    async def pairing(self, payload: bytes, encoding: Encoding) -> bytes:
        """Let an appliance in that knows the code.

        Returns:
            The sealed answer, encoded.
        """
        async with self._counted("pairing"):
            _take_token(self._pairings, "anybody", "pairing")
            return await self._desk.answer(payload, encoding)

    async def _admitted(self, device: DeviceId, what: str) -> Appliance:
        """The paired appliance, if it has not said too much lately.

        Raises:
            RefusedError: It is not paired.
            TooManyError: It has.
        """
        known = {appliance.id: appliance for appliance in await self._store.appliances()}
        if device not in known:
            raise RefusedError(what=what, rule="this appliance is not paired")
        _take_token(self._packs, device, what)
        return known[device]

    async def _placement(self, reaction: Reaction) -> Placement | None:
        decision = await self._store.decision(reaction.placement)
        outcome = decision.outcome if decision else None
        return outcome if isinstance(outcome, Placement) else None

    @asynccontextmanager
    async def _counted(self, what: str) -> AsyncIterator[None]:
        """Count what is refused inside, by its dotted name, and let it pass on."""
        try:
            yield
        except EdgeError as error:
            ending = next((name for kind, name in _ENDINGS if isinstance(error, kind)), "failed")
            with suppress(StoreError):  # the refusal stands, counted or not
                await self._store.count(f"{what}.{ending}")
            raise


def _take_token(limit: RateLimit, name: str, what: str) -> None:
    if wait := limit.wait(name):
        raise TooManyError(what, retry_after_s=wait)


def _not_before(placement: Placement, reaction: Reaction) -> Reaction:
    """A clock that runs slow must not make a dismissal older than what it dismisses.

    Cool-downs are counted from it: a refusal has to last as long as it was meant to.
    """
    return replace(reaction, at=max(reaction.at, placement.shown_at))
