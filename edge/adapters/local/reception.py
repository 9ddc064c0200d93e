"""What both transports hand over to: check, count, pass on."""

from collections.abc import Awaitable, Callable, Sequence

from edge.adapters.local.pairing import PairingDesk
from edge.adapters.local.rate_limit import RateLimit
from edge.domain.measures import DeviceId
from edge.domain.reaction import Reaction
from edge.domain.reading import Reading
from edge.errors import RefusedError
from edge.ports import Clock, Store
from edge.wire.encoding import Encoding


class Reception:
    """Decodes what appliances say, checks it, counts refusals and passes it on.

    Each method raises MalformedError (bad input), RefusedError (unknown appliance, no pairing),
    TooManyError (over the rate) or StoreError (could not be kept), already counted; a transport
    only renders them.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        store: Store,
        desk: PairingDesk,
        packs: RateLimit,
        on_readings: Callable[[Sequence[Reading]], Awaitable[object]],
        on_reaction: Callable[[Reaction], Awaitable[object]],
    ) -> None:
        self._clock = clock
        self._store = store
        self._desk = desk
        self._packs = packs
        self._on_readings = on_readings
        self._on_reaction = on_reaction
        self._here: set[DeviceId] = set()

    @property
    def here(self) -> frozenset[DeviceId]:
        """The appliances that are there now, as far as their transports know."""
        return frozenset(self._here)

    async def manifest(self, device: DeviceId, payload: bytes) -> None:  # noqa: ARG002  -- filled in once the decoders are there
        """Keep what an appliance says about itself, in place of what it said before."""
        raise RefusedError(what="manifest", rule="not yet accepted")

    async def readings(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:  # noqa: ARG002  -- filled in once the decoders are there
        """Pass on a pack of readings, whole or not at all."""
        raise RefusedError(what="readings", rule="not yet accepted")

    async def reaction(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:  # noqa: ARG002  -- filled in once the decoders are there
        """Pass on an answer to a placement on this appliance."""
        raise RefusedError(what="reaction", rule="not yet accepted")

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
        return await self._desk.answer(payload, encoding)
