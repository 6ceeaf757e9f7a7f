"""An archive says whether it is well, and mends what it can."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.contract.test_search import ROWS
from volgens.app import App
from volgens.archive.store import Archive
from volgens.errors import ArchiveError
from volgens.places import Place
from volgens.records import Statements


def _filled(where: Place) -> None:
    with Archive(where) as archive, archive.writing() as writer:
        for article, read in ROWS:
            writer.add(article, name="x")
            writer.keep(article, read)


def test_a_sound_archive_is_well_and_looking_changes_nothing(where: Place) -> None:
    _filled(where)
    found = {one.what: one for one in App().examine(where)}
    assert {one.health for one in found.values()} <= {"well", "note"}
    assert found["articles"].found == "3, in 3 versions"
    assert found["statements"].found == "4"
    assert found["reading"].health == "well"
    assert found["stories"].health == "note"
    App().stories([], where)
    assert App().examine(where) == App().examine(where)


def test_what_was_not_read_is_noted(where: Place) -> None:
    with Archive(where) as archive, archive.writing() as writer:
        writer.add(ROWS[0][0], name="x")
        writer.add(ROWS[1][0], name="x")
        writer.keep(ROWS[1][0], Statements())
    assert next(one for one in App().examine(where) if one.what == "reading").found.startswith("1 version")


def test_an_index_that_does_not_agree_is_told_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    _filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO statements_words(statements_words) VALUES('delete-all')")
    connection.close()
    assert next(one for one in App().examine(path) if one.what == "index of words").health == "ill"
    assert next(one for one in App().examine(path, mend=True) if one.what == "index of words").health == "well"
    assert next(one for one in App().examine(path) if one.what == "index of words").health == "well"


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    _filled(path)
    whole = bytearray(path.read_bytes())
    for at in range(8192, len(whole) - 100, 4096):
        whole[at : at + 60] = b"\xff" * 60
    path.write_bytes(whole)
    try:
        found = App().examine(path)
    except ArchiveError:
        return  # so much that it cannot be opened
    assert any(one.health == "ill" and one.advice for one in found)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such archive"):
        App().examine(tmp_path / "none.db")
