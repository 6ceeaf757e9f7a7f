"""What every archive does: each article once, versions in the order of what was seen, and nothing half written."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

import volgens
from volgens.archive.store import HEAD, Archive, Progress
from volgens.codec import encode
from volgens.config import VERSION
from volgens.errors import ArchiveError
from volgens.places import Place
from volgens.records import Article, Defect
from volgens.views.search import Question

URL = "https://kade.example/1"
ONE = Article("De sluis gaat dicht, zegt Ine Roosdael.", url=URL, title="Sluis dicht", language="nl")
TWO = replace(ONE, text="De sluis blijft open, zegt Ine Roosdael.")


@pytest.fixture
def archive(empty: Archive) -> Archive:
    return empty


def _add(archive: Archive, article: Article, name: str = "x", seen: str | None = None) -> str:
    with archive.writing() as writer:
        return writer.add(article, name=name, seen=seen)


def _shown(archive: Archive, which: str = URL) -> list[str]:
    return [version.article for version in archive.versions(which)]


def test_new_version_known(archive: Archive) -> None:
    assert [_add(archive, a) for a in (ONE, ONE, TWO, TWO, ONE)] == ["new", "known", "version", "known", "known"]
    assert _shown(archive) == [ONE.id, TWO.id]
    assert archive.count() == (1, 2)


def test_an_article_comes_back_the_same(archive: Archive) -> None:
    _add(archive, ONE)
    assert archive.article(ONE.id) == archive.article(ONE.id[:6]) == ONE


def test_versions_are_ordered_by_when_they_were_seen_and_may_come_back(archive: Archive) -> None:
    seen = ["2026-01-01T10:00:00+00:00", "2026-01-01T11:00:00+00:00", "2026-01-01T12:00:00+00:00"]
    rows = list(zip((ONE, TWO, ONE), seen, strict=True))
    assert [_add(archive, a, seen=s) for a, s in (rows[2], rows[0], rows[1])] == ["new", "known", "version"]
    assert _shown(archive) == [TWO.id, ONE.id]
    again = [_add(archive, a, seen=s) for a, s in rows]
    assert again == ["version", "known", "known"]
    assert _shown(archive) == [ONE.id, TWO.id, ONE.id]
    assert [_add(archive, a, seen=s) for a, s in rows] == ["known"] * 3


def test_addresses_of_one_page_lead_to_one_work(archive: Archive) -> None:
    _add(archive, replace(ONE, twins=("https://amp.kade.example/1",)))
    assert _add(archive, replace(TWO, url="https://amp.kade.example/1?utm_source=x")) == "version"
    assert _shown(archive, "http://www.kade.example/1/") == _shown(archive, "https://amp.kade.example/1")


def test_without_an_address_the_text_or_its_file_tells(archive: Archive) -> None:
    one, two = replace(ONE, url=None), replace(TWO, url=None)
    assert [_add(archive, one, "a.txt"), _add(archive, one, "copy.txt"), _add(archive, two, "a.txt")] == ["new", "known", "version"]
    assert _add(archive, two, "b.txt") == "known"
    assert _shown(archive, "a.txt") == [one.id, two.id]


def test_statements_are_kept_and_come_back_the_same(archive: Archive) -> None:
    article, read = volgens.read("De sluis gaat in mei dicht, zegt Ine Roosdael.", published="2026-03-01")
    _add(archive, article)
    assert archive.statements(article.id) is None
    for _ in range(2):
        with archive.writing() as writer:
            writer.keep(article, read)
    assert archive.statements(article.id) == read


def test_failures_and_progress(archive: Archive) -> None:
    assert archive.progress("day.warc") is None
    with archive.writing() as writer:
        writer.fail("day.warc#3", "no text")
        writer.mark("day.warc", Progress("f", 3, done=False))
        writer.mark("day.warc", Progress("f", 7, done=True))
    assert archive.progress("day.warc") == Progress("f", 7, done=True)


def test_a_transaction_that_fails_leaves_nothing(archive: Archive) -> None:
    def half_way() -> None:
        with archive.writing() as writer:
            writer.add(ONE, name="x", met=(Defect("articles", "odd"),))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_way()
    assert archive.count() == (0, 0)


@pytest.mark.parametrize("id", ["0000", "abc", ""])
def test_an_id_that_is_not_there(archive: Archive, id: str) -> None:
    _add(archive, ONE)
    with pytest.raises(ArchiveError, match="no article"):
        archive.article(id)


def test_it_is_there_when_it_is_opened_again(where: Place) -> None:
    with Archive(where) as archive:
        _add(archive, ONE)
    with Archive(where, create=False) as archive:
        assert _shown(archive) == [ONE.id]


def _others(where: Place, number: int) -> None:
    with Archive(where) as archive:
        for i in range(20):
            _add(archive, replace(ONE, url=f"{URL}/{number}/{i}"))


def test_two_writers_lose_nothing(where: Place) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_others, args=(where, number)) for number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Archive(where) as archive:
        assert archive.count() == (40, 40)


def test_a_reader_sees_nothing_of_what_is_half_written(where: Place) -> None:
    with Archive(where) as one, Archive(where) as other:
        with one.writing() as writer:
            writer.add(ONE, name="x")
            assert other.count() == (0, 0)
        assert other.count() == (1, 1)


def _no_database(path: Path) -> None:
    path.write_bytes(b"no database at all " * 100)


def _another_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def _newer(path: Path) -> None:
    Archive(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def _damaged(path: Path) -> None:
    with Archive(path) as archive:
        for i in range(50):
            _add(archive, replace(ONE, url=f"{URL}/{i}", text=ONE.text * 50))
    data = bytearray(path.read_bytes())
    data[4096 : len(data)] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_no_database, "not an archive"),
        (_another_database, "no archive of volgens"),
        (_newer, "newer volgens"),
        (_damaged, "damaged"),
        (Path.mkdir, "a folder"),
    ],
)
def test_what_is_no_sound_archive_is_told(make: object, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    make(path)  # type: ignore[operator]
    with pytest.raises(ArchiveError, match=message):
        Archive(path)


def test_a_missing_folder_or_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="folder does not exist"):
        Archive(tmp_path / "no" / "a.db")
    with pytest.raises(ArchiveError, match="no such archive"):
        Archive(tmp_path / "a.db", create=False)


def test_an_archive_of_an_older_schema_is_brought_up(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.close()
    with Archive(tmp_path / "a.db") as archive:
        assert _add(archive, ONE) == "new"
    with sqlite3.connect(tmp_path / "a.db") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    connection.close()


def test_the_migrations_make_the_tables_that_the_code_knows(archive: Archive) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from volgens.archive.schema import metadata

    with archive._engine.connect() as connection:
        tables = {"include_name": lambda name, _, __: not str(name).startswith(("statements_words", "statements_in_order"))}
        assert compare_metadata(MigrationContext.configure(connection, opts=tables), metadata) == []


def test_statements_of_an_older_schema_are_kept_and_can_be_searched(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    config = Config()
    config.set_main_option("script_location", "volgens.archive:migrations")
    article, read = volgens.read("De bakkerij sluit in mei, zegt eigenaar Ine Roosdael.")
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        whole = encode(article, read)
        kept = json.dumps({key: value for key, value in whole["article"].items() if key != "text"})
        (statement,), (row,) = read, whole["statements"]
        connection.exec_driver_sql("INSERT INTO works VALUES ('w', 'k')")
        connection.exec_driver_sql(
            "INSERT INTO articles VALUES (?, 'w', NULL, 'De Kadekrant', NULL, '2025-05-01', NULL, 'nl', ?, ?)",
            (article.id, article.text, kept),
        )
        connection.exec_driver_sql(
            "INSERT INTO statements VALUES (?, 0, ?, 'eigenaar Ine Roosdael', 'Ine Roosdael', 'zegt', ?, 'person', 'state', "
            "'certain', 'positive', 0.9, ?)",
            (article.id, statement.id, statement.content.text, json.dumps(row)),
        )
        rest = json.dumps({key: whole[key] for key in ("volgens", "times", "defects")})
        connection.exec_driver_sql("INSERT INTO readings VALUES (?, ?, ?)", (article.id, VERSION, rest))
    engine.dispose()
    with Archive(tmp_path / "a.db") as archive:
        assert archive.statements(article.id) == read
        (hit,) = archive.search(Question("bakkerij")).hits
        assert (hit.statement, hit.speaker, hit.outlet, hit.published) == (
            statement.id,
            "Ine Roosdael",
            "De Kadekrant",
            "2025-05-01",
        )
