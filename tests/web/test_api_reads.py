"""What programs can see: the same as people, as JSON."""

import httpx
import pytest

import edge
from tests.builders import FRIDGE
from tests.house import House

READABLE = (
    "health",
    "today",
    "needs",
    "decisions",
    "explain",
    "consent",
    "appliances",
    "ledger",
    "preferences",
    "export",
)


@pytest.mark.parametrize("path", READABLE)
async def test_every_document_is_one_json_object(api: httpx.AsyncClient, path: str) -> None:
    """So that fields can be added within version 1."""
    answer = await api.get(path)

    assert answer.status_code == 200
    assert isinstance(answer.json(), dict)


async def test_health_says_who_answers(api: httpx.AsyncClient) -> None:
    """With the counters, which hold no content, and the catalogue's fingerprint."""
    told = (await api.get("health")).json()
    assert told.pop("confined") in {True, False}
    assert told == {
        "status": "ok",
        "version": edge.__version__,
        "counts": {},
        "catalogue": "abab abab abab abab",
    }


async def test_today_carries_values_and_words(api: httpx.AsyncClient) -> None:
    """An item with its estimate, its need and what the page would say."""
    day = (await api.get("today?lang=en")).json()
    first = day["watched"][0]

    assert first["item"]["id"] == {"device": FRIDGE, "name": "butter"}
    assert first["title"] == "Butter"
    assert first["gone"] == "likely gone on Wednesday"
    assert first["need"]["probability"] > 0.5
    assert day["offer"]["surface"] == "fridge.door"
    assert day["left"] == {"messages": 3, "bytes": 1236, "household_facts": 0}


async def test_needs_come_with_their_evidence_in_words(api: httpx.AsyncClient) -> None:
    """In the language that was asked for."""
    (need,) = (await api.get("needs?lang=de")).json()["needs"]

    assert need["need"]["category"] == "butter"
    assert need["evidence"][0].startswith("Es sind noch etwa")


async def test_a_decision_is_found_by_its_id_and_by_its_placement(
    api: httpx.AsyncClient, house: House
) -> None:
    """And the newest without either."""
    standing = await house.store.standing()
    assert standing is not None
    by_placement = (await api.get(f"explain/{standing.id}?lang=en")).json()
    by_id = (await api.get(f"explain/{by_placement['decision']['id']}?lang=en")).json()
    newest = (await api.get("explain?lang=en")).json()

    assert by_placement == by_id
    assert by_id["sentence"].startswith("Butter: “Sweet cream butter")
    assert "Right moment: Nothing spoke against showing something now." in by_id["full"]
    assert newest["sentence"].endswith("Enough is left.")


async def test_the_newest_come_first_and_as_many_as_asked(api: httpx.AsyncClient) -> None:
    """One decision, two messages."""
    assert len((await api.get("decisions?limit=1")).json()["decisions"]) == 1
    told = (await api.get("ledger?newest=2")).json()
    assert [message["bytes"] for message in told["newest"]] == [412, 412]
    assert told["newest"][0]["at"] > told["newest"][1]["at"]


@pytest.mark.parametrize("query", ["limit=x", "limit=-1", "limit=99999", "limit=²", "lang=fr"])
async def test_a_query_out_of_bounds_is_refused(api: httpx.AsyncClient, query: str) -> None:
    """With the field and its rule, and without what was sent."""
    answer = await api.get(f"decisions?{query}")

    assert answer.status_code == 400
    assert answer.json()["field"] == query.partition("=")[0]


@pytest.mark.parametrize("path", ["explain/d-none", "none"])
async def test_what_is_not_there_is_said_as_json(api: httpx.AsyncClient, path: str) -> None:
    """Field and rule, like every refusal."""
    answer = await api.get(path)

    assert answer.status_code == 404
    assert answer.json().keys() == {"field", "rule"}


async def test_the_export_holds_what_the_store_holds(api: httpx.AsyncClient, house: House) -> None:
    """Every reading of every item, every grant, every decision."""
    everything = (await api.get("export")).json()

    assert len(everything["readings"]) == 400
    assert len(everything["grants"]) == len(await house.store.grant_history())
    assert len(everything["decisions"]) == len(await house.store.decisions(limit=1000))


async def test_appliances_tell_how_much_is_kept(api: httpx.AsyncClient) -> None:
    """By item."""
    fridge = (await api.get("appliances")).json()["appliances"][1]

    assert fridge["appliance"]["id"] == FRIDGE
    assert fridge["readings_kept"]["butter"] == 80
