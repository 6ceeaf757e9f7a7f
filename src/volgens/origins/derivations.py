"""Stories -> who has what from whom: copied passages, credits, and citations resolved to the article that they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from volgens.articles.credits import plain_name
from volgens.articles.outlets import owner
from volgens.origins.citations import citations
from volgens.origins.copies import copies, is_after
from volgens.origins.quotations import quotations
from volgens.records import Article, Derivation, DerivationKind, Passage, Span, Statement, Statements, Story


def derivations(articles: Sequence[Article], stories: Sequence[Story]) -> tuple[Derivation, ...]:
    """Every derivation among ``articles``, in the order of the stories and the articles in them."""
    by_id = {article.id: article for article in articles}
    copied = copies(articles)
    outlets = outlets_of(articles)
    told = ([by_id[id] for id in story.articles if id in by_id] for story in stories)
    return tuple(derivation for within in told for derivation in within_story(within, copied, outlets))


def outlets_of(articles: Iterable[Article]) -> frozenset[str]:
    """The names of who publishes ``articles``, which may be cited."""
    return frozenset(article.outlet for article in articles if article.outlet)


def within_story(
    articles: Sequence[Article],
    copied: Iterable[Derivation],
    outlets: frozenset[str],
    statements: Mapping[str, Statements] = MappingProxyType({}),
) -> tuple[Derivation, ...]:
    """The derivations of the articles of a story, in their order. ``copied`` are the copies among them, and maybe others;
    ``outlets`` the names of all that are known.

    An outlet that is credited or cited is resolved to its own article in the story, the last one that is not later; where
    there is none, the source is an unseen report of it. ``statements``: what was read of the articles, by their ids; some more
    citations are found by it.
    """
    copies_of: defaultdict[str, list[Derivation]] = defaultdict(list)
    for derivation in copied:
        copies_of[derivation.derived].append(derivation)
    found: list[Derivation] = []
    for article in articles:
        found += copies_of[article.id]
        found += _named(article, articles, outlets, statements.get(article.id, ()))
    copied_from = {(d.derived, d.source) for d in found if d.kind == "copies" and d.source is not None}
    told_from = {(d.derived, d.source) for d in found if d.kind != "copies" and d.source is not None}
    found += quotations(articles, copied_from, told_from)
    of = {article.id: article.outlet for article in articles}
    found = [replace(d, owner=_house(of.get(d.derived), of.get(d.source or "", d.outlet))) for d in found]
    order = {article.id: number for number, article in enumerate(articles)}
    return tuple(sorted(found, key=lambda d: order[d.derived]))


def _house(one: str | None, other: str | None) -> str | None:
    """Who owns two outlets that are not the same one."""
    same = owner(one) if one and other and plain_name(one) != plain_name(other) else None
    return same if same == owner(other) else None


def _named(
    article: Article, within: Sequence[Article], outlets: frozenset[str], statements: Iterable[Statement]
) -> Iterable[Derivation]:
    """What an article says it has from an outlet, once for each outlet and way, with all the places where it says so."""
    places: defaultdict[tuple[DerivationKind, str], list[Span]] = defaultdict(list)
    for credit in article.credits:
        if credit.place != "photo":
            places["credits", credit.name] += credit.mention.spans
    for citation in citations(article, statements, outlets):
        places["cites", citation.name] += citation.mention.spans
    for (kind, name), spans in places.items():
        source = _report(name, article, within)
        passages = tuple(Passage(span) for span in sorted(spans))
        yield Derivation(article.id, source.id if source is not None else None, kind, "credit", passages, outlet=name)


def _report(name: str, article: Article, within: Sequence[Article]) -> Article | None:
    """The article of the outlet ``name`` that ``article`` may have read: the last before it, or else one of no known order."""
    wanted = plain_name(name)
    theirs = [other for other in within if other is not article and other.outlet and plain_name(other.outlet) == wanted]
    earlier = [other for other in theirs if not is_after(other, article)]
    return earlier[-1] if earlier else None
