"""One page from one address, fetched politely: named, asked for once, within limits, and never from a private network."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from volgens.articles.packed import gunzip, inflate
from volgens.articles.web.addresses import IPAddress, Resolve, Target, checked, is_public, parse
from volgens.articles.web.manners import Manners
from volgens.articles.web.robots import allowed, crawl_delay
from volgens.config import Settings
from volgens.errors import FetchError, NotFound, Refused, TooLarge
from volgens.records import Defect

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection

_ROBOTS_BYTES = 512 * 1024
_MOVED = (301, 302, 303, 307, 308)
_CHUNK = 65_536
_PRINTABLE = re.compile(r"[\x20-\x7e]{1,512}")  # what may be sent back in a header
_AS_FILE = "open it in a browser, save the page and give the file"


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of ``host`` by the machine's own resolver. Raises OSError where there are none."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Gate:
    """How names become IP addresses, and which of these may be visited. Nothing but a test gives another than the default."""

    resolve: Resolve = resolve
    permit: Callable[[IPAddress], bool] = is_public


@dataclass(frozen=True, slots=True)
class Tags:
    """What a server marks a version of a page with (RFC 9110): its ETag and its Last-Modified header."""

    etag: str | None = None
    modified: str | None = None


NO_TAGS = Tags()


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered. ``url`` is where it was found in the end; ``media_type`` and ``charset`` its header's words.

    ``unchanged``: it is still what it was when it had the ``tags`` that the caller knows, and is not sent again. ``max_age``: for
    how many seconds the server says it will stay so.
    """

    url: str
    data: bytes
    media_type: str | None
    charset: str | None
    defects: tuple[Defect, ...] = ()
    tags: Tags = NO_TAGS
    unchanged: bool = False
    max_age: float | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    data: bytes


def fetch(
    address: str, settings: Settings, gate: Gate | None = None, *, known: Tags = NO_TAGS, manners: Manners | None = None
) -> Page:
    """The page at ``address``, after at most ``settings.max_redirects`` redirects.

    ``known``: the tags of the version at hand, which is not sent again. ``manners``: of one who visits often.

    Raises NotFound (it answers "not found"), TooLarge, Refused (a private address, or closed by robots.txt) and FetchError
    (no answer within ``settings.timeout`` seconds in all, or an error).
    """
    return _Visit(address, settings, gate or Gate(), known, manners).page()


class _Visit:
    """The fetching of one address: its deadline, and what was learnt of the hosts on the way."""

    def __init__(self, name: str, settings: Settings, gate: Gate, known: Tags, manners: Manners | None) -> None:
        self.name = name
        self.settings = settings
        self.gate = gate
        self.known = known
        self.manners = manners
        self.deadline = time.monotonic() + settings.timeout
        self._addresses: dict[str, tuple[str, ...]] = {}
        self._robots: dict[str, str] = {}

    def page(self) -> Page:
        target, answer = self._follow(parse(self.name, self.name), self.settings.max_bytes, polite=True)
        if answer.status in (404, 410):
            raise NotFound(self.name, f"the server has no such page (it answers {answer.status}); check the address")
        tags = Tags(answer.headers.get("etag"), answer.headers.get("last-modified"))
        max_age = _max_age(answer.headers.get("cache-control", ""))
        if answer.status == 304 and self.known != NO_TAGS:
            return Page(target.url, b"", None, None, (), self.known, unchanged=True, max_age=max_age)
        if not 200 <= answer.status < 300:
            reason = f"the server answers {answer.status}; {_advice(answer.status)}"
            raise FetchError(self.name, reason, retry_after=_seconds(answer.headers.get("retry-after", "")))
        header = Message()
        header["content-type"] = answer.headers.get("content-type", "")
        stated = bool(answer.headers.get("content-type"))
        charset = header.get_param("charset")
        data, defects = self._unpacked(answer, self.settings.max_bytes)
        media_type = header.get_content_type() if stated else None
        declared = charset if isinstance(charset, str) else None
        return Page(target.url, data, media_type, declared, defects, tags, max_age=max_age)

    def _follow(self, target: Target, limit: int, *, polite: bool) -> tuple[Target, _Answer]:
        for _ in range(self.settings.max_redirects + 1):
            if polite:
                self._ask_robots(target)
            answer = self._get(target, limit, whole=polite)
            location = answer.headers.get("location")
            if answer.status not in _MOVED or not location:
                return target, answer
            target = parse(_as_utf8(location), self.name, base=target.url)
        raise FetchError(self.name, f"sends us on more than {self.settings.max_redirects} times (max_redirects); {_AS_FILE}")

    def _ask_robots(self, target: Target) -> None:
        if target.origin not in self._robots and self.manners is not None:
            kept = self.manners.robots(target.origin)
            if kept is not None:
                self._robots[target.origin] = kept
        if target.origin not in self._robots:
            at = replace(target, path="/robots.txt")
            try:
                _, answer = self._follow(at, _ROBOTS_BYTES, polite=False)
            except Refused as error:
                # A robots.txt that is sent on to a private address is nobody's rule; the host itself is checked below.
                self._address(target)
                raise Refused(self.name, f"its robots.txt cannot be read ({error.reason})") from error
            if answer.status >= 500 or answer.status == 429:
                # RFC 9309: rules that cannot be had now may close the page.
                raise Refused(self.name, f"its robots.txt cannot be read now (it answers {answer.status}); try again later")
            found = 200 <= answer.status < 300
            rules = self._unpacked(answer, 8 * _ROBOTS_BYTES)[0] if found else b""
            self._robots[target.origin] = rules.decode("utf-8", "replace")
            if self.manners is not None:
                self.manners.keep_robots(target.origin, self._robots[target.origin])
        agent = self.settings.user_agent.split("/")[0].split(" ")[0] or "volgens"
        if self.manners is not None:
            self.manners.slow_down(target.authority, crawl_delay(self._robots[target.origin], agent))
        if not allowed(self._robots[target.origin], agent, target.path):
            raise Refused(self.name, f"the robots.txt of {target.host} closes this page to programs; {_AS_FILE}")

    def _address(self, target: Target) -> tuple[str, ...]:
        """Resolved once for each host and port: a name that changes its address between two looks gains nothing."""
        key = f"{target.host} {target.port}"
        if key not in self._addresses:
            self._addresses[key] = checked(target, self.name, self._resolve_in_time, self.gate.permit)
        return self._addresses[key]

    def _resolve_in_time(self, host: str, port: int) -> Sequence[str]:
        found: list[Sequence[str]] = []
        failed: list[OSError] = []

        def look_up() -> None:
            try:
                found.append(self.gate.resolve(host, port))
            except (OSError, UnicodeError) as error:
                failed.append(OSError(str(error)))

        # The system's resolver knows no time limit.
        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self._left())
        if failed:
            raise failed[0]
        if not found:
            raise self._too_late()
        return found[0]

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise self._too_late()
        return left

    def _too_late(self) -> FetchError:
        return FetchError(self.name, f"no full answer within {self.settings.timeout:g} seconds (timeout); try again later")

    def _get(self, target: Target, limit: int, *, whole: bool) -> _Answer:
        """One request. A body beyond ``limit`` raises TooLarge where it is wanted ``whole``, and is cut off otherwise."""
        import http.client

        from urllib3.exceptions import HTTPError

        if self.manners is not None:
            self.deadline += self.manners.wait(target.authority)
        try:
            with ExitStack() as stack:
                connection = stack.enter_context(self._connected(target))
                headers = self._headers(target) | (self._condition() if whole else {})
                connection.request("GET", target.path, headers=headers, preload_content=False, decode_content=False)
                response = stack.enter_context(closing(connection.getresponse()))
                headers = {key.lower(): value for key, value in response.headers.items()}
                wanted = 200 <= response.status < 300
                if wanted and whole and _length(headers) > limit:
                    raise self._too_large(limit)
                data = self._body(response, limit, whole=whole) if wanted else b""
                if self.deadline <= time.monotonic():
                    raise self._too_late()  # the alarm ended the connection, which can look like a whole answer
                return _Answer(response.status, headers, data)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            if self.deadline <= time.monotonic():
                raise self._too_late() from error
            raise FetchError(
                self.name, f"the connection to {target.host} failed ({_cause(error)}); check the address, or try again later"
            ) from error

    @contextmanager
    def _connected(self, target: Target) -> Iterator[HTTPConnection]:
        """A connection to an address of ``target`` that was checked, ended at the deadline whatever the server does."""
        connection = self._connect(target)
        # A time limit for each read would let a server go on forever that sends a byte now and then.
        taken = connection.sock
        alarm = threading.Timer(self._left(), lambda: _shut(taken))
        alarm.daemon = True
        alarm.start()
        try:
            yield connection
        finally:
            alarm.cancel()
            connection.close()
            # The response may hold the socket after its connection let go of it.
            with suppress(OSError):
                if taken is not None:
                    taken.close()

    def _connect(self, target: Target) -> HTTPConnection:
        from urllib3.connection import HTTPConnection, HTTPSConnection
        from urllib3.exceptions import HTTPError

        last: Exception | None = None
        addresses = self._address(target)
        for index, ip in enumerate(addresses):
            # One that is silent must leave time for the others.
            patience = self._left() / (len(addresses) - index)
            connection: HTTPConnection
            if target.scheme == "https":
                # The number is connected to; the name is asked for, and must be the certificate's.
                connection = HTTPSConnection(
                    ip,
                    target.port,
                    timeout=patience,
                    cert_reqs="CERT_REQUIRED",
                    server_hostname=target.host,
                )
            else:
                connection = HTTPConnection(ip, target.port, timeout=patience)
            try:
                connection.connect()
                if connection.sock is not None:
                    connection.sock.settimeout(self._left())
            except (HTTPError, OSError) as error:
                connection.close()
                last = error
                continue
            return connection
        assert last is not None  # there is always an address to try
        raise last

    def _condition(self) -> dict[str, str]:
        given = {"If-None-Match": self.known.etag, "If-Modified-Since": self.known.modified}
        return {name: value for name, value in given.items() if value and _PRINTABLE.fullmatch(value)}

    def _headers(self, target: Target) -> dict[str, str]:
        return {
            "Host": target.authority,
            "User-Agent": self.settings.user_agent,
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
            # Only what is unpacked here, within the limit.
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }

    def _body(self, response: Any, limit: int, *, whole: bool) -> bytes:
        pieces: list[bytes] = []
        room = limit
        while piece := response.read(min(_CHUNK, room + 1), decode_content=False):
            pieces.append(piece)
            room -= len(piece)
            if room < 0:
                if whole:
                    raise self._too_large(limit)
                return b"".join(pieces)[:limit]
        return b"".join(pieces)

    def _too_large(self, limit: int) -> TooLarge:
        return TooLarge(self.name, f"larger than {limit:,} bytes, the limit (max_bytes)")

    def _unpacked(self, answer: _Answer, limit: int) -> tuple[bytes, tuple[Defect, ...]]:
        data = answer.data
        defects: tuple[Defect, ...] = ()
        codings = [coding.strip().lower() for coding in answer.headers.get("content-encoding", "").split(",")]
        codings = [coding for coding in codings if coding not in ("", "identity")]
        if len(codings) > 3:
            raise FetchError(self.name, f"the server packed the page {len(codings)} times; {_AS_FILE}")
        for coding in reversed(codings):
            if coding not in ("gzip", "x-gzip", "deflate"):
                raise FetchError(self.name, f"the server packed the page with {coding[:20]!r} unasked; {_AS_FILE}")
            if data:
                unpack = inflate if coding == "deflate" else gunzip
                data, more = unpack(data, limit, self.name)
                defects += more
        return data, defects


def _shut(sock: socket.socket | None) -> None:
    with suppress(OSError):
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)


def _length(headers: dict[str, str]) -> int:
    stated = headers.get("content-length", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 20 else 0


def _as_utf8(location: str) -> str:
    # Headers come as latin-1; servers send UTF-8.
    with suppress(UnicodeError):
        return location.encode("latin-1").decode("utf-8")
    return location


def _max_age(cache_control: str) -> float | None:
    found = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", cache_control, re.IGNORECASE)
    return float(found[1]) if found else None


def _seconds(retry_after: str) -> float | None:
    """How long a Retry-After header asks to wait: it gives seconds, or a date."""
    if re.fullmatch(r"\d{1,9}", retry_after.strip()):
        return float(retry_after)
    with suppress(ValueError, TypeError):
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - time.time())
    return None


def _advice(status: int) -> str:
    if status in (401, 402, 403, 407, 451):
        return f"it does not let programs in: {_AS_FILE}"
    return "try again later" if status == 429 or status >= 500 else _AS_FILE


def _cause(error: Exception) -> str:
    text = str(error).split("\n")[0]
    # urllib3 puts the representation of its own objects in front.
    return text.rsplit(">: ", 1)[-1].rsplit("): ", 1)[-1][:200] or type(error).__name__
