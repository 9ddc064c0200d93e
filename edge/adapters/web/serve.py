"""Open the page on loopback inside the running event loop, and close it without a trace."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from gettext import NullTranslations

import uvicorn

from edge.adapters.web.app import create_app
from edge.adapters.web.live import Live
from edge.adapters.web.security import Security
from edge.errors import SettingsError, UnreachableError
from edge.household.home import Home

_CONNECTIONS_MOST = 64
_HEAD_MOST = 16 * 1024
_KEEP_ALIVE_S = 5
_GRACE_S = 1


class _Server(uvicorn.Server):
    """Says when it is ready, and leaves signals to the runtime."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The runtime has them."""
        yield


@asynccontextmanager
async def open_page(
    home: Home,
    *,
    texts: Mapping[str, NullTranslations],
    host: str,
    port: int,
    token: str,
    live: Live,
) -> AsyncIterator[str]:
    """Serve the page and the local interface while the context lasts.

    Args:
        home: Whose page.
        texts: By language (`adapters.texts.load_texts`).
        host: A loopback address; on the home network only after pairing and over TLS (issue 7).
        port: 0 for any free one.
        token: What programs must show; at least 32 characters.
        live: Told of what happens, so that open pages follow.

    Yields:
        The page's address, with the port it got.

    Raises:
        SettingsError: The host is not loopback, or the token is too short.
        UnreachableError: The port is taken.
    """
    door = _listen(_loopback(host), port)
    with door:
        names = _names(host, door.getsockname()[1])
        security = Security(hosts=names, token=_long_enough(token))
        app = await asyncio.to_thread(
            lambda: create_app(home, texts=texts, security=security, live=live)
        )
        server = _Server(_config(app))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve([door]), name="page")
            await server.ready.wait()
            try:
                yield f"http://{_first(host)}:{door.getsockname()[1]}/"
            finally:
                live.close()
                server.should_exit = True


def _config(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # Starlette is an ASGI application
        lifespan="off",
        loop="asyncio",
        http="h11",
        ws="none",
        server_header=False,
        date_header=False,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=_KEEP_ALIVE_S,
        limit_concurrency=_CONNECTIONS_MOST,
        h11_max_incomplete_event_size=_HEAD_MOST,
    )


def _loopback(host: str) -> str:
    address = "127.0.0.1" if host == "localhost" else host
    try:
        is_loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise SettingsError("web.host", "must be a loopback address: 127.0.0.1 or ::1")
    return address


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        raise UnreachableError("the page's port", "it is taken or not allowed") from error


def _names(host: str, port: int) -> frozenset[str]:
    return frozenset(f"{name}:{port}" for name in (_first(host), "localhost"))


def _first(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _long_enough(token: str) -> str:
    if len(token) < 32:  # noqa: PLR2004 -- 128 bits as hexadecimal
        raise SettingsError("web.token", "must have at least 32 characters")
    return token
