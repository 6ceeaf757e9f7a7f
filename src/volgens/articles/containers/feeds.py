"""RSS (0.9x to 2.0) and Atom -> an article for each item that has its text, a link for one that has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urljoin

from volgens.articles.completed import completed
from volgens.articles.containers.entries import Entry, Places, Source
from volgens.articles.containers.told import Told, from_fragment, line, telling
from volgens.articles.containers.trees import child, children, local, markup_of, text_of
from volgens.articles.found import Found
from volgens.articles.pages.bounded import lines_of
from volgens.errors import NotText
from volgens.records import Article, Defect

_ATOM = "http://www.w3.org/2005/Atom"
_MEDIA = "search.yahoo.com/mrss"
_LEAST_ARTICLE = 500
_LEAST_IN_SUMMARY = 1200
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])\W{0,5}(?:[^\n]{0,60})\s*\Z")


def read_feed(root: Any, source: Source, defects: tuple[Defect, ...]) -> Iterator[Entry]:
    """An entry for each item or entry. ``defects`` are those met in parsing, told with each. Raises NotText where it is empty."""
    channel = root if local(root) == "feed" else (child(root, "channel") if child(root, "channel") is not None else root)
    items = [element for element in root.iter() if local(element) in ("item", "entry")]
    if not items:
        raise NotText(source.name, "a feed without items")
    places = Places(source.name)
    outlet, language = line(text_of(_own(channel, "title"))), _language(channel, None)
    base = source.url or line(_link(channel))
    for number, item in enumerate(items, 1):
        told = _told(item, outlet, language, base)
        name = places.name(told.url or line(text_of(_own(item, "guid", "id"))) or number)
        yield Entry(name, partial(_found, item, told, name, defects))


def _found(item: Any, told: Told, name: str, defects: tuple[Defect, ...]) -> Found:
    return item_found(told, _content(item), _summary(item), name, defects)


def item_found(told: Told, content: str, summary: str, name: str, defects: tuple[Defect, ...]) -> Found:
    """The article of a feed's item where it holds the whole, or else the link to it with what the feed tells of it."""
    for body, least in ((content, _LEAST_ARTICLE), (summary, _LEAST_IN_SUMMARY)):
        if len(body) >= least and is_whole(lines_of(body), least, linked=told.url is not None):
            article, more = from_fragment(body, told, name)
            return Found(name, article=article, defects=defects + more)
    text = max((lines_of(summary), lines_of(content)), key=len)
    if told.url is None:
        if not text:
            raise NotText(name, "an item without a link and without a text")
        article, more = from_fragment(summary if len(summary) > len(content) else content, told, name)
        return Found(name, article=article, defects=defects + more)
    article, _ = completed(told.over(Article(text=text)), ())
    return Found(name, article=article, link=told.url, defects=defects)


def is_whole(text: str, least: int, *, linked: bool) -> bool:
    """Whether a text of a feed is an article and no beginning of one: long enough, and not cut off at its end."""
    return len(text) >= least and not (linked and _CUT_OFF.search(text[-80:]))


def _told(item: Any, outlet: str | None, language: str | None, base: str | None) -> Told:
    source = _own(item, "source")
    # An aggregator names in <source> from where it has the item.
    named = line(text_of(child(source, "title"))) or line(source.text) if source is not None else None
    dates = (
        text_of(_own(item, "pubdate", "published", "issued", "date", "created")) or text_of(_own(item, "updated", "modified")),
        text_of(_own(item, "updated", "modified")),
    )
    return telling(
        "feed",
        title=text_of(_own(item, "title")),
        url=_address(_link(item), base),
        outlet=named or outlet,
        dates=dates,
        authors=_authors(item),
        section=_section(item),
        language=_language(item, language),
    )


def _own(element: Any, *names: str) -> Any:
    """The first child with the first of these names that is there, and is no <media:title> or <itunes:author>."""
    for name in names:
        found = [
            one for one in children(element, name) if _MEDIA not in one.tag and "itunes" not in one.tag and "media:" not in one.tag
        ]
        # In RSS, what has a namespace may be a copy for others.
        if found:
            return next((one for one in found if "}" not in one.tag), found[0])
    return None


def _link(element: Any) -> str | None:
    links = list(children(element, "link"))
    for one in links:
        if one.get("href") and (one.get("rel") or "alternate") == "alternate":
            return str(one.get("href"))
    written = next((text for one in links if not one.get("href") and (text := text_of(one))), None)
    if written:
        return written
    guid = _own(element, "guid")
    address = text_of(guid)
    return address if address and (guid.get("isPermaLink") or guid.get("ispermalink") or "true").lower() == "true" else None


def _address(link: str | None, base: str | None) -> str | None:
    if not link or not link.strip():
        return None
    try:
        address = urljoin(base or "", link.strip())
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://")) else None


def _authors(item: Any) -> list[str]:
    named = [text for one in children(item, "creator") if (text := text_of(one))]
    for one in children(item, "author"):
        if "itunes" in one.tag:
            continue
        text = text_of(child(one, "name")) or text_of(one)
        # RSS wants an address with the name after it: "mail@dekrant.example (Ine Roosdael)".
        inside = re.fullmatch(r"\s*\S+@\S+\s*\(([^()]{1,200})\)\s*", text or "")
        text = inside.group(1) if inside else text
        if text and "@" not in text and text not in named:
            named.append(text)
    return named


def _section(item: Any) -> str | None:
    first = next(children(item, "category"), None)
    return None if first is None else text_of(first) or first.get("label") or first.get("term")


def _language(element: Any, otherwise: str | None) -> str | None:
    attribute = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return attribute or text_of(_own(element, "language")) or otherwise


def _content(item: Any) -> str:
    encoded = next((text for one in children(item, "encoded") if (text := text_of(one))), None)
    if encoded:
        return encoded
    own = [one for one in children(item, "content") if _MEDIA not in one.tag and "media:" not in one.tag]
    return _as_html(own[0]) if own else ""


def _summary(item: Any) -> str:
    own = _own(item, "description", "summary")
    return "" if own is None else _as_html(own)


def _as_html(element: Any) -> str:
    """The content of an element of RSS or Atom, whose type may be text, HTML written as text, or XHTML."""
    if element.get("type") == "xhtml" or len(element):
        return markup_of(element)
    return text_of(element) or ""
