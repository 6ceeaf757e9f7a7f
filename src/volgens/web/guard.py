"""What stands before every page and every answer of the API: who may ask, from where, how much and how often.

A page in a browser can send requests to a server on the same machine, and rebind its own name to the address of one. So a request
must name a host that this server goes by, and one that changes or costs something must come from its own pages. See
docs/security.md.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names that this machine has for itself."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy of every answer (W3C CSP 3): nothing from elsewhere, nothing inline."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_CLIENTS = 10_000  # of which is remembered how often they asked


@dataclass(frozen=True, slots=True)
class Rules:
    """``hosts``: the names that the server goes by, without ports. ``key``: what a client must know; None on loopback.

    ``most_bytes``: of a request's body. ``a_minute``: how often a client may ask something that costs (the API, and what is sent);
    ``at_once``: how many of these it may save up.
    """

    hosts: Collection[str] = LOOPBACK
    key: str | None = None
    most_bytes: int = 4 * 1024 * 1024
    a_minute: float = 600.0
    at_once: float = 100.0


class Guard:
    """An ASGI application around ``inner``, which only sees what the rules allow."""

    def __init__(self, inner: ASGIApp, rules: Rules, clock: Callable[[], float] = time.monotonic) -> None:
        self._inner = inner
        self._rules = rules
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    told.setdefault(name, value)
                told.setdefault("Cache-Control", "no-cache")
            await send(message)

        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(guarded)
            return
        await self._inner(scope, self._counted(receive), guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> _Refusal | None:
        host = _name(headers.get("host", ""))
        if host not in self._rules.hosts:
            return _Refusal(HTTPStatus.MISDIRECTED_REQUEST, "this server does not go by that name; volgens serve --name adds one")
        if scope["method"] not in _SAFE and not _is_own(headers):
            return _Refusal(HTTPStatus.FORBIDDEN, "this was sent by a page of another site")
        if self._rules.key is not None and not _knows(headers, self._rules.key):
            asked = {"WWW-Authenticate": 'Basic realm="volgens", charset="UTF-8"'}
            return _Refusal(HTTPStatus.UNAUTHORIZED, "this needs a key, as a bearer token or as the password", asked)
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._rules.most_bytes:
            return _Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large)
        if scope["path"].startswith("/api") or scope["method"] not in _SAFE:
            wait = self._wait(str((scope.get("client") or ("",))[0]))
            if wait > 0:
                told = {"Retry-After": str(int(wait) + 1)}
                return _Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too many requests; wait a moment", told)
        return None

    def _wait(self, client: str) -> float:
        """The seconds until ``client`` may ask again; 0 where it may now. A bucket that fills steadily."""
        now = self._clock()
        left, at = self._left.pop(client, (self._rules.at_once, now))
        rate = self._rules.a_minute / 60
        left = min(self._rules.at_once, left + (now - at) * rate)
        wait = 0.0 if left >= 1 else (1 - left) / rate
        self._left[client] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return wait

    def _counted(self, receive: Receive) -> Receive:
        """``receive``, which raises where more comes than the rules allow, whatever was announced."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._rules.most_bytes:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large)
            return message

        return counted

    @property
    def _too_large(self) -> str:
        return f"more than {self._rules.most_bytes // 1024:,} KiB was sent; volgens add reads large files"


@dataclass(frozen=True, slots=True)
class _Refusal:
    """An answer of RFC 9457, with which the connection ends."""

    status: HTTPStatus
    detail: str
    headers: dict[str, str] | None = None

    async def __call__(self, send: Send) -> None:
        body = json.dumps(
            {"type": "about:blank", "title": self.status.phrase, "status": self.status, "detail": self.detail}
        ).encode()
        told = {
            "content-type": "application/problem+json",
            "content-length": str(len(body)),
            "connection": "close",
            **(self.headers or {}),
        }
        pairs = [(name.lower().encode(), value.encode()) for name, value in told.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})


def _name(host: str) -> str:
    """A host without its port: "[::1]:8000" is "::1"."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_own(headers: Headers) -> bool:
    """Whether a request comes from a page of this server, or from no page. Browsers tell the origin of all that they send."""
    if headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        return False
    told = headers.get("origin") or headers.get("referer")
    if told is None:
        return True
    try:
        return urlsplit(told).netloc.lower() == headers.get("host", "").lower()
    except ValueError:
        return False


def _knows(headers: Headers, key: str) -> bool:
    """Whether the key was sent: "Bearer KEY", or as the password of any name, which browsers ask for."""
    scheme, _, told = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            told = base64.b64decode(told, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(told.strip().encode(), key.encode())
