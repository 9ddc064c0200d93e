"""Who may talk to the page: by name, by origin, by token, and not for too long.

Against DNS rebinding only the names we were opened under are answered; against forged requests
every change needs our own origin and a token that only our own pages hold; against everything
else a page may load and do nothing but what we serve. Programs come with a bearer token and are
told apart from browsers by it.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_MOST = 64 * 1024
"""The longest form has 37 categories and 30 sponsors: 4 KiB."""

SECURE_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "same-origin",  # `no-referrer` makes browsers post forms with Origin: null
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """What callers are measured by.

    Attributes:
        hosts: The names and ports we answer to, as they stand in a Host header.
        token: What programs show; also the secret behind the forms' tokens.
    """

    hosts: frozenset[str]
    token: str

    @property
    def origins(self) -> frozenset[str]:
        """Where our own pages come from."""
        return frozenset(f"http://{host}" for host in self.hosts)

    def form_token(self, visitor: str) -> str:
        """What a form of this visitor's pages must carry."""
        return hmac.new(self.token.encode(), f"form {visitor}".encode(), sha256).hexdigest()

    def is_form_token(self, shown: str, visitor: str) -> bool:
        """Whether a form came from one of this visitor's pages."""
        return bool(visitor) and hmac.compare_digest(shown.encode(), self._bytes(visitor))

    def is_token(self, shown: str) -> bool:
        """Whether a program may come in."""
        return hmac.compare_digest(shown.encode(), self.token.encode())

    def _bytes(self, visitor: str) -> bytes:
        return self.form_token(visitor).encode()


def new_visitor() -> str:
    """A random name for a browser; says nothing about anyone and is forgotten with its cookie."""
    return secrets.token_urlsafe(16)


class WithSecureHeaders:
    """Every answer carries `SECURE_HEADERS`, unless it set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add them as the answer starts."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OnlyOwnNames:
    """Requests for another host, or from another origin, end here."""

    def __init__(self, app: ASGIApp, *, security: Security) -> None:
        self._app = app
        self._security = security

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say briefly why not."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._security.hosts]:
            return PlainTextResponse("unknown host", status_code=400)
        if scope["method"] not in _SAFE_METHODS and not self._is_own(headers):
            return PlainTextResponse("foreign origin", status_code=403)
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Programs send neither header; a browser that sends one must name us."""
        origin = headers.get("origin")
        return (origin is None or origin in self._security.origins) and headers.get(
            "sec-fetch-site", "none"
        ) in _OWN_SITES


class OnlyWithToken:
    """Programs show `Authorization: Bearer <token>`; a cookie opens nothing here."""

    def __init__(self, app: ASGIApp, *, security: Security) -> None:
        self._app = app
        self._security = security

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 401."""
        scheme, _, shown = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._security.is_token(shown):
            await self._app(scope, receive, send)
            return
        refusal = JSONResponse(
            {"field": "token", "rule": "a bearer token is needed"},
            status_code=401,
            headers={"www-authenticate": "Bearer"},
        )
        await refusal(scope, receive, send)
