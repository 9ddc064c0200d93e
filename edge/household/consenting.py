"""Allow and withdraw. Every change acts at once: on disk, on the surfaces, on the courier."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from edge.domain.category import DataCategory
from edge.domain.consent import REQUIRES, Grant, Purpose
from edge.domain.measures import DeviceId, GrantId
from edge.domain.story import Consented
from edge.errors import RefusedError
from edge.household.home import Home, clear_what_is_over
from edge.household.looking import watched_items


async def allow(
    home: Home, purposes: Iterable[Purpose], data: DataCategory, device: DeviceId
) -> None:
    """Grant these purposes for one kind of data of one appliance; a standing grant stays as it is.

    Raises:
        RefusedError: The appliance is not paired, or watches nothing of that kind.
    """
    async with home.turn:
        now = home.clock.now()
        await _refuse_unknown(home, data, device)
        standing = await home.store.grants(now=now)
        new = [
            Grant(
                id=GrantId(f"g-{home.new_id()}"),
                purpose=purpose,
                data=data,
                device=device,
                given_at=now,
            )
            for purpose in dict.fromkeys(purposes)
            if not any(grant.covers(purpose, data, device) for grant in standing)
        ]
        await home.store.add_grants(new)
        await _act_on(home, new, now)


async def withdraw(home: Home, purpose: Purpose, data: DataCategory, device: DeviceId) -> None:
    """Withdraw one purpose for one kind of data of one appliance, and what builds on it.

    What rested on it goes too: without KEEP the readings, without INFER the needs. Withdrawing
    what was never granted changes nothing: refusing costs nothing.
    """
    ending = {purpose} | {later for later, needed in REQUIRES.items() if purpose in needed}
    await _end(home, lambda grant: any(grant.covers(p, data, device) for p in ending))


async def offers_off(home: Home) -> None:
    """The one switch: no offer anywhere, nothing pulled. It removes offers and nothing else."""
    await _end(home, lambda grant: grant.purpose in {Purpose.OFFER, Purpose.MEASURE})


async def everything_off(home: Home) -> None:
    """Withdraw every grant."""
    await _end(home, lambda grant: True)  # noqa: ARG005 - every grant, whatever it is for


async def _end(home: Home, which: Callable[[Grant], bool]) -> None:
    async with home.turn:
        now = home.clock.now()
        ending = [grant for grant in await home.store.grants(now=now) if which(grant)]
        await home.store.withdraw([grant.id for grant in ending], at=now)
        await _drop_what_rested_on(home, ending)
        await _act_on(home, [replace(grant, ended_at=now) for grant in ending], now)


async def _drop_what_rested_on(home: Home, ended: Iterable[Grant]) -> None:
    """Without KEEP no reading stays, without INFER no need (GDPR Art. 17(1)(b))."""
    over = {(grant.purpose, grant.data, grant.device) for grant in ended}
    for item in await watched_items(home):
        if (Purpose.INFER, item.data, item.id.device) in over:
            await home.store.close_need(item.id)
        if (Purpose.KEEP, item.data, item.id.device) in over:
            await home.store.forget_readings(item.id)
            home.beliefs.forget(item.id)


async def _act_on(home: Home, changed: Iterable[Grant], now: datetime) -> None:
    await clear_what_is_over(home, now=now)
    await home.subscription.follow(await home.store.grants(now=now))
    for grant in changed:
        home.teller.tell(Consented(grant=grant))


async def _refuse_unknown(home: Home, data: DataCategory, device: DeviceId) -> None:
    watched = {
        item.data
        for appliance in await home.store.appliances()
        for item in appliance.items
        if appliance.id == device
    }
    if data not in watched:
        raise RefusedError("consent", "the appliance is not paired or watches nothing of that kind")
