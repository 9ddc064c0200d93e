"""Who may say and hear what on MQTT: one table, for the embedded broker and for Mosquitto.

The table is docs/wire/mqtt.md. What is not in it is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PREFIX = "doorstep/v1"

RUNTIME = "edge"
"""The user name of the runtime itself; appliances are named `kind-xxxx`, so none has it."""

PAIRING = "pairing"
"""The user name and the password of an appliance that is nobody yet: public by design."""

RETAINED = frozenset({"manifest", "availability", "placement"})
"""The topics that stand; a RETAIN flag on any other is handled like none."""

_ONE_NONCE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Right:
    """A topic pattern: `{nonce}` is one level that only its own client knows."""

    topic: str
    writes: bool = False
    reads: bool = False


_RUNTIME_RIGHTS = (_Right(topic=f"{PREFIX}/#", writes=True, reads=True),)

_PAIRING_RIGHTS = (
    _Right(topic=f"{PREFIX}/pairing/{{nonce}}/request", writes=True),
    _Right(topic=f"{PREFIX}/pairing/{{nonce}}/answer", reads=True),
)


def may_publish(user: str, topic: str) -> bool:
    """Whether the user may write the topic."""
    return _is_name(topic) and any(
        right.writes and _covers(right.topic, topic) for right in _rights(user)
    )


def may_receive(user: str, topic: str) -> bool:
    """Whether a message on the topic may reach the user."""
    return _is_name(topic) and may_subscribe(user, topic)


def may_subscribe(user: str, topic_filter: str) -> bool:
    """Whether everything that the filter can match may reach the user."""
    return any(right.reads and _covers(right.topic, topic_filter) for right in _rights(user))


def may_retain(topic: str) -> bool:
    """Whether a message can stand on the topic."""
    return topic.rpartition("/")[2] in RETAINED


def mosquitto_acl(users: Iterable[str]) -> str:
    """The same table as a Mosquitto `acl_file`.

    Args:
        users: The names of all paired appliances.
    """
    return "\n".join(_mosquitto_user(user) for user in (RUNTIME, PAIRING, *users))


def _rights(user: str) -> tuple[_Right, ...]:
    if user == RUNTIME:
        return _RUNTIME_RIGHTS
    return _PAIRING_RIGHTS if user == PAIRING else _appliance_rights(user)


def _appliance_rights(user: str) -> tuple[_Right, ...]:
    writes = ("manifest", "readings", "availability", "reaction")
    reads = ("placement", "errors")
    return (
        *(_Right(topic=f"{PREFIX}/{user}/{name}", writes=True) for name in writes),
        *(_Right(topic=f"{PREFIX}/{user}/{name}", reads=True) for name in reads),
    )


def _is_name(topic: str) -> bool:
    return not {"+", "#", "\0"} & set(topic)


def _covers(pattern: str, topic_filter: str) -> bool:
    """Whether the pattern matches everything that the filter matches."""
    levels, asked = pattern.split("/"), topic_filter.split("/")
    if levels[-1] == "#":
        return asked[: len(levels) - 1] == levels[:-1]
    return len(levels) == len(asked) and all(map(_covers_level, levels, asked))


def _covers_level(level: str, asked: str) -> bool:
    return _ONE_NONCE.fullmatch(asked) is not None if level == "{nonce}" else level == asked


def _mosquitto_user(user: str) -> str:
    lines = (
        f"topic {_mosquitto_access(right)} {right.topic.replace('{nonce}', '+')}"
        for right in _rights(user)
    )
    return "\n".join((f"user {user}", *lines, ""))


def _mosquitto_access(right: _Right) -> str:
    return {(True, True): "readwrite", (True, False): "write", (False, True): "read"}[
        right.writes, right.reads
    ]
