"""The HTTP API answers as the command line does, and says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from tests.unit.web.conftest import FIRST, SECOND
from volgens.app import App
from volgens.cli import app as command_line
from volgens.web.server import application


def _printed(archive: Path, *command: str) -> Any:
    result = CliRunner().invoke(command_line, [*command, "--archive", str(archive), "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _given(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/search?q=sluis&act=state", ["search", "sluis", "--act", "state"]),
        ("/search?q=sluis&limit=1&offset=1", ["search", "sluis", "--limit", "1", "--offset", "1"]),
        ("/search?speaker=Ine%20Roosdael&until=2025-03-04", ["search", "--speaker", "Ine Roosdael", "--to", "2025-03-04"]),
        (f"/trace/{SECOND.id[:12]}", ["trace", SECOND.id[:12]]),
        ("/ledger?on=2025-06-01", ["ledger", "--on", "2025-06-01"]),
        ("/ledger?on=2025-06-01&state=overdue", ["ledger", "--on", "2025-06-01", "--state", "overdue"]),
        (f"/audit?of={FIRST.id}", ["audit", FIRST.id]),
        ("/audit?by=outlet", ["audit", "--by", "outlet"]),
    ],
)
def test_it_answers_as_the_command_does(client: TestClient, archive: Path, path: str, command: list[str]) -> None:
    given = _given(client, f"/api/v1{path}")
    assert given == _printed(archive, *command)
    assert any(given.values())


def test_a_text_is_read_as_the_command_reads_it(client: TestClient, tmp_path: Path) -> None:
    given = client.post("/api/v1/read", json={"text": FIRST.text}).json()
    (tmp_path / "a.txt").write_text(FIRST.text, encoding="utf-8")
    result = CliRunner().invoke(command_line, ["read", str(tmp_path / "a.txt"), "--format", "json"])
    said = [[s["source"], s["cue"], s["content"], s["act"]] for s in json.loads(result.stdout)["statements"]]
    assert [[s["source"], s["cue"], s["content"], s["act"]] for s in given["statements"]] == said != []


def test_stories_come_in_parts_that_name_their_neighbours(client: TestClient) -> None:
    whole = _given(client, "/api/v1/stories?least=1")
    assert whole["total"] == 1
    (story,) = whole["stories"]
    assert story["articles"] == 2
    assert story["outlets"] == ["De Kadekrant", "Dagdraad"]
    assert story["independent_origins"] == {"low": 1, "high": 1}
    parts = client.get("/api/v1/search?q=sluis&limit=1&offset=1")
    assert parts.links["prev"]["url"].endswith("q=sluis&limit=1&offset=0")
    total = parts.json()["total"]
    assert ("next" in parts.links) == (total > 2)
    assert client.get(parts.links["prev"]["url"]).json()["statements"] != parts.json()["statements"]


def test_an_article_is_given_with_its_statements_and_versions(client: TestClient) -> None:
    given = _given(client, f"/api/v1/articles/{FIRST.id}")
    assert given["article"]["text"] == FIRST.text
    assert given["statements"]
    (version,) = _given(client, f"/api/v1/articles/{FIRST.id}/versions")["versions"]
    assert version["article"] == FIRST.id


def test_a_timeline_has_the_turns_of_each_claim(client: TestClient) -> None:
    claims = _given(client, f"/api/v1/timeline/{FIRST.id}")["claims"]
    assert any(turn["type"] == "reported" and turn["outlet"] == "De Kadekrant" for claim in claims for turn in claim["events"])


def test_what_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/stories")
    again = client.get("/api/v1/stories", headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get("/api/v1/stories", headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.get("/api/v1/stories?least=1&limit=1").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/trace/0123456789", 404, "no story"),
        ("/api/v1/articles/0123456789", 404, "no article"),
        ("/api/v1/trace/..%2Fa.jsonl", 404, "Not Found"),
        ("/api/v1/trace/abc.jsonl", 422, "pattern"),
        ("/api/v1/nothing", 404, "Not Found"),
        ("/api/v1/search?limit=100000", 422, "200"),
        ("/api/v1/search?since=yesterday", 422, "pattern"),
        ("/api/v1/ledger?on=2025-02-30", 422, "no day"),
        ("/api/v1/ledger?act=smile", 422, "act"),
        ("/api/v1/read", 405, "Method Not Allowed"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert said in problem["detail"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({}, 422, "either"),
        ({"text": "a", "url": "https://a.example"}, 422, "either"),
        ({"url": "/etc/passwd"}, 422, "http"),
        ({"url": "file:///etc/passwd"}, 422, "http"),
        ({"url": "http://127.0.0.1:1/"}, 422, "127.0.0.1"),
        ({"text": ""}, 422, "empty"),
        ({"text": "a", "more": 1}, 422, "more"),
        ([], 422, ""),
    ],
)
def test_what_cannot_be_read_is_told_and_no_file_is_opened(client: TestClient, asked: Any, status: int, said: str) -> None:
    answer = client.post("/api/v1/read", json=asked)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_it_describes_itself(client: TestClient) -> None:
    told = _given(client, "/api/v1/openapi.json")
    assert set(told["paths"]) == {
        f"/api/v1{path}"
        for path in (
            "/read", "/search", "/stories", "/articles/{id}", "/articles/{id}/versions", "/trace/{id}", "/timeline/{id}",
            "/ledger", "/audit",
        )
    }  # fmt: skip
    for methods in told["paths"].values():
        for endpoint in methods.values():
            assert endpoint["summary"]
            assert endpoint["description"]
            assert "4XX" in endpoint["responses"]


def test_without_an_archive_it_reads_all_the_same(tmp_path: Path) -> None:
    alone = TestClient(application(tmp_path / "none.db", App()), base_url="http://localhost")
    assert alone.post("/api/v1/read", json={"text": FIRST.text}).status_code == 200
    missing = alone.get("/api/v1/search")
    assert missing.status_code == 503
    assert "volgens add" in missing.json()["detail"]
    assert not (tmp_path / "none.db").exists()
