"""The CoAP server as a whole: opened on a port of its own, told of forgotten appliances."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiocoap.numbers.codes import Code

from edge.errors import UnreachableError
from edge.wire.encoding import Encoding
from tests.adapters.local.coap_home import (
    FRIDGE,
    Client,
    Home,
    a_client,
    a_home,
    paired,
)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with a_home(tmp_path / "accounts") as home:
        yield home


@pytest.fixture
async def fridge_folder(home: Home, tmp_path: Path) -> Path:
    return await paired(home, FRIDGE, tmp_path / "clients")


@pytest.fixture
async def fridge(home: Home, fridge_folder: Path) -> AsyncIterator[Client]:
    async with a_client(home.address, fridge_folder) as client:
        yield client


async def test_a_forgotten_appliance_is_nobody_at_once(home: Home, fridge: Client) -> None:
    """Its context, its registration and its observations end with its account."""
    assert (await fridge.ask(Code.POST, "/rd?ep=fridge-7f3a")).code == Code.CREATED
    door = await fridge.observe("/v1/placement/fridge.door")
    await home.accounts.remove(FRIDGE)
    await home.server.accounts_changed()
    answer = await fridge.ask(Code.POST, "/v1/readings", b"pack", content_format=112)
    assert answer.code == Code.UNAUTHORIZED
    assert (await door.next()).code == Code.SERVICE_UNAVAILABLE
    assert home.surfaces.observers == 0
    assert ("readings", FRIDGE, b"pack", Encoding.CBOR) not in home.reception.heard


async def test_a_host_name_is_an_error_that_says_so(tmp_path: Path) -> None:
    """Only an address: what a name means may change while nobody looks."""
    with pytest.raises(UnreachableError, match="must be an IP address"):
        async with a_home(tmp_path, host="localhost"):
            pass


async def test_a_taken_port_is_an_error_that_names_it(home: Home, tmp_path: Path) -> None:
    """A second runtime does not silently share the first one's datagrams."""
    host, port = home.address
    with pytest.raises(UnreachableError, match=f"{host}:{port}"):
        async with a_home(tmp_path / "second", port=port):
            pass
