"""A client that nobody here wrote: libcoap's `coap-client`, in the development setting."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import cbor2
import pytest

from edge.wire.encoding import Encoding
from tests.adapters.local.coap_home import FRIDGE, Home, a_home, paired, uri
from tests.builders import a_placement, a_surface

pytestmark = pytest.mark.slow

CLIENT = shutil.which("coap-client-notls") or shutil.which("coap-client")


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    if CLIENT is None:
        if os.environ.get("CI") == "true":
            pytest.fail("libcoap's coap-client is missing: apt-get install libcoap3-bin")
        pytest.skip("libcoap's coap-client is not installed (libcoap3-bin)")
    async with a_home(tmp_path / "accounts", plain=True) as home:
        await paired(home, FRIDGE, tmp_path / "clients")
        yield home


async def test_libcoap_discovers_the_directory(home: Home) -> None:
    """GET /.well-known/core, filtered as RFC 6690 says."""
    assert await _ask(home, "/.well-known/core?rt=core.rd") == b'</rd>;rt="core.rd";ct="40 432"'


async def test_libcoap_registers(home: Home) -> None:
    """POST /rd with name and lifetime."""
    await _ask(home, "/rd?ep=fridge-7f3a&lt=3600", "-m", "post", "-t", "40", "-e", "</b>")
    assert home.reception.heard == [("presence", FRIDGE, True)]


@pytest.mark.parametrize(
    ("content_format", "encoding"), [("112", Encoding.CBOR), ("110", Encoding.JSON)]
)
async def test_libcoap_posts_a_long_pack_in_blocks(
    home: Home, tmp_path: Path, content_format: str, encoding: Encoding
) -> None:
    """Over 1 KiB of readings arrive whole, in blocks of libcoap's choice and in small ones."""
    pack = cbor2.dumps([{"n": f"item-{number}", "v": number, "u": "kg"} for number in range(200)])
    (tmp_path / "pack").write_bytes(pack)
    for block in ([], ["-b", "64"]):
        options = ["-m", "post", "-t", content_format, "-f", str(tmp_path / "pack"), *block]
        await _ask(home, "/v1/readings?ep=fridge-7f3a", *options)
    assert home.reception.heard == [("readings", FRIDGE, pack, encoding)] * 2


async def test_libcoap_fetches_a_long_placement_in_blocks(home: Home) -> None:
    """A placement over the block size comes in parts that fit together."""
    await home.surfaces.show(a_placement("p-" + "x" * 3_000), language="de")
    whole = home.surfaces.shown(FRIDGE, a_surface().name, Encoding.CBOR)
    path = "/v1/placement/fridge.door?ep=fridge-7f3a"
    assert await _ask(home, path) == whole
    assert await _ask(home, path, "-b", "32") == whole


async def test_libcoap_observes_a_surface(home: Home) -> None:
    """Each change arrives at an observer while it listens."""
    path = "/v1/placement/fridge.door?ep=fridge-7f3a"
    await home.surfaces.show(a_placement("p-1"), language="de")
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(_ask(home, path, "-A", "50", "-s", "3"))
        await asyncio.sleep(1.5)
        await home.surfaces.show(a_placement("p-2"), language="de")
    seen = re.findall(r'"placement":"(p-.)"', asking.result().decode())
    assert seen == ["p-1", "p-2"]


async def test_libcoap_is_told_what_is_wrong(home: Home) -> None:
    """The diagnostic payload reaches a person at a terminal."""
    said = await _ask(home, "/v1/readings?ep=fridge-7f3a", "-m", "post", "-t", "60", "-e", "x")
    assert said == b"4.15 content format 112 or 110"
    assert await _ask(home, "/v1/readings", "-m", "post") == (
        b"4.01 use the OSCORE context from pairing"
    )


async def _ask(home: Home, path: str, *options: str) -> bytes:
    """What coap-client prints."""
    assert CLIENT is not None
    process = await asyncio.create_subprocess_exec(
        *(CLIENT, "-B", "10", *options, uri(home.address, path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await asyncio.wait_for(process.communicate(), 20)
    return printed.strip()
