"""One thread that does all disk work, in the order it was asked for; the event loop never waits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """The thread; SQLite's connection lives and dies on it."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        self._executor = executor

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The work's result; once begun, work is finished even if nobody waits any more."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, partial(work, *args, **kwargs))


@asynccontextmanager
async def open_worker() -> AsyncIterator[Worker]:
    """A worker that has finished everything when the block ends."""
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
    try:
        yield Worker(executor)
    finally:
        await asyncio.to_thread(executor.shutdown)
