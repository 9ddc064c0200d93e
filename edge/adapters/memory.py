"""Stay small: one heap for all threads, and give back what starting up needed.

glibc's own dials (mallopt(3), malloc_trim(3)); where the C library has none, nothing happens.
"""

import ctypes
import gc
from collections.abc import Callable

M_ARENA_MAX = -8
"""malloc.h: how many heaps threads may spread over; the default, eight a core, costs megabytes."""


def share_one_heap() -> None:
    """Let all threads use one heap; call it before the first one starts."""
    _libc("mallopt")(M_ARENA_MAX, 1)


def give_memory_back() -> None:
    """Collect garbage and return free pages to the system; some 50 ms."""
    gc.collect()
    _libc("malloc_trim")(0)


def _libc(name: str) -> Callable[..., object]:
    return getattr(ctypes.CDLL(None), name, lambda *_: None)
