"""When something is refused or broken: an answer for people, one for programs, no values."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from edge.adapters.web.security import SECURE_HEADERS
from edge.adapters.web.site import show, welcome
from edge.errors import EdgeError, MalformedError, RefusedError, StoreError
from edge.wording.voice import sentence

_SAID = {
    400: sentence("That was not understood, and nothing was changed."),
    403: sentence("That is not allowed here, and nothing was changed. Please open the page again."),
    404: sentence("There is no such page."),
    405: sentence("That cannot be done here."),
    413: sentence("That was too long, and nothing was changed."),
    500: sentence("Something went wrong here, and nothing was sent anywhere."),
    503: sentence("Your home’s memory does not answer. Nothing was changed; please try again."),
}
_STATUS: dict[type[EdgeError], int] = {MalformedError: 400, RefusedError: 403, StoreError: 503}


async def refuse(request: Request, error: Exception) -> Response:
    """Say what cannot be done, in the caller's own way."""
    status = _status(error)
    if request.url.path.startswith("/api/"):
        return JSONResponse(_told(error), status_code=status)
    visiting = await welcome(request)
    message = _SAID.get(status, _SAID[500])
    return show(
        visiting, "refusal.html", status=status, code=status, told=visiting.voice.say(message)
    )


async def apologise(request: Request, error: Exception) -> Response:
    """Something that should not happen; the log has the trace, the page has no detail."""
    del request, error  # the store may be what broke: ask it nothing
    return Response("Doorstep: 500", status_code=500, headers=SECURE_HEADERS)


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)


def _told(error: Exception) -> dict[str, str]:
    match error:
        case MalformedError():
            return {"field": error.field, "rule": error.rule}
        case RefusedError():
            return {"field": error.what, "rule": error.rule}
        case HTTPException():
            return {"field": "request", "rule": error.detail}
        case _:
            return {"field": "runtime", "rule": "could not do this; nothing was changed"}
