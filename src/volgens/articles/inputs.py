"""What the user names -> Article: standard input, an address, a file, or a text in hand."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from volgens.articles.language import UNKNOWN, detect
from volgens.articles.outlets import host_name
from volgens.articles.packed import GZIP, gunzip
from volgens.articles.page import looks_like_html, read_page
from volgens.articles.plain import decode, require_prose, without_surrogates
from volgens.config import Settings
from volgens.errors import InputError, NotFound, TooLarge
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
        return _read(_limited(stdin if stdin is not None else sys.stdin.buffer, settings.max_bytes, input), input, settings)
    if input.lower().startswith(("http://", "https://")):
        from volgens.articles.fetch import fetch

        page = fetch(input, settings, gate)
        hinted = page.media_type in ("text/html", "application/xhtml+xml")
        article, defects = _read(page.data, input, settings, url=page.url, charset=page.charset, hinted=hinted)
        return article, page.defects + defects
    data = _file(input, settings.max_bytes)
    return _read(data, input, settings, hinted=input.lower().removesuffix(".gz").endswith(_PAGES))


def from_text(text: str) -> tuple[Article, tuple[Defect, ...]]:
    """The article of a text in hand, unchanged but for lone surrogates, each replaced by U+FFFD.

    Raises NotText where it is empty, white space, or holds no letter.
    """
    clean, defects = without_surrogates(text)
    require_prose(clean, "text")
    return _with_language(Article(text=clean), defects)


def _read(
    data: bytes, name: str, settings: Settings, *, url: str | None = None, charset: str | None = None, hinted: bool = False
) -> tuple[Article, tuple[Defect, ...]]:
    damage: tuple[Defect, ...] = ()
    if data.startswith(GZIP):
        data, damage = gunzip(data, settings.max_bytes, name)
    if looks_like_html(data, hinted=hinted):
        article, defects = read_page(data, name, url=url, charset=charset)
    else:
        text, defects = decode(data, name, charset=charset)
        article = Article(text=text, url=url, outlet=host_name(url))
    return _with_language(article, damage + defects)


def _with_language(article: Article, defects: tuple[Defect, ...]) -> tuple[Article, tuple[Defect, ...]]:
    """The article with the language that its text shows, or else the one that its page declares."""
    language = detect(article.text)
    if language == UNKNOWN:
        language = article.language
    if language == UNKNOWN:
        defects += (Defect("articles", "language not recognised; it was read all the same, and statements may be missed"),)
    return replace(article, language=language), defects


def _file(name: str, limit: int) -> bytes:
    if not name:
        raise NotFound(name, "no input given; give a path, an address, or - for standard input")
    try:
        path = Path(name)
        if path.is_dir():
            raise InputError(name, "a directory; give the files in it")
        with path.open("rb") as file:
            return _limited(file, limit, name)
    except FileNotFoundError as error:
        hint = "; addresses begin with http:// or https://" if "://" in name or name.lower().startswith("www.") else ""
        raise NotFound(name, f"no such file{hint}") from error
    except PermissionError as error:
        raise InputError(name, "may not be read; ask for permission to it, or copy it") from error
    except (OSError, ValueError) as error:
        # A name with a NUL, one that is too long, a disk that fails.
        raise InputError(name, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _limited(stream: BinaryIO, limit: int, name: str) -> bytes:
    pieces: list[bytes] = []
    room = limit + 1
    # A pipe may give less than it is asked for.
    while room > 0 and (piece := stream.read(min(room, 1 << 20))):
        pieces.append(piece)
        room -= len(piece)
    if room <= 0:
        raise TooLarge(name, f"larger than {limit:,} bytes, the limit (max_bytes); give it in parts")
    return b"".join(pieces)
