"""volgens stories, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from volgens.cli import app

WIRE = (
    "De Zwaluwbrug bij Hoogwaarde vertoont scheuren en gaat voor de zomer dicht voor zwaar verkeer. Inspecteurs van de provincie "
    "Lommerland vonden de schade bij een gewone controle in januari. Volgens het conceptrapport zijn "
    "twee van de vier pijlers aangetast."
)
ROWS = (
    {
        "text": WIRE,
        "url": "https://waardpost.example/1",
        "outlet": "Waardpost",
        "title": "Zwaluwbrug dicht",
        "published": "2025-03-04",
    },
    {
        "text": WIRE + " Dat meldt de provincie.",
        "url": "https://dagdraad.example/2",
        "outlet": "Dagdraad",
        "published": "2025-03-05",
    },
    {
        "text": "De ijsbaan opent zaterdag, mits het vriest, zegt de voorzitter.",
        "url": "https://x.example/3",
        "published": "2025-03-05",
    },
)


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "day.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


@pytest.mark.usefixtures("rows")
def test_stories_of_a_file_and_of_an_archive_are_the_same() -> None:
    of_file = CliRunner().invoke(app, ["stories", "day.jsonl", "--format", "json"])
    assert of_file.exit_code == 0
    (story,) = json.loads(of_file.stdout)["stories"]
    assert [article["outlet"] for article in story["articles"]] == ["Waardpost", "Dagdraad"]
    (derivation,) = story["derivations"]
    first, second = (article["id"] for article in story["articles"])
    assert (derivation["from"], derivation["to"], derivation["type"], derivation["reason"]) == (first, second, "copies", "date")
    assert derivation["evidence"]["text"] in WIRE
    assert story["own"] == [first]
    CliRunner().invoke(app, ["add", "day.jsonl"])
    assert json.loads(CliRunner().invoke(app, ["stories", "--format", "json"]).stdout) == json.loads(of_file.stdout)


@pytest.mark.usefixtures("rows")
def test_stories_for_people() -> None:
    shown = CliRunner().invoke(app, ["stories", "day.jsonl", "weg.txt"])
    assert shown.exit_code == 1
    assert "weg.txt: no such file" in shown.stderr
    assert "Zwaluwbrug dicht" in shown.stdout
    assert "from Waardpost, which is earlier" in shown.stdout
    assert "1 story of 2 articles, out of 3" in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80


@pytest.mark.usefixtures("rows")
def test_without_an_archive_it_says_what_to_do() -> None:
    shown = CliRunner().invoke(app, ["stories"])
    assert shown.exit_code == 1
    assert "no such archive" in shown.stderr
