"""Pages of invented outlets."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.outlets import host_name
from volgens.articles.page import looks_like_html, read_page
from volgens.errors import InputError, NotText

BODY = [
    "De brug over de Lommer blijft nog zeker een jaar dicht, zei wethouder Anke Verschuur dinsdag in de gemeenteraad.",
    "Volgens haar is het beton op drie plaatsen gescheurd. “Wij nemen geen enkel risico”, zei Verschuur.",
    "De provincie liet weten dat er geen geld is voor een noodbrug. Een woordvoerder wilde niet zeggen of dat er nog komt.",
    "Bewoners van de wijk Zuiderdam zijn boos. ‘Niemand heeft ons iets verteld’, aldus buurtvoorzitter Teun Wielinga.",
    "Het ingenieursbureau dat de brug onderzocht, noemt de toestand ernstig maar niet acuut gevaarlijk.",
]
JSON_LD = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Brug blijft jaar dicht &amp; bewoners boos",
    "datePublished": "2024-03-05T17:20:00+01:00",
    "publisher": {"@type": "NewsMediaOrganization", "name": "De Lommerbode"},
}


def page(head: str = "", body: list[str] = BODY, before: str = "", lang: str = "nl") -> bytes:
    paragraphs = "".join(f"<p>{p}</p>\n" for p in body)
    menu = '<nav><ul><li><a href="/">Voorpagina</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{menu}'
        f"<main><article>{before}{paragraphs}</article></main><footer><p>© De Lommerbode, alle rechten</p></footer></body></html>"
    ).encode()


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_body_title_outlet_date_and_address() -> None:
    head = ld(JSON_LD) + '<link rel="canonical" href="https://www.lommerbode.example/brug"><title>Brug | De Lommerbode</title>'
    article, defects = read_page(page(head), "brug.html")
    assert article.text.split("\n") == [article.title, *BODY]
    assert article.title == "Brug blijft jaar dicht & bewoners boos"
    assert article.outlet == "De Lommerbode"
    assert article.published == "2024-03-05T17:20:00+01:00"
    assert article.url == "https://www.lommerbode.example/brug"
    assert article.language == "nl"
    assert defects == ()


def test_the_same_bytes_give_the_same_article() -> None:
    assert read_page(page(ld(JSON_LD)), "a") == read_page(page(ld(JSON_LD)), "b")


def test_the_address_it_was_found_at_goes_before_the_one_it_states() -> None:
    head = '<link rel="canonical" href="https://elders.example/x">'
    article, _ = read_page(page(head), "-", url="https://www.lommerbode.example/a")
    assert (article.url, article.outlet) == ("https://www.lommerbode.example/a", "lommerbode.example")


@pytest.mark.parametrize(
    ("head", "before", "title"),
    [
        ('<meta property="og:title" content="Brug dicht - De Lommerbode">', "", "Brug dicht"),
        ('<meta property="og:title" content="De Lommerbode | Brug dicht">', "", "Brug dicht"),
        ('<meta property="og:title" content="Brug dicht – lommerbode.example">', "", "Brug dicht"),
        ('<meta property="og:title" content="Brug dicht - bewoners boos">', "", "Brug dicht - bewoners boos"),
        ("<title>Voorpagina</title>", "<h1>Brug <em>blijft</em>\n dicht</h1>", "Brug blijft dicht"),
        ("<title>Brug dicht :: De Lommerbode</title>", "", "Brug dicht"),
        ("<title>De Lommerbode</title>", "", "De Lommerbode"),
        ("", "", None),
        (ld([{"@graph": [{"@type": "WebSite", "headline": "nee"}, {"@type": ["NewsArticle"], "headline": "ja"}]}]), "", "ja"),
        (ld({"@type": "NewsArticle", "headline": 12}), "<h1>Brug</h1>", "Brug"),
        ('<script type="application/ld+json">{"headline": </script>', "<h1>Brug</h1>", "Brug"),
    ],
)
def test_titles(head: str, before: str, title: str | None) -> None:
    site = '<meta property="og:site_name" content="De Lommerbode"><meta property="og:url" content="https://lommerbode.example/a">'
    assert read_page(page(site + head, before=before), "-")[0].title == title


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', "2024-03-05T10:00:00+00:00"),
        ('<meta property="article:published_time" content="2024-03-05">', "2024-03-05"),
        (ld({**JSON_LD, "datePublished": "2024-03-05T99:00"}), "2024-03-05"),
        (ld({**JSON_LD, "datePublished": "2024-13-45"}), None),
        (ld({**JSON_LD, "datePublished": {"@value": "2024-03-05"}}), None),
        ("", None),
    ],
)
def test_dates(head: str, published: str | None) -> None:
    assert read_page(page(head), "-")[0].published == published


def test_a_date_that_is_only_marked_in_the_text() -> None:
    article, _ = read_page(page(before='<time datetime="2023-11-02T08:00">2 november 2023</time>'), "-")
    assert (article.published or "")[:10] == "2023-11-02"


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    data = page().decode().replace("utf-8", encoding).encode(encoding)
    assert looks_like_html(data)
    article, defects = read_page(data, "-")
    assert article.text.split("\n") == BODY
    assert defects == ()


def test_the_header_charset_counts() -> None:
    data = page().decode().replace('<meta charset="utf-8">', "").encode("cp1252")
    article, defects = read_page(data, "-", charset="ISO-8859-1")
    assert article.text.split("\n") == BODY
    assert defects == ()


def test_broken_html_gives_what_can_be_read() -> None:
    broken = page().decode().replace("</p>", "").replace("</article>", "<div><b></i>").replace("</head>", "").split("</main>")[0]
    article, _ = read_page(broken.encode(), "-")
    assert all(sentence in article.text for sentence in BODY)


def test_deep_nesting_gives_a_text_or_a_clear_error() -> None:
    deep = "<html><body>" + "<div>" * 5000 + "".join(f"<p>{p}</p>" for p in BODY)
    try:
        article, _ = read_page(deep.encode(), "-")
    except NotText:
        return
    assert article.text


def test_a_text_that_only_its_metadata_has() -> None:
    head = ld({**JSON_LD, "articleBody": "\n\n".join(BODY)})
    article, defects = read_page(page(head, body=["Zet JavaScript aan."]), "-")
    assert article.text.split("\n") == [article.title, *BODY]
    assert "metadata" in defects[0].message


def test_a_page_with_hardly_a_text_says_so() -> None:
    article, defects = read_page(b"<html><body><p>De brug blijft dicht, zei ze.</p></body></html>", "-")
    assert article.text == "De brug blijft dicht, zei ze."
    assert "hardly any" in defects[0].message


def test_text_outside_paragraphs() -> None:
    article, _ = read_page(b"<html><body><div>De brug blijft dicht.</div><script>let a = 1</script></body></html>", "-")
    assert article.text == "De brug blijft dicht."


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<!doctype html>",
        "<html><head><title>Brug dicht</title></head><body></body></html>",
        "<html><body><script>document.write('Brug')</script><div>1 2 3</div></body></html>",
        "<html><body><img src='a.png'></body></html>",
    ],
)
def test_a_page_without_text(html: str) -> None:
    with pytest.raises(NotText, match=r"brug\.html: .*(save|give)"):
        read_page(html.encode(), "brug.html")


def test_half_a_pair_as_a_number() -> None:
    article, _ = read_page(
        page(body=[*BODY, "Zij zei &#xD83D; en &#55357; en &#0; niets."], head='<meta property="og:title" content="A &#xD800;">'),
        "-",
    )
    assert json.dumps(article.text, ensure_ascii=False).encode()
    assert (article.title or "").encode()


@pytest.mark.parametrize(
    ("data", "hinted", "html"),
    [
        (b"<!DOCTYPE HTML><p>x", False, True),
        (b"\xef\xbb\xbf\n <!-- a --> <html>", False, True),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', False, True),
        (b"<div><p>Zij zei</p></div>", False, True),
        (b"Zij zei <b>ja</b> en <a href='x'>nee</a>.", False, False),
        (b"Een <p> is een alinea, en </p> sluit hem, <br> niet.", False, False),
        (b"Zij zei <p>ja", True, True),
        (b"Zij zei ja.", True, False),
        (b"a < b en c > d", True, False),
        (b"", True, False),
    ],
)
def test_pages_are_told_from_text(data: bytes, hinted: bool, html: bool) -> None:
    assert looks_like_html(data, hinted=hinted) is html


@given(st.text(max_size=60), st.text(alphabet="<>/ph1 &;#x\"'=-!", max_size=60))
def test_any_page_gives_an_article_or_a_clear_error(text: str, markup: str) -> None:
    data = f"<html><head>{markup}</head><body>{markup}<p>{text}</p>{markup}".encode(errors="replace")
    try:
        article, _ = read_page(data, "-")
    except InputError:
        return
    assert article.text.strip()
    assert article.text.encode()


def test_many_comments_and_nodes_take_no_time() -> None:
    start = time.process_time()
    assert not looks_like_html(b"<!-- a -->" * 2000 + b"x")
    head = ld([{"@type": "Thing"}] * 100_000 + [JSON_LD])
    assert read_page(page(head), "-")[0].outlet == "De Lommerbode"
    assert time.process_time() - start < 5


@given(st.binary(max_size=200))
def test_any_bytes_can_be_judged(data: bytes) -> None:
    assert looks_like_html(data) in (True, False)


def test_host_names() -> None:
    assert host_name("https://www.lommerbode.example:8080/a") == "lommerbode.example"
    assert host_name("nonsense") is host_name(None) is host_name("http://[zz") is None
