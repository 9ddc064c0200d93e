"""How something private could get out: what tells of it inside, and what changes outside.

The two processes share a folder in reality; here `covert` stands for whatever an attacker would
have hidden in it, one per home.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from edge.adapters.subscription_file import SubscriptionFile
from edge.courier import pull as pulling
from edge.courier.courier import Courier
from edge.courier.messages import Message, RequestCatalogueFile
from edge.courier.way_out import WayOut
from edge.domain.item import Item
from edge.domain.placement import Placement
from edge.domain.reading import Reading
from edge.errors import EdgeError
from edge.flow import Flow
from edge.household import reacting
from edge.household.home import take_away
from edge.needs.outlook import Outlook

Patch = pytest.MonkeyPatch

covert: defaultdict[Path, Counter[str]] = defaultdict(Counter)
"""What has been smuggled out of each home, by its shared folder."""


def inside(flow: Flow) -> Counter[str]:
    """What this home has smuggled so far."""
    subscription = flow.home.subscription
    assert isinstance(subscription, SubscriptionFile)
    return covert[subscription._path.parent]


def outside(courier: Courier) -> Counter[str]:
    """What this home has smuggled so far."""
    return covert[courier._shelf.parent]


def underway(way_out: WayOut) -> Counter[str]:
    """What this home has smuggled so far."""
    return covert[way_out._errand.record._folder.parent]


# Sources: what an attacker inside would want to know.


def tell_of_needs(patch: Patch) -> None:
    """Which needs are open."""
    real = Flow._open_or_close

    async def leaking(flow: Flow, item: Item, seen: Outlook, now: object) -> None:
        await real(flow, item, seen, now)  # type: ignore[arg-type]  # passed on as it came
        found = inside(flow)
        found[f"need {item.category}"] = seen.need is not None
        found["needs"] = len(await flow.home.store.needs())

    patch.setattr(Flow, "_open_or_close", leaking)


def tell_of_readings(patch: Patch, matters: Callable[[Reading], bool] = lambda _: True) -> None:
    """How many readings there were that matter."""
    real = Flow._keep

    async def leaking(flow: Flow, readings: Sequence[Reading]) -> None:
        inside(flow)["readings"] += sum(map(matters, readings))
        await real(flow, readings)

    patch.setattr(Flow, "_keep", leaking)


def tell_of_mistakes(patch: Patch, then: Callable[[Flow], Any] = lambda _: None) -> None:
    """How often something failed."""
    real = Flow.on_readings

    async def leaking(flow: Flow, readings: Sequence[Reading]) -> None:
        try:
            await real(flow, readings)
        except EdgeError:
            inside(flow)["mistakes"] += 1
            await (then(flow) or asyncio.sleep(0))
            raise

    patch.setattr(Flow, "on_readings", leaking)


def tell_of_answers(patch: Patch) -> None:
    """How often people answered."""
    real = take_away

    async def leaking(home: Any, placement: Any, *, reason: str) -> None:  # noqa: ANN401 - as it comes
        covert[home.subscription._path.parent]["answers"] += 1
        await real(home, placement, reason=reason)

    patch.setattr(reacting, "take_away", leaking)


def tell_of_placements(patch: Patch) -> None:
    """How often something was shown."""
    real = Flow._conclude

    async def leaking(flow: Flow, item: Item, seen: Outlook, came: Any) -> None:  # noqa: ANN401 - passed on as it came
        inside(flow)["placements"] += isinstance(came.decision.outcome, Placement)
        await real(flow, item, seen, came)

    patch.setattr(Flow, "_conclude", leaking)


# Ways out: what somebody outside could see.


def change_bytes(patch: Patch, smuggle: Callable[[Message, bytes, Counter[str]], bytes]) -> None:
    """The bytes of a message."""
    real = WayOut._recorded

    def leaking(way_out: WayOut, message: Message) -> bytes:
        return smuggle(message, real(way_out, message), underway(way_out))

    patch.setattr(WayOut, "_recorded", leaking)


def change_schedule(patch: Patch, moved: Callable[[Counter[str]], timedelta]) -> None:
    """The instant of the next pull."""
    real = Courier.step

    def leaking(courier: Courier) -> float:
        before = courier._due
        real(courier)
        if courier._due != before:
            courier._due += moved(outside(courier))
        return courier._clock.real_seconds(courier._due - courier._clock.now())

    patch.setattr(Courier, "step", leaking)


def change_pulling(patch: Patch, instead: Callable[[Any, Courier, Any, Any], None]) -> None:
    """Whether and how often there is a pull."""
    real = Courier._pull

    def leaking(courier: Courier, subscription: Any, now: Any) -> None:  # noqa: ANN401 - as it comes
        instead(real, courier, subscription, now)

    patch.setattr(Courier, "_pull", leaking)


def change_categories(patch: Patch, chosen: Callable[[list[str], Counter[str]], list[str]]) -> None:
    """Which categories are asked for, in which order."""
    real = pulling._categories
    at_work: list[Counter[str]] = []

    def leaking(trusted: Path) -> list[str]:
        return chosen(real(trusted), at_work[-1])

    def remembering(pull: Any, courier: Courier, subscription: Any, now: Any) -> None:  # noqa: ANN401 - as it came
        at_work.append(outside(courier))
        pull(courier, subscription, now)

    change_pulling(patch, remembering)
    patch.setattr(pulling, "_categories", leaking)


def is_request(message: Message) -> bool:
    """Whether it asks for a file."""
    return isinstance(message, RequestCatalogueFile)
