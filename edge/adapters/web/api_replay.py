"""The local JSON interface, a decision made again (docs/api.md)."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from edge.adapters.web.api_reads import voice_of
from edge.adapters.web.documents import document
from edge.adapters.web.site import site_of
from edge.domain.measures import DecisionId
from edge.household.replaying import replay
from edge.wording.replays import replay_in_full, tell_replay


async def get_replay(request: Request) -> JSONResponse:
    """The decision beside itself made again; `without` names rules to leave out, with commas."""
    site = site_of(request)
    named = request.query_params.get("without", "")
    without = tuple(named.split(",")) if named else ()
    made = await replay(site.home, DecisionId(request.path_params["key"]), without=without)
    if made is None:
        raise HTTPException(404, "no such decision")
    voice = await voice_of(request, site)
    return JSONResponse(
        {
            "same": made.same,
            "obstacle": made.obstacle,
            "changed_rules": list(made.changed_rules),
            "without": list(made.without),
            "recorded": document(made.recorded.outcome),
            "again": document(made.again.outcome) if made.again else None,
            "sentence": tell_replay(made, voice),
            "full": replay_in_full(made, voice),
        }
    )
