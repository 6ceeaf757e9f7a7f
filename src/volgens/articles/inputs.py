"""What the user names -> Article: standard input, an address, a file, or a text in hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

from volgens.articles.bounded import read_any_page
from volgens.articles.containers.kinds import is_mail, is_pdf
from volgens.articles.files import limited, open_file
from volgens.articles.language import with_language
from volgens.articles.packed import GZIP, gunzip
from volgens.articles.page import host_name, looks_like_html
from volgens.articles.plain import decode, require_prose, without_surrogates
from volgens.config import Settings
from volgens.records import Article, Defect

if TYPE_CHECKING:
    from volgens.articles.fetch import Gate

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
        from volgens.articles.fetch import fetch

        page = fetch(input, settings, gate)
        hinted = page.media_type in ("text/html", "application/xhtml+xml")
        article, defects = _read(page.data, input, settings, url=page.url, charset=page.charset, hinted=hinted)
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
    return with_language(Article(text=clean), defects)


def _read(
    data: bytes, name: str, settings: Settings, *, url: str | None = None, charset: str | None = None, hinted: bool = False
) -> tuple[Article, tuple[Defect, ...]]:
    damage: tuple[Defect, ...] = ()
    if data.startswith(GZIP):
        data, damage = gunzip(data, settings.max_bytes, name)
    if is_pdf(data):
        from volgens.articles.containers.pdf import read_pdf

        article, defects = read_pdf(data, name)
        return article, damage + defects
    if is_mail(data):
        from volgens.articles.containers.mail import read_mail

        article, defects = read_mail(data, name)
        return article, damage + defects
    if looks_like_html(data, hinted=hinted):
        article, defects = read_any_page(data, name, url=url, charset=charset)
    else:
        text, defects = decode(data, name, charset=charset)
        article = Article(text=text, url=url, outlet=host_name(url))
    return with_language(article, damage + defects)
