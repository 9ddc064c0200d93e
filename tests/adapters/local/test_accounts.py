"""Credentials: given once, kept as hashes, gone when forgotten, whole after a crash."""

import base64
import json
from pathlib import Path

import pytest
from aiocoap import oscore

from edge.adapters.local.accounts import Accounts, mosquitto_hash, open_accounts
from edge.domain.measures import DeviceId
from edge.errors import StoreError
from tests.fakes.dice import SeededBytes

FRIDGE = DeviceId("fridge-7f3a")
EREADER = DeviceId("ereader-09bc")


async def opened(folder: Path, seed: int = 1) -> Accounts:
    return await open_accounts(folder, random_bytes=SeededBytes(seed))


async def test_a_new_folder_has_no_accounts(tmp_path: Path) -> None:
    """Before the first pairing nobody can connect."""
    accounts = await opened(tmp_path / "accounts")
    assert (accounts.users(), accounts.devices()) == ({}, [])


async def test_an_added_appliance_is_accepted_with_its_password_alone(tmp_path: Path) -> None:
    """The password that add() gave opens that account, a wrong one and another name do not."""
    accounts = await opened(tmp_path)
    password = (await accounts.add(FRIDGE)).password
    assert accounts.accepts(FRIDGE, password)
    assert not accounts.accepts(FRIDGE, password + "x")
    assert not accounts.accepts(EREADER, password)


async def test_accounts_survive_a_restart(tmp_path: Path) -> None:
    """What add() returned is accepted by whoever opens the folder next."""
    password = (await (await opened(tmp_path)).add(FRIDGE)).password
    again = await opened(tmp_path, seed=2)
    assert again.accepts(FRIDGE, password)
    assert again.devices() == [FRIDGE]


async def test_no_password_is_on_disk(tmp_path: Path) -> None:
    """The folder holds a hash of the password, never the password."""
    password = (await (await opened(tmp_path)).add(FRIDGE)).password
    assert password not in (tmp_path / "accounts.json").read_text()


async def test_every_file_is_for_the_runtime_alone(tmp_path: Path) -> None:
    """Files are 0600 and folders 0700, whatever the umask."""
    accounts = await opened(tmp_path / "accounts")
    await accounts.add(FRIDGE)
    kept = [path for path in (tmp_path / "accounts").rglob("*") if path.is_file()]
    assert len(kept) == 3
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    context = accounts.oscore_folder(FRIDGE)
    assert context is not None
    assert context.stat().st_mode & 0o777 == 0o700


async def test_the_oscore_context_is_one_that_aiocoap_reads(tmp_path: Path) -> None:
    """The runtime's context has the mirrored ids of the credentials, and the same secret."""
    accounts = await opened(tmp_path)
    given = await accounts.add(FRIDGE)
    context = oscore.FilesystemSecurityContext(str(accounts.oscore_folder(FRIDGE)))
    try:
        assert (context.sender_id, context.recipient_id) == (given.recipient_id, given.sender_id)
    finally:
        context._destroy()
    secrets = json.loads((tmp_path / "oscore" / FRIDGE / "secret.json").read_text())
    assert secrets["secret_hex"] == given.master_secret.hex()


async def test_a_removed_appliance_is_nobody(tmp_path: Path) -> None:
    """After remove() there is no account, no context and no file of it, also after a restart."""
    accounts = await opened(tmp_path)
    password = (await accounts.add(FRIDGE)).password
    await accounts.remove(FRIDGE)
    for one in (accounts, await opened(tmp_path, seed=2)):
        assert not one.accepts(FRIDGE, password)
        assert one.oscore_folder(FRIDGE) is None
    assert not (tmp_path / "oscore" / FRIDGE).exists()


async def test_removing_a_stranger_changes_nothing(tmp_path: Path) -> None:
    """remove() of an unknown appliance leaves the others as they are."""
    accounts = await opened(tmp_path)
    await accounts.add(FRIDGE)
    await accounts.remove(EREADER)
    assert accounts.devices() == [FRIDGE]


@pytest.mark.parametrize("name", ["../fridge", "f", "Fridge-1", "fridge/1", ""])
async def test_a_name_that_could_leave_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    """Only device ids of the wire become names of files."""
    with pytest.raises(ValueError, match="device id"):
        await (await opened(tmp_path)).add(DeviceId(name))


async def test_a_name_is_given_once(tmp_path: Path) -> None:
    """A second appliance of the same name is refused and the first keeps its password."""
    accounts = await opened(tmp_path)
    password = (await accounts.add(FRIDGE)).password
    with pytest.raises(ValueError, match="new"):
        await accounts.add(FRIDGE)
    assert accounts.accepts(FRIDGE, password)


async def test_a_context_left_by_a_crash_is_not_an_account(tmp_path: Path) -> None:
    """A crash after the context and before the account leaves an appliance that nobody knows."""
    (tmp_path / "oscore" / FRIDGE).mkdir(parents=True)
    accounts = await opened(tmp_path)
    assert accounts.oscore_folder(FRIDGE) is None
    await accounts.add(FRIDGE)
    assert (tmp_path / "oscore" / FRIDGE / "secret.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "users": {}}',
        '{"version": 1, "users": []}x',
        '{"version": 1, "users": {"fridge-7f3a": "open"}}',
        '{"version": 1, "users": {"fridge-7f3a": 5}}',
        json.dumps({"version": 1, "users": {"../x": mosquitto_hash("x", salt=bytes(12))}}),
    ],
)
async def test_a_broken_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    """A file that is not what we wrote is a clear error, not an empty list of accounts."""
    (tmp_path / "accounts.json").write_text(text)
    with pytest.raises(StoreError, match="broken"):
        await opened(tmp_path)


async def test_a_disk_that_refuses_changes_nothing(tmp_path: Path) -> None:
    """When the account cannot be written, add() raises and the name is still free."""
    accounts = await opened(tmp_path / "accounts")
    (tmp_path / "accounts").rename(tmp_path / "gone")
    with pytest.raises(StoreError):
        await accounts.add(FRIDGE)
    (tmp_path / "gone").rename(tmp_path / "accounts")
    assert accounts.devices() == []
    await accounts.add(FRIDGE)


def test_the_hash_is_mosquittos() -> None:
    """The same password and salt give the line that mosquitto_passwd 2.0.11 wrote."""
    line = (
        "$7$101$2b/AUGnrMa4TDOp+$QNhh+vQXmSwGe4XpCU4ETUtY+b1KWCQ2A9NVcdchh9UbNhmXMX5ccp5X"
        "gm3NScKisnVGx45g9wHVbGHRWApcog=="
    )
    assert mosquitto_hash("open sesame", salt=base64.b64decode("2b/AUGnrMa4TDOp+")) == line


async def test_credentials_do_not_show_their_secrets(tmp_path: Path) -> None:
    """Printed in a log or a traceback, credentials hold nothing that opens a door."""
    given = await (await opened(tmp_path)).add(FRIDGE)
    for secret in (given.password, given.master_secret, given.master_salt):
        assert str(secret) not in repr(given)
