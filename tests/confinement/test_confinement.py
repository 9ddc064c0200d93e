"""What a confined process cannot do, shown by processes of their own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edge.confinement import PORTS_ABI, landlock_abi

pytestmark = pytest.mark.slow

_START = """
import asyncio, os, socket, sys
from pathlib import Path
from edge.confinement import Confinement, confine, interpreter_folders, under_seccomp
def may(act):
    try:
        act()
    except OSError as error:
        return error.errno
    return 0
def reach(port):
    return may(lambda: socket.create_connection(("127.0.0.1", port), timeout=5).close())
def has(family, kind):
    return may(lambda: socket.socket(family, kind).close())
"""


def confined(script: str, *arguments: str, pass_fds: tuple[int, ...] = ()) -> str:
    """What a script prints that starts like this."""
    done = subprocess.run(
        [sys.executable, "-c", _START + script, *arguments],
        capture_output=True, text=True, check=False, timeout=30, pass_fds=pass_fds,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def listening() -> Iterator[int]:
    """A port on loopback where somebody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_unusual_sockets_are_refused() -> None:
    """Raw, packet, netlink and other families: EPERM; streams and unix sockets: fine."""
    told = confined("""
confine(Confinement(datagrams=False))
assert under_seccomp()
print(has(socket.AF_UNIX, socket.SOCK_STREAM), has(socket.AF_INET, socket.SOCK_STREAM),
      has(socket.AF_INET6, socket.SOCK_STREAM), has(socket.AF_INET, socket.SOCK_DGRAM),
      has(socket.AF_INET, socket.SOCK_RAW), has(socket.AF_PACKET, socket.SOCK_RAW),
      has(socket.AF_NETLINK, socket.SOCK_RAW), has(socket.AF_VSOCK, socket.SOCK_STREAM))
""")
    assert told == "0 0 0 1 1 1 1 1"


def test_datagrams_are_for_whoever_serves_coap() -> None:
    """The edge has them, the courier has not."""
    told = confined("""
confine(Confinement(datagrams=True))
print(has(socket.AF_INET, socket.SOCK_DGRAM), has(socket.AF_INET, socket.SOCK_RAW))
""")
    assert told == "0 1"


def test_only_the_named_port_can_be_connected_to() -> None:
    """Landlock: the relay's port answers, its neighbour does not."""
    if landlock_abi() < PORTS_ABI:
        pytest.skip("this kernel cannot restrict ports")
    with listening() as relay, listening() as other:
        told = confined(
            """
confine(Confinement(datagrams=False, ports=(int(sys.argv[1]),)))
print(reach(int(sys.argv[1])), reach(int(sys.argv[2])))
""",
            str(relay),
            str(other),
        )
    assert told == "0 13"


def test_only_the_named_folders_can_be_touched(tmp_path: Path) -> None:
    """Landlock: the courier cannot read the store, whoever it runs as."""
    if not landlock_abi():
        pytest.skip("this kernel cannot restrict files")
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "secret").write_text("butter")
    (tmp_path / "exchange").mkdir()
    told = confined(
        """
home = Path(sys.argv[1])
confine(Confinement(datagrams=False, readable=interpreter_folders(),
                    writable=(home / "exchange",)))
print(may(lambda: (home / "store" / "secret").read_text()),
      may(lambda: list((home / "store").iterdir())),
      may(lambda: (home / "exchange" / "x").write_text("y")),
      may(lambda: (home / "exchange" / "x").rename(home / "exchange" / "z")))
""",
        str(tmp_path),
    )
    assert told == "13 13 0 0"


def test_files_can_still_be_moved_where_only_ports_are_restricted(tmp_path: Path) -> None:
    """Landlock forbids moving between folders unless it is named; stores and pulls need it."""
    (tmp_path / "from").mkdir()
    (tmp_path / "to").mkdir()
    (tmp_path / "from" / "x").write_text("y")
    told = confined(
        """
home = Path(sys.argv[1])
confine(Confinement(datagrams=True, ports=(1,)))
print(may(lambda: (home / "from" / "x").rename(home / "to" / "x")))
""",
        str(tmp_path),
    )
    assert told == "0"


def test_an_inherited_socket_is_closed() -> None:
    """What was opened before could still reach where ours may not."""
    with listening() as port, socket.create_connection(("127.0.0.1", port)) as inherited:
        os.set_inheritable(inherited.fileno(), True)  # noqa: FBT003 - it takes no keywords
        told = confined(
            """
number = int(sys.argv[1])
confine(Confinement(datagrams=False))
print(may(lambda: os.fstat(number)))
""",
            str(inherited.fileno()),
            pass_fds=(inherited.fileno(),),
        )
    assert told == "9"


def test_a_child_is_confined_too() -> None:
    """The filter survives exec."""
    told = confined("""
import subprocess
confine(Confinement(datagrams=False))
print(subprocess.run([sys.executable, "-c", "import socket; socket.socket(2, 2)"],
                     capture_output=True).returncode)
""")
    assert told == "1"


def test_an_event_loop_works_confined() -> None:
    """Asyncio's own socket pair and loopback connections stay possible."""
    told = confined("""
confine(Confinement(datagrams=False))
async def main():
    server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print(await reader.read())
    writer.close()
    server.close()
asyncio.run(main())
""")
    assert told == "b''"
