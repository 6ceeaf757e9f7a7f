"""What the user names -> Article: standard input, an address, a file, or a text in hand."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from volgens.articles.completed import completed
from volgens.articles.containers.kinds import is_mail, is_pdf
from volgens.articles.files import limited, open_file
from volgens.articles.packed import GZIP, gunzip
from volgens.articles.pages.page import looks_like_html
from volgens.articles.plain import require_prose, without_surrogates
from volgens.articles.single import Single, read_single
from volgens.config import Settings
from volgens.records import Article, Defect

if TYPE_CHECKING:
    from volgens.articles.web.fetch import Gate, Page

_PAGES = (".html", ".htm", ".xhtml")


def load(
    input: str, settings: Settings, *, stdin: BinaryIO | None = None, gate: Gate | None = None
) -> tuple[Article, tuple[Defect, ...]]:
    """The article that ``input`` names, and the defects met in reading it.

    "-" is standard input (``stdin``, or the process's own), http:// or https:// an address, anything else a path. Packed
    with gzip is fine. ``gate`` says which addresses may be visited; only tests give one.

    Raises InputError: NotFound, NotText, TooLarge, FetchError or Refused where one of these says it better.
    """
    if input == "-":
        return _read(limited(stdin if stdin is not None else sys.stdin.buffer, settings.max_bytes, input), input, settings)
    if input.lower().startswith(("http://", "https://")):
        from volgens.articles.web.fetch import fetch

        page = fetch(input, settings, gate)
        hinted = page.media_type in ("text/html", "application/xhtml+xml")
        article, defects = _read(page.data, input, settings, page=page, hinted=hinted)
        return article, page.defects + defects
    with open_file(input) as file:
        data = limited(file, settings.max_bytes, input)
    return _read(data, input, settings, hinted=input.lower().removesuffix(".gz").endswith(_PAGES))


def from_text(text: str) -> tuple[Article, tuple[Defect, ...]]:
    """The article of a text in hand, unchanged but for lone surrogates, each replaced by U+FFFD.

    Raises NotText where it is empty, white space, or holds no letter.
    """
    clean, defects = without_surrogates(text)
    require_prose(clean, "text")
    return completed(Article(text=clean), defects)


def _read(
    data: bytes, name: str, settings: Settings, *, page: Page | None = None, hinted: bool = False
) -> tuple[Article, tuple[Defect, ...]]:
    """``page`` is what an address answered, and ``data`` its body."""
    damage: tuple[Defect, ...] = ()
    if data.startswith(GZIP):
        data, damage = gunzip(data, settings.max_bytes, name)
    kind: Single = (
        "pdf" if is_pdf(data) else "mail" if is_mail(data) else "page" if looks_like_html(data, hinted=hinted) else "text"
    )
    if page is None:
        article, defects = read_single(kind, data, name)
    else:
        seen = datetime.now(UTC).isoformat(timespec="seconds")
        article, defects = read_single(kind, data, name, url=page.url, charset=page.charset, seen=seen)
    return article, damage + defects
