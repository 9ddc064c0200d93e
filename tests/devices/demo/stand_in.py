"""Stands in for every program of a demo: says what the real one would say, does nothing.

Started as `stand_in.py PROGRAM COMMAND ...`; writes each start into `$STAND_IN_LOG`.
"""

import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from devices.credentials import save_credentials
from tests.devices.builders import some_credentials

AT = "2026-11-26T06:00:00+00:00"


def tell(**event: object) -> None:
    sys.stdout.write(json.dumps({"at": AT, "text": f"a {event['kind']}", **event}) + "\n")
    sys.stdout.flush()


def after(option: str) -> str:
    return sys.argv[sys.argv.index(option) + 1]


def sleep() -> None:
    if os.environ.get("STAND_IN_FAILS") == sys.argv[1]:
        time.sleep(0.3)
        sys.exit(7)
    time.sleep(60)


def cloud() -> None:
    said: Mapping[str, object] = {
        "coap": "127.0.0.1:1", "mqtt": "127.0.0.1:2", "server_name": "x", "ca": "a", "root": "r",
    }  # fmt: skip
    if sys.argv[2] == "relay":
        said = {"relay": ["127.0.0.1:3", "127.0.0.1:4"]}
    Path(after("--ready")).write_text(json.dumps(said))
    sleep()


def edge() -> None:
    command = sys.argv[2]
    if command == "pair":
        sys.stdout.write('{"code": "0123-4567-89AB"}')
    elif command == "ledger":
        sys.stdout.write('{"summary": {"messages": 4, "bytes": 99, "household_facts": 0}}')
    elif command == "run":
        tell(
            kind="ready", page="http://127.0.0.1:1/", mqtt="127.0.0.1:5", coap="coap://127.0.0.1:6"
        )
        sys.stdout.write("not an event\n")
        for device in os.environ.get("STAND_IN_HEARS", "fridge-1 ereader-1").split():
            tell(kind="reading", device=device, count=3)
        tell(kind="placement", surface="fridge.door", device="fridge-1", offer="o", item="butter")
        sleep()


def devices() -> None:
    if sys.argv[2] == "pair":
        device = f"{sys.argv[3]}-1"
        save_credentials(some_credentials(device=device), Path(after("--credentials")))
    else:
        sleep()


with Path(os.environ["STAND_IN_LOG"]).open("a", encoding="utf-8") as log:
    log.write(f"{os.getpid()} {' '.join(sys.argv[1:])}\n")
{"cloud": cloud, "edge": edge, "courier": sleep, "devices": devices}[sys.argv[1]]()
