"""Pages of invented outlets."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.outlets import host_name
from volgens.articles.pages.page import looks_like_html, read_page
from volgens.errors import InputError, NotText
from volgens.examples import FOLDER as EXAMPLES
from volgens.records import Article

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


GOLD = json.loads((Path(__file__).parents[3] / "gold" / "pages.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(GOLD))
def test_example_pages(name: str) -> None:
    gold = GOLD[name]
    article, defects = read_page((EXAMPLES / name).read_bytes(), name)
    assert defects == ()
    for field in ("title", "outlet", "url", "published", "language"):
        assert getattr(article, field) == gold[field], field
    assert list(article.authors) == gold["authors"]
    assert [line for line in gold["contains"] if line not in article.text] == []
    assert [line for line in gold["lacks"] if line in article.text] == []


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[slice(*block.span)]) for block in article.blocks]


def test_blocks_are_told_apart() -> None:
    before = (
        '<h1>Brug dicht</h1><p class="standfirst">De brug over de Lommer gaat niet voor de zomer open.</p>'
        '<p class="byline">Door Noor Achterstraat, verslaggever</p>'
    )
    extra = [
        "</p><h2>Noodbrug te duur</h2><p>De provincie heeft geen geld voor een noodbrug, zei gedeputeerde Wim Aalders ook.",
        "</p><blockquote>‘We wachten al een jaar op een antwoord van de provincie’</blockquote><p>De raad praat er dinsdag over.",
        "Correctie 14.30 uur: in een eerdere versie stond dat de brug in mei dichtging; dat was in maart.",
        "</p><figure><img><figcaption>De brug vanmorgen. Foto: Puk de Wit</figcaption></figure><p>",
    ]
    article, _ = read_page(page(before=before, body=BODY + extra), "-")
    found = blocks(article)
    assert found[0] == ("headline", "Brug dicht")
    assert ("standfirst", "De brug over de Lommer gaat niet voor de zomer open.") in found
    assert ("byline", "Door Noor Achterstraat, verslaggever") in found
    assert ("subhead", "Noodbrug te duur") in found
    assert ("quotation", "‘We wachten al een jaar op een antwoord van de provincie’") in found
    assert [text[:9] for kind, text in found if kind == "notice"] == ["Correctie"]
    assert ("caption", "De brug vanmorgen.") in found
    assert [text for kind, text in found if kind == "photo credit"] == ["Foto: Puk de Wit"]
    assert article.authors == ("Noor Achterstraat",)
    assert [text for _, text in found] == article.text.split("\n")


def test_entries_of_a_live_blog_have_their_own_times() -> None:
    posts = (
        ("14:05", "Maandag weer open", BODY[0]),
        ("11.30 uur", "Files op de dijk", BODY[1]),
        ("09:10", "Scheur gevonden", BODY[2]),
    )
    entries = "".join(
        f'<article class="entry"><span class="entry-time">{time}</span><h2>{head}</h2><p>{text}</p></article>'
        for time, head, text in posts
    )
    head = '<meta property="article:published_time" content="2026-03-04T08:00:00+01:00">'
    article, _ = read_page(
        f"<html lang='nl'><head>{head}</head><body><main><h1>Liveblog</h1><div>{entries}</div></main></body>".encode(), "-"
    )
    found = [(block.time, article.text[slice(*block.span)]) for block in article.blocks if block.kind == "entry"]
    day = "2026-03-04T"
    assert found == [
        (f"{day}14:05:00+01:00", "Maandag weer open"),
        (f"{day}11:30:00+01:00", "Files op de dijk"),
        (f"{day}09:10:00+01:00", "Scheur gevonden"),
    ]
    times = [block.time for block in article.blocks if block.kind == "paragraph"]
    assert times == [time for time, _ in found]


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Door Noor Achterstraat en Wim van der Veen", ("Noor Achterstraat", "Wim van der Veen")),
        ("By Bea Thornley and Owen Marsh, Political Correspondent", ("Bea Thornley", "Owen Marsh")),
        ("Door onze redactie", ()),
        ("ANP / Reuters", ()),
        ("Onze correspondent Puk de Wit in Londen", ("Puk de Wit",)),
        ("Van onze verslaggever", ()),
    ],
)
def test_authors_are_people(byline: str, authors: tuple[str, ...]) -> None:
    article, _ = read_page(page(before=f'<h1>Brug</h1><p class="byline">{byline}</p>'), "-")
    assert article.authors == authors


def test_what_was_printed_is_dated_from_when_it_was_seen() -> None:
    article, _ = read_page(page(before="<h1>Brug</h1><time>vandaag, 19:25</time>"), "-", seen="2026-03-04T20:00:00+01:00")
    assert article.published == "2026-03-04T19:25:00+01:00"
    assert "visible" in [choice.origin for choice in article.choices if choice.field == "published"]


def test_voices_that_differ_are_weighed_and_the_winner_is_told() -> None:
    head = (
        ld({**JSON_LD, "dateModified": "2024-03-06T08:00:00+01:00"})
        + '<meta property="og:title" content="Zo blijft die brug dicht">'
        + '<meta property="article:published_time" content="2024-03-05">'
        + '<meta property="article:section" content="Regio"><link rel="amphtml" href="https://www.lommerbode.example/amp/brug">'
    )
    article, _ = read_page(
        page(head, before="<h1>Brug blijft jaar dicht &amp; bewoners boos</h1>"), "-", url="https://www.lommerbode.example/brug"
    )
    assert article.title == "Brug blijft jaar dicht & bewoners boos"
    assert (article.published, article.modified) == ("2024-03-05T17:20:00+01:00", "2024-03-06T08:00:00+01:00")
    assert (article.section, article.domain) == ("Regio", "lommerbode.example")
    assert article.twins == ("https://www.lommerbode.example/amp/brug",)
    assert {choice.field: choice.origin for choice in article.choices}["published"] == "json-ld"
