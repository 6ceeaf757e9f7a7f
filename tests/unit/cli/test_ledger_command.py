"""volgens ledger, as a user calls it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from volgens import examples
from volgens.app import App
from volgens.cli import app
from volgens.records import Article, Due, Mention, Speaker, Statement, Statements, Story, statement_id
from volgens.views.ledger import Ledger, ledger

EXAMPLE = str(examples.FOLDER / "circular-reporting.jsonl")
TEXT = "Ine Roosdael belooft dat de sluis in mei \x1b[2J opengaat. Later zegt Bo Dorn dat de sluis dicht blijft."


def made() -> tuple[Article, Statements]:
    article = Article(TEXT, "https://x.example/1", "De Waard", "Sluis", "nl", "2025-03-04")

    def at(words: str) -> Mention:
        return Mention.of(TEXT, [(TEXT.index(words), TEXT.index(words) + len(words))])

    source, cue, content = at("Ine Roosdael"), at("belooft"), at("dat de sluis in mei \x1b[2J opengaat")
    promise = Statement(
        statement_id(article.id, source, cue, content),
        source,
        cue,
        content,
        "person",
        "promise",
        None,
        0.9,
        speaker=Speaker("Ine Roosdael"),
        due=Due("2025-05-01", "2025-05-31", "month", at("mei")),
    )
    return article, Statements((promise,))


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The application without its reader. What it was asked is kept."""
    asked: dict[str, Any] = {}

    def told(_: App, inputs: list[str], archive: Path, on: date, *, watched: object) -> tuple[Ledger, tuple[()]]:
        asked.update(inputs=inputs, archive=archive, on=on, watched=watched)
        article, read = made()
        return ledger([article], {article.id: read}, [Story("s", (article.id,))], on), ()

    monkeypatch.setattr(App, "ledger", told)
    return asked


def volgens(*args: str) -> Result:
    return CliRunner().invoke(app, ["ledger", *args])


def test_what_is_overdue_is_shown_without_colour_and_without_what_steers_a_terminal(faked: dict[str, Any]) -> None:
    done = volgens("a.jsonl", "--on", "2025-06-01")
    assert done.exit_code == 0
    assert faked["on"] == date(2025, 6, 1)
    assert "Overdue on 2025-06-01" in done.stdout
    assert "2025-05-01 to 2025-05-31  promise  Ine Roosdael" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_without_a_day_it_is_today(faked: dict[str, Any]) -> None:
    volgens("a.jsonl")
    assert faked["on"] == date.today()


@pytest.mark.usefixtures("faked")
@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--state", "due"], 1),
        (["--state", "overdue"], 0),
        (["--act", "promise"], 1),
        (["--act", "threaten"], 0),
        (["--speaker", "roosdael"], 1),
        (["--speaker", "Bo"], 0),
        (["--from", "2025-05"], 1),
        (["--from", "2025-06"], 0),
        (["--to", "2025-Q1"], 0),
        (["--to", "2025"], 1),
        (["--due-before", "2025-06-01"], 1),
        (["--due-before", "2025-05-31"], 0),
    ],
)
def test_options_leave_out_the_rest(options: list[str], count: int) -> None:
    done = volgens("a.jsonl", "--on", "2025-05-10", "--format", "json", *options)
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["entries"]) == count
    shown = volgens("a.jsonl", "--on", "2025-05-10", *options).stdout
    assert f"{count} entr" in shown
    assert ("out of 1" in shown) is (count == 0)


@pytest.mark.parametrize("option", ["--on", "--from", "--to", "--due-before"])
def test_a_date_that_is_none_is_wrong_use(option: str) -> None:
    done = volgens("a.jsonl", option, "gisteren")
    assert done.exit_code == 2
    assert option in done.stderr
    assert "2024-11-18" in done.stderr


@pytest.mark.parametrize(("option", "value"), [("--state", "done"), ("--act", "deny")])
def test_an_unknown_choice_is_wrong_use(option: str, value: str) -> None:
    assert volgens("a.jsonl", option, value).exit_code == 2


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = volgens("weg.txt")
    assert done.exit_code == 1
    assert "weg.txt: no such file" in done.stderr
    done = volgens()
    assert done.exit_code == 1
    assert "no such archive" in done.stderr


def test_an_example_from_its_file_and_from_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    of_file = json.loads(volgens(EXAMPLE, "--on", "2025-11-05", "--format", "json").stdout)
    entries = of_file["entries"]
    assert {entry["state"] for entry in entries} == {"due", "overdue", "open"}
    several = [entry for entry in entries if len(entry["tellings"]) > 1]
    assert several, "an agency's text that others copied is one entry"
    texts = {row["id"]: row["text"] for row in map(json.loads, Path(EXAMPLE).read_text(encoding="utf-8").splitlines())}
    for entry in entries:
        for told in (entry, *entry["tellings"], *entry["later"]):
            text = texts[told["article"]["id"]]
            assert " ".join(text[a:b] for a, b in told["content"]["spans"]) == told["content"]["text"]
    assert any(later["words"] for entry in entries for later in entry["later"])
    assert CliRunner().invoke(app, ["add", EXAMPLE]).exit_code == 0
    of_archive = json.loads(volgens("--on", "2025-11-05", "--format", "json").stdout)
    assert [entry["id"] for entry in of_archive["entries"]] == [entry["id"] for entry in entries]
