"""volgens add, versions, diff and watch, as a user calls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from volgens import watching
from volgens.articles.web import fetch
from volgens.cli import app

OLD = """Brug bij Hoogwaarde dicht

De brug gaat volgens wethouder Anke Verschuur in mei weer open. ‘Het kost 2 miljoen euro’, zei ze dinsdag.
"""
NEW = """Brug bij Hoogwaarde dicht

De brug gaat volgens bronnen rond het stadhuis in mei weer open. ‘Het kost 3 miljoen euro’, zei wethouder Anke Verschuur dinsdag.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VOLGENS_ARCHIVE", raising=False)
    (tmp_path / "brug.txt").write_text(OLD)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_adding_tells_what_became_of_each(folder: Path) -> None:
    result = run("add", "brug.txt")
    assert (result.exit_code, result.stdout) == (0, "volgens.db: 1 new\n")
    assert run("add", "brug.txt").stdout == "volgens.db: 1 unchanged\n"
    (folder / "brug.txt").write_text(NEW)
    assert run("add", "brug.txt").stdout == "volgens.db: 1 new version\n"


@pytest.mark.usefixtures("folder")
def test_failures_are_told_and_the_others_are_kept() -> None:
    result = run("add", "weg.txt", "brug.txt")
    assert result.exit_code == 1
    assert result.stdout == "volgens.db: 1 new, 1 failed\n"
    assert "weg.txt: no such file" in result.stderr


@pytest.mark.usefixtures("folder")
def test_adding_for_machines() -> None:
    first, last = objects(run("add", "--json", "brug.txt", "--archive", "news.db"))
    assert (first["name"], first["result"], first["reason"]) == ("brug.txt", "new", None)
    assert last == {"counts": {"new": 1, "version": 0, "known": 0, "failed": 0}}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("add",), 2, "Usage"),
        (("add", "brug.txt", "--column", "text"), 2, "FIELD=NAME"),
        (("add", "brug.txt", "--column", "smaak=x"), 2, "smaak"),
        (("add", "brug.txt", "--published", "gisteren"), 2, "gisteren"),
        (("add", "brug.txt", "--archive", "weg/news.db"), 1, "folder does not exist"),
        (("add", "brug.txt", "--archive", "brug.txt"), 1, "not an archive"),
        (("versions", "brug.txt"), 1, "volgens add"),
        (("diff", "brug.txt"), 1, "no such archive"),
        (("diff", "brug.txt", "weg.txt"), 1, "no such file"),
        (("watch",), 1, "nothing to watch"),
        (("watch", "--every", "0"), 2, "--every"),
        (("watch", "weg.opml"), 1, "nothing to watch"),
    ],
)
def test_wrong_use_says_what_to_do(folder: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert told in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert (folder / "brug.txt").read_text() == OLD


def test_versions_are_listed_and_compared(folder: Path) -> None:
    run("add", "brug.txt")
    assert run("diff", "brug.txt").exit_code == 1
    (folder / "brug.txt").write_text(NEW)
    run("add", "brug.txt")
    listed = run("versions", "brug.txt").stdout.splitlines()
    assert len(listed) == 2
    found = json.loads(run("versions", "--json", "brug.txt").stdout)
    assert [line.split()[0] for line in listed] == [version["article"][:12] for version in found]
    by_name, by_id = run("diff", "brug.txt", "--json"), run("diff", *(version["article"] for version in found), "--json")
    assert by_name.exit_code == by_id.exit_code == 0
    assert json.loads(by_name.stdout) == json.loads(by_id.stdout)
    kinds = {change["kind"] for change in json.loads(by_name.stdout)["changes"]}
    assert any("source" in kind for kind in kinds)
    assert "!" in run("diff", "brug.txt").stdout


@pytest.fixture
def open_gate(site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the command visit the server of this machine: the switch that only tests have."""
    gate = site.gate()
    monkeypatch.setattr(fetch, "Gate", lambda: gate)
    monkeypatch.setattr("volgens.articles.web.manners.Manners.wait", lambda *_: 0.0)
    monkeypatch.setattr("volgens.articles.web.manners.Manners.busy", lambda *_: {})


@pytest.mark.usefixtures("open_gate", "folder")
def test_watching_once(site) -> None:
    text = OLD * 3
    items = "".join(f"<item><link>{site.url(path)}</link></item>" for path in ("/a", "/weg"))
    site.replies["/rss"] = (200, {}, f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    site.replies["/a"] = (200, {"Content-Type": "text/html"}, f"<html><body><h1>Brug</h1><p>{text}</p></body></html>".encode())
    result = run("watch", "--once", site.url("/rss"))
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["feed", "2", "new"]
    assert f"{site.url('/weg')}: the server has no such page" in result.stderr
    assert "1 new, 1 failed" in result.stderr
    again = run("watch", "--once")
    assert (again.exit_code, again.stdout) == (0, "")


@pytest.mark.usefixtures("open_gate", "folder")
def test_watching_for_machines(site) -> None:
    site.replies["/rss"] = (503, {}, b"")
    found, failed = objects(run("watch", "--once", "--json", site.url("/rss")))
    assert (found["kind"], found["result"]) == ("feed", "found")
    assert (failed["result"], failed["article"]) == ("failed", None)
    assert "503" in failed["reason"]
    assert set(failed) == {field.name for field in watching.Event.__dataclass_fields__.values()}


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_watching_ends_when_it_is_told_to(folder: Path, sent: signal.Signals, code: int) -> None:
    (folder / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline xmlUrl="http://127.0.0.1:9/rss" text="x"/></body></opml>'
    )
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    child = subprocess.Popen(
        [sys.executable, "-m", "volgens", "watch", "feeds.opml"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert child.stderr is not None
    assert "not a public address" in child.stderr.readline()
    child.send_signal(sent)
    assert child.wait(timeout=20) == code
    child.communicate()
