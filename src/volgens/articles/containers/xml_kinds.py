"""XML of the kinds that hold articles or links -> entries."""

from __future__ import annotations

from collections.abc import Iterator

from volgens.articles.containers import feeds, links, newsml
from volgens.articles.containers.entries import Entry, Source
from volgens.articles.containers.kinds import Kind
from volgens.articles.containers.trees import parsed


def read_xml(kind: Kind, source: Source) -> Iterator[Entry]:
    """The entries of a feed, OPML list, sitemap, NewsML or NITF document. Raises InputError where it cannot be parsed."""
    data, damage = source.data()
    root, defects = parsed(data, source.name, charset=source.charset)
    defects = damage + defects
    if kind == "feed":
        return feeds.read_feed(root, source, defects)
    if kind == "opml":
        return links.read_opml(root, source, defects)
    if kind == "sitemap":
        return links.read_sitemap(root, source, defects)
    return newsml.read_items(root, source, defects)
