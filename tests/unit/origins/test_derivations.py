"""Who has what from whom, within stories."""

from __future__ import annotations

from volgens.articles.completed import completed
from volgens.origins.derivations import derivations
from volgens.records import Article, Derivation, Story

FIRST = (
    "Skerrin Ferries is in advanced talks to be sold to Oldane Partners for 410 million pounds, three "
    "people familiar with the matter "
    "told Ledgerline. A deal could be announced within two weeks."
)
AGENCY = "Skerrin Ferries is in talks on a sale to Oldane Partners, the financial news site Ledgerline reported on Monday."
RADIO = "The talks go on, chief executive Graham Tarrick told Marrow Coast Radio. The figure was first reported by Ledgerline."


def article(text: str, outlet: str, published: str) -> Article:
    return completed(Article(text, f"https://{outlet.lower().replace(' ', '')}.example/a", outlet, None, "en", published))[0]


def told(articles: list[Article]) -> list[tuple[str, str, str | None, str | None]]:
    """Outlet of the derived article, kind, outlet named, outlet of the source."""
    of = {a.id: a.outlet for a in articles}
    story = Story("s", tuple(a.id for a in articles))
    found: tuple[Derivation, ...] = derivations(articles, [story])
    return [(of[d.derived] or "", d.kind, d.outlet, of[d.source] if d.source else None) for d in found]


def test_a_citation_is_resolved_to_the_outlets_own_article() -> None:
    articles = [
        article(FIRST, "Ledgerline", "2025-05-12T18:00:00+01:00"),
        article(AGENCY, "Northwire", "2025-05-12T20:00:00+01:00"),
    ]
    assert told(articles) == [("Northwire", "cites", "Ledgerline", "Ledgerline")]


def test_what_is_not_at_hand_is_an_unseen_report() -> None:
    found = told([article(RADIO, "The Courier", "2025-05-13")])
    assert ("The Courier", "cites", "Marrow Coast Radio", None) in found


def test_a_later_article_is_not_what_was_cited() -> None:
    articles = [
        article(AGENCY, "Northwire", "2025-05-12T20:00:00+01:00"),
        article(FIRST, "Ledgerline", "2025-05-14T18:00:00+01:00"),
    ]
    assert told(articles) == [("Northwire", "cites", "Ledgerline", None)]


def test_each_place_is_kept_as_evidence() -> None:
    twice = article(f"{AGENCY} Ledgerline said the price was 410 million.", "Northwire", "2025-05-12")
    (found,) = derivations([twice, article(FIRST, "Ledgerline", "2025-05-11")], [Story("s", (twice.id,))])
    assert [twice.text[slice(*passage.copy)] for passage in found.passages] == ["Ledgerline", "Ledgerline"]


SAID = "“We will open the gate again before the first of June,” she said"


def test_the_same_quotation_does_not_tell_who_has_it_from_whom() -> None:
    one = article(f"The lock is shut. {SAID} on the quay.", "Ledgerline", "2025-05-12T18:00:00+01:00")
    other = article(f"Ships wait for days. {SAID} at noon.", "Northwire", "2025-05-12T20:00:00+01:00")
    (found,) = derivations([other, one], [Story("s", (one.id, other.id))])
    assert (found.kind, found.reason, found.derived, found.source) == ("quotes", "unknown", other.id, one.id)
    for passage in found.passages:
        assert other.text[slice(*passage.copy)] == one.text[slice(*passage.source or (0, 0))]
        assert other.text[slice(*passage.copy)] == "We will open the gate again before the first of June"


def test_who_cites_an_outlet_may_have_the_quotation_from_there() -> None:
    one = article(f"The lock is shut. {SAID} on the quay.", "Ledgerline", "2025-05-12T18:00:00+01:00")
    other = article(f"Ships wait, Ledgerline reports. {SAID}.", "Northwire", "2025-05-12T20:00:00+01:00")
    found = derivations([other, one], [Story("s", (one.id, other.id))])
    assert {(d.kind, d.reason) for d in found} == {("cites", "credit"), ("quotes", "credit")}


def test_a_few_words_alike_are_no_quotation_in_common() -> None:
    one = article("“We will open soon,” she said.", "Ledgerline", "2025-05-12")
    other = article("“We will open soon,” she told us.", "Northwire", "2025-05-13")
    assert derivations([other, one], [Story("s", (one.id, other.id))]) == ()


def test_a_reprint_within_a_house_says_so() -> None:
    one = article(AGENCY, "de Volkskrant", "2025-05-12T18:00:00+01:00")
    other = article("The ferries are to be sold, de Volkskrant reports.", "Tubantia", "2025-05-12T20:00:00+01:00")
    found = [d for d in derivations([one, other], [Story("s", (one.id, other.id))]) if d.derived == other.id]
    assert [(d.kind, d.owner) for d in found] == [("cites", "DPG Media")]
