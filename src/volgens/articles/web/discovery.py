"""A home page -> the feeds of its site."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urldefrag, urljoin

PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/", "/feed.json")
"""Where feeds often are, on sites that do not tell."""

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LOOKS = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._-]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|reactie|kommentar", re.IGNORECASE)
_MOST = 50


def feeds_of(data: bytes, address: str) -> tuple[str, ...]:
    """The addresses of the feeds that the page at ``address`` states (``<link rel="alternate">``), or else of what it links to by
    a name that feeds have. Not those of comments. Never raises.
    """
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    try:
        tree = document_fromstring(data, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return ()
    base = next((href for one in tree.iter("base") if (href := one.get("href"))), "")
    stated = [one for one in tree.iter("link") if _is_stated(one)]
    linked = [one for one in tree.iter("a") if _LOOKS.search(one.get("href") or "")]
    found: dict[str, None] = {}
    for one in stated or linked:
        href, told = one.get("href") or "", f"{one.get('title') or ''} {one.text or ''}"
        if not _COMMENTS.search(href) and not _COMMENTS.search(told) and (whole := _whole(href, base, address)):
            found[whole] = None
    return tuple(found)[:_MOST]


def _is_stated(link: Any) -> bool:
    return "alternate" in (link.get("rel") or "").lower().split() and (link.get("type") or "").lower().strip() in _TYPES


def _whole(href: str, base: str, address: str) -> str | None:
    try:
        whole = urldefrag(urljoin(urljoin(address, base.strip()), href.strip())).url
    except ValueError:
        return None
    return whole if whole.lower().startswith(("http://", "https://")) else None
