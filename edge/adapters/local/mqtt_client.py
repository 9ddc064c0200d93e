"""aiomqtt as it is needed here: acknowledging by hand, bounded, leaving no socket behind.

Against the reproduced faults of aiomqtt 2.5.1: a full queue drops messages that the broker already
counts as delivered; a connection that fails leaves its socket open; a Client used twice does not
wait for CONNACK (so each is used once).
"""

import asyncio
import logging
import socket
from contextlib import suppress
from typing import Self

import aiomqtt

from edge.adapters.local.broker import BrokerAddress

CLIENT_ID = "doorstep-edge"
"""Always the same: what was said while the link was down waits in its session."""

KEEP_ALIVE_S = 15
"""A frozen broker is noticed after twice that."""

ANSWER_WITHIN_S = 5.0
"""For each call; on loopback an answer takes about a millisecond."""

WAITING_MOST = 1_000
"""Messages in memory. At QoS 1 the broker sends 20 and waits for an acknowledgement."""

WAITING_QOS_0_MOST = 200
"""Beyond it unacknowledgeable messages are dropped, so that they cannot crowd out the others."""

_log = logging.getLogger(__name__)

_PAHO_LOG = _log.getChild("paho")
_PAHO_LOG.setLevel(logging.CRITICAL)
"""It would tell of each outage a second time; the link tells once."""


class PatientQueue(asyncio.Queue[aiomqtt.Message]):
    """Keeps room for what must not be lost."""

    def put_nowait(self, item: aiomqtt.Message) -> None:
        """Take a message.

        Raises:
            QueueFull: There is no room for one of its QoS.
        """
        if self.full() or (item.qos == 0 and self.qsize() >= WAITING_QOS_0_MOST):
            _log.warning("mqtt.queue.full qos=%d", item.qos)
            raise asyncio.QueueFull
        super().put_nowait(item)


class PatientClient(aiomqtt.Client):
    """One connection; a message counts as delivered when `acknowledge` was called for it."""

    def __init__(self, address: BrokerAddress) -> None:
        super().__init__(
            address.host,
            address.port,
            username=address.user,
            password=address.password,
            tls_context=address.tls,
            identifier=CLIENT_ID,
            clean_session=False,
            keepalive=KEEP_ALIVE_S,
            timeout=ANSWER_WITHIN_S,
            queue_type=PatientQueue,
            max_queued_incoming_messages=WAITING_MOST,
            logger=_PAHO_LOG,
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        )
        self._client.manual_ack_set(on=True)
        self.pending_calls_threshold = WAITING_MOST

    async def __aenter__(self) -> Self:
        """Connect; whatever goes wrong, no socket stays open."""
        try:
            await super().__aenter__()
        except BaseException:
            self._cut()
            raise
        return self

    def acknowledge(self, message: aiomqtt.Message) -> None:
        """The message was dealt with: the broker may forget it."""
        self._client.ack(message.mid, message.qos)

    def _cut(self) -> None:
        """End the connection below paho, which then closes its side of it."""
        sock = self._client.socket()
        if isinstance(sock, socket.socket):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
