"""Who is there and what can be asked: CoRE link format (RFC 6690) and registration (RFC 9176)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edge.domain.measures import DeviceId
from edge.errors import MalformedError

LIFETIME_LEAST_S = 60
LIFETIME_MOST_S = 604_800
"""A week: an appliance that stays away longer is not there."""
LIFETIME_DEFAULT_S = 90_000
"""RFC 9176 section 5: 25 hours, for appliances that report once a day."""

_DEVICE = re.compile(r"[a-z][a-z0-9-]{2,39}")
_LIFETIME = re.compile(r"[0-9]{1,6}")

_LINKS: Mapping[str, Mapping[str, str]] = {
    "/rd": {"rt": "core.rd", "ct": "40 432"},
    "/v1/manifest": {"rt": "doorstep.manifest", "ct": "432"},
    "/v1/readings": {"rt": "doorstep.readings", "ct": "112 110"},
    "/v1/placement": {"rt": "doorstep.placement", "ct": "60 50"},
    "/v1/reaction": {"rt": "doorstep.reaction", "ct": "60 50"},
    "/v1/pairing": {"rt": "doorstep.pairing", "ct": "60"},
}
"""The resources of docs/wire/coap.md; a placement is at `/v1/placement/<surface>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An appliance says that it is there.

    Attributes:
        endpoint: The name it gives itself (`ep`); None when it leaves that to its OSCORE context.
        lifetime_s: Seconds until it counts as gone (`lt`); None when it says nothing about that.
    """

    endpoint: DeviceId | None
    lifetime_s: int | None


def registration(query: Sequence[str]) -> Registration:
    """Read the query of a registration or of its update: `ep=fridge-7f3a`, `lt=3600`.

    Parameters that RFC 9176 knows and this version does not use (`d`, `base`, `et`) are ignored.

    Raises:
        MalformedError: `ep` is no device id, `lt` is out of its range, or one is there twice.
    """
    lifetime = _parameter(query, "lt")
    return Registration(
        endpoint=endpoint(query), lifetime_s=None if lifetime is None else _lifetime_s(lifetime)
    )


def endpoint(query: Sequence[str]) -> DeviceId | None:
    """The appliance that a query names with `ep`; None when it names none.

    Raises:
        MalformedError: It is no device id, or there are two.
    """
    name = _parameter(query, "ep")
    if name is None:
        return None
    if not _DEVICE.fullmatch(name):
        raise MalformedError(field="query: ep", rule="must be a device id")
    return DeviceId(name)


def core_links(query: Sequence[str] = ()) -> str:
    """The runtime's resources in link format, those that a query like `rt=core.rd` asks for.

    A value may end in `*` (RFC 6690 section 4.1); a parameter that no link has matches none.
    """
    filters = [part.partition("=")[::2] for part in query if "=" in part]
    links = (
        _link(path, attributes)
        for path, attributes in _LINKS.items()
        if all(_matches(path, attributes, name, wanted) for name, wanted in filters)
    )
    return ",".join(links)


def _parameter(query: Sequence[str], name: str) -> str | None:
    values = [part.partition("=")[2] for part in query if part.partition("=")[0] == name]
    if len(values) > 1:
        raise MalformedError(field=f"query: {name}", rule="at most once")
    return values[0] if values else None


def _lifetime_s(text: str) -> int:
    seconds = int(text) if _LIFETIME.fullmatch(text) else 0
    if not LIFETIME_LEAST_S <= seconds <= LIFETIME_MOST_S:
        rule = f"seconds from {LIFETIME_LEAST_S} to {LIFETIME_MOST_S}"
        raise MalformedError(field="query: lt", rule=rule)
    return seconds


def _matches(path: str, attributes: Mapping[str, str], name: str, wanted: str) -> bool:
    values: Iterable[str] = [path] if name == "href" else attributes.get(name, "").split()
    if wanted.endswith("*"):
        return any(value.startswith(wanted[:-1]) for value in values)
    return wanted in values


def _link(path: str, attributes: Mapping[str, str]) -> str:
    return f"<{path}>" + "".join(f';{name}="{value}"' for name, value in attributes.items())
