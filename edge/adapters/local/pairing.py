"""The door for appliances: a window of minutes, one code, one appliance (docs/wire/pairing.md)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from edge.adapters.local.accounts import Accounts
from edge.domain.appliance import Appliance
from edge.domain.measures import DeviceId
from edge.errors import MalformedError, RefusedError, StoreError
from edge.ports import Clock, Store
from edge.wire.encoding import Encoding
from edge.wire.manifest import decode_manifest, kind_of
from edge.wire.pairing import (
    Credentials,
    PairingKey,
    PairingRequest,
    decode_request,
    seal_answer,
    stretch,
)
from edge.wire.pairing_code import new_code, shown_code, typed_code

WINDOW_MINUTES = 5
"""Long enough to walk to the appliance, short enough that nobody forgets it open."""

WRONG_PROOFS_MOST = 5
"""A person mistypes once or twice; whoever is wrong five times does not have the code."""

REFUSAL_DELAY_S = 1.0
"""The same for each refusal: an answer's time says nothing, and guessing gets slow."""


@dataclass(slots=True, kw_only=True)
class _Window:
    """An open door.

    Attributes:
        key: What opens it.
        closes_at: On the monotonic clock, half open.
        wrong: How many proofs did not fit.
    """

    key: PairingKey
    closes_at: float
    wrong: int = 0


class PairingDesk:
    """Lets in one appliance that knows the code; keeps the `Pairing` port's promise.

    Time is counted by a monotonic clock: a demo's hours do not close the window.
    """

    def __init__(
        self,
        *,
        accounts: Accounts,
        store: Store,
        clock: Clock,
        monotonic: Callable[[], float],
        random_bytes: Callable[[int], bytes],
        accounts_changed: Callable[[], Awaitable[object]],
    ) -> None:
        self._accounts = accounts
        self._store = store
        self._clock = clock
        self._monotonic = monotonic
        self._random_bytes = random_bytes
        self._accounts_changed = accounts_changed
        self._window: _Window | None = None
        self._nobody = PairingKey(proof=random_bytes(32), seal=random_bytes(32))

    async def open(self, code: str | None = None, *, minutes: float = WINDOW_MINUTES) -> str:
        """Open the window, in place of one that may be open.

        Args:
            code: The one an appliance shows, as typed; None to draw one.
            minutes: How long, in real time.

        Returns:
            The code, as a person reads it.

        Raises:
            MalformedError: What was typed cannot be a code.
        """
        plain = new_code(self._random_bytes(8)) if code is None else typed_code(code)
        key = await asyncio.to_thread(stretch, plain)
        self._window = _Window(key=key, closes_at=self._monotonic() + 60.0 * minutes)
        return shown_code(plain)

    def close(self) -> None:
        """Close the window; nothing happens if none is open."""
        self._window = None

    @property
    def is_open(self) -> bool:
        """Whether somebody with the code would be let in now."""
        return self._window is not None and self._monotonic() < self._window.closes_at

    async def unpair(self, device: DeviceId) -> None:
        """Make its credentials void at once; unknown devices are no error.

        Raises:
            StoreError: They could not be removed.
        """
        await self._accounts.remove(device)
        await self._accounts_changed()

    async def answer(self, payload: bytes, encoding: Encoding) -> bytes:
        """Judge a pairing request.

        Returns:
            The sealed answer, in the encoding of the request.

        Raises:
            MalformedError: It is not a request, or its manifest breaks a rule; the code still
                holds, so the appliance may try again.
            RefusedError: No window, or not its code; after one second.
            StoreError: The appliance could not be kept; the code is used up.
        """
        request = decode_request(payload, encoding)
        key = self._key_if_proven(request)
        if key is None:
            await asyncio.sleep(REFUSAL_DELAY_S)
            raise RefusedError(what="pairing", rule="no pairing")
        appliance = self._described(request)
        self.close()
        credentials = await self._let_in(appliance)
        return seal_answer(credentials, key=key, nonce=request.nonce, encoding=encoding)

    def _key_if_proven(self, request: PairingRequest) -> PairingKey | None:
        """The window's key, if the request knows it; the fifth wrong proof closes the window.

        Without a window a key that nobody has is tried, so both ways take as long.
        """
        window = self._window if self.is_open else None
        key = window.key if window else self._nobody
        if request.is_proven_with(key):
            return key
        if window:
            window.wrong += 1
            if window.wrong >= WRONG_PROOFS_MOST:
                self.close()
        return None

    def _described(self, request: PairingRequest) -> Appliance:
        """The appliance, under a name that nobody has.

        Raises:
            MalformedError: Its manifest breaks a rule.
        """
        try:
            device = self._free_name(kind_of(request.manifest))
            return decode_manifest(request.manifest, device=device, paired_at=self._clock.now())
        except MalformedError as error:
            raise MalformedError(field=f"manifest: {error.field}", rule=error.rule) from None

    def _free_name(self, kind: str) -> DeviceId:
        taken = self._accounts.devices()
        while (name := DeviceId(f"{kind}-{self._random_bytes(2).hex()}")) in taken:
            pass
        return name

    async def _let_in(self, appliance: Appliance) -> Credentials:
        """Keep the appliance and its credentials, or neither."""
        credentials = await self._accounts.add(appliance.id)
        try:
            await self._store.put_appliance(appliance)
        except StoreError:
            await self._accounts.remove(appliance.id)
            raise
        await self._accounts_changed()
        return credentials
