"""OPML and sitemaps -> links: to feeds, to articles with what a news sitemap tells of them, to further sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from volgens.articles.containers.entries import Entry, Places, Source
from volgens.articles.containers.told import line, telling
from volgens.articles.containers.trees import child, children, local, text_of
from volgens.articles.found import Found
from volgens.errors import NotText
from volgens.records import Article, Defect


def read_opml(root: Any, source: Source, defects: tuple[Defect, ...]) -> Iterator[Entry]:
    """A link to each feed, in the order of the document, with its title as the outlet. Raises NotText where there are none."""
    places = Places(source.name)
    seen: set[str] = set()
    for outline in root.iter():
        if local(outline) != "outline":
            continue
        attributes = {key.lower(): value for key, value in outline.attrib.items()}
        address = _address(attributes.get("xmlurl"))
        if address is None or address in seen:
            continue
        seen.add(address)
        told = telling("feed", outlet=attributes.get("title") or attributes.get("text"), language=attributes.get("language"))
        article = told.over(Article(text="")) if told.outlet else None
        yield _link(Found(places.name(address), article=article, link=address, feed=True, defects=defects))
    if not seen:
        raise NotText(source.name, "an OPML list without addresses of feeds (xmlUrl)")


def read_sitemap(root: Any, source: Source, defects: tuple[Defect, ...]) -> Iterator[Entry]:
    """A link to each page with what is told of it as news, or to each further sitemap. Raises NotText where there are none."""
    places = Places(source.name)
    empty = True
    for element in children(root, "url", "sitemap"):
        address = _address(text_of(child(element, "loc")))
        if address is None:
            continue
        empty = False
        is_map = local(element) == "sitemap"
        article = None if is_map else _news(element, address)
        yield _link(Found(places.name(address), article=article, link=address, feed=is_map, defects=defects))
    if empty:
        raise NotText(source.name, "a sitemap without addresses")


def _news(element: Any, address: str) -> Article | None:
    news = child(element, "news")
    if news is None:
        return None
    told = telling(
        "feed",
        title=text_of(child(news, "title")),
        url=address,
        outlet=text_of(child(news, "publication", "name")),
        dates=(text_of(child(news, "publication_date")), None),
        language=text_of(child(news, "publication", "language")),
    )
    return told.over(Article(text=""))


def _address(value: str | None) -> str | None:
    text = line(value)
    return text if text and text.lower().startswith(("http://", "https://")) and " " not in text else None


def _link(found: Found) -> Entry:
    return Entry(found.name, lambda: found)
