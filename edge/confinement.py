"""A process confines itself, without root: what the kernel refuses, no bug of ours can do.

Two means of Linux, both irrevocable and inherited by children: a seccomp filter over system calls
(which families of sockets there may be) and Landlock (which TCP ports may be connected to, which
folders may be touched). Neither can tell addresses apart: that is left to the systemd units. Known
to edge and courier alike because it knows nothing of either (ADR 0100).
"""

import ctypes
import os
import platform
import socket
import stat
import struct
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PORTS_ABI = 4
"""The first version of Landlock that can restrict TCP ports: Linux 6.7."""

_ARCHITECTURES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The audit number and that of `socket` (linux/audit.h, asm/unistd.h)."""

_DENIED = {
    "x86_64": (425, 101, 321, 298, 272, 308, 310, 311, 323, 165, 250, 246),
    "aarch64": (425, 117, 280, 241, 97, 268, 270, 271, 282, 40, 219, 104),
}
"""io_uring_setup, ptrace, bpf, perf_event_open, unshare, setns, process_vm_readv, _writev,
userfaultfd, mount, keyctl, kexec_load: ways around what follows."""

_SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ALLOW, _EPERM = 0x7FFF0000, 0x00050001
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_X32 = 0x40000000
_TYPE_BITS = 0x0F
_STANDARD = 2
"""The last of the standard streams."""

_CONNECT_TCP = 2
_PATH_RULE, _PORT_RULE = 1, 2
_ROOT = Path("/")
_REFER = 1 << 13
"""Moving a file to another folder; a ruleset that does not name it forbids it everywhere."""

_READING = 1 << 2 | 1 << 3
_EVERYTHING = sum(1 << bit for bit in range(1, 15))
"""Of Landlock's rights over files; execution (bit 0) is not handled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What a process may still do.

    Attributes:
        datagrams: Whether it may have datagram sockets over IP.
        ports: The TCP ports it may connect to; None when that is not known yet.
        readable, writable: The only folders it may touch; None leaves files alone.
    """

    datagrams: bool
    ports: tuple[int, ...] | None = None
    readable: tuple[Path, ...] | None = None
    writable: tuple[Path, ...] = ()


def confine(confinement: Confinement) -> list[str]:
    """Confine this process for good; call it before any thread starts.

    Returns:
        What is in force now: `seccomp`, `landlock`; less where the kernel has less.
    """
    _close_inherited_sockets()
    libc = ctypes.CDLL(None, use_errno=True)
    in_force: list[str] = []
    if libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return in_force
    if _restrict(libc, confinement):
        in_force.append("landlock")
    if _filter(libc, datagrams=confinement.datagrams):
        in_force.append("seccomp")
    return in_force


def landlock_abi() -> int:
    """Which version of Landlock the kernel has; 0 when none."""
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_CREATE_RULESET, None, 0, 1)))


def under_seccomp() -> bool:
    """Whether a filter is in force over this process. Blocks."""
    with suppress(OSError):
        return "\nSeccomp:\t2" in Path("/proc/self/status").read_text(encoding="ascii")
    return False


def interpreter_folders() -> tuple[Path, ...]:
    """What Python itself and our own code have to read; never the folder we were started in."""
    packages = [path for path in sys.path if path.endswith("-packages")]
    own = (sys.prefix, sys.base_prefix, str(Path(__file__).parent), *packages)
    system = ("/usr", "/lib", "/lib64", "/etc", "/proc", "/dev")
    return tuple(path for path in map(Path, (*own, *system)) if path.exists())


def _close_inherited_sockets() -> None:
    """A socket from outside would still reach where ours may not."""
    for descriptor in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        with suppress(OSError):
            if descriptor > _STANDARD and stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.close(descriptor)


def _filter(libc: ctypes.CDLL, *, datagrams: bool) -> bool:
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        return False
    program = b"".join(_program(*_ARCHITECTURES[machine], _DENIED[machine], datagrams=datagrams))
    kept = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(kept))
    return int(libc.prctl(_SET_SECCOMP, _FILTER, head, 0, 0)) == 0


def _program(
    architecture: int, socket_call: int, denied: Sequence[int], *, datagrams: bool
) -> list[bytes]:
    """The filter, in the instructions of linux/filter.h over the data of seccomp(2)."""
    kinds = [socket.SOCK_STREAM] + [socket.SOCK_DGRAM] * datagrams
    return [
        *_unless(_LOAD_ARCH, _EQUAL, architecture, _EPERM),
        _op(_LOAD, 0),
        _op(_AT_LEAST, _X32, 0, 1),
        _op(_RETURN, _EPERM),
        *(part for call in denied for part in (_op(_EQUAL, call, 0, 1), _op(_RETURN, _EPERM))),
        _op(_EQUAL, socket_call, 1, 0),
        _op(_RETURN, _ALLOW),
        _op(_LOAD, 16),
        _op(_EQUAL, socket.AF_UNIX, 0, 1),
        _op(_RETURN, _ALLOW),
        _op(_EQUAL, socket.AF_INET, 2, 0),
        _op(_EQUAL, socket.AF_INET6, 1, 0),
        _op(_RETURN, _EPERM),
        _op(_LOAD, 24),
        _op(_AND, _TYPE_BITS),
        *(part for kind in kinds for part in (_op(_EQUAL, kind, 0, 1), _op(_RETURN, _ALLOW))),
        _op(_RETURN, _EPERM),
    ]


_LOAD_ARCH = 4


def _unless(offset: int, test: int, value: int, otherwise: int) -> list[bytes]:
    return [_op(_LOAD, offset), _op(test, value, 1, 0), _op(_RETURN, otherwise)]


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _restrict(libc: ctypes.CDLL, confinement: Confinement) -> bool:
    abi = landlock_abi()
    ports = confinement.ports if abi >= PORTS_ABI else None
    files = confinement.readable is not None
    if not abi or (ports is None and not files):
        return False
    rights = _known(abi) if files else _known(abi) & _REFER
    handled = struct.pack("QQ", rights, _CONNECT_TCP * (ports is not None))
    size = len(handled) if abi >= PORTS_ABI else 8
    ruleset = libc.syscall(_CREATE_RULESET, handled, size, 0)
    if ruleset < 0:
        return False
    try:
        for port in ports or ():
            rule = struct.pack("QQ", _CONNECT_TCP, port)
            libc.syscall(_ADD_RULE, ruleset, _PORT_RULE, rule, 0)
        if files:
            _add_paths(libc, ruleset, confinement.readable or (), _READING)
        _add_paths(libc, ruleset, confinement.writable if files else (_ROOT,), rights)
        return int(libc.syscall(_RESTRICT_SELF, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _known(abi: int) -> int:
    """The rights that this version of Landlock knows: `refer` came with 2, `truncate` with 3."""
    return _EVERYTHING & ((1 << min(12 + abi, 15)) - 1)


def _add_paths(libc: ctypes.CDLL, ruleset: int, paths: Iterable[Path], rights: int) -> None:
    for path in paths:
        with suppress(OSError):
            descriptor = os.open(path, os.O_PATH)
            directory = stat.S_ISDIR(os.fstat(descriptor).st_mode)
            allowed = rights if directory else rights & (1 << 1 | 1 << 2)
            rule = struct.pack("=Qi", allowed, descriptor)
            libc.syscall(_ADD_RULE, ruleset, _PATH_RULE, rule, 0)
            os.close(descriptor)
