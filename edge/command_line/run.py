"""`run`: the runtime, until it is told to stop."""

import argparse
import asyncio
import contextlib

from edge import runtime
from edge.adapters.log_setup import set_up_logging
from edge.adapters.terminal import SilentTeller, TerminalTeller
from edge.adapters.texts import load_voice
from edge.command_line.exit_codes import ExitCode
from edge.command_line.speech import say
from edge.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--tell` makes the terminal a window into the home."""
    parser.add_argument("--tell", action="store_true", help="tell on stdout what happens")
    parser.add_argument("--lang", choices=["de", "en"], default="en", help="of what is told")
    parser.add_argument("--log", default="info", choices=["debug", "info", "warning", "error"])


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Run until SIGTERM or Ctrl-C."""
    set_up_logging(arguments.log)
    voice = load_voice(arguments.lang)
    tell = TerminalTeller(voice, as_json=arguments.json) if arguments.tell else SilentTeller()

    def ready(addresses: runtime.Addresses) -> None:
        told = {"kind": "ready", "page": addresses.page, "mqtt": addresses.mqtt}
        told |= {"coap": addresses.coap, "text": f"The page is at {addresses.page}"}
        say(told, [told["text"]], as_json=arguments.json)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(runtime.run(settings, teller=tell, ready=ready))
    return ExitCode.DONE
