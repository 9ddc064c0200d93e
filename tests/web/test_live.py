"""Open pages are told that something changed: bounded, calm, and without a value."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from edge.adapters.web import live as live_module
from edge.adapters.web.live import LISTENERS_MOST, Live
from edge.domain.story import Kept
from tests.builders import FRIDGE
from tests.web.conftest import a_browser

KEPT = Kept(device=FRIDGE, count=1)
CHANGE = "event: change\ndata: {}\n\n"


async def opened(live: Live) -> AsyncIterator[str]:
    """A listener that has heard its first line and thus is listening."""
    notices = live.notices()
    await anext(notices)
    return notices


@pytest.fixture(autouse=True)
def no_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests need no rest between two notices."""
    monkeypatch.setattr(live_module, "_CALM", 0)


async def test_a_listener_is_told_that_something_changed() -> None:
    """Not what: the line is the same for every event."""
    live = Live()
    notices = await opened(live)
    live.tell(KEPT)

    assert await anext(notices) == CHANGE


async def test_a_flood_is_one_notice() -> None:
    """However much happens while a listener is slow, one line waits for it."""
    live = Live()
    notices = await opened(live)
    for _ in range(10_000):
        live.tell(KEPT)
    assert await anext(notices) == CHANGE

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(notices), 0.05)


async def test_closing_ends_every_listener() -> None:
    """The server can stop with pages open."""
    live = Live()
    listeners = [await opened(live) for _ in range(3)]
    live.close()
    for notices in listeners:
        assert [line async for line in notices] == []

    assert not live.full


async def test_silence_is_broken_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment finds out whether anyone still listens."""
    monkeypatch.setattr(live_module, "_HEARTBEAT", 0.001)

    assert await anext(await opened(Live())) == ":\n\n"


async def test_there_are_only_so_many_listeners(app: Starlette) -> None:
    """Sixteen are served, the next is refused, and a place that is left is free again."""
    live: Live = app.state.site.live
    listeners = [await opened(live) for _ in range(LISTENERS_MOST)]
    async with a_browser(app) as client:
        assert (await client.get("/live")).status_code == 503
    live.close()
    for notices in listeners:
        async for _ in notices:
            pass

    assert not live.full


async def test_the_page_streams_notices(app: Starlette) -> None:
    """As server-sent events, which nobody may keep."""
    live: Live = app.state.site.live
    live.close()
    async with a_browser(app) as client:
        answer = await client.get("/live")

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"


def test_telling_never_waits_without_listeners() -> None:
    """The flow calls this between two steps: nobody listening costs nothing."""
    Live().tell(KEPT)
