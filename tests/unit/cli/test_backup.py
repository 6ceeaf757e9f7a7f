"""A copy of an archive is an archive; what is there already is not written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from volgens.archive.store import Archive
from volgens.cli import app
from volgens.records import Article

ONE = Article("De sluis gaat dicht, zegt Ine Roosdael.", url="https://kade.example/1", language="nl")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a.db") as made, made.writing() as writer:
        writer.add(ONE, name="x")
    return tmp_path / "a.db"


def test_the_copy_holds_what_the_archive_held(archive: Path, tmp_path: Path) -> None:
    with Archive(archive) as open_one:
        done = CliRunner().invoke(app, ["backup", str(tmp_path / "b.db"), "--archive", str(archive)])
        assert done.exit_code == 0, done.output
        with open_one.writing() as writer:
            writer.add(Article("Later.", url="https://kade.example/2"), name="y")
    with Archive(tmp_path / "b.db", create=False) as copy:
        assert copy.count() == (1, 1)
        assert copy.article(ONE.id) == ONE
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize(
    ("to", "said"), [("there.db", "is there already"), ("no/such/b.db", "folder"), ("a.db", "is there already")]
)
def test_nothing_is_written_over(archive: Path, tmp_path: Path, to: str, said: str) -> None:
    (tmp_path / "there.db").write_text("mine")
    done = CliRunner().invoke(app, ["backup", str(tmp_path / to), "--archive", str(archive)])
    assert done.exit_code == 1
    assert said in done.output
    assert (tmp_path / "there.db").read_text() == "mine"


def test_without_an_archive_there_is_no_copy(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["backup", str(tmp_path / "b.db"), "--archive", str(tmp_path / "none.db")])
    assert done.exit_code == 1
    assert "no such archive" in done.output
    assert not (tmp_path / "b.db").exists()
