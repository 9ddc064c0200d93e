"""Appliances: who is paired, what each watches, let one in, forget one or everything."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from edge.adapters.web.documents import document
from edge.adapters.web.forms import go_to, read_form
from edge.adapters.web.notices import notice
from edge.adapters.web.site import Visit, show, welcome
from edge.domain.appliance import Appliance
from edge.domain.item import EvidenceKind
from edge.domain.measures import DeviceId
from edge.errors import MalformedError, RefusedError
from edge.household.forgetting import forget, forget_everything, let_in
from edge.household.seeing import readings_kept
from edge.household.taking_along import everything
from edge.wording.amounts import number
from edge.wording.appliances import appliance_title
from edge.wording.categories import category_name
from edge.wording.days import date
from edge.wording.items import item_title
from edge.wording.surfaces import surface_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplianceCard:
    """One paired appliance.

    Attributes:
        items: Title, category, readings kept.
        surfaces: Where it can show something.
    """

    id: str
    title: str
    since: str
    items: tuple[tuple[str, str, str], ...]
    surfaces: tuple[str, ...]


async def show_appliances(request: Request) -> Response:
    """Everything that is paired, and the door."""
    visiting = await welcome(request)
    appliances = await visiting.home.store.appliances()
    return show(
        visiting,
        "appliances.html",
        notice=notice(visiting),
        cards=[await _card(appliance, visiting) for appliance in appliances],
        code=visiting.site.door.code(appliances, now=visiting.now),
    )


async def open_door(request: Request) -> Response:
    """Let one appliance in: with a code of ours, or the one that it shows."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    try:
        code = await let_in(visiting.home, code=form.text("code") or None)
    except (MalformedError, RefusedError):
        return go_to("/appliances", done="code_refused")
    visiting.site.door.put_up(code, now=visiting.now)
    return go_to("/appliances", done="door_open")


async def forget_one(request: Request) -> Response:
    """Forget one appliance, if the box is ticked."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    if form.text("sure") != "yes":
        return go_to("/appliances", done="not_confirmed")
    await forget(visiting.home, DeviceId(form.text("device")))
    return go_to("/appliances", done="forgotten")


async def forget_all(request: Request) -> Response:
    """Forget everything, if the box is ticked."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    if form.text("sure") != "yes":
        return go_to("/appliances", done="not_confirmed")
    await forget_everything(visiting.home)
    return go_to("/appliances", done="all_forgotten")


async def take_along(request: Request) -> Response:
    """Everything in one file."""
    visiting = await welcome(request)
    return JSONResponse(
        document(await everything(visiting.home)),
        headers={"content-disposition": 'attachment; filename="doorstep.json"'},
    )


async def _card(appliance: Appliance, visiting: Visit) -> ApplianceCard:
    voice = visiting.voice
    kept = await readings_kept(visiting.home, appliance)
    watched = [item for item in appliance.items if item.evidence is not EvidenceKind.CONTEXT]
    return ApplianceCard(
        id=appliance.id,
        title=appliance_title(appliance, voice),
        since=date(appliance.paired_at, voice),
        items=tuple(
            (
                item_title(item, voice),
                category_name(item.category, voice),
                number(kept[item.id.name], voice),
            )
            for item in watched
        ),
        surfaces=tuple(surface_name(surface.name, voice) for surface in appliance.surfaces),
    )
