"""Who is asking: the OSCORE contexts (RFC 8613) of paired appliances.

aiocoap's own server side pulls EDHOC's library in (10 MB) and writes its files in the event loop;
this one keeps to static contexts and to one thread of its own for the files (ADR 0050).

The law: a sequence number is used only after a file that says so has reached the disk. Numbers are
taken from the disk in stretches, the window of seen numbers counts as unknown while we run; after
`kill -9` the appliance is asked to prove that it is fresh (Echo, RFC 8613 appendix B.1.2).
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import filelock
from aiocoap import error as coap_errors
from aiocoap import oscore
from aiocoap.message import Message

from edge.adapters.local.accounts import Accounts
from edge.adapters.local.coap_messages import CoapError, Code
from edge.domain.measures import DeviceId

_log = logging.getLogger(__name__)

T = TypeVar("T")

STRETCH = 1_024
"""Sequence numbers taken from the disk at once; `kill -9` wastes at most these of 2^40."""

RESERVE = 256
"""With fewer left, more are taken before the next message: above all requests under way at once."""


class DeviceContext(oscore.FilesystemSecurityContext):  # type: ignore[misc]  # aiocoap is untyped
    """One appliance's context: aiocoap's, except that it never writes a file in the event loop."""

    lockfile: filelock.FileLock | None
    """aiocoap's; None once the context is let go."""

    def __init__(self, folder: Path) -> None:
        try:
            super().__init__(str(folder))
            self._on_disk_below = self.sender_sequence_number
            self.reserve()
        except BaseException:
            self.drop()
            raise

    @property
    def runs_low(self) -> bool:
        """Whether `reserve` is due; never once the context is dropped."""
        left: int = self._on_disk_below - self.sender_sequence_number
        return left < RESERVE and self.lockfile is not None

    def reserve(self) -> None:
        """Take the next stretch of sequence numbers from the disk; blocks until it is there."""
        self.replay_window_persisted = False
        self.sequence_number_persisted = self.sender_sequence_number + STRETCH
        self._store()
        self._on_disk_below = self.sequence_number_persisted

    def post_seqnoincrease(self) -> None:
        """Called by aiocoap with each number: one that is not on disk is never used."""
        if self.sender_sequence_number > self._on_disk_below:
            message = "no sequence numbers left on disk"
            raise oscore.ContextUnavailable(message)

    def close(self) -> None:
        """Write down what was used and seen, so that the next start loses nothing."""
        self._destroy()

    def drop(self) -> None:
        """Let go of a context whose folder is gone or going; nothing is written."""
        if self.lockfile is not None:
            self.lockfile.release()
            self.lockfile = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A request that its context vouches for, and what it takes to answer it.

    Attributes:
        message: The request inside.
        device: Who sent it.
    """

    message: Message
    device: DeviceId
    context: DeviceContext
    request_id: oscore.RequestIdentifiers


class OscoreContexts:
    """The contexts of all paired appliances, by the key id that their requests carry."""

    def __init__(self) -> None:
        self._contexts: dict[DeviceId, DeviceContext] = {}
        self._by_key_id: dict[bytes, DeviceId] = {}
        self._followed: frozenset[DeviceId] = frozenset()
        # The lock of a context belongs to the thread that took it: there is only this one.
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="oscore")
        self._changing = asyncio.Lock()

    async def follow(self, accounts: Accounts) -> frozenset[DeviceId]:
        """Open the contexts of new appliances and drop those of forgotten ones, which act at once.

        Returns:
            The forgotten ones.
        """
        async with self._changing:
            paired = {device: accounts.oscore_folder(device) for device in accounts.devices()}
            gone = self._followed - paired.keys()
            self._followed = frozenset(paired)
            # All at once before the first wait: from here on no request finds any of them.
            for context in [self._forget(device) for device in gone if device in self._contexts]:
                await self._on_disk(context.drop)
            for device, folder in paired.items():
                if folder is not None and device not in self._contexts:
                    await self._open(device, folder)
            return gone

    async def unprotect(self, message: Message) -> Opened:
        """Find the context of a protected request and take the request out of it.

        Raises:
            CoapError: Unknown context or a replay (4.01), undecodable (4.02), forged (4.00): the
                answers of RFC 8613 section 8.2.
            ReplayErrorWithEcho: Of aiocoap, which renders it: prove that you are fresh.
        """
        try:
            key_id = oscore.verify_start(message).get(oscore.COSE_KID)
        except (coap_errors.Error, ValueError, IndexError) as error:
            raise CoapError(Code.BAD_OPTION, "Failed to decode COSE") from error
        if key_id in self._by_key_id:
            await self._keep_reserve(self._contexts[self._by_key_id[key_id]])
        # Looked up after the wait: the appliance may have been forgotten meanwhile.
        device = self._by_key_id.get(key_id)
        if device is None:
            raise CoapError(Code.UNAUTHORIZED, "Security context not found", max_age_s=0)
        context = self._contexts[device]
        inner, request_id = _unprotected(context, message)
        return Opened(message=inner, device=device, context=context, request_id=request_id)

    async def protect(self, opened: Opened, answer: Message) -> Message:
        """Put an answer, or a notification, into the context of its request."""
        await self._keep_reserve(opened.context)
        notifies = answer.opt.observe is not None
        if notifies:
            answer.opt.observe = 0  # the order is that of the sequence numbers (RFC 8613 4.1.3.5)
        protected, _ = opened.context.protect(answer, opened.request_id)
        if notifies:
            protected.opt.observe = opened.context.sender_sequence_number % (1 << 24)
        return protected

    async def close(self) -> None:
        """Write every context down and let go of it."""
        async with self._changing:
            for device in list(self._contexts):
                context = self._forget(device)
                try:
                    await self._on_disk(context.close)
                except OSError as error:
                    _log.warning("coap.oscore_not_closed device=%s: %s", device, error.strerror)
                    await self._on_disk(context.drop)
            await asyncio.to_thread(self._disk.shutdown)

    async def _open(self, device: DeviceId, folder: Path) -> None:
        try:
            context = await self._on_disk(lambda: DeviceContext(folder))
        except (OSError, ValueError, TypeError, AttributeError) as error:
            # One broken folder keeps one appliance out, not the runtime from starting.
            _log.error("coap.oscore_broken device=%s: %s", device, type(error).__name__)
            return
        if context.recipient_id in self._by_key_id:
            _log.error("coap.oscore_broken device=%s: key id taken", device)
            await self._on_disk(context.drop)
            return
        self._contexts[device] = context
        self._by_key_id[context.recipient_id] = device

    def _forget(self, device: DeviceId) -> DeviceContext:
        context = self._contexts.pop(device)
        del self._by_key_id[context.recipient_id]
        return context

    async def _keep_reserve(self, context: DeviceContext) -> None:
        if context.runs_low:
            try:
                await self._on_disk(context.reserve)
            except OSError as error:
                # Goes on with the numbers that are left; without any, the context stops by itself.
                _log.warning("coap.oscore_not_stored: %s", error.strerror)

    async def _on_disk(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, act)


def _unprotected(
    context: DeviceContext, message: Message
) -> tuple[Message, oscore.RequestIdentifiers]:
    """The request inside and what identifies it; aiocoap's errors as RFC 8613 section 8.2 asks."""
    try:
        inner, request_id = context.unprotect(message)
    except oscore.ReplayErrorWithEcho:
        raise
    except oscore.ReplayError as error:
        raise CoapError(Code.UNAUTHORIZED, "Replay detected", max_age_s=0) from error
    except oscore.DecodeError as error:
        raise CoapError(Code.BAD_OPTION, "Failed to decode COSE") from error
    except (coap_errors.Error, ValueError, IndexError) as error:
        raise CoapError(Code.BAD_REQUEST, "Decryption failed") from error
    return inner, request_id
