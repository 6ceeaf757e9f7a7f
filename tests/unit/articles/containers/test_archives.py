"""WARC and WACZ: each page that was answered, whatever is broken beside it."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from benchmarks.samples import ENGLISH, PAGE, TITLE, URL, WACZ, WARC, WARC_GZ, page_at, wacz, warc_record
from volgens.articles.containers import found, found_in
from volgens.articles.found import Found
from volgens.config import Settings
from volgens.errors import NotText, TooLarge


def read(data: bytes, settings: Settings | None = None) -> list[Found]:
    return list(found_in(data, "day", settings or Settings()))


def urls(all_found: list[Found]) -> list[str | None]:
    return [one.article.url for one in all_found if one.article]


RECORDS = [warc_record(f"{URL}-{number}", page_at(f"{URL}-{number}")) for number in range(4)]
PACKED = [gzip.compress(record) for record in RECORDS]
URLS = [f"{URL}-{number}" for number in range(4)]


def test_answers_that_are_pages_or_texts_are_articles_and_nothing_else_is() -> None:
    all_found = read(WARC)
    assert urls(all_found) == [URL, f"{URL}-gz", "https://wharfside.example/ferry.txt"]
    assert [one.seen for one in all_found] == ["2024-11-20T08:00:00+00:00"] * 3
    assert all_found[0].article is not None
    assert (all_found[0].article.title, all_found[0].article.outlet) == (TITLE, "Dagdraad")
    assert all_found[2].article is not None
    assert all_found[2].article.text == ENGLISH


def test_names_are_places_in_the_file() -> None:
    for one in read(WARC_GZ):
        place = int(one.name.removeprefix("day#"))
        assert WARC_GZ[place : place + 2] == b"\x1f\x8b"


def test_texts_that_were_stored_or_converted() -> None:
    for kind in ("resource", "conversion"):
        record = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <{URL}>\r\nWARC-Date: 2024-11-20T08:00:00Z\r\n"
            f"Content-Type: text/plain\r\nContent-Length: {len(ENGLISH)}\r\n\r\n{ENGLISH}\r\n\r\n"
        ).encode()
        (only,) = read(record)
        assert only.article is not None
        assert (only.article.text, only.article.url) == (ENGLISH, URL)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "damage",
    [
        lambda record: record.replace(b"Content-Length: ", b"Content-Length: 9999"),
        lambda record: record.replace(b"Content-Length: ", b"Content-Length: 99999999999999"),
        lambda record: record.replace(b"Content-Length: ", b"Content-Length: -"),
        lambda record: record.replace(b"HTTP/1.1 200 OK", b"\xff\xfe\x00"),
        lambda record: record.replace(b"WARC/1.0", b"WARX/1.0"),
        lambda record: record[: len(record) // 2],
        lambda _: b"zomaar iets\r\n\r\n",
    ],
)
def test_a_damaged_record_costs_no_other(tmp_path: Path, packed: bool, damage: object) -> None:
    assert callable(damage)
    records = [RECORDS[0], damage(RECORDS[1]), RECORDS[2], RECORDS[3]]
    all_found = read(b"".join(map(gzip.compress, records) if packed else records))
    assert [url for url in urls(all_found) if url != URLS[1]] == [URLS[0], *URLS[2:]]
    names = [one.name for one in all_found]
    assert len(set(names)) == len(names)
    data = b"".join(map(gzip.compress, records) if packed else records)
    for skip in range(len(names)):
        (tmp_path / "day").write_bytes(data)
        later = [one.name for one in found(str(tmp_path / "day"), Settings(), skip=skip)]
        assert later == [f"{tmp_path}/{name}" for name in names[skip:]]


def test_damage_to_the_packing_costs_no_other() -> None:
    spoilt = PACKED[1][:60] + b"xxxxxxxxxx" + PACKED[1][70:]
    for broken in (spoilt, PACKED[1][:50], b"zomaar iets"):
        all_found = read(PACKED[0] + broken + PACKED[2] + PACKED[3])
        assert urls(all_found) == [URLS[0], URLS[2], URLS[3]]
        assert len([one for one in all_found if one.error]) == 1


def test_a_record_that_is_cut_off_is_told() -> None:
    all_found = read(b"".join(PACKED)[:-200])
    assert urls(all_found)[:3] == URLS[:3]
    assert len(all_found) == 4


def test_answers_in_chunks() -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE[:100], PAGE[100:])) + b"0\r\n\r\n"
    head = "Content-Type: text/html\r\nTransfer-Encoding: chunked"
    for body in (chunks, PAGE):  # many programs store what they joined, with the header as it came
        (only,) = read(warc_record(URL, body, head=head))
        assert only.article is not None
        assert only.article.title == TITLE


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_an_answer_that_was_stored_unpacked_with_the_header_as_it_came(coding: str) -> None:
    (only,) = read(warc_record(URL, PAGE, head=f"Content-Type: text/html\r\nContent-Encoding: {coding}"))
    assert only.article is not None
    assert only.article.title == TITLE


def test_limits_hold_for_each_record() -> None:
    settings = Settings(max_bytes=50_000)
    bomb = gzip.compress(b"<p>aaaa" * 1_000_000)
    large = warc_record(f"{URL}-groot", b"<p>" * 100_000)
    packed = warc_record(f"{URL}-bom", bomb, head="Content-Type: text/html\r\nContent-Encoding: gzip")
    for archive in (
        RECORDS[0] + large + packed + RECORDS[1],
        b"".join(map(gzip.compress, (RECORDS[0], large, packed, RECORDS[1]))),
    ):
        all_found = read(archive, settings)
        assert [type(one.error) for one in all_found] == [type(None), TooLarge, TooLarge, type(None)]


def test_wacz_reads_its_archives_in_the_order_of_their_names() -> None:
    names = [one.name for one in read(WACZ)]
    assert [name.split("#")[1] for name in names] == ["archive/a.warc.gz"] * 3 + ["archive/b.warc.gz"] * 3
    assert urls(read(wacz((("archive/a.warc", WARC),), packing=zipfile.ZIP_DEFLATED)))[0] == URL


def test_a_broken_archive_in_a_wacz_costs_no_other() -> None:
    all_found = read(wacz((("archive/a.warc.gz", b"\x1f\x8b\x08 kapot"), ("archive/b.warc.gz", WARC_GZ))))
    assert urls(all_found) == [URL, f"{URL}-2", f"{URL}-3"]
    assert all_found[0].error is not None


def test_a_wacz_that_unpacks_to_far_more_is_refused() -> None:
    (only,) = read(wacz((("archive/a.warc", WARC + b"\0" * 10_000_000),), packing=zipfile.ZIP_DEFLATED))
    assert only.error is not None
    assert "packed" in only.error.reason


def test_another_zip_archive_is_named() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "x")
    for data in (written.getvalue(), written.getvalue()[:40]):
        (only,) = read(data)
        assert isinstance(only.error, NotText)
        assert "zip" in only.error.reason
