"""The front door of the emulated appliances: `python -m devices run|pair|demo`.

Exit codes: 0 done, 1 failed, 2 usage, 3 refused by the runtime, 4 the runtime cannot be reached.
"""

import argparse
import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from devices.clock import parse_clock
from devices.coap_exchange import CoapAddress
from devices.credentials import CredentialsError
from devices.demo import front
from devices.link import LinkLostError
from devices.pairing import PairingError
from devices.purchases import PurchasesError, parse_household
from devices.run import KINDS, Emulation, MqttAddress, pair, run

INSIST_SECONDS = 2.0
"""Between two requests to end: longer than a goodbye takes."""

_HOST_PORT = re.compile(r"([A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):(\d{1,5})", re.ASCII)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code.
    """
    arguments = _parser().parse_args(argv)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s %(message)s"
    )
    try:
        return int(arguments.command(arguments))
    except PairingError as error:
        return _complain(error, 3)
    except LinkLostError as error:
        return _complain(error, 4)
    except (CredentialsError, PurchasesError) as error:
        return _complain(error, 1)
    except KeyboardInterrupt:
        return 0


def _complain(error: Exception, code: int) -> int:
    print(f"devices: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m devices", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="run|pair|demo")
    running = commands.add_parser("run", help="run one appliance until Ctrl-C")
    running.add_argument("--backlog", type=float, default=21, metavar="DAYS", help="default 21")
    running.add_argument("--code", help="pair first, if there are no credentials yet")
    running.set_defaults(command=_run)
    pairing = commands.add_parser("pair", help="pair one appliance and keep its credentials")
    pairing.add_argument("--code", required=True, help="XXXX-XXXX-XXXX, as the runtime shows it")
    pairing.set_defaults(command=_pair)
    for command in (running, pairing):
        _add_appliance(command)
    playing = commands.add_parser("demo", help="a whole home in fast motion")
    front.add_arguments(playing)
    playing.set_defaults(command=front.run)
    return parser


def _add_appliance(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=KINDS)
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--mqtt", type=_mqtt, metavar="HOST:PORT")
    where.add_argument("--coap", type=_coap, metavar="coap://HOST:PORT")
    command.add_argument("--credentials", type=Path, required=True, metavar="FILE")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument(
        "--clock",
        type=parse_clock,
        default=os.environ.get("DOORSTEP_CLOCK", ""),
        metavar="SPEED@START",
        help="emulated time; default: DOORSTEP_CLOCK, else real time",
    )
    command.add_argument(
        "--household", type=parse_household, metavar="FILE[:ID]", help="replay real purchases"
    )


def _mqtt(text: str) -> MqttAddress:
    match = _HOST_PORT.fullmatch(text)
    if not match:
        message = f"not HOST:PORT: {text}"
        raise argparse.ArgumentTypeError(message)
    return MqttAddress(host=match[1].strip("[]"), port=int(match[2]))


def _coap(text: str) -> CoapAddress:
    hostinfo = text.removeprefix("coap://").removesuffix("/")
    if not text.startswith("coap://") or not _HOST_PORT.fullmatch(hostinfo):
        message = f"not coap://HOST:PORT: {text}"
        raise argparse.ArgumentTypeError(message)
    return CoapAddress(hostinfo=hostinfo)


def _emulation(arguments: argparse.Namespace) -> Emulation:
    purchases, household = arguments.household or (None, None)
    return Emulation(
        kind=arguments.kind, seed=arguments.seed, purchases=purchases, household=household
    )


def _run(arguments: argparse.Namespace) -> int:
    if arguments.code and not arguments.credentials.exists():
        _pair(arguments)
    address = arguments.mqtt or replace(arguments.coap, speed=arguments.clock.speed)
    emulated = run(
        _emulation(arguments),
        address,
        arguments.credentials,
        clock=arguments.clock,
        backlog_days=arguments.backlog,
    )
    asyncio.run(_until_terminated(emulated))
    return 0


def _pair(arguments: argparse.Namespace) -> int:
    address = arguments.mqtt or arguments.coap
    pairing = pair(
        _emulation(arguments), address, arguments.code, arguments.credentials, clock=arguments.clock
    )
    print(f"paired as {asyncio.run(pairing).device}")
    return 0


async def _until_terminated(emulated: Awaitable[None]) -> None:
    """Run until SIGTERM, which ends an appliance as cleanly as Ctrl-C does."""
    loop, this = asyncio.get_running_loop(), asyncio.current_task()

    def insist() -> None:
        # asyncio.wait_for, which aiomqtt uses, can lose a cancellation before Python 3.12
        if this:
            this.cancel()
            loop.call_later(INSIST_SECONDS, insist)

    loop.add_signal_handler(signal.SIGTERM, insist)
    with suppress(asyncio.CancelledError):
        await emulated


if __name__ == "__main__":
    sys.exit(main())
