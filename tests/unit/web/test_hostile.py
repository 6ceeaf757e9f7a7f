"""Articles that would like to run something in the reader's browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest
from starlette.testclient import TestClient

from volgens.app import App
from volgens.archive.store import Archive
from volgens.records import Article
from volgens.web.server import application

MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> \"onmouseover=\"alert(1)\" 'onfocus='alert(1)' </style></textarea></svg>"
)
TEMPLATE = "{{ 7 * 7 }}{% include '/etc/passwd' %}"
MARKS = "‮evil‬\x1b[31m﻿"
TEXT = (
    f"De sluis van Kadeveen gaat dicht, zegt wethouder {MARKUP} Roosdael. {TEMPLATE} {MARKS}\n\n"
    f"“De sluis {MARKUP} is lek”, zegt Ine <b>Roosdael</b>.\n\n"
    "De gemeente belooft dat de sluis op 4 juni 2030 open gaat.\n" + "x" * 20_000
)
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://a.example/"onmouseover="alert(1)',
    "//evil.example",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, list[str]]:
    path: Path = tmp_path_factory.mktemp("hostile") / "a.db"
    articles = [
        Article(
            TEXT + str(day), address, MARKUP + str(day), f"{MARKUP}{TEMPLATE}{MARKS}", "nl", f"2025-03-0{day}", authors=(MARKUP,)
        )
        for day, address in enumerate(ADDRESSES, 1)
    ]
    with Archive(path) as store, store.writing() as writer:
        for article in articles:
            writer.add(article, name=MARKUP)
    app = App()
    views, _ = app.trace([], path)
    ids = [article.id for article in articles]
    paths = ["/", "/stories?least=1", "/search", "/ledger", "/audit?by=outlet", *(f"/article/{id}" for id in ids)]
    paths += [f"/{kind}/{id}" for id in ids[:1] for kind in ("story",)]
    paths += [f"/story/{view.story.id}/shared.html" for view in views[:1]]
    paths += [f"/search?q={MARKUP}&speaker={MARKUP}", f"/ledger?speaker={MARKUP}", f"/audit?outlet={MARKUP}"]
    return TestClient(application(path, app), base_url="http://127.0.0.1"), paths


def _pages(hostile: tuple[TestClient, list[str]]) -> Iterator[tuple[str, lxml.html.HtmlElement, str]]:
    client, paths = hostile
    for path in paths:
        answer = client.get(path.replace("#", "%23"))
        assert answer.status_code == 200, path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert (
            "script-src 'self'" in answer.headers["content-security-policy"]
            or "script-src" not in answer.headers["content-security-policy"]
        )
        yield path, lxml.html.fromstring(answer.text), answer.text


def test_no_page_holds_a_script_an_event_or_an_address_that_is_not_ours(hostile: tuple[TestClient, list[str]]) -> None:
    seen = templates = 0
    for path, page, text in _pages(hostile):
        scripts = [(script.get("src"), script.text) for script in page.iter("script")]
        assert scripts in ([("/static/htmx.min.js", None), ("/static/volgens.js", None)], []), path
        for element in page.iter(lxml.etree.Element):
            assert not [name for name in element.attrib if name.lower().startswith("on")], (path, element.tag)
            assert element.tag not in ("img", "iframe", "object", "embed", "base"), path
            for name in ("href", "src", "action", "xlink:href"):
                assert urlsplit(element.get(name, "")).scheme in ("", "https"), (path, element.get(name))
                assert not element.get(name, "").startswith("//"), path
        seen += "&lt;script&gt;" in text
        templates += "{{ 7 * 7 }}" in text
    assert seen > 6  # what is hostile was shown, as words
    assert templates > 3


def test_a_drawing_to_take_away_is_well_formed_and_holds_no_script(hostile: tuple[TestClient, list[str]]) -> None:
    client, paths = hostile
    story = next(path for path in paths if path.endswith("/shared.html"))
    drawn = client.get(story.replace("shared.html", "graph.svg"))
    root = lxml.etree.fromstring(drawn.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not list(root.iter("{*}script"))
    assert "<script" not in drawn.text


def test_a_pasted_text_is_shown_as_words(hostile: tuple[TestClient, list[str]]) -> None:
    client, _ = hostile
    page = lxml.html.fromstring(client.post("/read", data={"text": TEXT}).text)
    assert len(list(page.iter("script"))) == 2
    assert "<script>alert(1)</script>" in "".join(page.find_class("text")[0].itertext())
    again = lxml.html.fromstring(client.post("/read", data={"text": "", "url": f"javascript:{MARKUP}"}).text)
    assert len(list(again.iter("script"))) == 2
    assert again.get_element_by_id("url").get("value") == f"javascript:{MARKUP}"


def test_what_the_api_says_cannot_be_taken_for_a_page(hostile: tuple[TestClient, list[str]]) -> None:
    client, _ = hostile
    answer = client.get("/api/v1/search")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert any("<script>" in hit["outlet"] for hit in answer.json()["statements"])


def test_the_choice_of_a_language_leads_nowhere_else(hostile: tuple[TestClient, list[str]]) -> None:
    client, _ = hostile
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert client.get("/language/nl", params={"back": back}, follow_redirects=False).headers["location"] == "/"
    assert client.get("/language/nl", params={"back": "/search?q=x"}, follow_redirects=False).headers["location"] == "/search?q=x"
    assert client.get("/language/xx").status_code == 404
