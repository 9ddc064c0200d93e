"""What programs can do: the same acts as on the page, under the same rules."""

from datetime import timedelta

import httpx
import pytest

from tests.builders import FRIDGE
from tests.house import House

ABOUT = {"device": FRIDGE, "data": "groceries"}


async def test_withdrawing_takes_what_builds_on_it_along(
    api: httpx.AsyncClient, house: House
) -> None:
    """The answer is what stands now."""
    answer = await api.post("consent/withdraw", json=ABOUT | {"purposes": ["infer"]})
    left = {grant["purpose"] for grant in answer.json()["grants"] if grant["data"] == "groceries"}

    assert left == {"keep"}
    assert not house.surfaces.shown


async def test_a_grant_stands_at_once(api: httpx.AsyncClient, house: House) -> None:
    """And is given once, however often it is asked for."""
    wish = {"device": FRIDGE, "data": "household", "purposes": ["offer", "offer"]}
    before = len(await house.store.grant_history())
    await api.post("consent/grant", json=wish)
    await api.post("consent/grant", json=wish)

    assert len(await house.store.grant_history()) == before + 1


async def test_offers_off_and_everything_off(api: httpx.AsyncClient) -> None:
    """First no offer grant stands, then none at all."""
    off = (await api.post("consent/offers-off")).json()["grants"]
    assert off
    assert "offer" not in {grant["purpose"] for grant in off}
    assert (await api.post("consent/everything-off")).json() == {"grants": []}


async def test_the_door_opens_with_a_code(api: httpx.AsyncClient, house: House) -> None:
    """Drawn, or the appliance's own."""
    assert (await api.post("pair")).json() == {"code": "ABCD-EFGH-JKMN"}
    await api.post("pair", json={"code": "QRST-VWXY-Z012"})
    assert house.pairing.opened == [None, "QRST-VWXY-Z012"]


async def test_an_appliance_and_everything_can_be_forgotten(
    api: httpx.AsyncClient, house: House
) -> None:
    """Twice is no error."""
    for _ in range(2):
        assert (await api.post("forget", json={"device": FRIDGE})).status_code == 200
    assert len(await house.store.appliances()) == 1
    await api.post("forget-everything")
    assert not await house.store.appliances()


async def test_an_offer_is_answered_once(api: httpx.AsyncClient, house: House) -> None:
    """The second answer is told that it came late."""
    standing = await house.store.standing()
    assert standing is not None
    wish = {"placement": standing.id, "kind": "helpful"}

    assert (await api.post("react", json=wish)).json() == {"answered": True}
    assert (await api.post("react", json=wish)).json() == {"answered": False}


async def test_preferences_go_out_and_come_back_the_same(api: httpx.AsyncClient) -> None:
    """What one reads can be changed and put."""
    rules = (await api.get("preferences")).json()
    changed = rules | {"most_per_day": 1, "blocked_categories": ["butter"]}

    assert (await api.put("preferences", json=changed)).json() == changed


async def test_a_pause_has_a_length_an_instant_or_an_end(
    api: httpx.AsyncClient, house: House
) -> None:
    """An hour, until then, over."""
    now = house.clock.now()
    then = now + timedelta(days=2)
    ends = []
    for wish in ({"length": "hour"}, {"until": then.isoformat()}, {}):
        await api.post("pause", json=wish)
        ends.append((await house.store.preferences()).paused_until)

    assert ends == [now + timedelta(hours=1), then, None]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("consent/grant", {}),
        ("consent/grant", ABOUT),
        ("consent/grant", ABOUT | {"purposes": []}),
        ("consent/grant", ABOUT | {"purposes": ["sell"]}),
        ("consent/grant", ABOUT | {"purposes": ["keep"], "for_ever": True}),
        ("consent/grant", ABOUT | {"purposes": ["keep"], "device": "x" * 65}),
        ("consent/withdraw", ["keep"]),
        ("react", {"placement": "p-1", "kind": "shout"}),
        ("forget", {"device": ""}),
        ("pause", {"until": "2026-11-25T12:00:00"}),
        ("pair", {"code": 12}),
    ],
)
async def test_what_is_no_request_is_refused(
    api: httpx.AsyncClient, house: House, path: str, body: object
) -> None:
    """With a rule, and nothing changes."""
    before = await house.store.grant_history()
    answer = await api.post(path, json=body)

    assert answer.status_code == 400
    assert answer.json()["field"] == "body"
    assert await house.store.grant_history() == before


@pytest.mark.parametrize("language", ["fr", ""])
async def test_an_unknown_language_is_refused(api: httpx.AsyncClient, language: str) -> None:
    """Two are complete; a third would be silence."""
    assert (await api.put("preferences", json={"language": language})).status_code == 400


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", ""])
async def test_an_unknown_time_zone_is_refused(
    api: httpx.AsyncClient, house: House, zone: str
) -> None:
    """Days must begin somewhere, or no rule that counts by day can be kept."""
    assert (await api.put("preferences", json={"timezone": zone})).status_code == 400
    assert (await house.store.preferences()).timezone == "Europe/Berlin"


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 5000, b'{"kind": NaN}'])
async def test_what_is_no_json_is_refused(api: httpx.AsyncClient, body: bytes) -> None:
    """However it is broken."""
    assert (await api.post("react", content=body)).status_code == 400


async def test_a_refusal_repeats_nothing_of_what_was_sent(api: httpx.AsyncClient) -> None:
    """An error text may end in a log."""
    wish = {"placement": "p-1", "kind": "the-secret-word"}

    assert "secret" not in (await api.post("react", json=wish)).text


async def test_what_is_not_allowed_is_refused_as_such(api: httpx.AsyncClient) -> None:
    """A grant for an appliance that is not paired: 403, and the command line's exit code 3."""
    wish = {"device": "oven-1", "data": "groceries", "purposes": ["keep"]}
    answer = await api.post("consent/grant", json=wish)

    assert answer.status_code == 403
    assert answer.json()["field"] == "consent"
