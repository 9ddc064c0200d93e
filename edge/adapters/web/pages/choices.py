"""Choices: what each appliance's data may be used for, and the switches that end it."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from edge.adapters.web.forms import go_to, read_form
from edge.adapters.web.notices import notice
from edge.adapters.web.pages.rules import rules_view
from edge.adapters.web.site import Visit, show, welcome
from edge.domain.appliance import Appliance
from edge.domain.category import DataCategory
from edge.domain.consent import REQUIRES, Purpose
from edge.domain.item import EvidenceKind
from edge.domain.measures import DeviceId
from edge.errors import MalformedError
from edge.household.consenting import allow, everything_off, offers_off, withdraw
from edge.wording.appliances import appliance_title
from edge.wording.categories import data_name
from edge.wording.consent import purpose_name, what_a_no_means, what_it_does
from edge.wording.items import item_title

_ASKED = (Purpose.KEEP, Purpose.INFER, Purpose.OFFER)
"""MEASURE is not asked: no code uses it yet, and a yes to nothing would be a yes to anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRow:
    """One question: may this appliance's data of this kind be used for that?

    Attributes:
        first: The purposes that must be allowed before; empty when the question can be asked.
    """

    purpose: str
    name: str
    does: str
    without: str
    allowed: bool
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCard:
    """One kind of data of one appliance, with its questions."""

    device: str
    appliance: str
    data: str
    data_name: str
    example: str
    rows: tuple[PurposeRow, ...]


async def show_choices(request: Request) -> Response:
    """Everything that can be allowed, with what stands now."""
    visiting = await welcome(request)
    appliances = await visiting.home.store.appliances()
    return show(
        visiting,
        "choices.html",
        notice=notice(visiting),
        cards=[
            _card(appliance, data, visiting)
            for appliance in appliances
            for data in _kinds(appliance)
        ],
        anything_on=any(True for _ in visiting.grants),
        rules=await rules_view(visiting, appliances),
    )


async def answer_consent(request: Request) -> Response:
    """A yes or a no to one question; both act at once."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    purpose = form.choice("purpose", Purpose)
    data = form.choice("data", DataCategory)
    device = DeviceId(form.text("device"))
    if form.text("answer") == "refuse":
        await withdraw(visiting.home, purpose, data, device)
        return go_to("/choices", done="refused")
    if form.text("answer") != "allow":
        raise MalformedError("answer", "must be allow or refuse")
    await allow(visiting.home, [purpose], data, device)
    return go_to("/choices", done="allowed")


async def switch_offers_off(request: Request) -> Response:
    """The one switch."""
    visiting = await welcome(request)
    await read_form(visiting)
    await offers_off(visiting.home)
    return go_to("/choices", done="offers_off")


async def switch_everything_off(request: Request) -> Response:
    """Every yes is taken back; the page has said that this deletes readings."""
    visiting = await welcome(request)
    await read_form(visiting)
    await everything_off(visiting.home)
    return go_to("/choices", done="everything_off")


def _kinds(appliance: Appliance) -> Sequence[DataCategory]:
    watched = {i.data for i in appliance.items if i.evidence is not EvidenceKind.CONTEXT}
    return [data for data in DataCategory if data in watched]


def _card(appliance: Appliance, data: DataCategory, visiting: Visit) -> ConsentCard:
    voice = visiting.voice
    watched = [
        item_title(item, voice)
        for item in appliance.items
        if item.evidence is not EvidenceKind.CONTEXT and item.data is data
    ]
    return ConsentCard(
        device=appliance.id,
        appliance=appliance_title(appliance, voice),
        data=data,
        data_name=data_name(data, voice),
        example=", ".join(watched),
        rows=tuple(_row(purpose, data, appliance.id, visiting) for purpose in _ASKED),
    )


def _row(purpose: Purpose, data: DataCategory, device: DeviceId, visiting: Visit) -> PurposeRow:
    voice = visiting.voice
    missing = [one for one in REQUIRES[purpose] if not _stands(one, data, device, visiting)]
    return PurposeRow(
        purpose=purpose,
        name=purpose_name(purpose, voice),
        does=what_it_does(purpose, voice),
        without=what_a_no_means(purpose, voice),
        allowed=_stands(purpose, data, device, visiting),
        first=", ".join(purpose_name(one, voice) for one in missing),
    )


def _stands(purpose: Purpose, data: DataCategory, device: DeviceId, visiting: Visit) -> bool:
    return any(grant.covers(purpose, data, device) for grant in visiting.grants)
