"""WARC, packed or not -> the pages and texts in it, record by record."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from volgens.articles.containers.entries import Entry, Source, failing
from volgens.articles.dates import iso
from volgens.articles.files import at_most
from volgens.articles.found import Found
from volgens.articles.packed import GZIP, gunzip, inflate, unpacked_start
from volgens.articles.pages.page import looks_like_html
from volgens.articles.single import Single, read_single
from volgens.errors import InputError, NotText, TooLarge
from volgens.records import Article, Defect

_STORED = ("response", "resource", "conversion")
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = (*_PAGES, "text/plain")
_LARGEST_HEADER = 64 * 1024
_NEXT = re.compile(rb"\r\n\r\nWARC/1\.[01]\r\n(?=WARC-|Content-)")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_WINDOW = 1 << 20
_DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
_MOST_DAMAGED = 100
"""How many times in a row the next record is looked for and turns out to be none."""


def read_warc(source: Source) -> Iterator[Entry]:
    """An entry for each answer with status 2xx that is a page or a text, each text that was stored or converted by itself.

    A record that is damaged, or lies about its length, costs no other where the file can be searched for the next one.
    """
    return _Reading(source).entries()


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that holds a page or a text: its bytes as they were sent, and what its headers say of them."""

    name: str
    data: bytes
    media_type: str
    url: str | None
    seen: str | None
    charset: str | None
    chunked: bool
    coding: str
    defects: tuple[Defect, ...]


class _Reading:
    """The reading of one WARC from its beginning. ``_astray``: the next record must be searched for, by what the last one was."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._limit = source.settings.max_bytes
        self._named = (-1, 0)
        self._seekable = source.stream.seekable()
        self._astray = False

    def entries(self) -> Iterator[Entry]:
        begin: int | None = self._source.stream.tell() if self._seekable else 0
        damaged = 0
        while begin is not None:
            last = begin
            try:
                for record in self._records():
                    last = record.stream_pos
                    entry = self._entry(record)
                    if entry is not None:
                        yield entry
                    if self._astray:
                        break
                    damaged = 0
                else:
                    return
                self._astray = False
            except _DAMAGE as error:
                damaged += 1
                if damaged == 1:
                    yield failing(self._name(last), f"the record at this place, or the next, is damaged ({error})")
                elif damaged > _MOST_DAMAGED:
                    yield failing(self._name(last), "too much damage from here on; get the file again")
                    return
            try:
                begin = self._next_record(last + 1)
            except _DAMAGE as error:
                yield failing(self._name(last), f"what follows cannot be read ({error}); get the file again")
                return

    def _name(self, place: int) -> str:
        """The name of a place; a number follows where the last name was of the same, as in a file packed in one go."""
        last, count = self._named
        count = count + 1 if place == last else 1
        self._named = (place, count)
        return f"{self._source.name}#{place}" + (f"#{count}" if count > 1 else "")

    def _records(self) -> Iterator[Any]:
        from fastwarc.warc import ArchiveIterator

        stream: Any = self._source.stream if self._seekable else _Told(self._source.stream)
        return iter(ArchiveIterator(stream, parse_http=True, max_header_len=_LARGEST_HEADER))

    def _entry(self, record: Any) -> Entry | None:
        """The entry of a record that holds a page or a text, None for another."""
        if str(record.record_type) not in _STORED:
            return None
        headers = record.headers
        stated = record.http_content_type or headers.get("WARC-Identified-Payload-Type") or headers.get("Content-Type") or ""
        media_type = stated.partition(";")[0].strip().lower()
        http = record.http_headers
        if (http is not None and http.status_code is None) or (http is None and media_type == "application/http"):
            return failing(self._name(record.stream_pos), "a damaged record: it has no HTTP header that can be read")
        if (http is not None and not 200 <= http.status_code < 300) or media_type not in _TEXTS:
            return None
        name = self._name(record.stream_pos)
        too_large = TooLarge(name, f"a record of more than {self._limit:,} bytes, the limit (max_bytes)")
        if record.content_length > self._limit + _LARGEST_HEADER:
            # Nor is it unpacked to be skipped.
            self._astray = self._seekable
            return failing(name, too_large)
        try:
            data = at_most(record.reader, self._limit + 1)
        except _DAMAGE as error:
            return failing(name, f"a damaged record ({error}); get the file again")
        if len(data) > self._limit:
            return failing(name, too_large)
        defects: tuple[Defect, ...] = ()
        if found := _NEXT.search(data):
            # It states a length that goes into the records after it.
            data = data[: found.start()]
            self._astray = self._seekable
            defects = (Defect("articles", "the record is shorter than it says"),)
        if headers.get("WARC-Truncated"):
            defects += (Defect("articles", "the record was cut off when it was made; what is there was read"),)
        kept = _Record(
            name=name,
            data=data,
            media_type=media_type,
            url=(headers.get("WARC-Target-URI") or "").strip("<> ") or None,
            seen=iso(headers.get("WARC-Date")),
            charset=record.http_charset,
            chunked=http is not None and "chunked" in (http.get("Transfer-Encoding") or "").lower(),
            coding=(http.get("Content-Encoding") if http is not None else None) or "",
            defects=defects,
        )
        return Entry(name, lambda: _found(kept, self._limit))

    def _next_record(self, after: int) -> int | None:
        """Where the next record begins at ``after`` or later, with the stream there; None where there is none."""
        if not self._seekable:
            return None
        stream = self._source.stream
        position = after
        while True:
            stream.seek(position)
            window = at_most(stream, _WINDOW)
            for found in re.finditer(rb"\x1f\x8b\x08|WARC/1\.[01]\r\n", window):
                at = window[found.start() : found.start() + 2048]
                if at.startswith(b"WARC/") or unpacked_start(at, 5) == b"WARC/":
                    stream.seek(position + found.start())
                    return position + found.start()
            if len(window) < _WINDOW:
                return None
            position += _WINDOW - 16


def _found(record: _Record, limit: int) -> Found:
    try:
        article, defects = _read(record, limit)
        return Found(record.name, article=article, seen=record.seen, defects=record.defects + defects)
    except InputError as error:
        return Found(record.name, seen=record.seen, error=error)


def _read(record: _Record, limit: int) -> tuple[Article, tuple[Defect, ...]]:
    data = _joined_chunks(record.data) if record.chunked else record.data
    data, defects = _unpacked(data, record.coding, limit, record.name)
    kind: Single = "page" if looks_like_html(data, hinted=record.media_type in _PAGES) else "text"
    article, more = read_single(kind, data, record.name, url=record.url, charset=record.charset, seen=record.seen)
    return article, defects + more


def _unpacked(data: bytes, stated: str, limit: int, name: str) -> tuple[bytes, tuple[Defect, ...]]:
    defects: tuple[Defect, ...] = ()
    codings = [coding for part in stated.split(",") if (coding := part.strip().lower()) not in ("", "identity")]
    for coding in reversed(codings[:3]):
        # Many programs store what they unpacked, with the header as it came.
        if looks_like_html(data):
            break
        if coding in ("gzip", "x-gzip"):
            data, more = gunzip(data, limit, name) if data.startswith(GZIP) else (data, ())
        elif coding == "deflate":
            data, more = inflate(data, limit, name)
        elif coding in ("br", "zstd"):
            data, more = _other(data, coding, limit, name), ()
        else:
            raise NotText(name, f"packed with {coding[:20]!r}, which volgens cannot unpack")
        defects += more
    return data, defects


def _other(data: bytes, coding: str, limit: int, name: str) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader: Any = (BrotliReader if coding == "br" else ZstdReader)(io.BytesIO(data))
    try:
        unpacked = at_most(reader, limit + 1)
    except OSError:
        return data  # stored unpacked; if not, what reads it will say so
    if len(unpacked) > limit:
        raise TooLarge(name, f"unpacks to more than {limit:,} bytes, the limit (max_bytes)")
    return unpacked


def _joined_chunks(data: bytes) -> bytes:
    """The body that HTTP sent in chunks, as far as it is whole; ``data`` itself where it was stored joined."""
    pieces: list[bytes] = []
    position = 0
    while found := _CHUNK_SIZE.match(data, position):
        size = int(found.group(1), 16)
        pieces.append(data[found.end() : found.end() + size])
        position = found.end() + size
        position += 2 if data[position : position + 2] == b"\r\n" else 0
        if size == 0 or position >= len(data):
            return b"".join(pieces)
    return b"".join(pieces) or data


class _Told:
    """A pipe that tells how far it was read, which fastwarc asks."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation("a pipe cannot be searched")

    def close(self) -> None:
        """The pipe belongs to whoever opened it."""
