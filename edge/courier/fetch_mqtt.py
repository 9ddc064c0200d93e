"""Fetches catalogue files as retained messages of a broker (MQTT 3.1.1, QoS 0).

A file that exists has a retained message; the barrier behind it, which always exists, says that
there is none. Written out rather than taken from an MQTT library: ADR 0070.
"""

from collections.abc import Iterator

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface

from edge.courier.errors import UnexpectedAnswerError
from edge.courier.messages import BARRIER, TOPIC_ROOT, RequestCatalogueFile
from edge.courier.way_out import WayOut

PACKET_BYTES = 300 * 1024
"""A category's file of 256 KiB with its topic, and some room."""

_CONNACK, _PUBLISH, _SUBACK = 2, 3, 9
_ACCEPTED = b"\x00\x00"
_REFUSED = 0x80
_CHUNK = 16 * 1024
_HTTP_NOT_FOUND = 404


class MqttFetcher(FetcherInterface):
    """Gives TUF's client each file as a stream, so that its limits cut in early."""

    def __init__(self, way_out: WayOut) -> None:
        self._way_out = way_out
        kind, size = self._hear_header()
        if kind >> 4 != _CONNACK or self._way_out.hear(size)[-2:] != _ACCEPTED:
            _unexpected("the broker does not let us in")

    def _fetch(self, url: str) -> Iterator[bytes]:
        self._way_out.say(RequestCatalogueFile(url))
        while True:
            topic, size = self._hear_publish()
            if topic == BARRIER:
                self._skip(size)
                raise DownloadHTTPError(url, _HTTP_NOT_FOUND)
            if topic == TOPIC_ROOT + url:
                return self._content(size)
            self._skip(size)  # an earlier request's topic that changed meanwhile

    def _content(self, size: int) -> Iterator[bytes]:
        """The message, piece by piece; then the barrier, so that the next request is alone."""
        while size:
            part = self._way_out.hear_some(min(size, _CHUNK))
            size -= len(part)
            yield part
        topic, left = self._hear_publish()
        while topic != BARRIER:
            self._skip(left)
            topic, left = self._hear_publish()
        self._skip(left)

    def _hear_publish(self) -> tuple[str, int]:
        """The next message's topic and the size of its content, which is still to be heard."""
        while True:
            kind, size = self._hear_header()
            if kind >> 4 == _PUBLISH:
                return self._hear_topic(kind, size)
            body = self._way_out.hear(size)
            if kind >> 4 != _SUBACK or _REFUSED in body[2:]:
                _unexpected("the broker refuses the subscription")

    def _hear_topic(self, kind: int, size: int) -> tuple[str, int]:
        width = int.from_bytes(self._way_out.hear(2))
        if kind & 0x06 or width + 2 > size:
            _unexpected("a message of QoS 0 with a topic that fits in it")
        topic = self._way_out.hear(width).decode("ascii", "replace")
        return topic, size - width - 2

    def _hear_header(self) -> tuple[int, int]:
        """A packet's first byte and its length (MQTT 3.1.1 section 2.2)."""
        kind, size = self._way_out.hear(1)[0], 0
        for shift in (0, 7, 14):
            byte = self._way_out.hear(1)[0]
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        else:
            _unexpected("a packet of at most 2 MiB")
        if size > PACKET_BYTES:
            _unexpected("a packet longer than any file of the catalogue")
        return kind, size

    def _skip(self, size: int) -> None:
        self._way_out.hear(size)


def _unexpected(what: str) -> None:
    raise UnexpectedAnswerError(what)
