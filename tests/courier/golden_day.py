"""Writes down a day's egress of one home, for tests/courier/golden/."""

from pathlib import Path

from tests.twins.days import History, Public, Transport
from tests.twins.home import live

GOLDEN = "tests/courier/golden/day-{transport}.txt"

_IDLE = History(devices=1, left=(250, 250, 250), acts=())


def a_days_egress(transport: Transport) -> str:
    """One line per departure: seconds since noon, what, where to, the bytes."""
    public = Public(consents=((0.0, "everything"),), seed="golden", transport=transport)
    return "".join(
        f"{one.at:013.6f} {one.what:7} {one.to} {one.content.hex()}\n"
        for one in live(public, _IDLE, hours=24).egress
    )


if __name__ == "__main__":
    for transport in ("coap", "mqtt"):
        golden = Path(GOLDEN.format(transport=transport))
        golden.write_text(a_days_egress(transport), encoding="ascii")
