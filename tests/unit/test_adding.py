"""Adding to an archive: each article once, in whatever it comes, and on from where it stopped."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.samples import SAMPLES
from volgens.adding import Outcome, Wish, add
from volgens.archive.store import Archive
from volgens.articles.given import Given
from volgens.config import Settings

SETTINGS = Settings(timeout=5.0)
TEXT = "De brug over de Lommer blijft nog zeker een jaar dicht, zei wethouder Anke Verschuur dinsdag in de gemeenteraad. " * 3


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db") as store:
        yield store


def lines(count: int, start: int = 0) -> str:
    objects = (
        {"text": f"Bericht {n}. {TEXT}", "url": f"https://dekade.example/{n}", "title": f"Bericht {n}"}
        for n in range(start, start + count)
    )
    return "".join(json.dumps(one) + "\n" for one in objects)


def counted(outcomes: Iterator[Outcome]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts[outcome.result] += outcome.count
    return counts


def whole(archive: Archive) -> list[str]:
    with archive._reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        return [line for line in raw.iterdump() if 'INTO "inputs"' not in line]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_adding_twice_changes_nothing(tmp_path: Path, archive: Archive, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    wish = Wish(follow=False)
    first = counted(add(archive, [str(path)], SETTINGS, wish))
    before = whole(archive)
    again = counted(add(archive, [str(path)], SETTINGS, wish))
    assert whole(archive) == before
    assert again["new"] == again["version"] == 0
    assert sum(again.values()) == sum(first.values())
    copy = tmp_path / f"kopie-{name}"
    copy.write_bytes(SAMPLES[name])
    assert counted(add(archive, [str(copy)], SETTINGS, wish))["new"] == 0 or not first["new"]


def test_it_goes_on_where_it_stopped(tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("volgens.adding._BATCH", 3)
    path = tmp_path / "day.jsonl"
    path.write_text(lines(20))
    told = 0
    for outcome in add(archive, [str(path)], SETTINGS):
        told += outcome.count
        if told == 7:
            break
    # What was told is there, and what was written with it.
    works, _ = archive.count()
    assert 7 <= works <= 9
    counts = counted(add(archive, [str(path)], SETTINGS))
    assert counts == {"known": works, "new": 20 - works}
    assert archive.count() == (20, 20)


def test_a_file_that_grew_is_read_again_and_nothing_is_there_twice(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text(lines(3))
    assert counted(add(archive, [str(path)], SETTINGS)) == {"new": 3}
    path.write_text(lines(5))
    assert counted(add(archive, [str(path)], SETTINGS)) == {"known": 3, "new": 2}


def test_a_text_that_changed_is_a_new_version(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "brug.txt"
    path.write_text(TEXT)
    assert counted(add(archive, [str(path)], SETTINGS)) == {"new": 1}
    path.write_text(TEXT + "Dat zei ook de provincie.")
    assert counted(add(archive, [str(path)], SETTINGS)) == {"version": 1}
    assert len(archive.versions(str(path))) == 2


def test_what_cannot_be_read_costs_no_other(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text(lines(2) + "{kapot\n" + lines(2, start=2))
    outcomes = list(add(archive, [str(tmp_path / "weg.html"), str(path)], SETTINGS))
    assert Counter(outcome.result for outcome in outcomes) == {"failed": 2, "new": 4}
    assert [outcome.name for outcome in outcomes if outcome.error] == [str(tmp_path / "weg.html"), f"{path}#3"]


def test_what_is_given_is_kept(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "brug.txt"
    path.write_text(TEXT)
    list(add(archive, [str(path)], SETTINGS, Wish(given=Given("2024-03-05", "De Kadekrant"))))
    (version,) = archive.versions(str(path))
    article = archive.article(version.article)
    assert (article.published, article.outlet) == ("2024-03-05", "De Kadekrant")


def test_what_a_feed_only_names_is_fetched(site, tmp_path: Path, archive: Archive) -> None:
    items = "".join(f"<item><title>B</title><link>{site.url(f'/{n}')}</link></item>" for n in range(3))
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel><title>De Kadekrant</title>{items}</channel></rss>")
    for n in range(2):
        body = f"<html><body><h1>Bericht {n}</h1><p>{TEXT}</p></body></html>".encode()
        site.replies[f"/{n}"] = (200, {"Content-Type": "text/html"}, body)
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patched:
        patched.setattr("volgens.articles.web.manners.time.sleep", lambda _: None)
        counts = counted(add(archive, [str(feed)], SETTINGS, gate=site.gate()))
    assert counts == {"new": 2, "failed": 1}
    (version,) = archive.versions(site.url("/0"))
    assert version.seen is not None
    assert archive.article(version.article).outlet == "De Kadekrant" or version.url == site.url("/0")


def test_links_are_left_alone_where_asked(tmp_path: Path, archive: Archive) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss version='2.0'><channel><item><title>B</title><link>https://dekade.example/1</link></item></channel></rss>"
    )
    (outcome,) = add(archive, [str(feed)], SETTINGS, Wish(follow=False))
    assert outcome.result == "failed"
    assert "not followed" in (outcome.error.reason if outcome.error else "")


def test_an_address_that_is_private_is_refused(archive: Archive) -> None:
    (outcome,) = add(archive, ["http://127.0.0.1/x"], SETTINGS)
    assert outcome.result == "failed"
    assert "not a public address" in str(outcome.error)


def test_texts_from_a_pipe_are_told_apart_by_their_words(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, expected in ((TEXT, "new"), (TEXT, "known"), (TEXT + "Dat zei ook de provincie.", "new")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert counted(add(archive, ["-"], SETTINGS)) == {expected: 1}


def test_a_row_that_moved_is_no_version_of_another(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / "day.jsonl"
    rows = [json.dumps({"text": f"Bericht {n}. {TEXT}"}) + "\n" for n in range(3)]
    path.write_text("".join(rows))
    assert counted(add(archive, [str(path)], SETTINGS)) == {"new": 3}
    path.write_text("".join([json.dumps({"text": f"Heel iets anders. {TEXT}"}) + "\n", *rows]))
    assert counted(add(archive, [str(path)], SETTINGS)) == {"new": 1, "known": 3}


def test_a_file_is_the_same_from_whatever_folder(tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map").mkdir()
    for name, text in (("brug.txt", TEXT), ("map/brug.txt", "Volgens de provincie is de sluis open. " * 5)):
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    assert counted(add(archive, ["brug.txt"], SETTINGS)) == {"new": 1}
    assert counted(add(archive, ["."], SETTINGS)) == {"known": 1, "new": 1}
    monkeypatch.chdir(tmp_path / "map")
    assert counted(add(archive, ["brug.txt"], SETTINGS)) == {"known": 1}
    (tmp_path / "map" / "brug.txt").write_text(TEXT + "Nieuw slot.")
    assert counted(add(archive, ["brug.txt"], SETTINGS)) == {"version": 1}
    assert len(archive.versions(str(tmp_path / "brug.txt"))) == 1
    assert len(archive.versions("brug.txt")) == 2


def test_the_archive_itself_is_no_article(tmp_path: Path, archive: Archive) -> None:
    (tmp_path / "brug.txt").write_text(TEXT)
    assert counted(add(archive, [str(tmp_path)], SETTINGS)) == {"new": 1}
