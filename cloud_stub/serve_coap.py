"""The catalogue over CoAP: coaps+tcp, GET only, stateless block-wise transfer.

Nothing is kept about anyone: no session, no ETag, no log of who asked for what.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakSet

import aiocoap
from aiocoap import interfaces, resource

from cloud_stub.pki import SERVER_NAME, Pki
from cloud_stub.public_files import PublicFiles

CONNECTIONS_MOST = 200
"""One relay opens one connection per pull under way."""

_BERT = 7
_BLOCK_BYTES = 16 * 1024
"""A whole category in one answer, mostly (RFC 8323 section 6: BERT, multiples of 1 KiB)."""


class CatalogueFiles(resource.Resource):  # type: ignore[misc]  # aiocoap has no types
    """Every path of the catalogue, from one folder."""

    def __init__(self, files: PublicFiles) -> None:
        super().__init__()
        self._files = files

    async def needs_blockwise_assembly(self, request: aiocoap.Message) -> bool:
        """Never: each block is answered by itself, so that no client costs memory."""
        del request
        return False

    async def render_get(self, request: aiocoap.Message) -> aiocoap.Message:
        """One block of one file, or 4.04."""
        content = await asyncio.to_thread(self._files.read, "/".join(request.opt.uri_path))
        if content is None:
            return aiocoap.Message(code=aiocoap.NOT_FOUND)
        whole = aiocoap.Message(code=aiocoap.CONTENT, payload=content)
        asked = request.opt.block2
        number, exponent = (asked.block_number, asked.size_exponent) if asked else (0, _BERT)
        # the one method of aiocoap that cuts a block without remembering the rest
        return whole._extract_block(number, exponent, _BLOCK_BYTES)  # noqa: SLF001 - see above


@asynccontextmanager
async def open_coap(files: PublicFiles, pki: Pki, host: str, port: int) -> AsyncIterator[int]:
    """Serve the files until the block ends; yields the port (0 asks for a free one)."""
    tls = _tls(pki)
    context = await aiocoap.Context.create_server_context(
        CatalogueFiles(files),
        bind=(host, port - 1),  # its TLS transport listens one above the port it is given
        transports=["tlsserver"],
        _ssl_context=tls,
    )
    transport = context.request_interfaces[0].token_interface
    tls.sni_callback = _Admission(transport)
    try:
        yield transport.server.sockets[0].getsockname()[1]
    finally:
        _forget_failed_handshakes(transport)
        await context.shutdown()


class _Admission:
    """Decides at the handshake: the right name, and not too many at once."""

    def __init__(self, transport: interfaces.TokenInterface) -> None:
        self._transport = transport
        self._open: WeakSet[ssl.SSLObject] = WeakSet()

    def __call__(self, tls: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        if name != SERVER_NAME:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        if len(self._open) >= CONNECTIONS_MOST:
            return ssl.ALERT_DESCRIPTION_ACCESS_DENIED
        self._open.add(tls)
        tls.indicated_server_name = name  # type: ignore[attr-defined]  # where aiocoap looks for it
        if len(self._transport._pool) > 2 * CONNECTIONS_MOST:  # noqa: SLF001 - it has no limit
            _forget_failed_handshakes(self._transport)
        return None


def _forget_failed_handshakes(transport: interfaces.TokenInterface) -> None:
    """Drop the connections that never came up; aiocoap keeps them, and stumbles over them."""
    pool = transport._pool  # noqa: SLF001 - it gives no other access
    pool -= {connection for connection in pool if connection._transport is None}  # noqa: SLF001 - ditto


def _tls(pki: Pki) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.num_tickets = 0  # a ticket would let us recognise a home
    tls.load_cert_chain(pki.certificate, pki.key)
    tls.set_alpn_protocols(["coap"])
    return tls
