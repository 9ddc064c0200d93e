"""The courier's front door: `python -m edge.courier --exchange DIR --state DIR`."""

import argparse
import logging
import os
import secrets
import signal
import sys
import tempfile
import time
from pathlib import Path

from edge.confinement import Confinement, confine, interpreter_folders
from edge.courier.clock import parse_clock
from edge.courier.courier import Courier
from edge.courier.outdoors import ConfiningDial, Outdoors
from edge.courier.schedule import Schedule

log = logging.getLogger(__name__)

_WAKE_SECONDS = 1.0
"""Real time; the subscription is looked at no more often."""


def main(argv: list[str] | None = None) -> int:
    """Run until told to stop."""
    parser = argparse.ArgumentParser(prog="doorstep-courier", description=__doc__)
    parser.add_argument("--exchange", type=Path, required=True, help="shared with the runtime")
    parser.add_argument("--state", type=Path, required=True, help="the courier's own")
    parser.add_argument("--clock", default=os.environ.get("DOORSTEP_CLOCK"), metavar="SPEED@START")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: sys.exit(0))
    _confine(arguments.exchange, arguments.state)
    courier = Courier(
        exchange=arguments.exchange,
        state=arguments.state,
        clock=parse_clock(arguments.clock),
        schedule=Schedule(seed=_seed(arguments.state)),
        outdoors=Outdoors(dial=ConfiningDial()),
    )
    while True:
        time.sleep(min(_WAKE_SECONDS, courier.step()))


def _confine(exchange: Path, state: Path) -> None:
    """No socket but a TCP stream, no file of the home but these two folders'."""
    for folder in (exchange, state):
        folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(state)  # what is being downloaded lies there, not where others are
    in_force = confine(
        Confinement(datagrams=False, readable=interpreter_folders(), writable=(exchange, state))
    )
    log.info("courier.confined by=%s", ",".join(in_force) or "nothing")


def _seed(state: Path) -> str:
    """This home's dice, drawn on first use."""
    path = state / "seed"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16))
    return path.read_text()


if __name__ == "__main__":
    sys.exit(main())
