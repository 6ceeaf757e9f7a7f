"""What an input is, told by its first bytes, and by its name only where these leave it open."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Literal

from volgens.articles.containers.columns import Columns
from volgens.articles.pages.page import looks_like_html

Kind = Literal[
    "feed", "opml", "sitemap", "newsml", "nitf", "json", "jsonl", "table", "parquet", "warc", "zip", "mbox", "mail", "pdf", "xml",
    "page", "text",
]  # fmt: skip

HEAD = 65_536
"""How much of an input is looked at."""

_PAGES = (".html", ".htm", ".xhtml")
_JSON_LINES = (".jsonl", ".ndjson", ".jsonlines")
_TABLES = (".csv", ".tsv", ".tab")
_ROOT = re.compile(
    r"(?:\s++|(?><\?.*?\?>)|(?><!--.*?-->)|(?><!DOCTYPE\b[^>\[]{0,2000}(?:\[[^\]]{0,20000}\])?\s*>))*+<([\w:.-]+)",
    re.DOTALL | re.IGNORECASE,
)
_ROOTS: dict[str, Kind] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "opml": "opml", "urlset": "sitemap", "sitemapindex": "sitemap", "newsitem":
    "newsml", "newsmessage": "newsml", "packageitem": "newsml", "nitf": "nitf",
}  # fmt: skip
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):(?: |\t|\r?\n)")
_MAIL_OWN = frozenset(("received", "return-path", "message-id", "mime-version", "delivered-to", "dkim-signature"))
_MAIL_TOLD = frozenset(("from", "subject", "date", "to"))


def kind_of(head: bytes, name: str, columns: Columns, *, hinted: bool = False) -> Kind:
    """The kind of the input whose first HEAD bytes, unpacked, are ``head``. ``hinted``: a header calls it a page."""
    named = name.lower().removesuffix(".gz")
    binary = _binary_kind(head)
    if binary is not None:
        return binary
    start = text_of(head)
    if (kind := _xml_kind(start)) is not None:
        return kind
    if _JSON.match(start):
        return _json_kind(start, whole=len(head) < HEAD, named=named)
    if head.startswith(b"From ") and is_mail(head.partition(b"\n")[2]):
        return "mbox"
    if is_mail(head):
        return "mail"
    if looks_like_html(head, hinted=hinted or named.endswith(_PAGES)):
        return "page"
    if start.lstrip().startswith("<?xml"):
        return "xml"
    return "table" if named.endswith(_TABLES) or _is_table(start, columns) else "text"


def _binary_kind(head: bytes) -> Kind | None:
    if is_pdf(head):
        return "pdf"
    kinds: tuple[tuple[bytes, Kind], ...] = (
        (b"PAR1", "parquet"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"WARC/", "warc"),
    )
    return next((kind for magic, kind in kinds if head.startswith(magic)), None)


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` begins as a PDF document."""
    return data.startswith(b"%PDF-")


def is_mail(data: bytes) -> bool:
    """Whether ``data`` begins with the header of a message: who sent it, and what only a mail program writes."""
    start = data[:HEAD].decode("latin-1")
    seen: set[str] = set()
    for row in io.StringIO(start):
        if row in ("\n", "\r\n"):
            break
        if row[0] in " \t" and seen:
            continue
        found = _HEADER.match(row)
        if not found:
            return False
        seen.add(found.group(1).lower())
    return "from" in seen and len(seen & _MAIL_TOLD) > 1 and bool(seen & _MAIL_OWN)


def text_of(head: bytes) -> str:
    """The beginning of a text as far as the signs of ASCII matter."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "ignore").removeprefix("\ufeff")
    return head.decode("utf-8", "ignore").removeprefix("\ufeff")


def _xml_kind(start: str) -> Kind | None:
    found = _ROOT.match(start)
    return _ROOTS.get(found.group(1).rpartition(":")[2].lower()) if found else None


def _json_kind(start: str, *, whole: bool, named: str) -> Kind:
    if start.lstrip().startswith("[") or named.endswith(".json"):
        return "json"
    if named.endswith(_JSON_LINES):
        return "jsonl"
    first, newline, rest = start.lstrip().partition("\n")
    if not newline or (whole and not rest.strip()):
        # One object, or a line longer than what is looked at: the reader of JSON goes on with lines where it must.
        return "json"
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return "json"
    return "jsonl"


def _is_table(start: str, columns: Columns) -> bool:
    first = start.partition("\n")[0]
    names = next(csv.reader([first[:10_000].replace("\0", "").replace("\r", "")], delimiter=delimiter(first)), [])
    return columns.known(names) > 1 and columns.holds_article(names)


def delimiter(head: str) -> str:
    """The sign between the cells of a table with this head: comma, tab, semicolon or bar."""
    return max(",\t;|", key=head.count)
