"""What the courier learns is a function of consent, and it learns nothing from when it is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.subscription_file import (
    Provisioning,
    SubscriptionFile,
    subscription,
    write_subscription,
)
from edge.courier.subscription import parse_subscription
from edge.domain.category import DataCategory
from edge.domain.consent import Grant, Grants, Purpose
from tests.builders import a_grant
from tests.fakes.clock import NOON

PROVISIONING = Provisioning(
    region="DE",
    transport="coap",
    relay="127.0.0.1:4433",
    server_name="catalogue.doorstep.example",
    ca="PEM",
    root=b"{}",
)
ALL = (Purpose.KEEP, Purpose.INFER, Purpose.OFFER)

some_grants = st.lists(
    st.builds(
        a_grant,
        st.sampled_from(Purpose),
        data=st.sampled_from(DataCategory),
        device=st.sampled_from(["fridge-7f3a", "ereader-0c11"]),
    ),
    max_size=12,
)


def granted(*purposes: Purpose) -> Grants:
    """These purposes for the fridge's groceries."""
    return Grants([a_grant(purpose) for purpose in purposes], now=NOON)


@pytest.mark.parametrize("purposes", [(), (Purpose.KEEP, Purpose.INFER), (Purpose.OFFER,)])
def test_without_an_effective_grant_for_offers_it_is_off(purposes: tuple[Purpose, ...]) -> None:
    """Offers need their own grant and the ones it builds on; else the courier sees: off."""
    assert parse_subscription(subscription(granted(*purposes), PROVISIONING)) is None


def test_a_grant_for_offers_is_on() -> None:
    """The courier reads back what the product was built with."""
    read = parse_subscription(subscription(granted(*ALL), PROVISIONING))
    assert read
    assert (read.host, read.port, read.root) == ("127.0.0.1", 4433, b"{}")


@given(some_grants)
def test_the_file_has_two_contents_only(grants: list[Grant]) -> None:
    """Whatever was granted for whatever appliance, the courier sees on or off."""
    contents = {
        on: subscription(granted(*(ALL if on else ())), PROVISIONING) for on in (True, False)
    }
    now = Grants(grants, now=NOON)
    assert subscription(now, PROVISIONING) == contents[now.allow_anywhere(Purpose.OFFER)]


async def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    """How often we decide cannot be read from the file's time."""
    path = tmp_path / "exchange" / "subscription.json"
    file = SubscriptionFile(path, PROVISIONING)
    await file.follow(granted(*ALL))
    before = path.stat()
    await file.follow(granted(*ALL))
    assert path.stat() == before
    await file.follow(granted())
    assert path.stat().st_ino != before.st_ino


def test_the_folder_holds_nothing_else(tmp_path: Path) -> None:
    """No half-written file is left behind."""
    write_subscription(tmp_path / "subscription.json", granted(*ALL), PROVISIONING)
    assert [path.name for path in tmp_path.iterdir()] == ["subscription.json"]
