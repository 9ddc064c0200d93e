"""Keeps and withdraws without end, and says what was acknowledged: to be killed at any instant.

    python -m tests.soak.store_writer FOLDER FIRST

Prints `ready`, then `kept N` and `ended N` once the store has returned from it. Between these it
writes readings, shows offers and now and then forgets, so that keys are renewed under fire.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path

from edge.adapters.store.document_store import DocumentStore
from edge.adapters.store.errors import StoreInUseError
from edge.domain.consent import Purpose
from edge.domain.measures import GrantId, NeedId, PlacementId
from edge.domain.reaction import Reaction, ReactionKind
from tests.adapters.store.examples import (
    BUTTER,
    NOON,
    a_decision,
    a_grant,
    a_placement,
    a_reading,
)
from tests.adapters.store.homes import a_home


def say(*words: object) -> None:
    """One line, at once."""
    print(*words, flush=True)  # noqa: T201 -- read by the test through a pipe


async def one_round(store: DocumentStore, number: int) -> None:
    """A grant, perhaps an end, some of everything else."""
    await store.add_grants([a_grant(f"g{number}", Purpose.KEEP)])
    say("kept", number)
    await store.add_readings([a_reading(number * 20 + minute) for minute in range(20)])
    if number % 3 == 2:
        await store.withdraw([GrantId(f"g{number - 1}")], at=NOON)
        say("ended", number - 1)
    if number % 4 == 1:
        await store.add_decision(a_decision(f"d{number}", a_placement(f"p{number}")))
        answer = Reaction(placement=PlacementId(f"p{number}"), kind=ReactionKind.NOT_NOW, at=NOON)
        await store.add_reaction(answer, closes=NeedId(f"n{number}"))
    if number % 10 == 9:
        await store.forget_readings(BUTTER)


async def main(folder: Path, first: int) -> None:
    """Until killed."""
    async with a_home(folder) as store:
        say("ready")
        for number in count(first):
            await one_round(store, number)


if __name__ == "__main__":
    try:
        asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
    except StoreInUseError as error:
        say("refused", error)
