"""Start a program that ends when its parent does, even if the parent is killed.

    python -m devices.demo.leash PARENT PROGRAM ARGUMENT…

Linux sends the signal; elsewhere the program starts all the same and only a clean end reaches it.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""linux/prctl.h: which signal to send to this process when its parent ends."""


def main() -> None:
    """Become the program."""
    parent, *program = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):  # it ended before it could be watched
            sys.exit(1)
    os.execv(program[0], program)  # noqa: S606 - the demo's own programs


if __name__ == "__main__":
    main()
