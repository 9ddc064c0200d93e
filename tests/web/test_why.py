"""Why, why not: every decision can be read."""

import httpx

from tests.house import House


async def test_every_decision_is_told_in_a_sentence(page: httpx.AsyncClient) -> None:
    """Offers and silences alike, newest first."""
    told = (await page.get("/why")).text

    assert "Milch: Es ist genug da." in told
    assert told.index("Der Richter und sein Henker") < told.index("Süßrahmbutter")


async def test_a_decision_accounts_for_every_offer(page: httpx.AsyncClient, house: House) -> None:
    """The chosen one with its score, the others with the rule that kept them out."""
    standing = await house.store.standing()
    assert standing is not None
    decision = await house.store.decision(standing.id)
    assert decision is not None
    told = (await page.get(f"/why/{decision.id}")).text

    for part in (
        "lind-butter/week-48/calm",
        "passte, Punktwert",
        "milkhouse-butter/week-47/calm",
        "es gilt gerade nicht",
        "3 Angebote, Unterschrift geprüft.",
        "ab" * 32,
    ):
        assert part in told


async def test_an_unknown_decision_is_not_there(page: httpx.AsyncClient) -> None:
    """A page of ours says so."""
    answer = await page.get("/why/d-none")

    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht." in answer.text
