"""OSCORE over restarts: no sequence number twice, no request twice, and no appliance locked out."""

import asyncio
import secrets
from pathlib import Path

import pytest
from aiocoap.numbers.codes import Code

from edge.adapters.local.accounts import open_accounts
from tests.adapters.local.coap_home import (
    FRIDGE,
    a_client,
    a_home,
    client_context,
    datagram,
    datagram_answered,
    paired,
    sealed_readings,
    write_client_context,
)
from tests.adapters.local.coap_process import a_process
from tests.builders import a_placement


async def test_after_a_restart_the_context_goes_on(tmp_path: Path) -> None:
    """A server that was closed knows what it has seen: no extra round trip, no replay."""
    accounts = tmp_path / "accounts"
    async with a_home(accounts) as home:
        folder = await paired(home, FRIDGE, tmp_path / "clients")
        with client_context(folder) as context:
            recorded = sealed_readings(context)
        first = await datagram_answered(home.address, datagram(recorded, message_id=1))
        assert first.code == Code.CHANGED
    async with a_home(accounts) as home:
        again = await datagram_answered(home.address, datagram(recorded, message_id=2))
        assert (again.code, again.payload) == (Code.UNAUTHORIZED, b"Replay detected")
        with client_context(folder) as context:
            fresh = sealed_readings(context)
        answer = await datagram_answered(home.address, datagram(fresh, message_id=3))
        assert answer.code == Code.CHANGED
        assert len(home.reception.heard) == 1


@pytest.mark.slow
async def test_after_kill_9_the_same_appliance_goes_on(tmp_path: Path) -> None:
    """It is asked once to prove that it is fresh, which its client does by itself."""
    accounts, folder = await _paired_beforehand(tmp_path)
    async with a_process(accounts) as server:
        address = ("127.0.0.1", server.port)
        async with a_client(address, folder) as client:
            assert (await client.ask(Code.POST, "/v1/readings")).code == Code.CHANGED
            server.process.kill()
            await server.process.wait()
            async with a_process(accounts, port=server.port):
                for _ in range(3):
                    assert (await client.ask(Code.POST, "/v1/readings")).code == Code.CHANGED


@pytest.mark.slow
async def test_after_kill_9_a_recorded_request_changes_nothing(tmp_path: Path) -> None:
    """What was seen before the kill is not known any more, so nothing old is acted upon."""
    accounts, folder = await _paired_beforehand(tmp_path)
    async with a_process(accounts) as server:
        with client_context(folder) as context:
            recorded = sealed_readings(context)
        first = await datagram_answered(
            ("127.0.0.1", server.port), datagram(recorded, message_id=1)
        )
        assert first.code == Code.CHANGED
        server.process.kill()
        await server.process.wait()
    async with a_home(accounts) as home:
        answer = await datagram_answered(home.address, datagram(recorded, message_id=2))
        assert answer.opt.oscore is not None
        assert home.reception.heard == []


async def test_a_sequence_number_that_a_notification_used_is_never_used_again(
    tmp_path: Path,
) -> None:
    """While the server runs, its file is ahead of every number that was sent."""
    accounts = tmp_path / "accounts"
    async with a_home(accounts) as home:
        folder = await paired(home, FRIDGE, tmp_path / "clients")
        async with a_client(home.address, folder) as client:
            door = await client.observe("/v1/placement/fridge.door")
            sent = []
            for number in range(3):
                await home.surfaces.show(a_placement(f"p-{number}"), language="de")
                sent.append((await door.next()).opt.observe)
        text = await asyncio.to_thread((accounts / "oscore" / FRIDGE / "sequence.json").read_text)
        assert '"received": "unknown"' in text
        assert max(sent) < int(text.split('"next-to-send": ')[1].split(",")[0])


async def _paired_beforehand(tmp_path: Path) -> tuple[Path, Path]:
    """Accounts with a fridge, and the folder of its side of the context."""
    accounts = await open_accounts(tmp_path / "accounts", random_bytes=secrets.token_bytes)
    credentials = await accounts.add(FRIDGE)
    return tmp_path / "accounts", write_client_context(tmp_path / "clients", credentials)
