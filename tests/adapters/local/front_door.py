"""A front door to knock at: desk, accounts on disk, and a store whose disk can be full."""

from dataclasses import dataclass
from pathlib import Path

from edge.adapters.local.accounts import Accounts, open_accounts
from edge.adapters.local.pairing import PairingDesk
from edge.domain.appliance import Appliance
from edge.domain.measures import DeviceId
from edge.errors import StoreError
from tests.fakes.clock import FakeClock
from tests.fakes.dice import SeededBytes
from tests.fakes.store import FakeStore


class Stopwatch:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Seconds since some time long ago."""
        return self.seconds


class ScarceStore(FakeStore):
    """A store whose disk can be full: then every write that the front door makes fails."""

    full = False

    @property
    def kept(self) -> dict[DeviceId, Appliance]:
        """The appliances in it."""
        return self._appliances

    @property
    def counted(self) -> dict[str, int]:
        """The counters in it."""
        return dict(self._counts)

    async def put_appliance(self, appliance: Appliance) -> None:
        """Keep it, or fail when full."""
        self._fail_when_full()
        await super().put_appliance(appliance)

    async def count(self, event: str) -> None:
        """One more, or fail when full."""
        self._fail_when_full()
        await super().count(event)

    def _fail_when_full(self) -> None:
        if self.full:
            message = "the disk is full"
            raise StoreError(message)


@dataclass
class FrontDoor:
    """A desk with all that it leans on."""

    accounts: Accounts
    store: ScarceStore
    clock: FakeClock
    stopwatch: Stopwatch
    desk: PairingDesk
    changes: list[list[DeviceId]]
    """Who was paired, each time the accounts were said to have changed."""


async def a_front_door(folder: Path, *, seed: int = 1) -> FrontDoor:
    """A home where nobody is paired yet."""
    accounts = await open_accounts(folder, random_bytes=SeededBytes(seed))
    clock, stopwatch = FakeClock(), Stopwatch()
    store = ScarceStore(clock)
    changes: list[list[DeviceId]] = []

    async def accounts_changed() -> None:
        changes.append(list(accounts.devices()))

    desk = PairingDesk(
        accounts=accounts,
        store=store,
        clock=clock,
        monotonic=stopwatch,
        random_bytes=SeededBytes(seed + 1),
        accounts_changed=accounts_changed,
    )
    return FrontDoor(
        accounts=accounts,
        store=store,
        clock=clock,
        stopwatch=stopwatch,
        desk=desk,
        changes=changes,
    )
