"""PDF -> an article, its lines joined to paragraphs."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import quantiles
from typing import Any

from volgens.articles.containers.told import Read, from_text, telling
from volgens.errors import NotText, TooLarge
from volgens.records import Defect

_MOST_PAGES = 1000
_PATIENCE = 5.0
_PATIENCE_PER_MB = 4.0
_UNPACKED = 4_000_000
_STEPS = 400_000
"""The most that one stream of a document may unpack to, and hold of numbers and operators: pypdf reads some 200,000 a second."""
_PAGE_NUMBER = re.compile(r"\W*(?:[^\W\d_]{1,10}\.?\s)?\W*\d{1,4}(?:\s*(?:/|[^\W\d_]{1,4})\s*\d{1,4})?\W*")
_BULLET = re.compile(r"[•▪◦‣–—*]\s|\d{1,2}[.)]\s|[-]\s")
_HYPHENATED = re.compile(r"[^\W\d_][-‐]$")
_ENDING = (".", "!", "?", "”", "’", '"', ":", "»")
_MARGIN = 2
_FULL = 0.95


class _Late(Exception):
    """The time for a document is over."""


def read_pdf(data: bytes, name: str) -> Read:
    """The article in a PDF document; the title is the document's own where its first page shows it.

    Raises NotText where it holds no text (scanned pages), is closed by a password, or cannot be read.
    """
    from pypdf import PdfReader, apply_configuration

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    clock = _Clock(_PATIENCE + _PATIENCE_PER_MB * len(data) / 1e6)
    try:
        with apply_configuration(_limits()):
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise NotText(name, "a PDF document that is closed by a password; give its text")
            pages, defects = _pages(reader, clock)
            title = reader.metadata.title if reader.metadata else None
    except _Late as error:
        raise TooLarge(name, "a PDF document that takes too long to read; give its text") from error
    except _broken() as error:
        reason = f"a PDF document that cannot be read ({type(error).__name__}: {str(error)[:100]}); give its text"
        raise NotText(name, reason) from error
    text = paragraphs(pages)
    if not text and defects:
        raise NotText(name, f"{defects[0].message}; give its text")
    if not text:
        raise NotText(name, "a PDF document without a text, as of scanned pages; read them with a program that recognises text")
    shown = isinstance(title, str) and _plain(title) and _plain(title) in _plain(text[:3000])
    article, more = from_text(text, telling("record", title=title if shown else None), name)
    return article, defects + more


def _limits() -> Any:
    """How much of a document pypdf may unpack."""
    from pypdf import Configuration

    return Configuration(
        zlib_maximum_output_length=_UNPACKED,
        lzw_maximum_output_length=_UNPACKED,
        run_length_maximum_output_length=_UNPACKED,
        brotli_maximum_output_length=_UNPACKED,
        array_based_stream_maximum_output_length=_UNPACKED,
        stream_decoding_work_maximum_length=4 * _UNPACKED,
        stream_parsing_work_maximum_count=_STEPS,
    )


def _broken() -> tuple[type[Exception], ...]:
    """What pypdf raises where it trips over a broken document, which it does in every way."""
    from pypdf.errors import DependencyError, PyPdfError

    return (
        PyPdfError, DependencyError, ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, NotImplementedError,
        OSError, RecursionError, TypeError, ValueError,
    )  # fmt: skip


class _Clock:
    """Raises _Late from within the work of pypdf when the time is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def check(self, *_: object) -> None:
        if time.monotonic() > self._end:
            raise _Late


def _pages(reader: Any, clock: _Clock) -> tuple[list[str], tuple[Defect, ...]]:
    pages: list[str] = []
    unread = 0
    for page in reader.pages:
        try:
            clock.check()
            pages.append(page.extract_text(visitor_operand_before=clock.check))
        except _Late:
            if not pages:
                raise
            return pages, (Defect("articles", f"the PDF takes too long to read; only its first {len(pages)} page(s) were"),)
        except _broken():
            unread += 1
        if len(pages) + unread >= _MOST_PAGES:
            return pages, (Defect("articles", f"only the first {_MOST_PAGES} pages of the PDF were read"),)
    return pages, (Defect("articles", f"{unread} page(s) of the PDF could not be read"),) if unread else ()


def paragraphs(pages: Sequence[str]) -> str:
    """The text of pages, a line for each paragraph, without page numbers and what stands at the head or foot of most pages."""
    cleaned = [[" ".join(row.split()) for row in page.replace("\0", "").splitlines()] for page in pages]
    running = _running(cleaned)
    rows = [row for page in cleaned for row in (*_without_margins(page, running), None)]
    widths = [len(row) for row in rows if row]
    usual = quantiles(widths, n=10)[7] if len(widths) > 1 else 0
    joined: list[list[str]] = []
    last = ""
    for row in rows:
        if row is None:
            continue  # a paragraph may go on over the page
        if row:
            if last and not _begins(row, last, usual):
                joined[-1].append(row)
            else:
                joined.append([row])
        last = row
    return "\n".join("".join(_spaced(paragraph)) for paragraph in joined)


def _spaced(rows: list[str]) -> Iterator[str]:
    """The lines of a paragraph with a space after each, or without the hyphen that only its line's end asked for."""
    for row, following in zip(rows, (*rows[1:], ""), strict=True):
        if row.endswith("\u00ad") or (_HYPHENATED.search(row) and following[:1].islower()):
            yield row[:-1]
        else:
            yield f"{row} " if following else row


def _running(pages: list[list[str]]) -> set[str]:
    """Lines that most pages have at the same margin, digits aside."""
    counts = Counter(_key(row) for page in pages for row in {_key(row): row for row in _edges(page)}.values())
    return {row for row, count in counts.items() if len(pages) >= 3 and count > len(pages) / 2}


def _edges(page: list[str]) -> list[str]:
    filled = [row for row in page if row]
    return filled[:_MARGIN] + filled[_MARGIN:][-_MARGIN:]


def _without_margins(page: list[str], running: set[str]) -> list[str]:
    filled = [index for index, row in enumerate(page) if row]
    edges = set(filled[:_MARGIN] + filled[-_MARGIN:])
    return [row for index, row in enumerate(page) if not (index in edges and (_key(row) in running or _PAGE_NUMBER.fullmatch(row)))]


def _key(row: str) -> str:
    return re.sub(r"\d+", "0", row)


def _begins(row: str, last: str, usual: float) -> bool:
    """Whether ``row`` begins a paragraph: with a bullet, or where its first word would have fitted on the line before."""
    if _BULLET.match(row):
        return True
    ended_early = len(last) + 1 + len(row.split()[0]) <= _FULL * usual
    return ended_early and (last.endswith(_ENDING) or not row[0].islower())


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
