"""Each resource as an appliance sees it, over OSCORE and real sockets."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import cbor2
import pytest
from aiocoap.numbers.codes import Code

from edge.errors import MalformedError, RefusedError, StoreError, TooManyError
from edge.wire.encoding import Encoding
from tests.adapters.local.coap_home import (
    EREADER,
    FRIDGE,
    Client,
    Home,
    a_client,
    a_home,
    paired,
)
from tests.builders import a_placement


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with a_home(tmp_path / "accounts") as home:
        yield home


@pytest.fixture
async def fridge_folder(home: Home, tmp_path: Path) -> Path:
    return await paired(home, FRIDGE, tmp_path / "clients")


@pytest.fixture
async def fridge(home: Home, fridge_folder: Path) -> AsyncIterator[Client]:
    async with a_client(home.address, fridge_folder) as client:
        yield client


@pytest.fixture
async def stranger(home: Home) -> AsyncIterator[Client]:
    async with a_client(home.address) as client:
        yield client


async def test_readings_arrive_with_the_name_that_the_context_proves(
    home: Home, fridge: Client
) -> None:
    """The appliance never says who it is: its OSCORE context does."""
    answer = await fridge.ask(Code.POST, "/v1/readings", b"pack", content_format=112)
    assert answer.code == Code.CHANGED
    assert home.reception.heard == [("readings", FRIDGE, b"pack", Encoding.CBOR)]


async def test_senml_json_is_taken_too(home: Home, fridge: Client) -> None:
    """Content format 110 is SenML JSON."""
    answer = await fridge.ask(Code.POST, "/v1/readings", b"[]", content_format=110)
    assert answer.code == Code.CHANGED
    assert home.reception.heard == [("readings", FRIDGE, b"[]", Encoding.JSON)]


@pytest.mark.parametrize(
    ("trouble", "code", "diagnostic", "max_age"),
    [
        (MalformedError(field="record 3: t", rule="number"), "4.00", "record 3: t: number", None),
        (RefusedError(what="readings", rule="not paired"), "4.03", "readings: not paired", None),
        (TooManyError("readings", retry_after_s=0.3), "4.29", "readings: too many", 1),
        (TooManyError("readings", retry_after_s=12.3), "4.29", "readings: too many", 13),
        (StoreError("disk full"), "5.03", "come back later", 30),
    ],
)
async def test_what_the_reception_refuses_is_answered_with_its_code(
    home: Home, fridge: Client, trouble: Exception, code: str, diagnostic: str, max_age: int | None
) -> None:
    """The diagnostic payload names field and rule; Max-Age says when to come back."""
    home.reception.trouble = trouble
    answer = await fridge.ask(Code.POST, "/v1/readings", b"pack", content_format=112)
    assert answer.code.dotted == code
    assert answer.payload.decode().startswith(diagnostic)
    assert answer.opt.max_age == max_age


async def test_a_fault_of_ours_tells_nothing(
    home: Home, fridge: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """An error nobody expected is 5.00 without a text, and one log line without its message."""
    home.reception.trouble = RuntimeError("butter: 62 g")
    answer = await fridge.ask(Code.POST, "/v1/readings", b"pack", content_format=112)
    assert (answer.code, answer.payload) == (Code.INTERNAL_SERVER_ERROR, b"")
    assert "RuntimeError" in caplog.text
    assert "butter" not in caplog.text


async def test_a_stranger_is_told_to_use_its_context(home: Home, stranger: Client) -> None:
    """Without OSCORE everything but discovery and pairing is 4.01."""
    for code, path in [
        (Code.POST, "/v1/readings"),
        (Code.PUT, "/v1/manifest"),
        (Code.GET, "/v1/placement/fridge.door"),
        (Code.POST, "/v1/reaction"),
        (Code.POST, "/rd?ep=fridge-7f3a"),
        (Code.DELETE, "/rd/fridge-7f3a"),
        (Code.GET, "/v1/nothing?ep=fridge-7f3a"),
    ]:
        answer = await stranger.ask(code, path)
        assert answer.code == Code.UNAUTHORIZED, path
    assert home.reception.heard == []


async def test_a_stranger_may_discover_and_pair(home: Home, stranger: Client) -> None:
    """Those two are what an appliance needs before it is somebody."""
    links = await stranger.ask(Code.GET, "/.well-known/core?rt=core.rd")
    assert links.payload == b'</rd>;rt="core.rd";ct="40 432"'
    assert int(links.opt.content_format) == 40
    answer = await stranger.ask(Code.POST, "/v1/pairing", b"proof" * 500, content_format=60)
    assert answer.code == Code.CHANGED
    assert answer.payload == b"sealed " + b"proof" * 500
    assert home.reception.heard == [("pairing", b"proof" * 500, Encoding.CBOR)]


async def test_a_refused_pairing_says_nothing_more(home: Home, stranger: Client) -> None:
    """docs/wire/pairing.md: one answer for a wrong code, a late one and none expected."""
    home.reception.trouble = RefusedError(what="pairing", rule="five wrong proofs")
    answer = await stranger.ask(Code.POST, "/v1/pairing", b"proof", content_format=60)
    assert answer.code == Code.FORBIDDEN
    assert cbor2.loads(answer.payload) == {"error": "no pairing"}
    home.reception.trouble = TooManyError("pairing", retry_after_s=1)
    again = await stranger.ask(Code.POST, "/v1/pairing", b"proof", content_format=60)
    assert (again.code, again.opt.max_age) == (Code.TOO_MANY_REQUESTS, 2)


async def test_another_appliances_surface_is_forbidden(
    home: Home, fridge: Client, tmp_path: Path
) -> None:
    """4.03, and the same 4.03 for a surface that nobody has: who lives here stays untold."""
    await paired(home, EREADER, tmp_path / "others")
    others = await fridge.ask(Code.GET, "/v1/placement/ereader.lock")
    nobodys = await fridge.ask(Code.GET, "/v1/placement/oven.door")
    assert others.code == nobodys.code == Code.FORBIDDEN
    assert others.payload == nobodys.payload


async def test_a_placement_is_there_in_the_form_that_is_accepted(
    home: Home, fridge: Client
) -> None:
    """CBOR by default, JSON when asked for, nothing else."""
    await home.surfaces.show(a_placement(), language="de")
    cbor = await fridge.ask(Code.GET, "/v1/placement/fridge.door")
    assert cbor2.loads(cbor.payload)["placement"] == "p-6c1f9a2e41d70b58"
    assert int(cbor.opt.content_format) == 60
    text = await fridge.ask(Code.GET, "/v1/placement/fridge.door", accept=50)
    assert json.loads(text.payload)["placement"] == "p-6c1f9a2e41d70b58"
    assert int(text.opt.content_format) == 50
    xml = await fridge.ask(Code.GET, "/v1/placement/fridge.door", accept=41)
    assert xml.code == Code.NOT_ACCEPTABLE


async def test_an_appliance_registers_stays_and_leaves(home: Home, fridge: Client) -> None:
    """RFC 9176: create, update and remove at the location that the answer gives."""
    created = await fridge.ask(Code.POST, "/rd?ep=fridge-7f3a&lt=600", content_format=40)
    assert created.code == Code.CREATED
    assert created.opt.location_path == ("rd", "fridge-7f3a")
    assert (await fridge.ask(Code.POST, "/rd/fridge-7f3a?lt=60")).code == Code.CHANGED
    assert (await fridge.ask(Code.DELETE, "/rd/fridge-7f3a")).code == Code.DELETED
    assert (await fridge.ask(Code.POST, "/rd/fridge-7f3a")).code == Code.NOT_FOUND
    present = [rest for kind, *rest in home.reception.heard if kind == "presence"]
    assert present == [[FRIDGE, True], [FRIDGE, True], [FRIDGE, False]]


async def test_a_registration_may_carry_the_manifest(home: Home, fridge: Client) -> None:
    """Content format 432 in a registration is the Thing Description."""
    created = await fridge.ask(Code.POST, "/rd", b"{}", content_format=432)
    assert created.code == Code.CREATED
    assert home.reception.heard == [("manifest", FRIDGE, b"{}"), ("presence", FRIDGE, True)]


async def test_a_registration_in_anothers_name_is_forbidden(home: Home, fridge: Client) -> None:
    """The context says who it is; a name beside it must agree."""
    assert (await fridge.ask(Code.POST, "/rd?ep=ereader-51c0")).code == Code.FORBIDDEN
    assert (await fridge.ask(Code.DELETE, "/rd/ereader-51c0")).code == Code.FORBIDDEN
    bad = await fridge.ask(Code.POST, "/rd?lt=5")
    assert (bad.code, bad.payload) == (Code.BAD_REQUEST, b"query: lt: seconds from 60 to 604800")
    assert home.reception.heard == []


@pytest.mark.parametrize(
    ("code", "path", "options", "answered"),
    [
        (Code.POST, "/v1/readings", {"content_format": 60}, "4.15"),
        (Code.POST, "/v1/reaction", {"content_format": 112}, "4.15"),
        (Code.PUT, "/v1/manifest", {"content_format": 50}, "4.15"),
        (Code.POST, "/rd", {"content_format": 0}, "4.15"),
        (Code.POST, "/v1/pairing", {"content_format": 50}, "4.15"),
        (Code.GET, "/.well-known/core", {"accept": 60}, "4.06"),
        (Code.GET, "/v1/readings", {}, "4.05"),
        (Code.POST, "/v1/placement/fridge.door", {}, "4.05"),
        (Code.GET, "/v1", {}, "4.04"),
        (Code.GET, "/v1/placement", {}, "4.04"),
        (Code.POST, "/v1/readings", {"if_none_match": True}, "4.02"),
    ],
)
async def test_what_does_not_fit_is_refused_precisely(
    home: Home, fridge: Client, code: int, path: str, options: dict[str, Any], answered: str
) -> None:
    """Each refusal has the code that docs/wire/coap.md gives it, and nothing is passed on."""
    answer = await fridge.ask(code, path, **options)
    assert answer.code.dotted == answered
    assert home.reception.heard == []
