"""What agencies send: ninjs, NewsML-G2, NITF."""

from __future__ import annotations

import json

import pytest

from benchmarks.samples import BODY, NEWSML, NEWSML_XHTML, NINJS, NINJS_3, NITF, PARAGRAPHS, TEXT, TITLE, newsml_item
from volgens.articles.containers import found_in
from volgens.articles.found import Found
from volgens.config import Settings
from volgens.errors import InputError, NotText
from volgens.records import Article

NITF_TEXT = f"De sluis blijft dicht, zegt Anke Verschuur van Lommerland.\nOmweg\n{PARAGRAPHS[2]}"


def read(data: bytes | str) -> list[Found]:
    return list(found_in(data if isinstance(data, bytes) else data.encode(), "x", Settings()))


def article(found: Found) -> Article:
    assert found.error is None
    assert found.article is not None
    return found.article


def test_ninjs_1() -> None:
    (only,) = map(article, read(NINJS))
    assert (only.text, only.title, only.outlet, only.url) == (TEXT, TITLE, "LNB", "https://lnb.example/items/7")
    assert (only.published, only.modified) == ("2024-11-18T19:25:00+01:00", "2024-11-18T20:00:00+01:00")
    assert (only.authors, only.section, only.language) == (("Ine Roosdael",), "Scheepvaart", "nl")


def test_ninjs_3() -> None:
    (only,) = map(article, read(NINJS_3))
    assert (only.text, only.title, only.outlet, only.authors) == (TEXT, TITLE, "LNB", ("Ine Roosdael",))
    assert (only.url, only.published, only.modified) == ("https://lnb.example/7", "2024-11-18T20:00:00+01:00", None)


def test_ninjs_prefers_html_to_text() -> None:
    bodies = [{"contentType": "text/plain", "value": "Kort."}, {"contentType": "application/xhtml+xml", "value": BODY}]
    (only,) = read(json.dumps({**json.loads(NINJS_3), "bodies": bodies}))
    assert article(only).text == TEXT


@pytest.mark.parametrize(
    ("change", "error"),
    [({"pubstatus": "canceled"}, InputError), ({"body_html": ""}, NotText), ({"body_html": 3, "type": "picture"}, NotText)],
)
def test_items_that_are_no_article(change: dict[str, object], error: type[InputError]) -> None:
    (only,) = read(json.dumps({**json.loads(NINJS), **change}))
    assert type(only.error) is error


def test_newsml_with_several_items() -> None:
    all_found = read(NEWSML)
    assert [one.name for one in all_found] == [f"x#urn:newsml:lnb.example:{number}" for number in (1, 2, 3)]
    assert [article(one).text for one in all_found] == [TEXT, NITF_TEXT, TEXT]
    for one in map(article, all_found):
        assert (one.title, one.outlet, one.authors, one.section) == (TITLE, "LNB", ("Ine Roosdael",), "Scheepvaart")
        assert (one.published, one.modified, one.language) == ("2024-11-18T19:25:00+01:00", "2024-11-18T20:00:00+01:00", "nl")


def test_a_newsml_item_alone() -> None:
    assert article(read(NEWSML_XHTML)[0]).text == TEXT
    escaped = BODY.replace("<", "&lt;")
    assert article(read(newsml_item(f'<inlineData contenttype="text/html">{escaped}</inlineData>'))[0]).text == TEXT


def test_newsml_items_that_are_no_article_cost_no_other() -> None:
    withdrawn = newsml_item(f"<inlineData>{TEXT}</inlineData>", 4, "canceled")
    picture = newsml_item('<remoteContent href="https://lnb.example/foto.jpg"/>', 5)
    message = f"<newsMessage><itemSet>{withdrawn}{picture}{NEWSML_XHTML}</itemSet></newsMessage>"
    first, second, third = read(message)
    assert first.error is not None
    assert "canceled" in first.error.reason
    assert isinstance(second.error, NotText)
    assert article(third).text == TEXT


def test_a_package_alone_names_its_items() -> None:
    items = '<group><itemRef href="https://lnb.example/7.xml"/><itemRef residref="x"/></group>'
    assert [one.link for one in read(f"<packageItem><groupSet>{items}</groupSet></packageItem>")] == ["https://lnb.example/7.xml"]
    (only,) = read("<packageItem><groupSet/></packageItem>")
    assert isinstance(only.error, NotText)


def test_nitf() -> None:
    (only,) = map(article, read(NITF))
    assert (only.text, only.title, only.outlet, only.section) == (NITF_TEXT, TITLE, "LNB", "Binnenland")
    assert (only.published, only.authors) == ("2024-11-18T19:25:00+01:00", ("Ine Roosdael",))
