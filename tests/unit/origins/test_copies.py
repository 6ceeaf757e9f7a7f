"""Passages that articles share, and who has them from whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.credits import credits
from volgens.origins.copies import copies
from volgens.records import Article, Derivation

WIRE = (
    "De Zwaluwbrug bij Hoogwaarde vertoont scheuren en gaat voor de zomer dicht voor zwaar verkeer. "
    "Inspecteurs van de provincie vonden "
    "de schade bij een gewone controle in januari. Volgens het conceptrapport zijn twee van de vier "
    "pijlers aangetast door vocht dat "
    "al jaren niet meer wegloopt. De provincie wil eerst een tweede bureau laten kijken voordat zij besluit wat er moet gebeuren."
)
OWN = (
    "Wie vanmorgen naar Hoogwaarde wilde, stond stil. Bij de afslag keerden chauffeurs om, en op de "
    "markt ging het over niets anders. "
    "Marktkoopman Gijs Terpstra verloor een uur en de helft van zijn klanten, vertelt hij bij zijn kraam met kaas."
)
QUOTE = "‘Er is iets verzwegen, en ik wil weten door wie, sinds wanneer en waarom niemand het in januari aan de raad heeft verteld’"


def article(text: str, outlet: str, published: str | None, language: str = "nl") -> Article:
    made = Article(text, f"https://{outlet.lower()}.example/a", outlet, None, language, published)
    return Article(text, made.url, outlet, None, language, published, credits=credits(made))


def test_a_copy_points_at_the_words_in_both() -> None:
    first = article(WIRE, "Waardpost", "2025-03-04T08:00:00+01:00")
    second = article(f"{OWN}\n{WIRE[:320]}", "Dagdraad", "2025-03-04T11:00:00+01:00")
    (found,) = copies([second, first])
    assert (found.derived, found.source, found.kind, found.reason) == (second.id, first.id, "copies", "date")
    (passage,) = found.passages
    assert second.text[slice(*passage.copy)] == first.text[slice(*passage.source)]
    assert second.text[slice(*passage.copy)].startswith("De Zwaluwbrug")
    assert 0.4 < found.share < 0.8


def test_light_rewriting_is_seen_through() -> None:
    rewritten = (
        WIRE.replace("vertoont", "heeft").replace("een gewone", "de jaarlijkse").replace("al jaren ", "").replace("eerst ", "")
    )
    (found,) = copies([article(WIRE, "Waardpost", "2025-03-04"), article(rewritten, "Dagdraad", "2025-03-05")])
    assert found.share > 0.7


def test_a_credit_goes_before_the_date() -> None:
    agency = article(WIRE, "ANP", "2025-03-04T12:00:00+01:00")
    early = article(f"{WIRE}\nBron: ANP", "Dagdraad", "2025-03-04T11:00:00+01:00")
    (found,) = copies([agency, early])
    assert (found.derived, found.source, found.reason) == (early.id, agency.id, "credit")


@pytest.mark.parametrize("dates", [(None, None), ("2025-03-04", None), ("2025-03-04", "2025-03-04")])
def test_where_nothing_tells_the_direction_that_is_said(dates: tuple[str | None, str | None]) -> None:
    (found,) = copies([article(WIRE, "Waardpost", dates[0]), article(WIRE + OWN, "Dagdraad", dates[1])])
    assert found.reason == "unknown"


def test_times_are_compared_across_zones() -> None:
    first = article(WIRE, "Waardpost", "2025-03-04T12:00:00+01:00")
    second = article(WIRE + OWN, "Dagdraad", "2025-03-04T11:30:00+00:00")
    (found,) = copies([first, second])
    assert found.derived == second.id


def test_a_quotation_that_both_heard_is_no_copy() -> None:
    assert (
        copies(
            [article(f"{QUOTE}, zei ze. {OWN}", "Waardpost", "2025-03-04"), article(f"{WIRE} {QUOTE}.", "Dagdraad", "2025-03-05")]
        )
        == ()
    )


def test_the_furniture_of_an_outlet_is_no_copy() -> None:
    lines = (
        "Waardpost is onafhankelijk. Steun onze verslaggevers met een bijdrage naar keuze, vandaag en elke "
        "dag van het jaar, en lees alles."
    )
    texts = [
        OWN,
        WIRE,
        "Heel iets anders: de ijsbaan opent zaterdag, mits het vriest, zegt de voorzitter van de ijsclub tegen de leden.",
    ]
    articles = [article(f"{text}\n{lines}", "Waardpost", f"2025-0{n}-04") for n, text in enumerate(texts, 1)]
    assert copies(articles) == ()


def test_the_order_plays_no_part() -> None:
    articles = [
        article(WIRE, "Waardpost", "2025-03-04"),
        article(WIRE + OWN, "Dagdraad", "2025-03-05"),
        article(OWN, "LNB", "2025-03-06"),
    ]
    assert copies(articles) == copies(articles[::-1])


@given(st.lists(st.text(alphabet="ab ‘’.\n", max_size=300), max_size=5))
def test_any_texts(texts: list[str]) -> None:
    articles = [Article(text, f"https://x.example/{n}", None, None, "nl", None) for n, text in enumerate(texts)]
    texts_of = {a.id: a.text for a in articles}
    found: tuple[Derivation, ...] = copies(articles)
    for one in found:
        assert one.derived != one.source
        assert 0 < one.share <= 1
        for passage in one.passages:
            for id, (start, end) in ((one.derived, passage.copy), (one.source, passage.source)):
                assert 0 <= start < end <= len(texts_of[id])
