"""The feeds that home pages name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.web.discovery import feeds_of

HOME = "https://www.dekade.example/"


def page(head: str = "", body: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss.xml">', "", ["https://www.dekade.example/rss.xml"]),
        ('<LINK REL="Alternate feed" TYPE="application/atom+xml" HREF="nieuws/atom">', "", ["https://www.dekade.example/nieuws/atom"]),
        ('<base href="https://cdn.example/x/"><link rel="alternate" type="application/feed+json" href="f.json">', "",
         ["https://cdn.example/x/f.json"]),
        ('<link rel="alternate" hreflang="en" href="/en"><link rel="stylesheet" href="/feed.css">', "", []),
        ('<link rel="alternate" type="application/rss+xml" title="Comments" href="/c.xml">', "", []),
        ("", '<a href="/over">Over</a> <a href="/rss/binnenland.xml">RSS</a>', ["https://www.dekade.example/rss/binnenland.xml"]),
        ("", '<a href="/feedback">Mail ons</a>', []),
        ('<link rel="alternate" type="application/rss+xml" href="/a.xml">', '<a href="/rss">RSS</a>', ["https://www.dekade.example/a.xml"]),
        ('<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">', "", []),
        ('<link rel="alternate" type="application/rss+xml" href="http://[kapot">', "", []),
    ],
)  # fmt: skip
def test_feeds_that_a_page_names(head: str, body: str, expected: list[str]) -> None:
    assert list(feeds_of(page(head, body), HOME)) == expected


@given(st.binary(max_size=2000))
def test_nothing_is_raised(data: bytes) -> None:
    assert isinstance(feeds_of(data, HOME), tuple)
