"""HTML bytes -> Article: the body with trafilatura, everything else from what the page says of itself."""

from __future__ import annotations

import re
from typing import Any

from volgens.articles.pages.blocks import compose, without_repeats
from volgens.articles.pages.body import Piece, extract, is_dated_line, placed
from volgens.articles.pages.live import with_entries
from volgens.articles.pages.pictures import captions
from volgens.articles.pages.printed_dates import base_of
from volgens.articles.pages.standfirst import standfirst
from volgens.articles.pages.stated import Stated, tidy
from volgens.articles.pages.visible import Head
from volgens.articles.pages.weighing import Weighed, weigh
from volgens.articles.plain import decode, require_prose
from volgens.errors import NotText
from volgens.records import Article, Defect

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([-\w]{2,40})""", re.IGNORECASE)
# Possessive, or a page of many comments would be split in every possible way before the match is given up.
_OPENING = re.compile(
    r"(?:\s++|(?><!--.{0,2000}?-->)|(?><\?xml[^>]{0,200}>))*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(
    r"</?(?:html|head|body|title|meta|link|script|style|div|span|p|a|br|h[1-6]|ul|ol|li|article|section|main|header|footer|nav|figure"
    r"|img|table|tr|td|em|strong|blockquote)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_SHORT_BODY = 250
_ABOUT = 16_384


def looks_like_html(data: bytes, *, hinted: bool = False) -> bool:
    """Whether ``data`` is a page, judged by its beginning.

    ``hinted`` says that a file name or a header calls it one: a single tag will then do.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    start = data[:_ABOUT].decode(encoding, "ignore").removeprefix("\ufeff")
    if _OPENING.match(start):
        return True
    tags = len(_TAG.findall(start))
    return tags >= (1 if hinted else 3) and (hinted or start.lstrip().startswith("<"))


def read_page(
    data: bytes, name: str, *, url: str | None = None, charset: str | None = None, seen: str | None = None
) -> tuple[Article, tuple[Defect, ...]]:
    """The article in the page ``data``, and what could not be read as meant.

    ``url`` is where the page was found, ``charset`` what its header declares, and ``seen`` when it was fetched (ISO 8601): what it
    prints of "two hours ago" is counted from there. The text has a line for each block: headline, standfirst, byline, the body as
    it stands in the page, then captions and photo credits. ``language`` is what the page declares, or "und".

    Raises NotText where the page has no text to read.
    """
    declared = _DECLARED.search(data[:_ABOUT])
    source, defects = decode(data, name, charset=charset or (declared.group(1).decode() if declared else None))
    tree = _parse(source, name)
    stated, head = Stated(tree), Head(tree)
    found = weigh(tree, stated, head, url=url, seen=seen)
    body, more = _body(tree, stated, name, found.url)
    body = [piece for piece in body if not is_dated_line(piece)]
    body = with_entries(body, tree, stated, base_of(found.published, seen))
    text, blocks = compose(_whole(tree, stated, head, found, body))
    article = Article(
        text=text,
        url=found.url,
        outlet=found.outlet,
        title=found.title,
        language=found.language,
        published=found.published,
        modified=found.modified,
        authors=found.authors,
        section=found.section,
        domain=found.domain,
        twins=found.twins,
        blocks=blocks,
        choices=found.choices(),
    )
    return article, defects + more


def _whole(tree: Any, stated: Stated, head: Head, found: Weighed, body: list[Piece]) -> list[Piece]:
    """The pieces of the text, in its order."""
    pictures = [piece for piece in body if piece.kind in ("caption", "photo credit")]
    printed = [piece for piece in body if piece.kind == "byline"]
    body = [piece for piece in body if piece.kind not in ("caption", "photo credit", "byline")]
    title = [Piece("headline", found.title)] if found.title else []
    shown = [Piece("headline", text) for text in (*(text for _, text in head.headings[:1]), found.section) if text]
    body = without_repeats([*title, *shown], body)
    intro, body = standfirst(stated, head, body)
    byline = found.byline or (printed[0].text if printed else None)
    makers = [Piece("byline", byline)] if byline else []
    body = without_repeats(makers, body)
    return [*title, *intro, *makers, *body, *without_repeats([*title, *intro, *body], [*captions(tree, body), *pictures])]


def _parse(source: str, name: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    # Bytes and not text: lxml refuses text that declares an encoding. NULs would end the document.
    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return document_fromstring(source.replace("\0", "\ufffd").encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotText(name, "an HTML page with nothing in it; give the page as your browser saves it, or its text") from error


def _body(tree: Any, stated: Stated, name: str, address: str | None) -> tuple[list[Piece], tuple[Defect, ...]]:
    found = placed(extract(tree, address), tree)
    size = sum(len(piece.text) for piece in found)
    if size >= _SHORT_BODY:
        return found, ()
    # Some pages draw their text by script, and state it in full for search engines.
    if len(stated_body := stated.article_body()) > max(2 * size, _SHORT_BODY):
        defect = Defect("articles", "no article body in the page; its text was taken from its metadata (JSON-LD)")
        return [Piece("paragraph", line) for line in stated_body.splitlines()], (defect,)
    if not found:
        lines = [text for p in tree.iter("p") if (text := tidy(p.text_content()))]
        lines = lines or [line for part in _all_text(tree).splitlines() if (line := tidy(part))]
        found = [Piece("paragraph", line) for line in lines]
    text = "\n".join(piece.text for piece in found)
    try:
        require_prose(text, name)
    except NotText as error:
        reason = "a page without any text; it may need scripts or a login: open it in a browser, save the text and give that"
        raise NotText(name, reason) from error
    return found, (Defect("articles", f"hardly any article body found in the page; the {len(text):,} characters found were read"),)


def _all_text(tree: Any) -> str:
    unread = {"script", "style", "noscript", "template", "head", "title", "nav", "footer"}
    pieces: list[str] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in unread:
            pieces.append(element.text or "")
        pieces.append(element.tail or "")
    return "\n".join(pieces)
