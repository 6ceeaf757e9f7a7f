"""Who may ask: no other site, no other name, nobody without the key, not too much, not too often."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from volgens.web.guard import POLICY, Guard, Rules

KEY = "a-key-that-nobody-guesses"


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def _client(rules: Rules | None = None, clock: Callable[[], float] = lambda: 0.0, **told: Any) -> TestClient:
    inner = Starlette(routes=[Route("/{path:path}", _echo, methods=["GET", "POST", "DELETE"])])
    return TestClient(Guard(inner, rules or Rules(), clock), base_url="http://127.0.0.1:8765", **told)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:8765", "[::1]"])
def test_this_machine_may_ask_by_its_own_names(host: str) -> None:
    assert _client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example", "", "[", "0.0.0.0"]
)
def test_a_name_that_was_rebound_to_this_machine_gets_nothing(host: str) -> None:
    answer = _client().get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.json()["status"] == 421


def test_a_name_that_was_given_is_the_servers_own() -> None:
    rules = Rules(hosts=("news.example",))
    assert _client(rules).get("/", headers={"host": "news.example"}).status_code == 200
    assert _client(rules).get("/").status_code == 421


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        ({}, True),  # no browser
        ({"origin": "http://127.0.0.1:8765"}, True),
        ({"origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"referer": "http://127.0.0.1:8765/search"}, True),
        ({"origin": "http://127.0.0.1:9999"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://["}, False),
        ({"referer": "https://evil.example/127.0.0.1:8765"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8765"}, False),
    ],
)
def test_only_its_own_pages_may_send(told: dict[str, str], allowed: bool) -> None:
    for method in ("POST", "DELETE"):
        assert _client().request(method, "/read", headers=told).status_code == (200 if allowed else 403)
    assert _client().get("/read", headers=told).status_code == 200  # a link from elsewhere is no harm


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        (None, False),
        (f"Bearer {KEY}", True),
        (f"bearer {KEY}", True),
        (f"Bearer {KEY}x", False),
        ("Bearer", False),
        (f"Basic {base64.b64encode(f'anybody:{KEY}'.encode()).decode()}", True),
        (f"Basic {base64.b64encode(f'{KEY}:wrong'.encode()).decode()}", False),
        ("Basic !!!", False),
        ("Basic /w==", False),
        (f"Token {KEY}", False),
    ],
)
def test_a_key_is_asked_for_where_there_is_one(told: str | None, allowed: bool) -> None:
    answer = _client(Rules(key=KEY)).get("/", headers={"authorization": told} if told else {})
    assert answer.status_code == (200 if allowed else 401)
    assert ("www-authenticate" in answer.headers) is not allowed
    assert KEY not in answer.text


def test_more_than_may_be_sent_is_refused_announced_or_not() -> None:
    client = _client(Rules(most_bytes=100))
    assert client.post("/", content=b"x" * 100).text == "100"
    assert client.post("/", content=b"x" * 101).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 30 for _ in range(4))

    assert client.post("/", content=pieces()).status_code == 413


def test_who_asks_too_often_waits_and_others_do_not() -> None:
    now = [0.0]
    inner = Starlette(routes=[Route("/{path:path}", _echo, methods=["GET", "POST"])])
    guard = Guard(inner, Rules(a_minute=60, at_once=3), lambda: now[0])
    one, other = (TestClient(guard, base_url="http://localhost", client=(name, 1)) for name in ("10.0.0.1", "10.0.0.2"))
    assert [one.get("/api/v1/search").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = one.post("/read")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert one.get("/stories").status_code == 200  # pages cost little
    assert other.get("/api/v1/search").status_code == 200
    now[0] = 1.0
    assert [one.get("/api/v1/search").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize("told", [{}, {"host": "evil.example"}])
def test_every_answer_tells_the_browser_what_it_may_do(told: dict[str, str]) -> None:
    headers = _client().get("/", headers=told).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-cache"
