"""The catalogue over MQTT: retained topics on a broker of its own, TLS, for readers only.

Each file is the retained message of `catalogue/v1/<name>`; the retained barrier lets a reader tell
a name that does not exist from one that is slow to come.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from amqtt.broker import Broker
from amqtt.contexts import Action
from amqtt.plugins.base import BaseAuthPlugin, BaseTopicPlugin
from amqtt.session import Session

from cloud_stub.pki import Pki
from cloud_stub.public_files import PublicFiles

ROOT = "catalogue/v1/"
BARRIER = ROOT + "barrier"

CONNECTIONS_MOST = 200


class Anybody(BaseAuthPlugin):  # type: ignore[misc]  # amqtt has no types
    """Lets everybody in: there is nothing here but public files."""

    async def authenticate(self, *, session: Session) -> bool | None:
        """Yes, unless somebody claims to be somebody: then they mistake us for another broker."""
        return session.username is None


class ReadersOnly(BaseTopicPlugin):  # type: ignore[misc]  # amqtt has no types
    """Subscribing to the catalogue, and nothing else."""

    async def topic_filtering(
        self,
        *,
        session: Session | None = None,
        topic: str | None = None,
        action: Action | None = None,
    ) -> bool | None:
        """Whether this may be done; wildcards would make one request cost the whole catalogue."""
        del session
        named = topic is not None and topic.startswith(ROOT) and not {"#", "+"} & set(topic)
        return named and action in {Action.SUBSCRIBE, Action.RECEIVE}


class CatalogueBroker(Broker):  # type: ignore[misc]  # amqtt has no types
    """Sends a reader what it subscribed to; as shipped, amqtt sends what anybody did."""

    async def _publish_retained_messages_for_subscription(
        self, subscription: tuple[str, int], session: Session
    ) -> None:
        topic, _ = subscription
        if any(reader is session for reader, _ in self._subscriptions.get(topic, ())):
            await super()._publish_retained_messages_for_subscription(subscription, session)


class RetainedCatalogue:
    """What the broker holds, kept equal to the repository."""

    def __init__(self, broker: Broker, files: PublicFiles) -> None:
        self._broker = broker
        self._files = files
        self._retained: dict[str, bytes] = {}

    async def refresh(self) -> None:
        """Retain what is new; forget what is gone; the head last."""
        names = sorted(self._files.names(), key=lambda name: name.endswith("timestamp.json"))
        contents = {name: self._files.read(name) for name in names}
        present = {name: content for name, content in contents.items() if content}
        for name, content in present.items():
            if self._retained.get(name) != content:
                await self._broker.retain_message(None, ROOT + name, content, 0)
        for gone in self._retained.keys() - present.keys():
            await self._broker.retain_message(None, ROOT + gone, b"", 0)
        self._retained = present


@asynccontextmanager
async def open_mqtt(
    files: PublicFiles, pki: Pki, host: str, port: int
) -> AsyncIterator[tuple[RetainedCatalogue, int]]:
    """Serve the files until the block ends; yields what to refresh, and the port."""
    broker = CatalogueBroker(_settings(pki, host, port))
    await broker.start()
    try:
        await broker.retain_message(None, BARRIER, b"-", 0)
        catalogue = RetainedCatalogue(broker, files)
        await catalogue.refresh()
        yield catalogue, _port(broker)
    finally:
        await broker.shutdown()


def _port(broker: Broker) -> int:
    listening = broker._servers["default"].instance  # noqa: SLF001 - it never says which port
    port: int = listening.sockets[0].getsockname()[1]
    return port


def _settings(pki: Pki, host: str, port: int) -> dict[str, object]:
    plugin = f"{__name__}."
    return {
        "listeners": {
            "default": {
                "type": "tcp",
                "bind": f"{host}:{port}",
                "max_connections": CONNECTIONS_MOST,
                "ssl": True,
                "certfile": str(pki.certificate),
                "keyfile": str(pki.key),
            }
        },
        "plugins": {plugin + Anybody.__name__: {}, plugin + ReadersOnly.__name__: {}},
    }
