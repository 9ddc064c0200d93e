"""Give back what starting up needed and running does not: templates and texts are compiled once."""

import ctypes
import gc


def give_memory_back() -> None:
    """Collect garbage, stop looking at what will never be garbage, return free pages to the system.

    `malloc_trim` is glibc's; where there is none, nothing is given back.
    """
    gc.collect()
    gc.freeze()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
