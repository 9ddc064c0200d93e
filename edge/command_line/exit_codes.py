"""What a command's exit code says; the same for all of them."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Codes scripts can rely on."""

    DONE = 0
    FAILED = 1
    """Something broke: a store, a file, a bug."""
    USAGE = 2
    """The words of the command are off, or a setting is."""
    REFUSED = 3
    """Understood and not allowed: not granted, not paired, already answered."""
    UNREACHABLE = 4
    """The runtime, a broker or a port does not answer."""
