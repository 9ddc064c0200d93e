"""The offer side's front door: lint, sign, serve, relay, rotate-keys."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path

from cloud_stub.authoring import SHIPPED, AuthoringError, read_offers
from cloud_stub.clock import Clock, parse_clock
from cloud_stub.keys import KEYS
from cloud_stub.lint import lint
from cloud_stub.publication import Publisher, key_ring
from cloud_stub.ready_file import write_ready
from cloud_stub.relay import Address, open_relay
from cloud_stub.serve import Stand, serve

EXIT_FAILED = 1
EXIT_REFUSED = 3
"""As everywhere in Doorstep: 1 failed, 2 usage, 3 refused by a rule."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except AuthoringError as error:
        print(error, file=sys.stderr)
        return EXIT_REFUSED
    except OSError as error:
        print(f"doorstep-cloud: {error}", file=sys.stderr)
        return EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doorstep-cloud", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    checked = command("lint", _lint, "check offers; every broken rule on a line of its own")
    checked.add_argument("offers", nargs="?", type=Path, default=SHIPPED, metavar="FOLDER")

    signed = command("sign", _sign, "check offers and sign them into a catalogue")
    _add_catalogue(signed)

    served = command("serve", _serve, "serve a catalogue over CoAP and MQTT, and keep it fresh")
    _add_catalogue(served)
    served.add_argument("--coap", type=_address, metavar="HOST:PORT")
    served.add_argument("--mqtt", type=_address, metavar="HOST:PORT")
    served.add_argument("--ready", type=Path, metavar="FILE")

    relayed = command("relay", _relay, "pass bytes on, one listening port per target")
    relayed.add_argument("--to", type=_address, action="append", required=True, metavar="HOST:PORT")
    relayed.add_argument("--listen", type=_address, default=("127.0.0.1", 0), metavar="HOST:PORT")
    relayed.add_argument("--ready", type=Path, metavar="FILE")

    rotated = command("rotate-keys", _rotate, "replace a signing key and publish with the new one")
    _add_catalogue(rotated)
    rotated.add_argument("--key", choices=KEYS, action="append", required=True)
    return parser


def _add_catalogue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dir", type=Path, required=True, help="its keys and signed files")
    parser.add_argument("--offers", type=Path, default=SHIPPED, metavar="FOLDER")
    parser.add_argument(
        "--clock", type=_clock, default=os.environ.get("DOORSTEP_CLOCK", ""), metavar="SPEED@START"
    )


def _lint(arguments: argparse.Namespace) -> int:
    categories = lint(read_offers(arguments.offers))
    offers = sum(category.count() for category in categories)
    print(f"{offers} offers in {len(categories)} categories keep every rule")
    return 0


def _sign(arguments: argparse.Namespace) -> int:
    publisher = Publisher(arguments.dir, arguments.offers)
    offers = publisher.publish(now=arguments.clock.now())
    print(f"signed {offers} offers")
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    publisher = Publisher(arguments.dir, arguments.offers)
    for key in arguments.key:
        key_ring(arguments.dir).replace(key)
        publisher.publish(now=arguments.clock.now())
        print(f"rotated {key}")
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    stand = Stand(
        folder=arguments.dir,
        offers=arguments.offers,
        clock=arguments.clock,
        coap=arguments.coap,
        mqtt=arguments.mqtt,
    )
    return _until_told_to_stop(serve(stand, ready=arguments.ready))


def _relay(arguments: argparse.Namespace) -> int:
    return _until_told_to_stop(_keep_relaying(arguments.to, arguments.listen, arguments.ready))


async def _keep_relaying(targets: list[Address], listen: Address, ready: Path | None) -> None:
    async with open_relay(targets, *listen) as ports:
        write_ready(ready, {"relay": [f"{listen[0]}:{port}" for port in ports]})
        await asyncio.Event().wait()


def _until_told_to_stop(work: Coroutine[object, object, None]) -> int:
    async def run() -> None:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(work, name="work")
            loop = asyncio.get_running_loop()
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(name, task.cancel)

    asyncio.run(run())
    return 0


def _address(text: str) -> Address:
    host, _, port = text.rpartition(":")
    return host, int(port)


def _clock(text: str) -> Clock:
    return parse_clock(text)


if __name__ == "__main__":
    sys.exit(main())
