"""What a page says of itself: its JSON-LD, its meta elements and links, each voice apart."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from volgens.articles.plain import without_surrogates
from volgens.languages import shared

_ARTICLE_TYPES = re.compile(r"article|posting|report|blog|review", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
_PERSON_META = (
    "author", "article:author", "article:author:name", "og:article:author", "og:author", "byl", "byline", "parsely-author",
    "sailthru.author", "cxenseparse:author", "citation_author", "article_author", "article.author", "authors",
    "twitter:creator:name",
)  # fmt: skip
_DUBLIN_PERSONS = ("dc.creator", "dcterms.creator", "dc:creator", "dc.contributor.author")
_DUBLIN_DATES = (
    "dcterms.created", "dcterms.issued", "dc.date.issued", "dc.date.created", "dcterms.date", "dc.date", "dcterms.available",
)  # fmt: skip
_META_DATES = (
    "datepublished", "date", "pubdate", "publishdate", "publish-date", "publish_date", "published", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "published-date", "published_time", "datecreated",
    "citation_date", "citation_publication_date", "originalpublicationdate", "article_date_original", "displaydate",
    "release_date",
)  # fmt: skip
_GRAPH_DATES = (
    "article:published_time", "article:published:time", "og:published_time", "og:article:published_time", "article:published",
)  # fmt: skip
_GRAPH_CHANGES = ("article:modified_time", "article:modified:time", "og:updated_time", "og:modified_time", "article:modified")
_DUBLIN_CHANGES = ("dcterms.modified", "dc.date.modified")
_META_CHANGES = (
    "datemodified", "lastmod", "last-modified", "modified", "revision_date", "article.updated", "cxenseparse:modified",
    "last-updated",
)  # fmt: skip
_SECTIONS = ("section", "article.section", "parsely-section", "cxenseparse:section", "category", "rubriek")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one part of a page says. ``origin`` is that of a Choice."""

    origin: str
    value: str


class Stated:
    """The meta elements, links and JSON-LD nodes of a page."""

    def __init__(self, tree: Any) -> None:
        self._meta: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            if key and (value := tidy(element.get("content"))):
                self._meta.setdefault(key, []).append(value)
        self._links = [
            ((link.get("rel") or "").lower().split(), (link.get("media") or "").lower(), (link.get("href") or "").strip())
            for link in tree.iter("link")
        ]
        nodes = [node for script in tree.iter("script") for node in _json_ld(script)]
        self._by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
        self.articles = [node for node in nodes if _ARTICLE_TYPES.search(_types(node)) and "Comment" not in _types(node)]

    def article_value(self, key: str) -> Any:
        """The value of ``key`` in the first JSON-LD node that is an article and has one."""
        return next((node[key] for node in self.articles if node.get(key)), None)

    def titles(self) -> Iterator[Voice]:
        yield from _voices("json-ld", (self.article_value("headline"), self.article_value("name")))
        yield from self._said("opengraph", ("og:title",))
        yield from self._said("dublin core", ("dc.title", "dcterms.title", "dc:title"))
        yield from self._said("meta", ("twitter:title", "sailthru.title", "parsely-title", "title"))

    def authors(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The bylines of each voice as it prints them."""
        stated = tuple(self._names(self.article_value("author") or self.article_value("creator")))
        meta = (*self._lines(_PERSON_META), *self._labelled())
        for origin, lines in (
            ("json-ld", stated),
            ("meta", meta),
            ("dublin core", self._lines(_DUBLIN_PERSONS)),
        ):
            if lines:
                yield origin, lines

    def published(self) -> Iterator[Voice]:
        yield from _voices("json-ld", (self.article_value("datePublished"), self.article_value("dateCreated")))
        yield from self._said("opengraph", _GRAPH_DATES)
        yield from self._said("dublin core", _DUBLIN_DATES)
        yield from self._said("meta", _META_DATES)

    def modified(self) -> Iterator[Voice]:
        yield from _voices("json-ld", (self.article_value("dateModified"),))
        yield from self._said("opengraph", _GRAPH_CHANGES)
        yield from self._said("dublin core", _DUBLIN_CHANGES)
        yield from self._said("meta", _META_CHANGES)

    def outlets(self) -> Iterator[Voice]:
        publishers = self.article_value("publisher")
        yield from self._said("opengraph", ("og:site_name",))
        yield from _voices("json-ld", self._names(publishers, bodies=True))
        yield from self._said("dublin core", ("dc.publisher", "dcterms.publisher"))
        yield from self._said("meta", ("application-name", "apple-mobile-web-app-title", "publisher", "copyright"))

    def sections(self) -> Iterator[Voice]:
        section = self.article_value("articleSection")
        yield from _voices("json-ld", section if isinstance(section, list) else (section,))
        yield from self._said("opengraph", ("article:section", "og:section"))
        yield from self._said("meta", _SECTIONS)

    def languages(self) -> Iterator[Voice]:
        stated = self.article_value("inLanguage")
        yield from _voices("json-ld", (stated.get("alternateName") if isinstance(stated, dict) else stated,))
        yield from self._said("opengraph", ("og:locale",))
        yield from self._said("dublin core", ("dc.language", "dcterms.language"))
        yield from self._said("meta", ("content-language", "language"))

    def addresses(self) -> Iterator[Voice]:
        for rel, _, href in self._links:
            if "canonical" in rel:
                yield Voice("meta", href)
        yield from self._said("opengraph", ("og:url",))
        page = self.article_value("mainEntityOfPage")
        yield from _voices("json-ld", (self.article_value("url"), page.get("@id") if isinstance(page, dict) else page))

    def twins(self) -> Iterator[str]:
        """The addresses of the AMP, mobile and print editions."""
        for rel, media, href in self._links:
            other = "alternate" in rel and ("print" in media or "handheld" in media or "max-width" in media)
            if href and ("amphtml" in rel or "print" in rel or other):
                yield href

    def descriptions(self) -> Iterator[Voice]:
        yield from _voices("json-ld", (self.article_value("description"), self.article_value("abstract")))
        yield from self._said("opengraph", ("og:description",))
        yield from self._said("meta", ("description", "twitter:description"))

    def article_body(self) -> str:
        """The text that JSON-LD has for search engines, line by line; "" where it has none."""
        return without_markup(self.article_value("articleBody"))

    def live_updates(self) -> list[dict[str, Any]]:
        """The entries of a live blog, as JSON-LD lists them."""
        updates = self.article_value("liveBlogUpdate")
        return [entry for entry in (updates if isinstance(updates, list) else [updates]) if isinstance(entry, dict)]

    def _said(self, origin: str, keys: Iterable[str]) -> Iterator[Voice]:
        return (Voice(origin, value) for key in keys for value in self._meta.get(key, ())[:1])

    def _lines(self, keys: Iterable[str]) -> tuple[str, ...]:
        values = (value for key in keys for value in self._meta.get(key, ()) if "://" not in value)
        return tuple(dict.fromkeys(values))

    def _labelled(self) -> tuple[str, ...]:
        """What the labels of a card call the writer ("Written by" in twitter:label1, the name in twitter:data1)."""
        labels = shared("bylines", "labels")
        said = ((self._meta.get(f"twitter:label{n}", [""])[0], self._meta.get(f"twitter:data{n}", [])) for n in (1, 2))
        named = [name for label, names in said if label.casefold().rstrip(":") in labels for name in names]
        for key, names in self._meta.items():
            if key.startswith("twitter:misc:") and key.removeprefix("twitter:misc:") in labels:
                named += names
        return tuple(named)

    def _names(self, value: Any, *, bodies: bool = False) -> Iterator[str]:
        """The names in an author or publisher: strings and objects; organisations only where ``bodies`` are wanted."""
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and not one.get("name"):
                one = self._by_id.get(str(one.get("@id"))) or {}
            if isinstance(one, dict):
                body = re.search("Organi[sz]ation|Corporation", _types(one))
                names = one.get("name") if bodies or not body else None
            else:
                names = one
            for name in names if isinstance(names, list) else [names]:
                if (clean := tidy(name)) and "://" not in clean:
                    yield clean


def tidy(value: object) -> str | None:
    """``value`` on one line, with character references resolved; None where it is no text."""
    if not isinstance(value, str):
        return None
    # Headlines in JSON-LD are often escaped twice.
    return without_surrogates(" ".join(html.unescape(html.unescape(value)).replace("\xad", "").split()))[0] or None


def without_markup(value: object) -> str:
    """The lines of a text that may hold markup; "" where it is no text."""
    text = html.unescape(re.sub(r"<[^<>]{1,200}>", "\n", value)) if isinstance(value, str) else ""
    return "\n".join(line for part in text.splitlines() if (line := tidy(part)))


def _voices(origin: str, values: Iterable[object]) -> Iterator[Voice]:
    for value in values:
        if isinstance(value, list) and value:
            value = value[0]
        if clean := tidy(value):
            yield Voice(origin, clean)


def _types(node: dict[str, Any]) -> str:
    return str(node.get("@type", ""))


def _json_ld(script: Any) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    source = source.removeprefix("//<![CDATA[").removesuffix("//]]>").removeprefix("<![CDATA[").removesuffix("]]>")
    pending: deque[Any] = deque()
    for attempt in (source, _TRAILING_COMMA.sub("", source)):
        try:
            pending.append(json.loads(attempt, strict=False))
            break
        except (ValueError, RecursionError):
            continue
    while pending:
        node = pending.popleft()
        if isinstance(node, list):
            pending.extendleft(reversed(node))
        elif isinstance(node, dict):
            yield node
            pending.extend(node[key] for key in _NESTED if isinstance(node.get(key), dict | list))
