"""Let appliances in and forget them; forget everything; take everything along."""

from edge.domain.measures import DeviceId
from edge.household.home import Home, clear_what_is_over, take_away


async def let_in(home: Home, *, code: str | None = None) -> str:
    """Open the door for one appliance for five minutes.

    Returns:
        The code that opens it: the appliance's own if one is given, else a newly drawn one.
    """
    return await home.pairing.open(code)


async def forget(home: Home, device: DeviceId) -> None:
    """Forget one appliance: its credentials, its readings, what was inferred from them."""
    async with home.turn:
        now = home.clock.now()
        await home.pairing.unpair(device)
        await _clear_surfaces_of(home, device)
        await home.store.forget_appliance(device)
        home.beliefs.forget_device(device)
        await clear_what_is_over(home, now=now)
        await home.subscription.follow(await home.store.grants(now=now))


async def forget_everything(home: Home) -> None:
    """Forget all appliances and all that was ever kept."""
    for appliance in await home.store.appliances():
        await forget(home, appliance.id)
    async with home.turn:
        await home.store.forget_everything()
        await home.subscription.follow(await home.store.grants(now=home.clock.now()))


async def _clear_surfaces_of(home: Home, device: DeviceId) -> None:
    standing = await home.store.standing()
    if standing and device in {standing.device, standing.item.device}:
        await take_away(home, standing, reason="appliance_forgotten")
