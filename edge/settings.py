"""One frozen value from TOML and the environment, read once by the runtime.

An unknown key is an error: a setting that does nothing is a lie. The few that exist:

    [edge]       state, exchange: folders; language, timezone: of a new household
    [web]        port of the household's page
    [local]      broker, its address and ports; CoAP's; coap_plain for development
    [catalogue]  how the courier reaches the public catalogue, and whom it trusts

Only DOORSTEP_CLOCK comes from the environment: `<speed>@<unix start>`, for emulated homes.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from edge.errors import SettingsError

Port = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
"""0 asks the system for a free one."""


class Edge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the runtime keeps its things, and how a new household starts."""

    state: Path
    """Everything private: the store, the keys, the credentials; only the runtime reads it."""
    exchange: Path
    """What the courier may see: `subscription.json` in, the shelf and the egress record out."""
    language: Literal["de", "en"] = "de"
    timezone: str = "Europe/Berlin"


class Web(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The household's page, on loopback."""

    port: Port = 8480


class Local(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How appliances reach us."""

    broker: Literal["embedded", "mosquitto", "external"] = "embedded"
    mqtt_host: str = "127.0.0.1"
    mqtt_port: Port = 1883
    mqtt_password: str = ""
    """Of the user `edge` at an external broker; ours makes one at each start."""
    coap_host: str = "127.0.0.1"
    coap_port: Port = 5683
    coap_plain: bool = False
    """For development: CoAP without OSCORE, from loopback only."""


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the courier is told while offers are on; the same for every home of a product."""

    transport: Literal["coap", "mqtt"] = "coap"
    relay: str
    """`host:port` of the relay; the only address the courier ever connects to."""
    server_name: str
    """The catalogue server's name in its certificate."""
    ca: Path
    """The pinned certificate authority, PEM."""
    root: Path
    """The trusted root metadata the product ships with."""
    region: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")] = "DE"
    """ISO 3166-1, as coarse as it gets; the courier pulls for no other."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All of it."""

    edge: Edge
    catalogue: Catalogue
    web: Web = Web()
    local: Local = Local()
    clock: str = ""
    """`<speed>@<unix start>` from the environment; empty in a real home."""


def read_settings(file: Path, environment: Mapping[str, str]) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: The file is missing, is not TOML, or a setting is unknown or out of range.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        table["clock"] = environment.get("DOORSTEP_CLOCK", "")
        return msgspec.convert(table, Settings, dec_hook=_path)
    except OSError as error:
        raise SettingsError(str(file), error.strerror or "cannot be read") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(file), str(error)) from error
    except msgspec.ValidationError as error:
        rule, _, where = str(error).partition(" - at ")
        raise SettingsError(where.strip("`$.") or str(file), rule) from error


def _path(wanted: type, value: object) -> Path:
    """A path is written as text."""
    if wanted is not Path or not isinstance(value, str):
        raise TypeError("must be a text")
    return Path(value)
