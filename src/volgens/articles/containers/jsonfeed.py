"""JSON Feed 1.0 and 1.1 -> an article for each item that has its text, a link for one that has not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from volgens.articles.containers.entries import Entry, Places, Source, failing
from volgens.articles.containers.feeds import item_found
from volgens.articles.containers.told import line, telling
from volgens.errors import NotText
from volgens.records import Defect


def is_feed(value: object) -> bool:
    """Whether a JSON value is a JSON Feed."""
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version", "")) and isinstance(value.get("items"), list)


def read_feed(feed: dict[str, Any], source: Source, defects: tuple[Defect, ...]) -> Iterator[Entry]:
    """An entry for each item. ``defects`` are those met before, told with each. Raises NotText where there are none."""
    if not feed["items"]:
        raise NotText(source.name, "a feed without items")
    places = Places(source.name)
    for number, item in enumerate(feed["items"], 1):
        if not isinstance(item, dict):
            yield failing(places.name(number), "no item of a feed, which is an object")
            continue
        told = telling(
            "feed",
            title=item.get("title"),
            url=_address(item.get("url")) or _address(item.get("external_url")) or _address(item.get("id")),
            outlet=feed.get("title"),
            dates=(item.get("date_published"), item.get("date_modified")),
            authors=item.get("authors") or item.get("author") or feed.get("authors") or feed.get("author"),
            section=_first(item.get("tags")),
            language=item.get("language") or feed.get("language"),
        )
        content, summary = _text(item.get("content_html")) or _text(item.get("content_text")), _text(item.get("summary"))
        name = places.name(told.url or line(item.get("id")) or number)
        yield Entry(name, partial(item_found, told, content, summary, name, defects))


def _address(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip().lower().startswith(("http://", "https://")) else None


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
