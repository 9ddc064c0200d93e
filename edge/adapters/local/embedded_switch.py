"""Who hears what: amqtt's tables of sessions, subscriptions and retained messages, made safe.

amqtt opens no socket, judges no client and delivers nothing here: it matches topics, keeps the
tables and lets abandoned sessions expire. What is said reaches the outbox of each session that may
hear it within one step of the event loop, so nothing changes under its feet (ADR 0040).
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import count
from typing import Protocol

from amqtt.broker import Broker
from amqtt.contexts import Action
from amqtt.session import Session

from edge.adapters.local import acl
from edge.adapters.local.broker_limits import EXPIRY_DAYS, SESSIONS_MOST
from edge.adapters.local.embedded_admission import Guest
from edge.adapters.local.embedded_outbox import Message, Outbox

SESSIONS_OF_ONE_MOST = 8
"""Of one user: one connection, and a few that a restart or a person's tools left behind."""

RETAINED_MOST = 1_000
"""Topics: three for each appliance."""

PATIENCE_S = 2.0
"""How long an appliance waits for a busy runtime before it is sent away to try again."""

_REFUSED = 0x80
_OUTBOX = "doorstep.outbox"

_log = logging.getLogger(__name__)


class OverloadedError(Exception):
    """The runtime cannot take what an appliance says: no acknowledgement, it will say it again."""


class CrowdedError(Exception):
    """There are too many sessions."""


class Member(Protocol):
    """The connection behind a session."""

    async def stop(self) -> None:
        """End the connection; return when its session has been left."""
        ...


class Switch(Broker):  # type: ignore[misc]  # amqtt has no type information
    """amqtt's broker without its listeners and loops."""

    def __init__(self) -> None:
        super().__init__(
            {
                "listeners": {"default": {"type": "external", "bind": None}},
                "plugins": {},
                "session_expiry_interval": EXPIRY_DAYS * 86_400,
            }
        )
        self._door = asyncio.Lock()
        self._nameless = count()

    async def enter(self, guest: Guest, member: Member) -> tuple[Session, bool]:
        """Give a guest its session; a connection that has it now is ended first.

        Returns:
            The session, and whether it was there before.

        Raises:
            CrowdedError: No session is free.
        """
        async with self._door:
            name = guest.session or f"{guest.user}//{next(self._nameless)}"
            await self._end_connection(name)
            if guest.clean:
                await self._delete_session(name)
            known = name in self.sessions
            session = self.sessions[name][0] if known else await self._new_session(name, guest.user)
            session.clean_session = guest.clean
            self.sessions[name] = (session, member)
            session.transitions.connect()
            outbox_of(session).rewind()
            return session, known

    async def leave(self, session: Session, member: Member, will: Message | None) -> None:
        """The connection is over; its will is said, a clean session goes with it."""
        if will is not None:
            await self.publish(session.username, will)
        if self.sessions.get(session.client_id, (None, None))[1] is member:
            session.transitions.disconnect()
            if session.clean_session:
                await self._delete_session(session.client_id)

    async def publish(self, user: str, message: Message) -> None:
        """Let everybody hear a message who subscribed to it and may; unless its author may not.

        Raises:
            OverloadedError: The runtime's outbox is full.
        """
        if not acl.may_publish(user, message.topic):
            _log.info("broker.publish.denied")
            return
        if message.retain and acl.may_retain(message.topic):
            await self._retain(message)
        for session, qos in self._hearers(message.topic):
            self._pass_on(session, replace(message, qos=min(qos, message.qos), retain=False))

    async def wait_for_runtime(self) -> None:
        """Return when the runtime can take more, or when that takes too long."""
        for session in self._sessions_of(acl.RUNTIME):
            await outbox_of(session).wait_for_room(most_s=PATIENCE_S)

    async def subscribe(self, session: Session, filters: Sequence[tuple[str, int]]) -> list[int]:
        """Grant what may be heard; what is retained there follows.

        Returns:
            A return code for each filter (MQTT 3.1.1 section 3.9.3).
        """
        return [await self._subscribe(session, name, min(qos, 1)) for name, qos in filters]

    def unsubscribe(self, session: Session, filters: Iterable[str]) -> None:
        """End subscriptions; one that is none is no error."""
        for name in filters:
            self._del_subscription(name, session)
            if not self.subscriptions.get(name, True):
                del self.subscriptions[name]

    async def forget(self, users: AbstractSet[str]) -> None:
        """End the sessions of these users and what they left standing."""
        async with self._door:
            for session in [one for user in users for one in self._sessions_of(user)]:
                await self._end_connection(session.client_id)
                await self._delete_session(session.client_id)
        for topic in list(self.retained_messages):
            if any(topic.startswith(f"{acl.PREFIX}/{user}/") for user in users):
                await self.retain_message(None, topic, b"")

    async def _topic_filtering(self, session: Session, topic: str, action: Action) -> bool:
        """What amqtt asks its plugins, answered from our table."""
        if action is Action.SUBSCRIBE:
            return acl.may_subscribe(session.username, topic)
        return False

    async def _new_session(self, name: str, user: str) -> Session:
        await self._make_room(user)
        session = Session()
        session.client_id, session.username = name, user
        session.attributes[_OUTBOX] = Outbox()
        return session

    async def _make_room(self, user: str) -> None:
        """Give up a session that nobody uses, if there are too many: first the user's own."""
        theirs = list(self._sessions_of(user))
        if len(theirs) >= SESSIONS_OF_ONE_MOST:
            await self._give_up_one(theirs)
        elif len(self.sessions) >= SESSIONS_MOST:
            everybody = [one for one, _ in self.sessions.values()]
            await self._give_up_one([one for one in everybody if one.username != acl.RUNTIME])

    async def _give_up_one(self, sessions: Sequence[Session]) -> None:
        """End the session that was left the longest ago."""
        abandoned = [one for one in sessions if not one.transitions.is_connected()]
        if not abandoned:
            raise CrowdedError
        oldest = min(abandoned, key=lambda one: one.last_disconnect_time)
        await self._delete_session(oldest.client_id)

    async def _end_connection(self, name: str) -> None:
        if name in self.sessions:
            await self.sessions[name][1].stop()

    def _sessions_of(self, user: str) -> Iterator[Session]:
        return (one for one, _ in list(self.sessions.values()) if one.username == user)

    async def _retain(self, message: Message) -> None:
        full = len(self.retained_messages) >= RETAINED_MOST
        if full and message.payload and message.topic not in self.retained_messages:
            _log.warning("broker.retained.full")
            return
        await self.retain_message(None, message.topic, message.payload, message.qos)

    def _hearers(self, topic: str) -> Iterable[tuple[Session, int]]:
        """Each session once, with the highest QoS it asked for."""
        best: dict[str, tuple[Session, int]] = {}
        for name, subscribers in self.subscriptions.items():
            if self._matches(topic, name):
                for session, qos in subscribers:
                    known = best.get(session.client_id, (session, 0))[1]
                    best[session.client_id] = (session, max(qos, known))
        return best.values()

    def _pass_on(self, session: Session, message: Message) -> None:
        if not acl.may_receive(session.username, message.topic):
            return
        if not session.transitions.is_connected() and not message.qos:
            return
        if outbox_of(session).add(message):
            return
        _log.warning("broker.outbox.full")
        if session.username == acl.RUNTIME and message.qos:
            raise OverloadedError

    async def _subscribe(self, session: Session, name: str, qos: int) -> int:
        self.unsubscribe(session, [name])
        granted: int = await self.add_subscription((name, qos), session)
        if granted != _REFUSED:
            self._tell_retained(session, name, qos)
        return granted

    def _tell_retained(self, session: Session, name: str, qos: int) -> None:
        for topic, kept in self.retained_messages.items():
            if self._matches(topic, name) and acl.may_receive(session.username, topic):
                outbox_of(session).add(
                    Message(
                        topic=topic, payload=bytes(kept.data), qos=min(qos, kept.qos), retain=True
                    )
                )


def outbox_of(session: Session) -> Outbox:
    """What is on its way to a session."""
    outbox: Outbox = session.attributes[_OUTBOX]
    return outbox
