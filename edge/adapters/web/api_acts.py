"""The local JSON interface, what can be done (docs/api.md): the same acts as on the page."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse

from edge.adapters.web.api_requests import (
    ConsentRequest,
    ForgetRequest,
    PairRequest,
    PauseRequest,
    PreferencesRequest,
    ReactRequest,
    read_json,
)
from edge.adapters.web.documents import document
from edge.adapters.web.site import site_of
from edge.domain.measures import DeviceId, PlacementId
from edge.domain.reaction import Reaction
from edge.household.choosing import choose, pause, take_a_break
from edge.household.consenting import allow, everything_off, offers_off, withdraw
from edge.household.forgetting import forget, forget_everything, let_in
from edge.household.home import Home
from edge.household.reacting import react


async def grant(request: Request) -> JSONResponse:
    """Allow; the answer is what stands now."""
    home = site_of(request).home
    wish = await read_json(request, ConsentRequest)
    await allow(home, wish.purposes, wish.data, DeviceId(wish.device))
    return await _standing(home)


async def take_back(request: Request) -> JSONResponse:
    """Withdraw; the answer is what stands now."""
    home = site_of(request).home
    wish = await read_json(request, ConsentRequest)
    for purpose in wish.purposes:
        await withdraw(home, purpose, wish.data, DeviceId(wish.device))
    return await _standing(home)


async def switch_offers_off(request: Request) -> JSONResponse:
    """No offer anywhere."""
    home = site_of(request).home
    await offers_off(home)
    return await _standing(home)


async def switch_everything_off(request: Request) -> JSONResponse:
    """Withdraw every grant."""
    home = site_of(request).home
    await everything_off(home)
    return await _standing(home)


async def open_door(request: Request) -> JSONResponse:
    """Let one appliance in; the answer is the code."""
    site = site_of(request)
    wish = await read_json(request, PairRequest)
    code = await let_in(site.home, code=wish.code)
    site.door.put_up(code, now=site.home.clock.now())
    return JSONResponse({"code": code})


async def forget_one(request: Request) -> JSONResponse:
    """Forget one appliance; an unknown one is forgotten already."""
    wish = await read_json(request, ForgetRequest)
    await forget(site_of(request).home, DeviceId(wish.device))
    return JSONResponse({"forgotten": wish.device})


async def forget_all(request: Request) -> JSONResponse:
    """Forget everything; asking twice is the caller's to do."""
    await forget_everything(site_of(request).home)
    return JSONResponse({"forgotten": "everything"})


async def put_preferences(request: Request) -> JSONResponse:
    """Put these choices in force; what is not named gets its default."""
    home = site_of(request).home
    wish = await read_json(request, PreferencesRequest)
    await choose(home, await asyncio.to_thread(wish.preferences))
    return JSONResponse(document(await home.store.preferences()))


async def pause_offers(request: Request) -> JSONResponse:
    """Pause for a length, or until an instant; neither ends the pause."""
    home = site_of(request).home
    wish = await read_json(request, PauseRequest)
    if wish.length:
        await take_a_break(home, wish.length)
    else:
        await pause(home, until=wish.until)
    return JSONResponse(document(await home.store.preferences()))


async def answer_offer(request: Request) -> JSONResponse:
    """Answer an offer; `answered` is false when it is unknown or answered already."""
    home = site_of(request).home
    wish = await read_json(request, ReactRequest)
    answer = Reaction(placement=PlacementId(wish.placement), kind=wish.kind, at=home.clock.now())
    return JSONResponse({"answered": await react(home, answer)})


async def _standing(home: Home) -> JSONResponse:
    standing = await home.store.grants(now=home.clock.now())
    return JSONResponse({"grants": document(list(standing))})
