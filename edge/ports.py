"""What the middle asks of the outside: a promise each, with a fake and a real keeper.

Each port has one contract suite in tests/contracts/, run on the fake and on the real thing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from edge.domain.appliance import Appliance, Surface
from edge.domain.category import CategoryName
from edge.domain.consent import Grant, Grants
from edge.domain.egress import EgressMessage, EgressSummary
from edge.domain.household import Preferences
from edge.domain.item import ItemId
from edge.domain.measures import DecisionId, DeviceId, GrantId, NeedId, PlacementId
from edge.domain.need import Need
from edge.domain.offer import NO_CANDIDATES, Candidates, Catalogue
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import History, Reaction
from edge.domain.reading import Reading
from edge.domain.story import Event


class Clock(Protocol):
    """Tells the time; asked once per decision."""

    def now(self) -> datetime:
        """This instant, aware, UTC; never earlier than the one before."""
        ...


class Store(Protocol):
    """Keeps what the home knows. Each method is atomic: it happens whole or not at all.

    What a method has returned from survives a crash, except `add_readings` and `count`, which may
    lose the last five minutes. Every method raises StoreError when it cannot keep its promise.
    """

    # appliances
    async def put_appliance(self, appliance: Appliance) -> None:
        """Keep a paired appliance, in place of an earlier one of the same id."""
        ...

    async def appliances(self) -> Sequence[Appliance]:
        """All paired appliances, by id."""
        ...

    async def forget_appliance(self, device: DeviceId) -> None:
        """Delete an appliance with its readings, needs, decisions; its grants end first."""
        ...

    # readings
    async def add_readings(self, readings: Sequence[Reading]) -> int:
        """Keep readings; one already kept (same device, name and time) is not kept twice.

        Returns:
            How many were new.
        """
        ...

    async def readings(self, item: ItemId, *, since: datetime) -> Sequence[Reading]:
        """The item's readings at or after `since`, in time order; at most READINGS_MOST newest."""
        ...

    async def forget_readings(self, item: ItemId) -> None:
        """Delete all readings of one item."""
        ...

    # consent
    async def add_grants(self, grants: Sequence[Grant]) -> None:
        """Keep new grants."""
        ...

    async def withdraw(self, grants: Sequence[GrantId], *, at: datetime) -> None:
        """End grants; ending an ended one changes nothing, an unknown one is an error."""
        ...

    async def grants(self, *, now: datetime) -> Grants:
        """Those that stand at `now`."""
        ...

    async def grant_history(self) -> Sequence[Grant]:
        """Every grant ever given, oldest first, ended ones too."""
        ...

    # needs, decisions, reactions
    async def put_need(self, need: Need) -> None:
        """Keep an open need, in place of an earlier one for the same item."""
        ...

    async def close_need(self, item: ItemId) -> None:
        """The need for this item is met; nothing happens if none is open."""
        ...

    async def needs(self) -> Sequence[Need]:
        """All open needs, by item."""
        ...

    async def add_decision(
        self, decision: Decision, *, candidates: Candidates = NO_CANDIDATES
    ) -> None:
        """Keep a decision; with a placement, the impression and the standing placement too.

        The candidates are public and kept once for each catalogue and category.
        """
        ...

    async def candidates(self, catalogue: str, category: CategoryName) -> Candidates | None:
        """What decisions about the category looked at in that catalogue; a bounded number."""
        ...

    async def decisions(self, *, limit: int) -> Sequence[Decision]:
        """The newest decisions, newest first; the store bounds how many it keeps."""
        ...

    async def decision(self, key: DecisionId | PlacementId) -> Decision | None:
        """The decision of that id, or that made the placement of that id."""
        ...

    async def standing(self) -> Placement | None:
        """The placement that is on a surface now: one household, one placement at a time."""
        ...

    async def end_placement(self, placement: PlacementId) -> None:
        """It is off its surface."""
        ...

    async def add_reaction(self, reaction: Reaction, *, closes: NeedId | None) -> bool:
        """Keep an answer, end its placement and, if given, settle its need, in one act.

        Returns:
            False when the placement is unknown or already answered; then nothing changed.
        """
        ...

    async def settled(self, need: NeedId) -> bool:
        """Whether the need was answered: it stays closed until the next refill."""
        ...

    async def redeem(self, placement: PlacementId, *, at: datetime) -> bool:
        """Keep that an offer was used.

        Returns:
            False when the placement is unknown or was used already; then nothing changed.
        """
        ...

    async def history(self, *, since: datetime) -> History:
        """Impressions at or after `since`, oldest first, with their answers."""
        ...

    # the household's own choices
    async def preferences(self) -> Preferences:
        """As last put; the defaults before that."""
        ...

    async def put_preferences(self, preferences: Preferences) -> None:
        """Keep the household's choices."""
        ...

    # itself, counters and everything at once
    async def healthy(self) -> bool:
        """Whether there is room to keep what is decided; never raises."""
        ...

    async def count(self, event: str) -> None:
        """Count a refusal or another event of no content, by its dotted name."""
        ...

    async def counts(self) -> dict[str, int]:
        """All counters."""
        ...

    async def forget_everything(self) -> None:
        """Delete all of the above; grants end first."""
        ...


class Teller(Protocol):
    """Whoever wants to know what happens in the house, within the house."""

    def tell(self, event: Event) -> None:
        """It has happened; telling never fails and never waits."""
        ...


READINGS_MOST = 5_000
"""How many readings of one item a model ever sees: 7 weeks at a quarter-hour, 8 MB at most."""


class Subscription(Protocol):
    """The courier's whole instruction: a function of the grants and of nothing else."""

    async def follow(self, grants: Grants) -> None:
        """Write it anew."""
        ...


class EgressLedger(Protocol):
    """What the courier recorded of each message before it left the home."""

    async def summary(self) -> EgressSummary:
        """The totals so far."""
        ...

    async def newest(self, *, limit: int) -> Sequence[EgressMessage]:
        """The last messages, newest first."""
        ...


class Pairing(Protocol):
    """The door for appliances."""

    async def open(self, code: str | None = None) -> str:
        """Let one appliance in within five minutes; returns the code, given or newly drawn."""
        ...

    async def unpair(self, device: DeviceId) -> None:
        """Its credentials stop working at once; unknown devices are no error."""
        ...


class CatalogueShelf(Protocol):
    """Where the courier leaves the public catalogue."""

    async def newest(self, *, now: datetime) -> Catalogue | None:
        """The newest catalogue whose signatures hold and that has not expired; None if none."""
        ...


class Surfaces(Protocol):
    """The places where an offer can be shown."""

    async def show(self, placement: Placement, *, language: str) -> None:
        """Put it on its surface, in place of what is there."""
        ...

    async def clear(self, surface: Surface) -> None:
        """Take away whatever is shown there; nothing happens if nothing is."""
        ...
