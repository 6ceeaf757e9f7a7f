"""volgens search, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from volgens.cli import app

TEXT = "De bakkerij sluit in mei, zegt eigenaar Ine Roosdael. De gemeente wil niet reageren."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    made = folder / "a.db"
    done = CliRunner().invoke(
        app, ["add", str(folder / "a.txt"), "--archive", str(made), "--outlet", "De Kadekrant", "--published", "2025-03-04"]
    )
    assert done.exit_code == 0, done.output
    return made


def run(archive: Path, *words: str) -> str:
    done = CliRunner().invoke(app, ["search", *words, "--archive", str(archive)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_was_not_read_yet_is_read_first(archive: Path) -> None:
    assert "nothing found" in run(archive, "bakkerij", "--no-read")
    found = run(archive, "bakkerij")
    assert "Ine Roosdael" in found
    assert "De bakkerij sluit in mei" in found
    assert "2025-03-04 · De Kadekrant" in found
    assert "Ine Roosdael" in run(archive, "bakkerij", "--no-read")


def test_choices_and_json(archive: Path) -> None:
    data = json.loads(run(archive, "--kind", "person", "--kind", "organisation", "--to", "2025-03", "--format", "json"))
    assert {row["speaker"] for row in data["statements"]} >= {"Ine Roosdael"}
    assert data["total"] == len(data["statements"])
    assert {facet["value"] for facet in data["facets"]["outlet"]} == {"De Kadekrant"}
    assert json.loads(run(archive, "--outlet", "Dagdraad", "--format", "json"))["statements"] == []


def test_a_date_that_is_none_is_wrong_use(archive: Path) -> None:
    done = CliRunner().invoke(app, ["search", "x", "--from", "yesterday", "--archive", str(archive)])
    assert done.exit_code == 2
    assert "2025-03-04" in done.output


def test_no_archive_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["search", "x", "--archive", str(tmp_path / "none.db")])
    assert done.exit_code == 1
    assert "volgens add" in done.output
