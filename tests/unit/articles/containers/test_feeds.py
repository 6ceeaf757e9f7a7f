"""RSS, Atom and JSON Feed: whole items are articles, the others links with what the feed tells of them."""

from __future__ import annotations

import json

import pytest

from benchmarks.samples import ATOM, BODY, JSON_FEED, PARAGRAPHS, RSS, TEXT, TITLE, URL
from volgens.articles.containers import found_in
from volgens.articles.found import Found
from volgens.config import Settings
from volgens.errors import NotText
from volgens.records import Article, Choice


def read(data: bytes, url: str | None = None) -> list[Found]:
    return list(found_in(data, "feed.xml", Settings(), url=url))


def article(found: Found) -> Article:
    assert found.error is None
    assert found.article is not None
    return found.article


def rss(item: str, head: str = "") -> bytes:
    return f'<rss version="2.0"><channel><title>Dagdraad</title>{head}<item>{item}</item></channel></rss>'.encode()


def test_an_item_with_its_text_is_an_article() -> None:
    first = read(RSS)[0]
    whole = article(first)
    assert (first.name, first.link) == (f"feed.xml#{URL}", None)
    assert whole.text == TEXT
    assert (whole.title, whole.url, whole.outlet) == (f"{TITLE} & wat nu?", URL, "Dagdraad")
    assert (whole.published, whole.authors, whole.section) == ("2024-11-18T19:25:00+01:00", ("Ine Roosdael",), "Binnenland")
    assert whole.language == "nl"
    assert Choice("title", "feed") in whole.choices


def test_an_item_with_a_summary_is_a_link_and_names_where_an_aggregator_had_it() -> None:
    second = read(RSS)[1]
    told = article(second)
    assert second.link == "https://dagdraad.example/nieuws/veer"
    assert (told.outlet, told.authors, told.text) == (
        "De Waardpost",
        ("Bram Tolsma",),
        "Het veer vaart vandaag niet, meldt de rederij.",
    )
    assert told.published == "2024-11-19T07:00:00+00:00"


def test_an_item_without_an_address_is_what_it_says() -> None:
    third = read(RSS)[2]
    assert (third.name, third.link) == ("feed.xml#nummer-3", None)
    assert article(third).text == "De burgemeester zegt niets te weten."


def test_atom() -> None:
    first, second = read(ATOM)
    assert article(first).text == TEXT
    assert (article(first).title, article(first).url, article(first).outlet) == (
        "Sluis dicht",
        "https://waardpost.example/1",
        "De Waardpost",
    )
    assert (article(first).published, article(first).modified) == ("2024-11-18T19:25:00+01:00", "2024-11-18T20:00:00+01:00")
    assert second.link == "https://waardpost.example/2"
    assert article(second).published == "2024-11-19T08:00:00+00:00"


def test_json_feed() -> None:
    first, second = read(JSON_FEED)
    assert (article(first).text, article(first).authors, article(first).section) == (TEXT, ("Ine Roosdael",), "Binnenland")
    assert (second.link, article(second).text) == ("https://omroeplommerland.example/2", "De brug is open.")


def test_items_of_a_json_feed_that_are_none_cost_no_other() -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "items": [3, {"id": 7}, {"url": URL, "title": ["x"], "tags": 3}]}
    bad, empty, good = read(json.dumps(feed).encode())
    assert bad.error is not None
    assert isinstance(empty.error, NotText)
    assert good.link == URL


@pytest.mark.parametrize("end", ["…", "...", "[…]", "[&#8230;]", "… Lees verder"])
def test_a_text_that_is_cut_off_is_no_article(end: str) -> None:
    (only,) = read(rss(f"<link>{URL}</link><description><![CDATA[{BODY}{BODY}<p>En toen {end}</p>]]></description>"))
    assert only.link == URL


def test_a_long_description_is_an_article() -> None:
    (only,) = read(rss(f"<link>{URL}</link><description><![CDATA[{BODY}{BODY}]]></description>"))
    assert only.link is None
    assert len(article(only).text) > len(TEXT)


def test_relative_links_stand_against_the_address_of_the_feed() -> None:
    (only,) = read(rss("<link>/a</link><description>De sluis is dicht.</description>"), url="https://waardpost.example/feed")
    assert only.link == "https://waardpost.example/a"


def test_the_same_address_twice_gives_two_names() -> None:
    item = f"<item><link>{URL}</link><title>Sluis</title></item>"
    first, second = read(f"<rss><channel>{item}{item}</channel></rss>".encode())
    assert (first.name, second.name) == (f"feed.xml#{URL}", f"feed.xml#{URL}#2")


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace(b"</title>", b"", 1),
        RSS[: len(RSS) // 2],
        RSS.replace(b"Sluis bij", b"Sluis &nbsp;&uml;&onzin; & bij"),
        RSS.replace(b'xmlns:dc="http://purl.org/dc/elements/1.1/"', b""),
        b"\n\n" + RSS,
        RSS.replace(b"Sluis", b"Sl\0uis"),
        RSS.replace(b"Sluis bij", b"&#0;&#xD83D;&#x110000;Sluis bij"),
    ],
)
def test_a_broken_feed_gives_what_can_be_read_of_it(broken: bytes) -> None:
    first = read(broken)[0]
    assert first.error is None
    assert first.article is not None
    assert "Oosterlommer" in (first.article.title or "")


def test_encodings() -> None:
    for encoding in ("iso-8859-1", "utf-16", "utf-8-sig"):
        data = f'<?xml version="1.0" encoding="{encoding}"?>' + rss(f"<title>Café</title><link>{URL}</link>").decode()
        assert article(read(data.encode(encoding))[0]).title == "Café"


def test_nothing_is_lost_of_a_fragment_that_a_reader_of_pages_would_leave_out() -> None:
    body = "<ul>" + "".join(f"<li>{paragraph}</li>" for paragraph in PARAGRAPHS) + "</ul>"
    (only,) = read(rss(f"<link>{URL}</link><description><![CDATA[{body}{body}]]></description>"))
    assert all(paragraph in article(only).text for paragraph in PARAGRAPHS)


def test_a_feed_without_items() -> None:
    (only,) = read(b"<rss><channel><title>x</title></channel></rss>")
    assert isinstance(only.error, NotText)
