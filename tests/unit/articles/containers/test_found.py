"""Any file, folder or stream gives its articles, links and failures, in the same order and by the same names each time."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest

from benchmarks.samples import BODY, JSON_LINES, PAGE, RSS, SAMPLES, TEXT, TITLE, URL, WARC, parquet
from volgens.articles.containers import found, found_in
from volgens.articles.found import Found
from volgens.config import Settings
from volgens.errors import InputError, NotFound, NotText, TooLarge

SETTINGS = Settings()
COUNTS = {
    "page.html": 1, "text.txt": 1, "english.txt": 1, "rss.xml": 3, "atom.xml": 2, "feed.json": 2, "feeds.opml": 2, "sitemap.xml": 2,
    "sitemap-index.xml": 1, "ninjs.json": 1, "ninjs-3.json": 1, "nitf.xml": 1, "newsml.xml": 3, "rows.csv": 3, "rows.jsonl": 3,
    "rows.jsonl.gz": 3, "brief.eml": 1, "brief.mbox": 2, "day.warc": 3, "day.warc.gz": 3, "day.wacz": 6, "article.pdf": 1,
    "plain.pdf": 1,
}  # fmt: skip


def put(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def test_there_is_a_count_for_each_sample() -> None:
    assert COUNTS.keys() == SAMPLES.keys()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("way", ["its own name", "no name", "a pipe", "packed", "an address"])
def test_each_kind_is_told_by_its_content(tmp_path: Path, name: str, way: str) -> None:
    data = SAMPLES[name]
    if way == "its own name":
        all_found = list(found(put(tmp_path, name, data), SETTINGS))
    elif way == "no name":
        all_found = list(found(put(tmp_path, "x", data), SETTINGS))
    elif way == "a pipe":
        all_found = list(found("-", SETTINGS, stdin=Pipe(data)))
    elif way == "packed":
        all_found = list(found(put(tmp_path, f"{name}.gz", gzip.compress(data)), SETTINGS))
        if name.endswith(".gz"):
            # Packed twice is no kind of container.
            assert [type(one.error) for one in all_found] == [NotText]
            return
    else:
        all_found = list(found_in(data, "https://dagdraad.example/x", SETTINGS, url="https://dagdraad.example/x"))
    assert [one.error for one in all_found] == [None] * COUNTS[name]
    assert all(one.article or one.link for one in all_found)
    names = [one.name for one in all_found]
    assert len(set(names)) == len(names)


class Pipe(io.BytesIO):
    """Gives little at a time, and cannot be searched."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(1000, size) if size is not None and size >= 0 else 1000)

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation("seek")


def test_a_pipe_and_a_file_give_the_same(tmp_path: Path) -> None:
    for name in ("day.warc", "rows.jsonl", "rows.csv", "rss.xml", "brief.mbox", "page.html"):
        path = put(tmp_path, name, SAMPLES[name])
        from_file = [(one.article, one.link, one.seen) for one in found(path, SETTINGS)]
        assert from_file == [(one.article, one.link, one.seen) for one in found("-", SETTINGS, stdin=Pipe(SAMPLES[name]))]


def test_parquet(tmp_path: Path) -> None:
    data = parquet([{"kop": f"{TITLE} {number}", "body": TEXT, "url": f"{URL}-{number}"} for number in range(20)])
    all_found = list(found(put(tmp_path, "x", data), SETTINGS))
    assert [one.article.title for one in all_found if one.article] == [f"{TITLE} {number}" for number in range(20)]
    assert len(list(found("-", SETTINGS, stdin=Pipe(data)))) == 20


def test_a_folder_is_read_in_order_without_what_is_no_article(tmp_path: Path) -> None:
    put(tmp_path, "b.html", PAGE)
    put(tmp_path, "b_files/style.css", b"p {}")
    put(tmp_path, "b_files/frame.html", PAGE)
    put(tmp_path, "a/z.txt", TEXT.encode())
    put(tmp_path, "a/c.jsonl", JSON_LINES)
    put(tmp_path, "a/sluis.jpg", b"\xff\xd8\xff\xe0")
    put(tmp_path, ".verborgen/x.txt", TEXT.encode())
    put(tmp_path, ".x.txt", TEXT.encode())
    put(tmp_path, "leeg.txt", b"")
    os.mkfifo(tmp_path / "pijp")
    (tmp_path / "rond").symlink_to(tmp_path, target_is_directory=True)
    all_found = list(found(str(tmp_path), SETTINGS))
    expected = ["a/c.jsonl#1", "a/c.jsonl#2", "a/c.jsonl#3", "a/z.txt", "b.html", "leeg.txt"]
    assert [one.name.removeprefix(f"{tmp_path}/") for one in all_found] == expected
    assert [one.name for one in all_found if one.error] == [str(tmp_path / "leeg.txt")]


@pytest.mark.parametrize("skip", [0, 1, 5, 39, 40, 1000])
def test_the_first_can_be_left_out(tmp_path: Path, skip: int) -> None:
    for name, data in SAMPLES.items():
        put(tmp_path, name, data)
    everything = list(found(str(tmp_path), SETTINGS))
    assert list(found(str(tmp_path), SETTINGS, skip=skip)) == everything[skip:]


def test_what_is_left_out_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from volgens.articles.containers import warc

    read: list[str] = []
    real = warc.read_single
    monkeypatch.setattr(
        warc, "read_single", lambda kind, data, name, **more: (read.append(name), real(kind, data, name, **more))[1]
    )
    path = put(tmp_path, "day.warc", WARC)
    last = list(found(path, SETTINGS, skip=1))
    assert read == [one.name for one in last]


@pytest.mark.parametrize("what", ["", "nergens.txt", "https://dagdraad.example/x", "a\0b", "x" * 5000])
def test_what_is_not_there_is_an_error_and_nothing_is_raised(what: str) -> None:
    (only,) = found(what, SETTINGS)
    assert isinstance(only.error, InputError)
    assert only.name == what


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    (only,) = found(str(tmp_path / "weg.txt"), SETTINGS)
    assert isinstance(only.error, NotFound)


def test_one_that_is_too_large_costs_no_other(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", TEXT.encode() * 10)
    put(tmp_path, "b.txt", TEXT.encode())
    first, second = found(str(tmp_path), Settings(max_bytes=2000))
    assert isinstance(first.error, TooLarge)
    assert second.article is not None
    assert second.article.text == TEXT


def test_what_an_address_answers_keeps_its_address() -> None:
    (only,) = found_in(PAGE.replace(URL.encode(), b""), "naam", SETTINGS, url="https://dagdraad.example/a", media_type="text/html")
    assert only.article is not None
    assert (only.name, only.article.url) == ("naam", "https://dagdraad.example/a")


def test_a_fragment_is_a_page_where_a_header_says_so() -> None:
    (only,) = found_in(f"Dit is <b>de</b> sluis.{BODY}".encode(), "naam", SETTINGS, media_type="text/html")
    assert only.article is not None
    assert "<p>" not in only.article.text


def test_damage_to_the_packing_costs_only_what_comes_after(tmp_path: Path) -> None:
    rows = [f'{{"text": "De sluis is dicht, zegt schipper {number} van De Boeg."}}'.encode() for number in range(5000)]
    data = gzip.compress(b"\n".join(rows))
    all_found = list(found(put(tmp_path, "a.jsonl.gz", data[: len(data) // 2]), SETTINGS))
    good = [one for one in all_found if one.article]
    assert len(good) > 1000
    assert all_found[-1].error is not None
    assert "too early" in all_found[-1].error.reason
    feed = list(found_in(gzip.compress(RSS)[:-9], "x", SETTINGS))
    assert len(feed) == 3
    assert all("damaged" in one.defects[0].message for one in feed)


@pytest.mark.parametrize(
    "text", ["[[De sluis]] is dicht, zegt hij.", "[Update] De sluis is dicht.", "{De sluis} is dicht.", "From: nu af is"]
)
def test_a_text_that_begins_like_something_else_is_a_text(text: str) -> None:
    (only,) = found_in(text.encode(), "x", SETTINGS)
    assert only.article is not None
    assert only.article.text == text


def test_xml_of_another_kind_is_named() -> None:
    (only,) = found_in(b'<?xml version="1.0"?><invoice><total>12 euro</total></invoice>', "x.xml", SETTINGS)
    assert only.error is not None
    assert "XML" in only.error.reason


def test_a_fault_of_volgens_itself_costs_one_article_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from volgens.articles.containers import objects

    def broken(_value: object, _columns: object, name: str) -> Found:
        if name.endswith("#2"):
            raise KeyError("oops")
        return Found(name, link=URL)

    monkeypatch.setattr(objects, "read_object", broken)
    first, second, third = found(put(tmp_path, "a.jsonl", JSON_LINES), SETTINGS)
    assert (first.link, third.link) == (URL, URL)
    assert second.error is not None
    assert "fault in volgens" in second.error.reason
