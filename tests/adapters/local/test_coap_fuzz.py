"""20,000 hostile datagrams: the server lives, stays small and quiet, and serves the good."""

import asyncio
import random
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiocoap import Message
from aiocoap.numbers.codes import Code
from aiocoap.numbers.types import Type

from edge.adapters.local.accounts import open_accounts
from tests.adapters.local.coap_home import EREADER, FRIDGE, a_client, write_client_context
from tests.adapters.local.coap_process import a_process

pytestmark = pytest.mark.slow

DATAGRAMS = 20_000
MEMORY_MOST_KIB = 64 * 1024
"""The whole process: Python, aiocoap, OSCORE and everything kept."""
LOG_MOST = 100_000

PATHS = (
    ("rd",),
    ("rd", "fridge-7f3a"),
    ("v1", "readings"),
    ("v1", "manifest"),
    ("v1", "reaction"),
    ("v1", "placement", "fridge.door"),
    ("v1", "pairing"),
    (".well-known", "core"),
)


@pytest.mark.parametrize("rates", [False, True])
async def test_hostile_datagrams_neither_stop_nor_fill_the_server(
    tmp_path: Path, *, rates: bool
) -> None:
    """Without rates every one is read; with them most are dropped unread. Either way it lives."""
    accounts = await open_accounts(tmp_path / "accounts", random_bytes=secrets.token_bytes)
    key_id = (await accounts.add(FRIDGE)).sender_id
    good_one = write_client_context(tmp_path / "client", await accounts.add(EREADER))
    async with a_process(tmp_path / "accounts", rates=rates) as server:
        address = ("127.0.0.1", server.port)
        answered = await _attack(address, hostile(random.Random(7), key_id))
        async with a_client(address, good_one) as good:
            answer = await good.ask(Code.POST, "/v1/readings", bytes(3_000), content_format=112)
        assert answer.code == Code.CHANGED
        assert server.process.returncode is None
        assert await asyncio.to_thread(_memory_kib, server.process.pid) < MEMORY_MOST_KIB
        log = await asyncio.to_thread(server.log.stat)
        assert log.st_size < LOG_MOST
        assert answered > (1_000 if not rates else 100)


def hostile(dice: random.Random, key_id: bytes) -> Iterator[bytes]:
    """Noise, headers with noise, and well-formed requests with a few bytes changed."""
    for number in range(DATAGRAMS):
        if number % 8 == 0:
            yield dice.randbytes(dice.randrange(80))
        elif number % 8 == 1:
            header = 0x40 | dice.randrange(9) | dice.randrange(4) << 4
            yield bytes([header]) + dice.randbytes(dice.randrange(60))
        else:
            yield mutated(dice, plausible(dice, key_id))


def plausible(dice: random.Random, key_id: bytes) -> bytes:
    """A request that is nearly one of ours; some in the fridge's name, some in its context."""
    message = Message(
        code=dice.choice([1, 1, 2, 2, 3, 4, 5, 6, 7]),
        payload=dice.randbytes(dice.choice([0, 5, 64, 900])),
    )
    message.mtype, message.mid = dice.choice([Type.CON, Type.NON]), dice.randrange(65_536)
    message.token = dice.randbytes(dice.randrange(9))
    message.opt.uri_path = dice.choice(PATHS)
    if dice.random() < 0.7:
        message.opt.uri_query = ("ep=fridge-7f3a", "lt=" + "6" * dice.randrange(7))
    if dice.random() < 0.3:
        message.opt.observe = dice.choice([0, 1, 5])
    if dice.random() < 0.3:
        message.opt.block1 = (dice.randrange(3), dice.random() < 0.5, dice.randrange(7))
    if dice.random() < 0.3:
        message.opt.block2 = (dice.randrange(2_000), False, dice.randrange(8))
    if dice.random() < 0.3:
        message.opt.content_format = dice.choice(
            [40, 50, 60, 110, 112, 432, dice.randrange(65_536)]
        )
    if dice.random() < 0.2:
        message.opt.oscore = b"\x09" + dice.randbytes(1) + key_id
    return bytes(message.encode())


def mutated(dice: random.Random, datagram: bytes) -> bytes:
    """The same with up to two faults: bytes changed, cut, put in, or the end cut off."""
    changed = bytearray(datagram)
    for _ in range(dice.randrange(3)):
        place = dice.randrange(len(changed) + 1)
        match dice.randrange(4):
            case 0:
                changed[place : place + 1] = dice.randbytes(1)
            case 1:
                del changed[place : place + dice.randrange(1, 4)]
            case 2:
                changed[place:place] = dice.randbytes(dice.randrange(1, 8))
            case _:
                del changed[place:]
    return bytes(changed)


async def _attack(address: tuple[str, int], datagrams: Iterator[bytes]) -> int:
    """Send them from eight addresses of this machine; gives how many answers came."""
    answered = 0
    loop = asyncio.get_running_loop()
    senders = [_sender(f"127.0.{number}.7") for number in range(8)]
    for sender in senders:
        sender.connect(address)
    for number, datagram in enumerate(datagrams):
        sender = senders[number % len(senders)]
        await loop.sock_sendall(sender, datagram)
        if number % 16 == 0:
            await asyncio.sleep(0.004)
        answered += sum(1 for each in senders if _has_answer(each))
    for sender in senders:
        sender.close()
    return answered


def _sender(host: str) -> socket.socket:
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setblocking(False)  # noqa: FBT003  -- its signature
    sender.bind((host, 0))
    return sender


def _has_answer(sender: socket.socket) -> bool:
    try:
        return bool(sender.recv(65_536))
    except BlockingIOError:
        return False


def _memory_kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])
