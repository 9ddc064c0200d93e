"""A whole home's store: opened, filled, and examined from outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from edge.adapters.store.document_store import DocumentStore, open_store
from edge.domain.consent import Purpose
from edge.domain.household import Preferences
from edge.domain.measures import NeedId, PlacementId
from edge.domain.reaction import Reaction, ReactionKind
from tests.adapters.store.examples import (
    BOOK,
    BUTTER,
    DAY,
    NOON,
    READER,
    TurnedClock,
    a_decision,
    a_grant,
    a_need,
    a_placement,
    a_reading,
    an_appliance,
)

KEEP, INFER, OFFER = (
    a_grant(f"grant-{purpose.value}", purpose)
    for purpose in (Purpose.KEEP, Purpose.INFER, Purpose.OFFER)
)


@asynccontextmanager
async def a_home(folder: Path, clock: TurnedClock | None = None) -> AsyncIterator[DocumentStore]:
    """The store in that folder, keys beside it."""
    keys = folder / "keys"
    async with open_store(folder / "data", keys=keys, clock=clock or TurnedClock()) as store:
        yield store


async def fill(store: DocumentStore) -> None:
    """One of everything for the fridge, a reading for the e-reader."""
    await store.put_appliance(an_appliance())
    await store.put_appliance(an_appliance(READER))
    await store.add_grants([KEEP, INFER, OFFER])
    await store.add_readings([a_reading(minute, 180 - minute) for minute in range(60)])
    await store.add_readings([a_reading(item=BOOK), a_reading(item=BUTTER, start=NOON + DAY)])
    await store.put_need(a_need())
    await store.add_decision(a_decision(outcome=a_placement()))
    answer = Reaction(
        placement=PlacementId("p1"), kind=ReactionKind.NOT_NOW, at=NOON + timedelta(minutes=1)
    )
    await store.add_reaction(answer, closes=NeedId("butter-1"))
    await store.add_decision(a_decision("d2", a_placement("p2", shown_at=NOON + DAY)))
    await store.put_preferences(Preferences(language="en"))
    await store.count("readings.refused")


async def told(store: DocumentStore) -> list[str]:
    """Everything it tells about itself."""
    return [line async for chunk in store.export() for line in chunk.decode().splitlines()]
