"""Which articles tell of the same events."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from volgens.records import Article
from volgens.stories.clustering import Clustering, stories
from volgens.stories.terms import terms

BRIDGE = (
    "De Zwaluwbrug bij Hoogwaarde gaat dicht. Inspecteurs van de provincie Lommerland vonden scheuren in "
    "de pijlers, zegt gedeputeerde "
    "Annelies Vroegop. Vrachtwagens moeten omrijden via Oosterlommer.",
    "Scheuren in de Zwaluwbrug: de provincie Lommerland weert vrachtwagens uit Hoogwaarde. Gedeputeerde Annelies Vroegop noemt de "
    "toestand van de pijlers ernstig.",
)
FERRY = (
    "Skerrin Ferries cancelled every crossing to Marrow on Tuesday after the regulator found faults in "
    "the engine of the Petrel, said "
    "harbour master Dora Finch.",
    "The regulator has ordered Skerrin Ferries to keep the Petrel in port. Faults in the engine put "
    "crossings to Marrow at risk, said "
    "Dora Finch, the harbour master.",
)
BRIDGE_IN_ENGLISH = (
    "The Zwaluwbrug near Hoogwaarde will close. Inspectors of Lommerland found cracks in its pillars, "
    "said Annelies Vroegop. Lorries "
    "have to go by Oosterlommer."
)


def article(text: str, day: str | None = "2025-03-04", language: str = "nl", url: str | None = None) -> Article:
    return Article(text, url, None, None, language, day)


def grouped(articles: list[Article]) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in stories(articles)}


def test_articles_on_one_event_are_a_story_and_others_are_not() -> None:
    bridge = [article(text) for text in BRIDGE]
    ferry = [article(text, language="en") for text in FERRY]
    assert grouped(bridge + ferry) == {frozenset(a.id for a in bridge), frozenset(a.id for a in ferry)}


def test_two_languages_share_a_story() -> None:
    both = [article(BRIDGE[0]), article(BRIDGE_IN_ENGLISH, language="en")]
    assert grouped(both) == {frozenset(a.id for a in both)}


def test_the_order_of_arrival_plays_no_part() -> None:
    articles = [article(text, f"2025-03-0{n + 3}") for n, text in enumerate(BRIDGE)] + [
        article(text, language="en") for text in FERRY
    ]
    expected = stories(articles)
    for seed in range(5):
        assert stories(random.Random(seed).sample(articles, len(articles))) == expected


def test_what_is_told_again_months_later_is_another_story() -> None:
    articles = [article(BRIDGE[0], "2025-03-04"), article(BRIDGE[1], "2025-09-04")]
    assert len(stories(articles)) == 2


def test_a_story_keeps_its_id_while_it_grows() -> None:
    first, second = article(BRIDGE[0], "2025-03-04"), article(BRIDGE[1], "2025-03-05")
    (alone,), (grown,) = stories([first]), stories([first, second])
    assert alone.id == grown.id
    assert grown.articles == (first.id, second.id)


def test_two_stories_that_an_article_joins_are_told() -> None:
    clustering = Clustering()
    one, other = (article(text) for text in (BRIDGE[0], FERRY[0]))
    both = article(" ".join((*BRIDGE, *FERRY)))
    clustering.add(date(2025, 3, 4), [(one.id, terms(one)), (other.id, terms(other))])
    assert len(clustering.stories()) == 2
    clustering.add(date(2025, 3, 5), [(both.id, terms(both))])
    joined = clustering.stories()
    if len(joined) == 1:
        assert len(joined[0].merged) == 1
    else:
        assert all(not story.merged for story in joined)


def test_each_article_is_in_one_story_also_without_a_date_or_words() -> None:
    articles = [article(text, None) for text in (*BRIDGE, *FERRY)] + [article("…", None), article("12", "ooit")]
    found = [id for story in stories(articles) for id in story.articles]
    assert sorted(found) == sorted(a.id for a in articles)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=80), st.sampled_from(["2025-03-04", "2025-03-05", None])), max_size=12))
def test_any_articles_are_parted_whatever_their_order(rows: list[tuple[str, str | None]]) -> None:
    articles = [article(text, day, url=f"https://x.example/{n}") for n, (text, day) in enumerate(rows)]
    found = stories(articles)
    assert sorted(id for story in found for id in story.articles) == sorted({a.id for a in articles})
    assert stories(articles[::-1]) == found
