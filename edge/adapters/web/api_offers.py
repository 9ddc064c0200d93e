"""The local JSON interface, what offers gave: saved ones, and the month's fair trade."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from edge.adapters.web.api_requests import RedeemRequest, read_json
from edge.adapters.web.documents import document
from edge.adapters.web.site import site_of
from edge.domain.measures import PlacementId
from edge.errors import MalformedError
from edge.household.fair_trade import fair_trade
from edge.household.saved import redeem, saved_offers


async def get_saved(request: Request) -> JSONResponse:
    """Saved offers that can still be used, the first to expire first."""
    return JSONResponse({"saved": document(await saved_offers(site_of(request).home))})


async def use_offer(request: Request) -> JSONResponse:
    """Note that an offer was used; `redeemed` is false when it is unknown or was used before."""
    wish = await read_json(request, RedeemRequest)
    done = await redeem(site_of(request).home, PlacementId(wish.placement))
    return JSONResponse({"redeemed": done})


async def get_fair_trade(request: Request) -> JSONResponse:
    """The statement of a month; `month=2026-11`, this month without it."""
    home = site_of(request).home
    local = (await home.store.preferences()).local(home.clock.now())
    year, _, month = request.query_params.get("month", f"{local:%Y-%m}").partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(year + month) <= len("202611")):
        raise MalformedError("month", "must be like 2026-11")
    return JSONResponse(document(await fair_trade(home, year=int(year), month=int(month))))
