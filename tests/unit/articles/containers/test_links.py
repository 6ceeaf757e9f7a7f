"""OPML and sitemaps give links, and tell which are to feeds."""

from __future__ import annotations

from benchmarks.samples import OPML, SITEMAP, SITEMAP_INDEX, URL
from volgens.articles.containers import found_in
from volgens.articles.found import Found
from volgens.config import Settings
from volgens.errors import NotText


def read(data: bytes) -> list[Found]:
    return list(found_in(data, "x", Settings()))


def test_opml_gives_links_to_feeds_each_once() -> None:
    doubled = OPML.replace(b"</outline></body>", b'<outline xmlUrl="https://dagdraad.example/feed.xml"/></outline></body>')
    for data in (OPML, doubled):
        all_found = read(data)
        assert [one.link for one in all_found] == ["https://dagdraad.example/feed.xml", "https://waardpost.example/feed.xml"]
        assert all(one.feed for one in all_found)
        assert [one.article.outlet for one in all_found if one.article] == ["Dagdraad", "De Waardpost"]


def test_a_news_sitemap_tells_of_its_pages() -> None:
    first, second = read(SITEMAP)
    assert (first.link, first.feed) == (URL, False)
    assert first.article is not None
    assert (first.article.title, first.article.outlet, first.article.published) == ("Sluis dicht", "Dagdraad", "2024-11-18")
    assert (first.article.language, first.article.url) == ("nl", URL)
    assert (second.link, second.article) == ("https://dagdraad.example/nieuws/veer", None)


def test_a_sitemap_of_sitemaps() -> None:
    (only,) = read(SITEMAP_INDEX)
    assert (only.link, only.feed) == ("https://dagdraad.example/sitemap-1.xml", True)


def test_addresses_that_are_none_are_left_out() -> None:
    data = SITEMAP.replace(b"https://dagdraad.example/nieuws/veer", b"javascript:alert(1)")
    assert [one.link for one in read(data)] == [URL]
    (only,) = read(b"<urlset><url><loc>file:///etc/passwd</loc></url></urlset>")
    assert isinstance(only.error, NotText)
    (only,) = read(b'<opml><body><outline text="leeg"/></body></opml>')
    assert isinstance(only.error, NotText)
