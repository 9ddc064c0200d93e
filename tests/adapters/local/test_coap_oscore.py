"""Contexts of paired appliances: opened, followed, kept ahead of their numbers, closed."""

import json
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from aiocoap import Message
from aiocoap.numbers.codes import Code
from aiocoap.oscore import ContextUnavailable

from edge.adapters.local.accounts import Accounts, open_accounts
from edge.adapters.local.coap_messages import CoapError
from edge.adapters.local.coap_oscore import RESERVE, STRETCH, DeviceContext, OscoreContexts
from tests.adapters.local.coap_home import (
    EREADER,
    FRIDGE,
    client_context,
    sealed_readings,
    write_client_context,
)


@pytest.fixture
async def accounts(tmp_path: Path) -> Accounts:
    return await open_accounts(tmp_path / "accounts", random_bytes=secrets.token_bytes)


def _context_folder(folder: Path) -> Path:
    settings = {"sender-id_hex": "00", "recipient-id_hex": "01", "secret_hex": "ab" * 16}
    folder.mkdir()
    (folder / "settings.json").write_text(json.dumps(settings))
    return folder


def _on_disk(folder: Path) -> int:
    number: int = json.loads((folder / "sequence.json").read_text())["next-to-send"]
    return number


def test_numbers_are_on_disk_before_they_are_used(tmp_path: Path) -> None:
    """A stretch is taken at once, and the next before the reserve is touched."""
    folder = _context_folder(tmp_path / "context")
    context = DeviceContext(folder)
    assert _on_disk(folder) == STRETCH
    for _ in range(STRETCH - RESERVE):
        context.new_sequence_number()
    before: bool = context.runs_low
    assert not before
    context.new_sequence_number()
    low: bool = context.runs_low
    assert low
    context.reserve()
    assert _on_disk(folder) == STRETCH - RESERVE + 1 + STRETCH
    context.close()


def test_a_number_that_is_not_on_disk_is_never_used(tmp_path: Path) -> None:
    """The last of the stretch is given, the next one is refused."""
    context = DeviceContext(_context_folder(tmp_path / "context"))
    numbers = [context.new_sequence_number() for _ in range(STRETCH)]
    assert numbers[-1] == STRETCH - 1
    with pytest.raises(ContextUnavailable):
        context.new_sequence_number()
    context.close()


def test_a_stretch_that_could_not_be_written_is_not_used(tmp_path: Path) -> None:
    """A full disk gives no numbers, however often it is tried."""
    folder = _context_folder(tmp_path / "context")
    context = DeviceContext(folder)
    for _ in range(STRETCH):
        context.new_sequence_number()
    context.basedir = str(tmp_path / "nowhere")
    with pytest.raises(OSError, match="nowhere"):
        context.reserve()
    with pytest.raises(ContextUnavailable):
        context.new_sequence_number()
    context.drop()


def test_without_a_close_the_next_start_skips_what_may_have_been_used(tmp_path: Path) -> None:
    """As after `kill -9`: the stretch is wasted, not repeated."""
    folder = _context_folder(tmp_path / "context")
    killed = DeviceContext(folder)
    used = [killed.new_sequence_number() for _ in range(5)]
    killed.drop()
    next_start = DeviceContext(folder)
    assert next_start.new_sequence_number() > max(used)
    assert not next_start.recipient_replay_window.is_initialized()
    next_start.close()


def test_after_a_close_nothing_is_wasted(tmp_path: Path) -> None:
    """The exact number and the window of what was seen are there again."""
    folder = _context_folder(tmp_path / "context")
    first = DeviceContext(folder)
    first.recipient_replay_window.strike_out(3)
    first.new_sequence_number()
    first.close()
    second = DeviceContext(folder)
    assert second.new_sequence_number() == 1
    assert not second.recipient_replay_window.is_valid(3)
    second.close()


async def test_contexts_follow_the_accounts(accounts: Accounts) -> None:
    """New ones are opened, forgotten ones are named and dropped."""
    contexts = OscoreContexts()
    await accounts.add(FRIDGE)
    assert await contexts.follow(accounts) == frozenset()
    await accounts.add(EREADER)
    await contexts.follow(accounts)
    await accounts.remove(FRIDGE)
    assert await contexts.follow(accounts) == {FRIDGE}
    assert await contexts.follow(accounts) == frozenset()
    await contexts.close()


async def test_an_appliance_paired_anew_is_known_by_its_new_keys(
    accounts: Accounts, tmp_path: Path
) -> None:
    """The old context is worth nothing, even under the same name."""
    contexts = OscoreContexts()
    old = write_client_context(tmp_path / "old", await accounts.add(FRIDGE))
    await contexts.follow(accounts)
    await accounts.remove(FRIDGE)
    await contexts.follow(accounts)
    new = write_client_context(tmp_path / "new", await accounts.add(FRIDGE))
    await contexts.follow(accounts)
    with client_context(new) as context:
        opened = await contexts.unprotect(_incoming(sealed_readings(context)))
    assert (opened.device, opened.message.payload) == (FRIDGE, b"pack")
    with client_context(old) as context, pytest.raises(CoapError, match="context not found"):
        await contexts.unprotect(_incoming(sealed_readings(context)))
    await contexts.close()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"sender-id_hex": "zz"}', "{}"])
async def test_one_broken_folder_keeps_one_appliance_out(
    accounts: Accounts, tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    """The others are served, and the log names it once."""
    await accounts.add(FRIDGE)
    credentials = await accounts.add(EREADER)
    (tmp_path / "accounts" / "oscore" / FRIDGE / "settings.json").write_text(text)
    contexts = OscoreContexts()
    await contexts.follow(accounts)
    with client_context(write_client_context(tmp_path / "client", credentials)) as context:
        opened = await contexts.unprotect(_incoming(sealed_readings(context)))
    assert opened.device == EREADER
    assert caplog.text.count("coap.oscore_broken device=fridge-7f3a") == 1
    await contexts.close()


@pytest.mark.parametrize("option", [b"", b"\x01", b"\xff" * 8, b"\x19", b"\x10", b"\x09\x00"])
async def test_an_option_that_is_no_oscore_is_refused(option: bytes) -> None:
    """Whatever is in it: 4.02 or 4.01, never an exception of the library."""
    contexts = OscoreContexts()
    message = Message(code=Code.POST, payload=b"noise", oscore=option)
    with pytest.raises(CoapError) as refused:
        await contexts.unprotect(_incoming(message))
    assert refused.value.code.name in {"BAD_OPTION", "UNAUTHORIZED"}
    await contexts.close()


def test_edhoc_is_not_loaded() -> None:
    """Its library costs memory that a server with keys from pairing does not need."""
    program = "import sys, edge.adapters.local.coap_server; sys.exit('lakers' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], check=False)
    assert ran.returncode == 0


def _incoming(message: Message) -> Message:
    message.mtype, message.mid = 0, 1
    return Message.decode(message.encode())
