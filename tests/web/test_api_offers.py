"""The local JSON interface tells what offers gave, and makes decisions again."""

import httpx
import pytest

from tests.house import House


async def standing_id(house: House) -> str:
    """The placement on the door."""
    standing = await house.store.standing()
    assert standing is not None
    return standing.id


async def test_a_decision_is_made_again(api: httpx.AsyncClient, house: House) -> None:
    """By its placement's id: the same, bit for bit."""
    told = (await api.get(f"replay/{await standing_id(house)}?lang=en")).json()

    assert told["same"]
    assert told["changed_rules"] == []
    assert told["sentence"] == "The same again, bit for bit."


async def test_a_what_if_leaves_a_rule_out(api: httpx.AsyncClient, house: House) -> None:
    """Quiet hours did not matter at noon."""
    key = await standing_id(house)

    told = (await api.get(f"replay/{key}?lang=en&without=quiet_hours,paused")).json()

    assert told["without"] == ["quiet_hours", "paused"]
    assert "nothing would have been different" in told["sentence"]


@pytest.mark.parametrize(
    ("way", "status"),
    [("replay/d-none", 404), ("replay/d-none?without=moon", 403), ("fair-trade?month=x", 400)],
)
async def test_what_cannot_be_told_is_refused(
    api: httpx.AsyncClient, way: str, status: int
) -> None:
    """Unknown decisions, unknown rules, months that are none."""
    assert (await api.get(way)).status_code == status


async def test_a_saved_offer_is_listed_and_used_once(api: httpx.AsyncClient, house: House) -> None:
    """And the month's statement counts the money."""
    key = await standing_id(house)
    await api.post("react", json={"placement": key, "kind": "save"})

    (saved,) = (await api.get("saved")).json()["saved"]
    first = (await api.post("redeem", json={"placement": key})).json()
    second = (await api.post("redeem", json={"placement": key})).json()
    month = (await api.get("fair-trade")).json()

    assert saved["placement"]["id"] == key
    assert (first, second) == ({"redeemed": True}, {"redeemed": False})
    assert month["money_saved"] == month["money_offered"] > 0
    assert month["household_facts"] == 0
