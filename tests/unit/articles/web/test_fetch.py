"""Fetching one page, from a server on this machine only."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from volgens.articles.web.addresses import is_public
from volgens.articles.web.fetch import Gate, fetch
from volgens.config import Settings
from volgens.errors import FetchError, InputError, NotFound, Refused, TooLarge

PAGE = b"<html><body><p>De wethouder zei dat de brug open blijft.</p></body></html>"
SETTINGS = Settings(timeout=5.0, max_bytes=100_000)


def moved(location: str, status: int = 302) -> tuple[int, dict[str, str], bytes]:
    return status, {"Location": location}, b""


def test_a_page_comes_as_it_is(site) -> None:
    site.replies["/a?b=c"] = (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, PAGE)
    page = fetch(site.url("/a?b=c#onder"), SETTINGS, site.gate())
    assert (page.data, page.media_type, page.charset) == (PAGE, "text/html", "ISO-8859-1")
    assert page.url == site.url("/a?b=c")


def test_it_names_itself_and_the_host_and_asks_once(site) -> None:
    site.replies["/a"] = (200, {}, PAGE)
    page = fetch(site.url("/a"), Settings(user_agent="volgens/9 (test)"), site.gate())
    assert (page.media_type, page.charset) == (None, None)
    assert [path for path, _ in site.seen] == ["/robots.txt", "/a"]
    for _, headers in site.seen:
        assert headers["user-agent"] == "volgens/9 (test)"
        assert headers["host"] == f"dekrant.example:{site.port}"


@pytest.mark.parametrize("status", [404, 410])
def test_not_found(site, status: int) -> None:
    site.replies["/a"] = (status, {}, b"weg")
    with pytest.raises(NotFound, match=str(status)):
        fetch(site.url("/a"), SETTINGS, site.gate())


@pytest.mark.parametrize(
    ("status", "advice"),
    [(401, "save"), (403, "save"), (451, "save"), (429, "later"), (500, "later"), (503, "later"), (304, "save")],
)
def test_an_error_says_what_to_do(site, status: int, advice: str) -> None:
    site.replies["/a"] = (status, {}, b"")
    with pytest.raises(FetchError, match=f"{status}.*{advice}") as raised:
        fetch(site.url("/a"), SETTINGS, site.gate())
    assert not isinstance(raised.value, Refused)
    assert raised.value.input == site.url("/a")


def test_a_dead_port(site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(FetchError, match="connection"):
        fetch(f"http://dekrant.example:{port}/", SETTINGS, site.gate())


def test_an_unknown_name() -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match="no such host: dekrant.example"):
        fetch("http://dekrant.example/", SETTINGS, Gate(resolve=unknown))


def test_an_answer_that_is_not_http(site) -> None:
    def rubbish(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-x\r\n\r\n")

    site.replies["/robots.txt"] = site.replies["/a"] = rubbish
    with pytest.raises(FetchError):
        fetch(site.url("/a"), SETTINGS, site.gate())


def test_a_broken_connection(site) -> None:
    site.replies["/a"] = (200, {"Content-Length": "5000"}, PAGE)
    with pytest.raises(FetchError, match="connection"):
        fetch(site.url("/a"), SETTINGS, site.gate())


# Time


def slow_headers(_handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for i in range(60):
        handler.wfile.write(f"X-{i}: y\r\n".encode())
        time.sleep(0.05)


def dripping_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(60):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def dripping_without_length(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    for _ in range(60):
        handler.wfile.write(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("slow", [slow_headers, dripping_headers, dripping_body, dripping_without_length])
def test_the_time_limit_holds_for_the_whole(site, slow) -> None:
    site.replies["/a"] = slow
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"0\.4 seconds"):
        fetch(site.url("/a"), Settings(timeout=0.4), site.gate())
    assert time.monotonic() - start < 1.5


def test_the_time_limit_holds_for_the_name() -> None:
    free = threading.Event()

    def never(_host: str, _port: int) -> Sequence[str]:
        free.wait(5)
        return []

    with pytest.raises(FetchError, match=r"0\.2 seconds"):
        fetch("http://dekrant.example/", Settings(timeout=0.2), Gate(resolve=never))
    free.set()


# Size


@pytest.mark.parametrize("stated", [True, False])
def test_too_large(site, stated: bool) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        try:
            for _ in range(100):
                handler.wfile.write(bytes(20_000))
        except OSError:
            pass

    site.replies["/a"] = (200, {}, bytes(100_001)) if stated else endless
    with pytest.raises(TooLarge, match="100,000"):
        fetch(site.url("/a"), SETTINGS, site.gate())


def test_the_largest_that_fits(site) -> None:
    site.replies["/a"] = (200, {}, b"x" * 100_000)
    assert len(fetch(site.url("/a"), SETTINGS, site.gate()).data) == 100_000


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("GZIP", gzip.compress)]
)
def test_packed_answers(site, coding: str, pack) -> None:
    site.replies["/a"] = (200, {"Content-Encoding": coding}, pack(PAGE))
    assert fetch(site.url("/a"), SETTINGS, site.gate()).data == PAGE
    site.replies["/a"] = (200, {"Content-Encoding": coding}, pack(bytes(5_000_000)))
    with pytest.raises(TooLarge, match="unpacks"):
        fetch(site.url("/a"), SETTINGS, site.gate())


def test_packed_twice(site) -> None:
    site.replies["/a"] = (200, {"Content-Encoding": "deflate, gzip"}, gzip.compress(zlib.compress(PAGE)))
    assert fetch(site.url("/a"), SETTINGS, site.gate()).data == PAGE
    site.replies["/a"] = (200, {"Content-Encoding": "gzip, gzip, gzip, gzip"}, PAGE)
    with pytest.raises(FetchError, match="4 times"):
        fetch(site.url("/a"), SETTINGS, site.gate())


@pytest.mark.parametrize("coding", ["br", "zstd", "compress"])
def test_a_packing_that_was_not_asked_for(site, coding: str) -> None:
    site.replies["/a"] = (200, {"Content-Encoding": coding}, b"\x0b\x02")
    with pytest.raises(FetchError, match=coding):
        fetch(site.url("/a"), SETTINGS, site.gate())
    assert all(headers["accept-encoding"] == "gzip, deflate" for _, headers in site.seen)


def test_a_damaged_packing_keeps_what_it_can(site) -> None:
    site.replies["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)[:-6])
    page = fetch(site.url("/a"), SETTINGS, site.gate())
    assert page.data == PAGE
    assert page.defects


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(site, status: int) -> None:
    site.replies["/a"] = moved("/b/c", status)
    site.replies["/b/c"] = moved("../d%20é?x")
    site.replies["/d%20%C3%A9?x"] = (200, {}, PAGE)
    assert fetch(site.url("/a"), SETTINGS, site.gate()).url == site.url("/d%20%C3%A9?x")


def test_redirects_are_counted(site) -> None:
    for i in range(4):
        site.replies[f"/{i}"] = moved(f"/{i + 1}")
    site.replies["/4"] = (200, {}, PAGE)
    assert fetch(site.url("/0"), Settings(max_redirects=4), site.gate()).data == PAGE
    with pytest.raises(FetchError, match="more than 3 times"):
        fetch(site.url("/0"), Settings(max_redirects=3), site.gate())
    site.replies["/lus"] = moved("/lus")
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch(site.url("/lus"), SETTINGS, site.gate())


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0x7f.1/",
        "http://localhost/",
        "//192.168.1.1/",
        "http://intern.example/",
        "http://dekrant.example@10.0.0.1/",
        "file:///etc/passwd",
        "ftp://dekrant.example/",
    ],
)
def test_a_redirect_to_a_private_place_is_refused(site, location: str) -> None:
    site.replies["/a"] = moved(location)
    with pytest.raises(Refused):
        fetch(site.url("/a"), SETTINGS, site.gate({"intern.example": ["8.8.8.8", "10.0.0.1"]}))
    site.replies["/a"] = (200, {}, PAGE)
    site.replies["/robots.txt"] = moved(location)
    with pytest.raises(Refused, match="robots"):
        fetch(site.url("/a"), SETTINGS, site.gate({"intern.example": ["10.0.0.1"]}))


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://[::1]/", "http://localhost/", "http://10.0.0.1/", "http://2130706433/"]
)
def test_private_addresses_are_refused_from_the_start(address: str) -> None:
    with pytest.raises(Refused):
        fetch(address, SETTINGS)


def test_the_checked_address_is_the_one_connected_to(site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers with another address at the second look gains nothing."""
    site.replies["/a"] = moved("/b")
    site.replies["/b"] = (200, {}, PAGE)
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    looked_up: list[str] = []
    system = socket.getaddrinfo

    def getaddrinfo(host: str, *args: object, **kwargs: object) -> object:
        looked_up.append(host)
        return system(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    gate = Gate(resolve=lambda _host, _port: next(answers), permit=lambda ip: str(ip) == "127.0.0.1" or is_public(ip))
    assert fetch(site.url("/a"), SETTINGS, gate).data == PAGE
    assert set(looked_up) == {"127.0.0.1"}
    assert all(headers["host"].startswith("dekrant.example") for _, headers in site.seen)


def test_the_next_address_is_tried_where_one_is_dead(site) -> None:
    site.replies["/a"] = (200, {}, PAGE)
    gate = Gate(resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"], permit=lambda ip: ip.is_loopback)
    assert fetch(site.url("/a"), SETTINGS, gate).data == PAGE


def test_no_proxy_is_taken_from_the_environment(site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    site.replies["/a"] = (200, {}, PAGE)
    assert fetch(site.url("/a"), SETTINGS, site.gate()).data == PAGE


# Manners


def test_a_page_closed_by_robots_is_not_asked_for(site) -> None:
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /dicht\n")
    site.replies["/open"] = moved("/dicht/a")
    site.replies["/dicht/a"] = (200, {}, PAGE)
    for path in ("/dicht/a", "/open"):
        with pytest.raises(Refused, match="robots"):
            fetch(site.url(path), SETTINGS, site.gate())
    assert "/dicht/a" not in [path for path, _ in site.seen]


def test_robots_of_every_host_on_the_way(site) -> None:
    site.replies["/a"] = moved(site.url("/b", host="ander.example"))
    site.replies["/b"] = (200, {}, PAGE)
    assert fetch(site.url("/a"), SETTINGS, site.gate()).url == site.url("/b", host="ander.example")
    assert [(path, headers["host"].split(":")[0]) for path, headers in site.seen] == [
        ("/robots.txt", "dekrant.example"),
        ("/a", "dekrant.example"),
        ("/robots.txt", "ander.example"),
        ("/b", "ander.example"),
    ]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_robots_a_page_is_open(site, status: int) -> None:
    site.replies["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /")
    site.replies["/a"] = (200, {}, PAGE)
    assert fetch(site.url("/a"), SETTINGS, site.gate()).data == PAGE


@pytest.mark.parametrize("status", [500, 503, 429])
def test_rules_that_cannot_be_had_now_close_a_page(site, status: int) -> None:
    site.replies["/robots.txt"] = (status, {}, b"")
    site.replies["/a"] = (200, {}, PAGE)
    with pytest.raises(Refused, match=f"{status}.*later"):
        fetch(site.url("/a"), SETTINGS, site.gate())


def test_robots_may_be_packed_moved_and_long(site) -> None:
    site.replies["/robots.txt"] = moved("/rules")
    rules = b"User-agent: volgens\nDisallow: /dicht\n" + b"# lang\n" * 200_000
    site.replies["/rules"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(rules))
    site.replies["/a"] = site.replies["/dicht"] = (200, {}, PAGE)
    assert fetch(site.url("/a"), SETTINGS, site.gate()).data == PAGE
    with pytest.raises(Refused):
        fetch(site.url("/dicht"), SETTINGS, site.gate())
    site.replies["/rules"] = (200, {}, rules)
    assert fetch(site.url("/a"), SETTINGS, site.gate()).data == PAGE


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (openssl := shutil.which("openssl")):
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    command = f"{openssl} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=dekrant.example"
    names = ["-addext", "subjectAltName=DNS:dekrant.example", "-keyout", "key.pem", "-out", "cert.pem"]
    made = subprocess.run([*command.split(), *names], cwd=folder, capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this openssl makes no certificate with a name")
    return folder


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[int, list[str | None]]]:
    """A TLS server: its port, and the names that it was asked for."""
    asked: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(HTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    context.sni_callback = lambda _sock, name, _context: asked.append(name)
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_certificate_must_be_trusted_and_of_the_name(site, secure, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port, asked = secure
    with pytest.raises(FetchError, match="certificate"):
        fetch(f"https://dekrant.example:{port}/a", SETTINGS, site.gate())
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    assert fetch(f"https://dekrant.example:{port}/a", SETTINGS, site.gate()).data == PAGE
    assert set(asked) == {"dekrant.example"}
    with pytest.raises(FetchError, match="certificate"):
        fetch(f"https://ander.example:{port}/a", SETTINGS, site.gate())


def test_plain_text_behind_https_is_an_error(site) -> None:
    with pytest.raises(InputError):
        fetch(site.url("/a").replace("http:", "https:"), SETTINGS, site.gate())
