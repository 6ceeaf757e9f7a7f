"""Anything that holds articles -> each of them, one by one: files, folders, feeds, archives, tables, messages.

``found`` and ``found_in`` tell the kind by the first bytes, and hold no more at a time than one article, or one feed, needs.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from volgens.articles.containers.columns import ANY_COLUMNS, Columns
from volgens.articles.containers.entries import Entry, Source, entry, failing, guarded, made
from volgens.articles.containers.kinds import HEAD, Kind, kind_of
from volgens.articles.files import at_most, limited, open_file
from volgens.articles.found import Found
from volgens.articles.packed import GZIP, Unpacked, unpacked_start
from volgens.articles.single import Single, read_single
from volgens.config import Settings
from volgens.errors import NotText
from volgens.records import Article, Defect

__all__ = ["ANY_COLUMNS", "Columns", "found", "found_in"]

_BUFFER = 1 << 18
_HTML = ("text/html", "application/xhtml+xml")


def found(
    what: str, settings: Settings, *, columns: Columns = ANY_COLUMNS, skip: int = 0, stdin: BinaryIO | None = None
) -> Iterator[Found]:
    """Each article, link or failure in ``what``: a path to a file or a folder, or "-" for ``stdin`` (else the process's own).

    The same order and the same names each time, so that a caller can go on where it stopped: the first ``skip`` are left out, and
    not read where that can be avoided. Nothing is raised: what cannot be read is a Found with an error, and costs no other.
    """
    if what == "-":
        entries = _entries(Source(what, stdin if stdin is not None else sys.stdin.buffer, settings, columns))
    elif what and _is_folder(what):
        entries = _in_folder(what, settings, columns)
    else:
        entries = _in_file(what, settings, columns)
    return map(made, islice(guarded(what, entries), skip, None))


def found_in(
    data: bytes,
    name: str,
    settings: Settings,
    *,
    url: str | None = None,
    charset: str | None = None,
    media_type: str | None = None,
    seen: str | None = None,
) -> Iterator[Found]:
    """As ``found``, of the bytes that an address answered, with what its header says of them, and when (``seen``, ISO 8601).

    ``name`` is as the user gave it.
    """
    source = Source(name, io.BytesIO(data), settings, url=url, charset=charset, seen=seen, hinted=media_type in _HTML)
    return map(made, guarded(name, _entries(source)))


def _is_folder(what: str) -> bool:
    try:
        return Path(what).is_dir()
    except (OSError, ValueError):
        return False  # a name that nothing can have: opening it says why


def _in_folder(what: str, settings: Settings, columns: Columns) -> Iterator[Entry]:
    from volgens.articles.containers.folder import files_in

    name = None
    for name, error in files_in(what):
        yield from (failing(name, error),) if error else guarded(name, _in_file(name, settings, columns))
    if name is None:
        yield failing(what, NotText(what, "a folder without files that can be articles"))


def _in_file(name: str, settings: Settings, columns: Columns) -> Iterator[Entry]:
    with open_file(name) as file:
        yield from _entries(Source(name, file, settings, columns))


def _entries(source: Source) -> Iterator[Entry]:
    """The entries of any source: its kind is told, and the reader of that kind called."""
    stream = source.stream
    begin = stream.tell() if stream.seekable() else None
    head = at_most(stream, HEAD)
    if begin is None:
        stream = io.BufferedReader(_Joined(head, stream))
    else:
        stream.seek(begin)
    if head.startswith(GZIP):
        head = unpacked_start(head, HEAD)
        # What reads WARC unpacks each record by itself, so that a damaged one costs no other.
        if not head.startswith(b"WARC/"):
            stream = io.BufferedReader(Unpacked(stream), _BUFFER)
    kind = kind_of(head, source.name, source.columns, hinted=source.hinted)
    if kind in ("zip", "parquet") and not stream.seekable():
        stream = io.BytesIO(limited(stream, source.settings.max_bytes, source.name))
    empty = True
    for one in _read(kind, replace(source, stream=stream)):
        empty = False
        yield one
    if empty:
        yield failing(source.name, NotText(source.name, "no article in it, nor the address of one"))


def _read(kind: Kind, source: Source) -> Iterator[Entry]:
    # What a kind needs is imported where one is met, so that a page is read without waiting for the others.
    if kind in ("page", "text", "pdf", "mail"):
        return iter((entry(source.name, lambda: _single(kind, source)),))
    if kind == "xml":
        return iter((failing(source.name, "XML of a kind that volgens does not know; give the page or its text"),))
    if kind in ("feed", "opml", "sitemap", "newsml", "nitf"):
        from volgens.articles.containers.xml_kinds import read_xml

        return read_xml(kind, source)
    if kind == "json":
        from volgens.articles.containers.objects import read_json

        return read_json(source)
    if kind == "jsonl":
        from volgens.articles.containers.objects import read_lines

        return read_lines(source)
    if kind == "table":
        from volgens.articles.containers.tables import read_table

        return read_table(source)
    if kind == "parquet":
        from volgens.articles.containers.parquet import read_parquet

        return read_parquet(source)
    if kind == "mbox":
        from volgens.articles.containers.mail import read_mbox

        return read_mbox(source)
    if kind == "warc":
        from volgens.articles.containers.warc import read_warc

        return read_warc(source)
    from volgens.articles.containers.wacz import read_wacz

    return read_wacz(source)


def _single(kind: Single, source: Source) -> tuple[Article, tuple[Defect, ...]]:
    data, damage = source.data()
    article, defects = read_single(kind, data, source.name, url=source.url, charset=source.charset, seen=source.seen)
    return article, damage + defects


class _Joined(io.RawIOBase):
    """The bytes taken from a pipe to look at, and then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)
