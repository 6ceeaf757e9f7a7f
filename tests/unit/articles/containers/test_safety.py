"""What others send is not trusted: no entities, no network, no bombs, nothing that takes minutes."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.samples import BODY, PAGE, URL, warc_record
from volgens.articles.containers import found_in
from volgens.articles.found import Found
from volgens.articles.pages.bounded import read_any_page
from volgens.config import Settings
from volgens.errors import NotText, TooLarge

PARTS = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (depth, depth) for depth in range(900))


def read(data: bytes, name: str = "x") -> list[Found]:
    return list(found_in(data, name, Settings()))


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < 10


def test_entities_are_not_expanded() -> None:
    laughs = '<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    feed = (
        f'<?xml version="1.0"?><!-- x --><!DOCTYPE rss [{laughs}]><rss><channel><item><title x="&i;">Sluis &i; dicht</title>'
        f"<link>{URL}</link></item></channel></rss>"
    )
    (only,) = read(feed.encode())
    assert only.article is not None
    assert (only.article.title or "").startswith("Sluis")
    assert "haha" not in (only.article.title or "")
    assert any("not expanded" in defect.message for defect in only.defects)


@pytest.mark.parametrize("wrap", ["{}", "<!-- -->{}", "<!DOCTYPE rss>{}"])
def test_files_are_not_drawn_in(tmp_path: Path, wrap: str) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    doctype = wrap.format(f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>')
    item = f"<item><title>Sluis &x;</title><link>{URL}</link></item>"
    (only,) = read(f"<?xml version='1.0'?>{doctype}<rss><channel>{item}</channel></rss>".encode())
    assert only.article is not None
    assert "geheim" not in str(only)


def test_a_page_of_too_many_bytes_is_refused() -> None:
    bomb = warc_record(URL, gzip.compress(b"<p>aaaa" * 3_000_000), head="Content-Type: text/html\r\nContent-Encoding: gzip")
    (only,) = read(bomb)
    assert isinstance(only.error, TooLarge)


def test_a_page_of_too_many_tags_is_read_plainly() -> None:
    article, defects = read_any_page(b"<html><body>" + BODY.encode() * 10_000 + b"<script>nee</script></body></html>", "x")
    assert "nee" not in article.text
    assert len(article.text.splitlines()) == 50_000
    assert "tags" in defects[0].message


@pytest.mark.parametrize(
    "tag",
    [
        b"<p " + b"".join(b"a%d=x " % number for number in range(60_000)) + b">",
        b"<p " + b"".join(b'a%d="x y" ' % number for number in range(60_000)) + b">",
    ],
)
def test_a_tag_of_too_many_attributes_is_refused(tag: bytes) -> None:
    with pytest.raises(NotText, match="attributes"):
        read_any_page(b"<html><body>" + tag + BODY.encode(), "x")


def test_a_long_attribute_is_no_harm() -> None:
    data = PAGE.replace(b"<nav>", b'<nav data-x="' + b"woord " * 20_000 + b'">')
    assert read_any_page(data, "x")[0].title == read_any_page(PAGE, "x")[0].title


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.html", b"<html><body>" + b"<div>" * 100_000),
        ("x.html", b"<html><body>" + b"<table><tr><td>x" * 10_000),
        ("x.html", b"<html><body>" + b"<script>" * 100_000),
        ("x.html", b"<html><body>" + b"<!--" * 200_000),
        ("x.html", b"<html><body>" + b"<" * 500_000),
        ("x.xml", b"<rss><channel><item><description>" + b"<a>" * 200_000),
        ("x.xml", b"<?xml version='1.0'?><!DOCTYPE rss [" + b"'" * 500_001 + b"<rss>"),
        ("x.xml", b"<rss><channel><item><title>" + b"&" * 500_000),
        ("x.json", b'{"text":' + b"[" * 500_000),
        ("x.json", b'{"text":' + b"9" * 500_000 + b"}"),
        ("x.csv", b"id,text\n" + b'"\n' * 20_000),
        ("x.csv", b"id,text\n" + b"a," * 500_000),
        ("x.warc", b"WARC/1.0\r\n" * 50_000),
        ("x.warc.gz", gzip.compress(b"WARC/1.0\r\n") * 10_000),
        ("x.warc.gz", gzip.compress(warc_record(URL, b"\0" * 200_000_000), 1)),
        ("x.txt.gz", gzip.compress(b"\0" * 200_000_000, 1)),
        ("x.eml", b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n" + PARTS + b"x\n" * 100_000),
    ],
)  # fmt: skip
def test_what_is_made_to_take_long_does_not(name: str, data: bytes) -> None:
    for number, one in enumerate(read(data, name)):
        assert isinstance(one, Found)
        assert one.error is None or "fault in volgens" not in one.error.reason
        if number > 100:
            break
