"""volgens audit, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from volgens import examples
from volgens.cli import app

EXAMPLE = str(examples.FOLDER / "two-origins.jsonl")


def volgens(*args: str) -> Result:
    return CliRunner().invoke(app, ["audit", *args])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive with the articles of one story, which are read at the first audit."""
    path = str(tmp_path_factory.mktemp("audit") / "news.db")
    assert CliRunner().invoke(app, ["add", EXAMPLE, "--archive", path]).exit_code == 0
    return path


def audited(*args: str) -> list[dict[str, Any]]:
    done = volgens(*args, "--format", "json")
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["audits"]
    return found


def counts(audit: dict[str, Any], section: str) -> dict[str, int]:
    return {c["name"]: c["count"] for found in audit["sections"] if found["name"] == section for c in found["counts"]}


def test_an_example_from_its_file_and_from_an_archive(archive: str) -> None:
    (of_archive,) = audited("--archive", archive)
    (of_file,) = audited(EXAMPLE)
    assert counts(of_file, "sources") == counts(of_archive, "sources")
    assert sum(counts(of_file, "sources").values()) == of_file["statements"] > 0
    assert counts(of_file, "officials")["government"] > 0
    assert 0 < of_file["copied"] < 1
    texts = {row["id"]: row["text"] for row in map(json.loads, Path(EXAMPLE).read_text(encoding="utf-8").splitlines())}
    for section in of_file["sections"]:
        for count in section["counts"]:
            assert len(count["places"]) == count["count"]
            assert count["low"] <= (count["share"] or 0) <= count["high"]
            for place in count["places"]:
                assert " ".join(texts[place["article"]][a:b] for a, b in place["spans"]) == place["text"]


def test_it_is_told_apart_and_the_parts_make_the_whole(archive: str) -> None:
    (whole,) = audited("--archive", archive)
    for by in ("article", "outlet", "story", "month"):
        parts = audited("--archive", archive, "--by", by)
        assert sum(part["statements"] for part in parts) == whole["statements"]
        assert sum(len(part["articles"]) for part in parts) == 11


def test_an_outlet_a_period_a_story_and_an_article(archive: str) -> None:
    (outlet,) = audited("--archive", archive, "--outlet", "saltmere advertiser")
    assert len(outlet["articles"]) == 2
    (period,) = audited("--archive", archive, "--from", "2025-05-20", "--to", "2025-05-20")
    assert len(period["articles"]) == 3
    largest, *_ = audited("--archive", archive, "--by", "story")
    (story,) = audited("--archive", archive, largest["key"][:12])
    assert story["articles"] == largest["articles"]
    (article,) = audited("--archive", archive, story["articles"][0])
    assert article["articles"] == story["articles"][:1]


def test_stories_by_their_origins_where_they_are_traced(archive: str) -> None:
    (untraced,) = audited("--archive", archive)
    assert not counts(untraced, "origins of the main claim")
    (traced,) = audited("--archive", archive, "--trace")
    assert sum(counts(traced, "origins of the main claim").values()) == 1


def test_for_people(archive: str) -> None:
    done = volgens("--archive", archive, "--by", "outlet")
    assert done.exit_code == 0
    assert "Saltmere Advertiser\n2 articles · " in done.stdout
    assert "named people" in done.stdout
    assert "####" in done.stdout
    assert "does not tell whether what they say is so" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_narrow_it_has_no_bars(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    done = volgens("--archive", archive)
    assert "#" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 60


def test_what_is_not_there_is_told(archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = volgens("--archive", archive, "--outlet", "De Waard")
    assert done.exit_code == 1
    assert "no article of that outlet and time" in done.stderr
    assert "Handelsgazet" in done.stderr
    done = volgens("--archive", archive, "abcdef0123")
    assert done.exit_code == 1
    assert "no story or article abcdef0123" in done.stderr
    monkeypatch.chdir(tmp_path)
    done = volgens("weg.txt")
    assert done.exit_code == 1
    assert done.stderr == "volgens: weg.txt: no such file\n"
    assert "no such archive" in volgens().stderr


@pytest.mark.parametrize("options", [["--from", "gisteren"], ["--to", "2025-13"], ["--by", "author"]])
def test_wrong_use(options: list[str]) -> None:
    done = volgens("a.jsonl", *options)
    assert done.exit_code == 2
    assert options[0] in done.stderr
