"""A small site on 127.0.0.1 that the tests of fetching talk to. Nothing leaves the machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address

import pytest

from volgens.articles.web.addresses import is_public
from volgens.articles.web.fetch import Gate

Reply = tuple[int, dict[str, str], bytes]
Writer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What the server answers: a reply for each path, or a function that writes one. ``seen`` lists what it was asked."""

    port: int = 0
    replies: dict[str, Reply | Writer] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "dekrant.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def gate(self, names: dict[str, Sequence[str]] | None = None) -> Gate:
        """Lets 127.0.0.1 through besides public addresses. Every name is this machine, but for those in ``names``."""

        def resolve(host: str, _port: int) -> Sequence[str]:
            return (names or {}).get(host, ["127.0.0.1"])

        def permit(ip: IPv4Address | IPv6Address) -> bool:
            return str(ip) == "127.0.0.1" or is_public(ip)

        return Gate(resolve=resolve, permit=permit)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.seen.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
            reply = site.replies.get(self.path, (404, {}, b"no such page"))
            if callable(reply):
                reply(self)
                return
            status, headers, body = reply
            self.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(key, value)
            self.end_headers()
            with suppress(OSError):  # the reader may have seen enough
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
