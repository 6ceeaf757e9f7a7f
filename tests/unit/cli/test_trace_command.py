"""volgens trace and timeline, as a user calls them, on the bundled stories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from volgens import examples
from volgens.cli import app

Traced = dict[str, Any]
STORIES = ("circular-reporting", "two-origins", "hedge-lost")


@pytest.fixture(scope="module")
def traced() -> dict[str, Traced]:
    found = {}
    for name in STORIES:
        done = CliRunner().invoke(app, ["trace", str(examples.FOLDER / f"{name}.jsonl"), "--format", "json"])
        assert done.exit_code == 0, done.output
        found[name] = json.loads(done.stdout)
    return found


def texts(name: str) -> dict[str, str]:
    lines = (examples.FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


@pytest.mark.parametrize("name", STORIES)
def test_articles_are_named_as_the_input_names_them(traced: dict[str, Traced], name: str) -> None:
    (story,) = traced[name]["stories"]
    assert {article["id"] for article in story["articles"]} <= texts(name).keys()


@pytest.mark.parametrize("name", STORIES)
def test_every_piece_of_evidence_is_in_the_text(traced: dict[str, Traced], name: str) -> None:
    known = texts(name)
    (story,) = traced[name]["stories"]
    for claim in story["claims"]:
        steps = [(step["article"], step["evidence"]) for origin in claim["origins"] for step in origin["steps"]]
        events = [(event["article"], event["evidence"]) for event in claim["events"]]
        said = [(row["article"], row) for row in claim["statements"]]
        for article, words in (*steps, *events, *said):
            assert words["text"] == " ".join(known[article][a:b] for a, b in words["spans"])
    for derivation in story["derivations"]:
        for passage in derivation["evidence"]["passages"]:
            assert passage["text"] == known[derivation["to"]][slice(*passage["span"])]


@pytest.mark.parametrize("name", STORIES)
def test_bounds_are_bounds_and_carriers_carry(traced: dict[str, Traced], name: str) -> None:
    (story,) = traced[name]["stories"]
    for claim in story["claims"]:
        bounds = claim["independent_origins"]
        assert 0 <= bounds["low"] <= bounds["high"]
        carrying = {row["article"] for row in claim["statements"]}
        for origin in claim["origins"]:
            assert set(origin["carriers"]) <= carrying
            for step in origin["steps"]:
                assert step["from"] is None or step["from"] in carrying


def test_the_text_shows_origins_and_who_has_it_from_whom() -> None:
    done = CliRunner().invoke(app, ["trace", str(examples.FOLDER / "circular-reporting.jsonl"), "--no-color"])
    assert done.exit_code == 0
    assert "independent origin" in done.stdout
    assert "cites De Loerbode" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_timeline_shows_turns() -> None:
    done = CliRunner().invoke(app, ["timeline", str(examples.FOLDER / "hedge-lost.jsonl"), "--no-color"])
    assert done.exit_code == 0
    assert "reported" in done.stdout
    assert "denied" in done.stdout


def test_an_archive_is_traced_by_story_claim_and_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(app, ["add", str(examples.FOLDER / "two-origins.jsonl")]).exit_code == 0
    whole = json.loads(runner.invoke(app, ["trace", "--format", "json"]).stdout)
    (story,) = whole["stories"]
    claim, article = story["claims"][0], story["articles"][0]
    for what in (story["id"][:12], claim["id"][:12], article["version"][:12], article["url"]):
        done = runner.invoke(app, ["trace", what, "--format", "json"])
        assert done.exit_code == 0, done.output
        (found,) = json.loads(done.stdout)["stories"]
        assert claim["id"] in {one["id"] for one in found["claims"]}
    assert len(json.loads(runner.invoke(app, ["trace", claim["id"], "--format", "json"]).stdout)["stories"][0]["claims"]) == 1


def test_what_an_archive_does_not_have_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    missing = runner.invoke(app, ["trace"])
    assert missing.exit_code == 1
    assert "volgens.db" in missing.stderr
    (tmp_path / "a.txt").write_text("De brug gaat dicht, zegt de wethouder.\n")
    runner.invoke(app, ["add", "a.txt"])
    done = runner.invoke(app, ["trace", "abcdef0123"])
    assert done.exit_code == 1
    assert "no story, claim or article abcdef0123" in done.stderr
