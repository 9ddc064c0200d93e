"""How far an appliance's clock may be off before what it says is not believed."""

from datetime import datetime, timedelta

from edge.errors import MalformedError

AHEAD_MOST = timedelta(minutes=5)
"""What clocks of appliances may run fast; more is a broken clock, not a reading."""

LATE_MOST = timedelta(days=60)
"""A summer holiday without a network, twice."""


def check_skew(time: datetime, now: datetime, *, field: str) -> None:
    """The time is one that an appliance can mean.

    Raises:
        MalformedError: It is too far in the future or in the past.
    """
    if time > now + AHEAD_MOST:
        raise MalformedError(field=field, rule="at most 5 minutes in the future")
    if time < now - LATE_MOST:
        raise MalformedError(field=field, rule="at most 60 days in the past")
