"""Whatever the bytes are, containers give Found and nothing else, the same each time."""

from __future__ import annotations

import gzip
import io
import json
import re
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import case, fault, originals
from volgens.articles.containers import found_in
from volgens.articles.containers.entries import UNEXPECTED
from volgens.articles.containers.pdf import paragraphs
from volgens.articles.dates import iso
from volgens.articles.packed import Unpacked, gunzip
from volgens.config import Settings
from volgens.errors import NotText
from volgens.records import Defect

SMALL = Settings(max_bytes=100_000)
STARTS = (b"", b"<rss>", b"<?xml ", b"WARC/1.0\r\n", b"{", b"id,text\n", b"From: a\nSubject: b\nMIME-Version: 1.0\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"PAR1", b"%PDF-")  # fmt: skip  # noqa: E501
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(("text", "html", "title", "url", "date", "authors", "source", "uri", "bodies", "value", "headline", "items", "version", "volgens", "article")), inner),  # noqa: E501
    max_leaves=20,
)  # fmt: skip


@given(st.sampled_from(STARTS), st.binary(max_size=500))
def test_any_bytes(start: bytes, rest: bytes) -> None:
    first = list(found_in(start + rest, "x", SMALL))
    assert [str(one) for one in first] == [str(one) for one in found_in(start + rest, "x", SMALL)]
    assert first
    assert not [one for one in first if one.error and UNEXPECTED in one.error.reason]


@given(VALUES)
def test_any_json(value: object) -> None:
    for data in (
        value,
        {"version": "https://jsonfeed.org/version/1", "items": [value]},
        {"standard": {"name": "ninjs"}, "body_text": "x", "uri": value},
    ):
        assert fault("x.json", json.dumps(data).encode()) is None


@settings(max_examples=60)
@given(st.integers(min_value=10**6, max_value=10**9))
def test_any_mutation(number: int) -> None:
    name, data = case(0, number, originals())
    assert fault(name, data) is None


@given(st.text() | st.integers() | st.floats() | st.datetimes().map(str) | st.dates().map(str))
def test_a_date_is_one_that_python_reads(value: object) -> None:
    found = iso(value)
    if found is not None and len(found) > 7:
        datetime.fromisoformat(found)


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=4), st.integers(min_value=0, max_value=400), st.binary(max_size=8))
def test_unpacking_as_it_is_read_gives_what_unpacking_at_once_gives(parts: list[bytes], cut: int, end: bytes) -> None:
    packed = b"".join(map(gzip.compress, parts))[: cut or None] + end
    stream = Unpacked(io.BytesIO(packed))
    pieces = stream.readall()
    try:
        whole, defects = gunzip(packed, 10_000, "x")
    except NotText:
        whole, defects = b"", (Defect("articles", "damaged"),)
    assert pieces == whole
    assert bool(stream.damage) == bool(defects)


@given(st.lists(st.text(alphabet="ab -.\n", max_size=200), max_size=2))
def test_joining_lines_to_paragraphs_keeps_all_letters(pages: list[str]) -> None:
    assert re.findall("[ab]", paragraphs(pages)) == re.findall("[ab]", "".join(pages))
