"""volgens export, as a user calls it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pyarrow import parquet
from typer.testing import CliRunner, Result

from tests.exported import FIRST, READINGS, VIEW
from volgens import examples
from volgens.articles.containers import found
from volgens.cli import app
from volgens.cli.export import To
from volgens.config import Settings
from volgens.errors import ArchiveError, InputError, NotFound
from volgens.records import Article
from volgens.views.exports.reading import Reading
from volgens.views.exports.rows import COLUMNS
from volgens.views.traces import StoryTrace

TRACED = {"prov-json", "prov-turtle", "schema-org"}


class FakeApp:
    """What is read is always the same; inputs whose names begin with "missing" are not there."""

    asked: list[str] = []  # noqa: RUF012

    def readings(
        self, what: Sequence[str], archive: Path, *, watched: Callable[[int, int], None] | None = None
    ) -> tuple[tuple[Article, ...], Iterator[Reading], tuple[InputError, ...]]:
        assert watched is not None
        self.asked.append("readings")
        failures = self._failures(what, archive)
        read = () if what and len(failures) == len(what) else READINGS
        return tuple(one.article for one in read), self._each(what, read), failures

    def trace(
        self, what: Sequence[str], archive: Path, *, least: int = 1, watched: Callable[[int, int], None] | None = None
    ) -> tuple[tuple[StoryTrace, ...], tuple[InputError, ...]]:
        assert least == 1
        assert watched is not None
        self.asked.append("trace")
        failures = self._failures(what, archive)
        return () if what and len(failures) == len(what) else (VIEW,), failures

    def _each(self, what: Sequence[str], read: Sequence[Reading]) -> Iterator[Reading]:
        yield from read
        if "stopped" in what:
            raise KeyboardInterrupt
        if "full" in what:
            raise OSError(28, "No space left on device")

    def _failures(self, what: Sequence[str], archive: Path) -> tuple[InputError, ...]:
        if not what and archive.name == "none.db":
            raise ArchiveError(f"{archive}: no such archive")
        return tuple(NotFound(one, "no such file") for one in what if one.startswith("missing"))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeApp]:
    monkeypatch.setattr("volgens.app.App", FakeApp)
    monkeypatch.setattr(FakeApp, "asked", [])
    return FakeApp


def export(*args: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, args)])


def opened(to: str, data: bytes) -> object:
    """What a reader of the format makes of ``data``."""
    if to in ("jsonl", "ftm"):
        return [json.loads(line) for line in data.decode().splitlines()]
    if to == "csv":
        return list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    if to == "parquet":
        return parquet.read_table(io.BytesIO(data)).to_pylist()
    if to == "tei":
        return etree.fromstring(data)
    if to == "prov-turtle":
        assert data.startswith(b"@prefix prov:")
        return data.decode()
    return json.loads(data)


@pytest.mark.parametrize("to", list(To))
def test_every_format_goes_to_a_file_and_to_standard_output(fake: type[FakeApp], to: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    done = export("--to", to, "a.jsonl", "--output", file)
    assert (done.exit_code, done.output) == (0, "")
    assert opened(to, file.read_bytes()) is not None
    shown = export("--to", to, "a.jsonl", "--output", "-")
    assert shown.exit_code == 0
    assert shown.stdout_bytes == file.read_bytes()
    assert fake.asked == ["trace" if to in TRACED else "readings"] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.usefixtures("fake")
def test_a_row_for_each_statement() -> None:
    rows: Any = opened("jsonl", export("--to", "jsonl", "a.jsonl").stdout_bytes)
    assert [row["version"] for row in rows] == [FIRST.id, FIRST.id, READINGS[1].article.id, READINGS[1].article.id]
    assert rows[0]["content_spans"] == [list(span) for span in READINGS[0].statements[0].content.spans]


@pytest.mark.usefixtures("fake")
def test_what_cannot_be_read_costs_no_other() -> None:
    done = export("--to", "csv", "missing.txt", "a.jsonl")
    assert done.exit_code == 1
    assert "missing.txt: no such file" in done.stderr
    assert len(opened("csv", done.stdout_bytes)) == 4  # type: ignore[arg-type]


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("to", ["csv", "parquet", "prov-json"])
def test_where_nothing_can_be_read_the_file_stays(to: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("as it was")
    assert export("--to", to, "missing.txt", "--output", file).exit_code == 1
    assert file.read_text() == "as it was"


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(("what", "code"), [("stopped", 130), ("full", 1)])
@pytest.mark.parametrize("to", ["jsonl", "csv", "parquet", "webannotation", "tei"])
def test_what_stops_half_way_leaves_the_file_as_it_was(to: str, what: str, code: int, tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("as it was")
    done = export("--to", to, what, "--output", file)
    assert done.exit_code == code
    assert file.read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("a.txt",), "--to"),
        (("--to", "docx", "a.txt"), "docx"),
        (("--to", "csv", "a.txt", "--output", "."), "is a folder"),
        (("--to", "csv", "a.txt", "--output", "nowhere/out.csv"), "does not exist"),
    ],
)
def test_wrong_use_is_told(fake: type[FakeApp], args: tuple[str, ...], told: str) -> None:
    done = export(*args)
    assert done.exit_code == 2
    assert told in done.stderr
    assert fake.asked == []


@pytest.mark.usefixtures("fake")
def test_an_input_and_the_archive_are_not_written_over(tmp_path: Path) -> None:
    text, archive = tmp_path / "a.txt", tmp_path / "news.db"
    text.write_text("tekst")
    archive.write_text("archief")
    for output in (text, archive):
        done = export("--to", "csv", text, "--archive", archive, "--output", output)
        assert done.exit_code == 2
        assert "is also an input" in " ".join(done.stderr.split())


@pytest.mark.usefixtures("fake")
def test_parquet_is_not_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["volgens.cli.export"], "_is_terminal", lambda: True)
    done = export("--to", "parquet", "a.txt")
    assert done.exit_code == 2
    assert "terminal" in done.stderr


@pytest.mark.usefixtures("fake")
def test_csv_steers_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["volgens.cli.export"], "_is_terminal", lambda: True)
    done = export("--to", "csv", "a.txt")
    assert done.exit_code == 0
    assert "\r" not in done.stdout_bytes.decode()


@pytest.mark.usefixtures("fake")
def test_a_missing_archive_is_told() -> None:
    done = export("--to", "csv", "--archive", "none.db")
    assert (done.exit_code, done.stderr) == (1, "volgens: none.db: no such archive\n")


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    from volgens.archive.store import Archive

    with Archive(tmp_path / "empty.db"):
        pass
    done = export("--to", "jsonl", "--archive", tmp_path / "empty.db")
    assert done.exit_code == 1
    assert "no articles in it" in done.stderr


def test_help_names_every_format() -> None:
    done = export("--help")
    assert done.exit_code == 0
    for to in To:
        assert to in done.stdout


def test_the_reference_has_every_format_column_and_option() -> None:
    folder = Path(__file__).parents[3] / "docs" / "reference"
    exports, commands = ((folder / name).read_text(encoding="utf-8") for name in ("exports.md", "cli.md"))
    told = set(re.findall(r"`([\w-]+)`", exports))
    assert {*To, *COLUMNS} <= told
    section = commands[commands.index("## `volgens export") :].partition("\n## ")[0]
    options = set(re.findall(r"--[a-z]+", export("--help").stdout)) - {"--help"}
    assert options == set(re.findall(r"`(--[a-z]+)", section)) | {"--to"}
    assert all(re.search(rf"[ |]{to}[\\`]", section) for to in To)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_whoever_stops_reading_ends_it_quietly() -> None:
    command = [
        sys.executable,
        "-m",
        "volgens",
        "export",
        "--to",
        "webannotation",
        str(examples.FOLDER / "en-ferry-1-ledgerline.txt"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_an_archive_and_its_articles_are_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bo.txt").write_text("De brug gaat in mei dicht, zegt wethouder Bo Dorn.\n", encoding="utf-8")
    (tmp_path / "al.txt").write_text("Er komt een tunnel, meldt burgemeester Al Roos.\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["add", "bo.txt", "al.txt"]).exit_code == 0
    whole: Any = opened("jsonl", export("--to", "jsonl").stdout_bytes)
    assert {row["speaker"] for row in whole} == {"Bo Dorn", "Al Roos"}
    (one,) = [row for row in whole if row["speaker"] == "Bo Dorn"]
    (same,) = opened("jsonl", export("--to", "jsonl", one["version"][:8]).stdout_bytes)  # type: ignore[misc]
    assert same == one
    assert export("--to", "jsonl", "abcdef0123").exit_code == 1


def test_an_example_from_end_to_end() -> None:
    """Read by the network, traced, and written: the offsets of every format point at the same words."""
    story = examples.FOLDER / "en-ferry-1-ledgerline.txt"
    (one,) = found(str(story), Settings())
    assert one.article is not None
    text = one.article.text
    rows: Any = opened("jsonl", export("--to", "jsonl", story).stdout_bytes)
    assert len(rows) > 5
    for row in rows:
        assert row["content"] == " ".join(text[a:b] for a, b in row["content_spans"])
    page: Any = opened("webannotation", export("--to", "webannotation", story).stdout_bytes)
    for item in page["items"]:
        for place, quote in (target["selector"] for target in item["target"]):
            assert quote["exact"] == text[place["start"] : place["end"]]
    assert [item["id"].rpartition(":")[2] for item in page["items"]] == [row["statement"] for row in rows]
    prov: Any = opened("prov-json", export("--to", "prov-json", story).stdout_bytes)
    assert f"article:{one.article.id}" in prov["entity"]
