"""What holds for every test: loopback only, no blocking call in the loop, dice that repeat."""

import os
import sys
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from blockbuster import BlockBuster, blockbuster_ctx
from hypothesis import HealthCheck, settings

settings.register_profile(
    "check",
    max_examples=100,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("soak", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))

ZoneInfo("Europe/Berlin")  # read from disk once, before any loop runs, as the runtime does

_LOOPBACK = ("127.", "::1", "localhost", "::ffff:127.")


def _loopback_only(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse any address off this machine, before the first byte leaves."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}:
        address = arguments[1]
        if isinstance(address, tuple) and address and address[0]:
            host = str(address[0])
            if not host.startswith(_LOOPBACK):
                message = f"{event} to {host}: tests stay on loopback"
                raise PermissionError(message)


sys.addaudithook(_loopback_only)


@pytest.fixture(autouse=True)
def no_blocking_calls() -> Iterator[BlockBuster]:
    """A blocking call in the event loop, made by code of `edge`, fails the test."""
    with blockbuster_ctx("edge") as blockbuster:
        yield blockbuster
