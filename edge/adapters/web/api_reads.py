"""The local JSON interface, what can be seen (docs/api.md)."""

import asyncio
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

import edge
from edge.adapters.web.documents import (
    decision_document,
    document,
    message_document,
    need_document,
    summary_document,
    today_document,
)
from edge.adapters.web.site import Site, site_of
from edge.confinement import under_seccomp
from edge.domain.item import Item, ItemId
from edge.domain.measures import DecisionId
from edge.errors import MalformedError
from edge.household.looking import watched_items
from edge.household.seeing import explain, newest_decisions, readings_kept, today
from edge.household.taking_along import everything
from edge.wording.voice import LANGUAGES, Voice

_LIMIT_MOST = 1_000


async def get_health(request: Request) -> JSONResponse:
    """That we are here, and who we are."""
    counts = await site_of(request).home.store.counts()
    confined = await asyncio.to_thread(under_seccomp)
    told = {"status": "ok", "version": edge.__version__, "counts": counts, "confined": confined}
    return JSONResponse(told)


async def get_today(request: Request) -> JSONResponse:
    """The first page."""
    site = site_of(request)
    return JSONResponse(today_document(await today(site.home), await voice_of(request, site)))


async def get_needs(request: Request) -> JSONResponse:
    """All open needs with their evidence."""
    site = site_of(request)
    items, voice = await _items(site), await voice_of(request, site)
    needs = await site.home.store.needs()
    told = [need_document(one, items.get(one.item), voice) for one in needs]
    return JSONResponse({"needs": told})


async def get_decisions(request: Request) -> JSONResponse:
    """The newest decisions, newest first; `limit` is 50 unless given."""
    site = site_of(request)
    items, voice = await _items(site), await voice_of(request, site)
    newest = await newest_decisions(site.home, limit=_count(request, "limit"))
    told = [decision_document(one, items.get(one.item), voice) for one in newest]
    return JSONResponse({"decisions": told})


async def get_explanation(request: Request) -> JSONResponse:
    """One decision, by its id or by the id of its placement; the newest without one."""
    site = site_of(request)
    key = request.path_params.get("key")
    decision = await explain(site.home, DecisionId(key) if key else None)
    if decision is None:
        raise HTTPException(404, "no such decision")
    items = await _items(site)
    voice = await voice_of(request, site)
    return JSONResponse(decision_document(decision, items.get(decision.item), voice))


async def get_consent(request: Request) -> JSONResponse:
    """The grants that stand, and all there ever were."""
    home = site_of(request).home
    standing = await home.store.grants(now=home.clock.now())
    return JSONResponse(
        {
            "grants": document(list(standing)),
            "history": document(list(await home.store.grant_history())),
        }
    )


async def get_appliances(request: Request) -> JSONResponse:
    """All paired appliances, with how many readings of each item are kept."""
    home = site_of(request).home
    appliances = await home.store.appliances()
    return JSONResponse(
        {
            "appliances": [
                {"appliance": document(one), "readings_kept": await readings_kept(home, one)}
                for one in appliances
            ]
        }
    )


async def get_ledger(request: Request) -> JSONResponse:
    """What left the home: the totals and the newest messages."""
    ledger = site_of(request).home.ledger
    newest = await ledger.newest(limit=_count(request, "newest"))
    return JSONResponse(
        {
            "summary": summary_document(await ledger.summary()),
            "newest": [message_document(one) for one in newest],
        }
    )


async def get_preferences(request: Request) -> JSONResponse:
    """The household's own rules."""
    return JSONResponse(document(await site_of(request).home.store.preferences()))


async def get_export(request: Request) -> JSONResponse:
    """Everything."""
    return JSONResponse(document(await everything(site_of(request).home)))


async def _items(site: Site) -> Mapping[ItemId, Item]:
    return {item.id: item for item in await watched_items(site.home)}


async def voice_of(request: Request, site: Site) -> Voice:
    """Who speaks: the language that was asked for, else the household's."""
    preferences = await site.home.store.preferences()
    language = request.query_params.get("lang", preferences.language)
    if language not in LANGUAGES:
        raise MalformedError("lang", f"must be one of {', '.join(LANGUAGES)}")
    return site.voice(language, preferences)


def _count(request: Request, name: str) -> int:
    text = request.query_params.get(name, "50")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_LIMIT_MOST))):
        raise MalformedError(name, f"must be from 1 to {_LIMIT_MOST}")
    return max(1, min(int(text), _LIMIT_MOST))
