"""A front door to knock at: desk, accounts on disk, and the few things a store does for them."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from edge.adapters.local.accounts import Accounts, open_accounts
from edge.adapters.local.pairing import PairingDesk
from edge.domain.appliance import Appliance
from edge.domain.measures import DecisionId, DeviceId, PlacementId
from edge.domain.placement import Decision
from edge.errors import StoreError
from edge.ports import Store
from tests.fakes.clock import FakeClock
from tests.fakes.dice import SeededBytes


class Stopwatch:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Seconds since some time long ago."""
        return self.seconds


@dataclass
class FewShelves:
    """As much of a store as the front door uses; `full` makes every write fail."""

    kept: dict[DeviceId, Appliance] = field(default_factory=dict)
    made: dict[str, Decision] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    full: bool = False

    def as_store(self) -> Store:
        """The same object, for those who ask for a whole store."""
        return cast("Store", self)

    async def put_appliance(self, appliance: Appliance) -> None:
        """Keep it, or fail when full."""
        self._fail_when_full()
        self.kept[appliance.id] = appliance

    async def appliances(self) -> list[Appliance]:
        """All of them."""
        return list(self.kept.values())

    async def decision(self, key: DecisionId | PlacementId) -> Decision | None:
        """The one that was put there under that key."""
        return self.made.get(key)

    async def count(self, event: str) -> None:
        """One more, or fail when full."""
        self._fail_when_full()
        self.counted[event] += 1

    def _fail_when_full(self) -> None:
        if self.full:
            message = "the disk is full"
            raise StoreError(message)


@dataclass
class FrontDoor:
    """A desk with all that it leans on."""

    accounts: Accounts
    shelves: FewShelves
    clock: FakeClock
    stopwatch: Stopwatch
    desk: PairingDesk
    changes: list[list[DeviceId]]
    """Who was paired, each time the accounts were said to have changed."""


async def a_front_door(folder: Path, *, seed: int = 1) -> FrontDoor:
    """A home where nobody is paired yet."""
    accounts = await open_accounts(folder, random_bytes=SeededBytes(seed))
    shelves, clock, stopwatch = FewShelves(), FakeClock(), Stopwatch()
    changes: list[list[DeviceId]] = []

    async def accounts_changed() -> None:
        changes.append(list(accounts.devices()))

    desk = PairingDesk(
        accounts=accounts,
        store=shelves.as_store(),
        clock=clock,
        monotonic=stopwatch,
        random_bytes=SeededBytes(seed + 1),
        accounts_changed=accounts_changed,
    )
    return FrontDoor(
        accounts=accounts,
        shelves=shelves,
        clock=clock,
        stopwatch=stopwatch,
        desk=desk,
        changes=changes,
    )
