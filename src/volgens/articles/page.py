"""HTML bytes -> Article: the body with trafilatura, title, outlet and date from what the page says of itself."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from volgens.articles.plain import decode, require_prose, without_surrogates
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
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " / ")
_ARTICLE_TYPES = re.compile(r"article|posting|report|blog|review", re.IGNORECASE)
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ])")
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


def read_page(data: bytes, name: str, *, url: str | None = None, charset: str | None = None) -> tuple[Article, tuple[Defect, ...]]:
    """The article in the page ``data``, and what could not be read as meant.

    ``url`` is where the page was found, and ``charset`` what its header declares. Paragraphs are separated by newlines.
    ``language`` is what the page declares, or "und". Raises NotText where the page has no text to read.
    """
    found = _DECLARED.search(data[:_ABOUT])
    source, defects = decode(data, name, charset=charset or (found.group(1).decode() if found else None))
    tree = _parse(source, name)
    stated = _Stated(tree)
    address = url or stated.address()
    outlet = stated.outlet(address)
    title = stated.title(outlet, address)
    body, more = _body(tree, stated, name, address)
    published = stated.published() or _guessed_date(tree, address)
    # Characters written as numbers (&#xD83D;) can name half a pair.
    text, surrogates = without_surrogates(body)
    article = Article(text=text, url=address, outlet=outlet, title=title, language=stated.language(), published=published)
    return article, defects + more + surrogates


def host_name(address: str | None) -> str | None:
    """The host of ``address`` without "www."; None where there is none."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _parse(source: str, name: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    # Bytes and not text: lxml refuses text that declares an encoding. NULs would end the document.
    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return document_fromstring(source.replace("\0", "\ufffd").encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotText(name, "an HTML page with nothing in it; give the page as your browser saves it, or its text") from error


class _Stated:
    """What a page says of itself: its meta elements and its JSON-LD."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._meta: dict[str, str] = {}
        for element in tree.iter("meta"):
            key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            if key and (value := _tidy(element.get("content"))):
                self._meta.setdefault(key, value)
        self._nodes = [node for script in tree.iter("script") for node in _json_ld(script)]

    def article_value(self, key: str) -> Any:
        """The value of ``key`` in the first JSON-LD node that is an article and has one."""
        for node in self._nodes:
            if _ARTICLE_TYPES.search(json.dumps(node.get("@type", ""))) and node.get(key):
                return node[key]
        return None

    def title(self, outlet: str | None, address: str | None) -> str | None:
        headings = [text for h1 in self._tree.iter("h1") if (text := _tidy(h1.text_content()))]
        named = self._tree.find(".//head/title")
        candidates = (
            _tidy(self.article_value("headline")),
            self._meta.get("og:title"),
            headings[0] if headings else None,
            self._meta.get("twitter:title"),
            _tidy(named.text_content()) if named is not None else None,
        )
        title = next((text for text in candidates if text), None)
        return _without_site(title, outlet, address) if title else None

    def outlet(self, address: str | None) -> str | None:
        publisher = self.article_value("publisher")
        if isinstance(publisher, list) and publisher:
            publisher = publisher[0]
        if isinstance(publisher, dict):
            publisher = publisher.get("name")
        return self._meta.get("og:site_name") or _tidy(publisher) or host_name(address)

    def published(self) -> str | None:
        candidates = [
            self.article_value("datePublished"),
            *(self._meta.get(key) for key in ("article:published_time", "datepublished", "og:published_time", "dcterms.created")),
        ]
        return next((date for value in candidates if (date := _iso(value))), None)

    def address(self) -> str | None:
        links = [link.get("href") for link in self._tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
        for address in (*links, self._meta.get("og:url")):
            if address and address.strip().lower().startswith(("http://", "https://")) and host_name(address.strip()):
                return str(address.strip())
        return None

    def language(self) -> str:
        declared = (self._tree.get("lang") or "").strip().lower()[:3]
        return declared[:2] if re.fullmatch(r"[a-z]{2}[-_]?", declared) else "und"

    def article_body(self) -> str:
        value = self.article_value("articleBody")
        text = html.unescape(re.sub(r"<[^<>]{1,200}>", "\n", value)) if isinstance(value, str) else ""
        return "\n".join(line for part in text.splitlines() if (line := _tidy(part)))

    def paragraphs(self) -> str:
        return "\n".join(text for p in self._tree.iter("p") if (text := _tidy(p.text_content())))


def _json_ld(script: Any) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        pending: deque[Any] = deque([json.loads(source, strict=False)])
    except (ValueError, RecursionError):
        return
    while pending:
        node = pending.popleft()
        if isinstance(node, list):
            pending.extendleft(reversed(node))
        elif isinstance(node, dict):
            yield node
            pending.extend(
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(node.get(key), dict | list)
            )


def _tidy(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    # Headlines in JSON-LD are often escaped twice.
    return without_surrogates(" ".join(html.unescape(html.unescape(value)).split()))[0] or None


def _without_site(title: str, outlet: str | None, address: str | None) -> str:
    """``title`` without the outlet's name at its end or its beginning, set off by a sign."""

    def plain(text: str) -> str:
        return re.sub(r"[\W_]", "", text).casefold()

    host = host_name(address) or ""
    names = {plain(name) for name in (outlet or "", host, host.rsplit(".", 1)[0], host.split(".")[0]) if plain(name)}
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head.strip() and plain(tail) in names:
            return head.strip()
        first, found, rest = title.partition(separator)
        if found and rest.strip() and plain(first) in names:
            return rest.strip()
    return title


def _iso(value: object) -> str | None:
    """``value`` where it is an ISO 8601 date or time with year, month and day."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str) or not _FULL_DATE.match(value := value.strip()):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            return datetime.fromisoformat(value[:10]).date().isoformat()
        except ValueError:
            return None
    return value if len(value) == 10 else moment.isoformat()


def _guessed_date(tree: Any, address: str | None) -> str | None:
    from htmldate import find_date

    try:
        # The date limits are fixed, so that the same page gives the same date on every day it is read.
        found = find_date(
            tree, url=address, original_date=True, extensive_search=False, min_date="1990-01-01", max_date="2099-12-31"
        )
    except Exception:  # a guess that fails over a strange page must not cost the article
        return None
    return _iso(found)


def _body(tree: Any, stated: _Stated, name: str, address: str | None) -> tuple[str, tuple[Defect, ...]]:
    text = _extracted(tree, address)
    if len(text) >= _SHORT_BODY:
        return text, ()
    # Some pages draw their text by script, and state it in full for search engines.
    if len(stated_body := stated.article_body()) > max(2 * len(text), _SHORT_BODY):
        return stated_body, (Defect("articles", "no article body in the page; its text was taken from its metadata (JSON-LD)"),)
    if not text:
        text = stated.paragraphs()
        if not text:
            text = "\n".join(line for part in _all_text(tree).splitlines() if (line := _tidy(part)))
    try:
        require_prose(text, name)
    except NotText as error:
        reason = "a page without any text; it may need scripts or a login: open it in a browser, save the text and give that"
        raise NotText(name, reason) from error
    return text, (Defect("articles", f"hardly any article body found in the page; the {len(text):,} characters found were read"),)


def _extracted(tree: Any, address: str | None) -> str:
    from trafilatura import bare_extraction

    # Measured on news pages of 29 countries: precision gives as good a body as the default, and is a third faster.
    for precise in (True, False):
        try:
            found = bare_extraction(tree, url=address, include_comments=False, favor_precision=precise, with_metadata=False)
        except Exception:  # trafilatura trips over some broken pages; what is left of them is read below
            continue
        text = getattr(found, "text", None)
        if isinstance(text, str) and text.strip():
            return text.strip()
    return ""


def _all_text(tree: Any) -> str:
    unread = {"script", "style", "noscript", "template", "head", "title", "nav", "footer"}
    pieces: list[str] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in unread:
            pieces.append(element.text or "")
        pieces.append(element.tail or "")
    return "\n".join(pieces)
