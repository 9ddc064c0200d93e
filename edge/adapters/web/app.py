"""The application: every address, what answers it, and who may ask."""

from collections.abc import Awaitable, Callable, Mapping
from gettext import NullTranslations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from edge.adapters.web import api_acts, api_offers, api_reads, api_replay
from edge.adapters.web.assets import StaticFile, load_static, load_templates
from edge.adapters.web.door_sign import DoorSign
from edge.adapters.web.live import Live
from edge.adapters.web.pages import appliances, choices, left, rules, today, why
from edge.adapters.web.refusals import apologise, refuse
from edge.adapters.web.security import (
    BODY_MOST,
    OnlyOwnNames,
    OnlyWithToken,
    Security,
    WithSecureHeaders,
)
from edge.adapters.web.site import Site, site_of
from edge.errors import EdgeError
from edge.household.home import Home

_POST = ["POST"]
_KEPT = {"cache-control": "public, max-age=31536000, immutable"}


def create_app(
    home: Home, *, texts: Mapping[str, NullTranslations], security: Security, live: Live
) -> Starlette:
    """The household's page and the local JSON interface over this home.

    Reads templates and static files from disk: call it outside the event loop.
    """
    static = load_static()
    app = Starlette(
        routes=[
            *_pages(),
            *_static(static),
            Mount(
                "/api/v1", routes=_api(), middleware=[Middleware(OnlyWithToken, security=security)]
            ),
        ],
        middleware=[
            Middleware(WithSecureHeaders),
            Middleware(OnlyOwnNames, security=security),
            Middleware(RequestBodyLimitMiddleware, max_body_size=BODY_MOST),
        ],
        exception_handlers={EdgeError: refuse, HTTPException: refuse, Exception: apologise},
    )
    app.state.site = Site(
        home=home,
        texts=texts,
        templates=load_templates(),
        security=security,
        live=live,
        door=DoorSign(),
        static={file.name: file.address for file in static},
    )
    return app


def _pages() -> list[Route]:
    return [
        Route("/", today.show_today),
        Route("/answer", today.answer_offer, methods=_POST),
        Route("/why", why.show_decisions),
        Route("/why/{key}", why.show_decision),
        Route("/choices", choices.show_choices),
        Route("/choices/consent", choices.answer_consent, methods=_POST),
        Route("/choices/offers-off", choices.switch_offers_off, methods=_POST),
        Route("/choices/everything-off", choices.switch_everything_off, methods=_POST),
        Route("/choices/times", rules.save_times, methods=_POST),
        Route("/choices/blocks", rules.save_blocks, methods=_POST),
        Route("/choices/pause", rules.pause_offers, methods=_POST),
        Route("/language", rules.switch_language, methods=_POST),
        Route("/left", left.show_left),
        Route("/appliances", appliances.show_appliances),
        Route("/appliances/pair", appliances.open_door, methods=_POST),
        Route("/appliances/forget", appliances.forget_one, methods=_POST),
        Route("/appliances/forget-everything", appliances.forget_all, methods=_POST),
        Route("/take-along", appliances.take_along),
        Route("/live", listen),
    ]


def _api() -> list[Route]:
    return [
        Route("/health", api_reads.get_health),
        Route("/today", api_reads.get_today),
        Route("/needs", api_reads.get_needs),
        Route("/decisions", api_reads.get_decisions),
        Route("/explain", api_reads.get_explanation),
        Route("/explain/{key}", api_reads.get_explanation),
        Route("/replay/{key}", api_replay.get_replay),
        Route("/saved", api_offers.get_saved),
        Route("/redeem", api_offers.use_offer, methods=_POST),
        Route("/fair-trade", api_offers.get_fair_trade),
        Route("/consent", api_reads.get_consent),
        Route("/consent/grant", api_acts.grant, methods=_POST),
        Route("/consent/withdraw", api_acts.take_back, methods=_POST),
        Route("/consent/offers-off", api_acts.switch_offers_off, methods=_POST),
        Route("/consent/everything-off", api_acts.switch_everything_off, methods=_POST),
        Route("/appliances", api_reads.get_appliances),
        Route("/pair", api_acts.open_door, methods=_POST),
        Route("/forget", api_acts.forget_one, methods=_POST),
        Route("/forget-everything", api_acts.forget_all, methods=_POST),
        Route("/ledger", api_reads.get_ledger),
        Route("/export", api_reads.get_export),
        Route("/preferences", api_reads.get_preferences),
        Route("/preferences", api_acts.put_preferences, methods=["PUT"]),
        Route("/pause", api_acts.pause_offers, methods=_POST),
        Route("/react", api_acts.answer_offer, methods=_POST),
    ]


def _static(files: tuple[StaticFile, ...]) -> list[Route]:
    return [Route(file.address, _serving(file)) for file in files]


def _serving(file: StaticFile) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        del request  # the route has said it all
        return Response(file.content, media_type=file.media_type, headers=_KEPT)

    return serve


async def listen(request: Request) -> Response:
    """Server-sent events for open pages: that something changed, never what."""
    live = site_of(request).live
    if live.full:
        return JSONResponse({"field": "live", "rule": "too many listeners"}, status_code=503)
    return StreamingResponse(live.notices(), media_type="text/event-stream")
