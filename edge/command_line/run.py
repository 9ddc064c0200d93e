"""`run`: the runtime, until it is told to stop."""

import argparse
import asyncio
import logging
import socket
from dataclasses import asdict
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from edge import runtime
from edge.adapters.log_setup import set_up_logging
from edge.adapters.memory import share_one_heap
from edge.adapters.system_clock import SystemClock, open_clock
from edge.adapters.terminal import SilentTeller, TerminalTeller
from edge.adapters.texts import load_texts
from edge.command_line.exit_codes import ExitCode
from edge.command_line.speech import say
from edge.confinement import Confinement, confine
from edge.settings import Settings
from edge.wording.voice import Voice

_log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--tell` makes the terminal a window into the home."""
    parser.add_argument("--tell", action="store_true", help="tell on stdout what happens")
    parser.add_argument("--lang", choices=["de", "en"], default="en", help="of what is told")
    parser.add_argument("--log", default="info", choices=["debug", "info", "warning", "error"])


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Run until SIGTERM or Ctrl-C."""
    share_one_heap()
    set_up_logging(arguments.log.upper())
    settings = _with_port(settings)
    in_force = confine(Confinement(datagrams=True, ports=(settings.local.mqtt_port,)))
    _log.info("edge.confined by=%s", ",".join(in_force) or "nothing")
    clock = open_clock(settings.clock)

    def ready(addresses: runtime.Addresses) -> None:
        text = f"The page is at {addresses.page}"
        told = {"kind": "ready", "text": text, **asdict(addresses)}
        say(told, [text], as_json=arguments.json)

    teller = _teller(arguments, settings, clock) if arguments.tell else SilentTeller()
    asyncio.run(runtime.run(settings, clock=clock, teller=teller, ready=ready))
    return ExitCode.DONE


def _with_port(settings: Settings) -> Settings:
    """With the broker's port chosen: it is the only one we may connect to from here on."""
    if settings.local.mqtt_port:
        return settings
    with socket.create_server((settings.local.mqtt_host, 0)) as chosen:
        port = chosen.getsockname()[1]
    return replace(settings, local=replace(settings.local, mqtt_port=port))


def _teller(
    arguments: argparse.Namespace, settings: Settings, clock: SystemClock
) -> TerminalTeller:
    voice = Voice(
        language=arguments.lang,
        texts=load_texts()[arguments.lang],
        timezone=ZoneInfo(settings.edge.timezone),
    )
    return TerminalTeller(voice=voice, clock=clock, as_json=arguments.json)
