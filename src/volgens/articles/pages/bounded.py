"""Pages of any size and shape -> Article: what the reading of pages would take minutes for is read plainly, or refused."""

from __future__ import annotations

import re

from volgens.articles.pages.page import read_page
from volgens.articles.plain import decode, require_prose
from volgens.errors import NotText, TooLarge
from volgens.records import Article, Defect

_LARGEST = 10_000_000
_MOST_TAGS = 15_000
_MOST_BLOCKS = 5_000
"""Half of the pages of news that were counted have some 340 blocks, the largest has 2,600, with 8,000 tags. What finds the article
takes time by the square of the blocks."""
_BLOCK = re.compile(
    rb"<(?:blockquote|br|caption|center|col|colgroup|d[dlt]|div|fieldset|form|legend|li|opt(?:group|ion)|p|pre|table|td|textarea"
    rb"|tfoot|th|thead|tr|ul|h[1-6])\b",
    re.IGNORECASE,
)
_MOST_ATTRIBUTES = 500
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{5000,}")
_QUOTED = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_UNREAD = frozenset(("script", "style", "noscript", "template", "head", "title"))
_WITHIN_LINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
))  # fmt: skip


def read_any_page(
    data: bytes, name: str, *, url: str | None = None, charset: str | None = None, seen: str | None = None
) -> tuple[Article, tuple[Defect, ...]]:
    """As ``read_page``, within bounds: of a page with more tags than articles have, all text is read, and a Defect says so.

    Raises NotText where there is no text, and TooLarge for a page that no browser could show.
    """
    if len(data) > _LARGEST:
        raise TooLarge(name, f"a page of more than {_LARGEST:,} bytes; give its text")
    # Parsers compare each attribute of a tag with all others.
    if any(len(_QUOTED.sub(b"", tag).split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(data)):
        raise NotText(name, f"a page with a tag of more than {_MOST_ATTRIBUTES} attributes; give its text")
    if data.count(b"<") <= _MOST_TAGS and sum(1 for _ in _BLOCK.finditer(data)) <= _MOST_BLOCKS:
        return read_page(data, name, url=url, charset=charset, seen=seen)
    source, defects = decode(data, name, charset=charset)
    text = lines_of(source)
    require_prose(text, name)
    defects += (
        Defect(
            "articles",
            f"a page of more than {_MOST_BLOCKS:,} blocks or {_MOST_TAGS:,} tags; all its text was read, not only the article",
        ),
    )
    return Article(text=text, url=url), defects


def lines_of(source: str) -> str:
    """All text of a page or a piece of HTML, a line for each block. Empty where there is none."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    data = f"<html><body><div>{source}</div></body></html>".replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        tree = document_fromstring(data, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    pieces: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag not in _WITHIN_LINE:
            pieces.append("\n")
        if event == "start":
            unread += tag in _UNREAD
            words = element.text
        else:
            unread -= tag in _UNREAD
            words = element.tail
        if words and not unread:
            pieces.append(words)
    return "\n".join(tidy for row in "".join(pieces).splitlines() if (tidy := " ".join(row.split())))
