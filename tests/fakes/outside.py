"""In-memory keepers of the small ports, for tests of the middle."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from edge.domain.appliance import Surface
from edge.domain.consent import Grants, Purpose
from edge.domain.egress import EgressMessage, EgressSummary
from edge.domain.measures import DeviceId, SurfaceName
from edge.domain.placement import Placement
from edge.domain.story import Event


@dataclass
class FakeSurfaces:
    """Remembers what stands where."""

    shown: dict[SurfaceName, Placement] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)

    async def show(self, placement: Placement, *, language: str) -> None:
        """Put it there."""
        self.shown[placement.surface] = placement
        self.languages.append(language)

    async def clear(self, surface: Surface) -> None:
        """Take it away."""
        self.shown.pop(surface.name, None)


@dataclass
class FakeSubscription:
    """Remembers whether the courier would pull."""

    on: bool = False
    written: int = 0

    async def follow(self, grants: Grants) -> None:
        """Note what the courier would be told."""
        self.on = grants.allow_anywhere(Purpose.OFFER)
        self.written += 1


@dataclass
class FakeLedger:
    """Messages as given."""

    messages: list[EgressMessage] = field(default_factory=list)

    async def summary(self) -> EgressSummary:
        """The totals of the messages given."""
        return EgressSummary(
            messages=len(self.messages),
            size=sum(message.size for message in self.messages),
            household_facts=sum(not message.explained for message in self.messages),
        )

    async def newest(self, *, limit: int) -> Sequence[EgressMessage]:
        """The last of the messages given."""
        return self.messages[::-1][:limit]


@dataclass
class FakePairing:
    """Remembers who was sent away."""

    opened: list[str | None] = field(default_factory=list)
    unpaired: list[DeviceId] = field(default_factory=list)

    async def open(self, code: str | None = None) -> str:
        """Always the same code, unless one is given."""
        self.opened.append(code)
        return code or "ABCD-EFGH-JKMN"

    async def unpair(self, device: DeviceId) -> None:
        """Note it."""
        self.unpaired.append(device)


@dataclass
class FakeTeller:
    """Remembers the story."""

    events: list[Event] = field(default_factory=list)

    def tell(self, event: Event) -> None:
        """Note it."""
        self.events.append(event)
