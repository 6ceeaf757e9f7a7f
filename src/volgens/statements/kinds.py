"""The kind of source where its words tell it, over what the network says: outlets, documents and unnamed sources."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from volgens.languages import shared, words
from volgens.records import Article, Kind, Statement
from volgens.statements.speakers.lexicon import lexicon

_EITHER: tuple[Kind, ...] = ("person", "organisation")
_PEOPLE: tuple[Kind, ...] = ("person", "anonymous", "group")
_RIGHT = 0.85  # share of the kinds that rules give against the network that are right, on dev articles
_ARTICLE = re.compile(r"(?:the|de|het)\s+", re.I)
_WORD = re.compile(r"[^\W\d_][\w.’'&-]*")


def kinds(article: Article, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """``statements`` with the kind that the words of their source name: an outlet's name, "het persbureau", "a source close to".

    What the words leave open stays as it is.
    """
    return tuple(_with(s, _kind(s, article)) for s in statements)


def _with(statement: Statement, kind: Kind) -> Statement:
    """``statement`` with a kind; one that the rules gave against the network is as sure as they were right."""
    return statement if kind == statement.kind else replace(statement, kind=kind, kind_confidence=_RIGHT)


def _kind(statement: Statement, article: Article) -> Kind:
    if statement.source is None or statement.kind == "author":
        return statement.kind
    language = article.language
    said = " ".join(statement.source.text.split())
    head = re.split(r",| (?:die|dat|who|which|that|waaronder|including)\b", said)[0]
    run = [w.strip(".'’") for w in _WORD.findall(head)]
    low = [w.lower() for w in run]
    first = _head(low, language)
    if said.lower() in words(language, "kinds", "own"):
        return "author"
    if article.outlet and _bare(head).lower() == _bare(article.outlet).lower():
        return "author"
    papers = any(first.endswith(noun) for noun in words(language, "kinds", "documents"))  # a "conceptrapport" is a "rapport"
    if papers and not set(low[: low.index(first) + 1]) & words(language, "kinds", "outlets"):
        return "document"  # and "media reports" are media
    if _is_outlet(head, run, first, language):
        return "outlet"
    if first in words(language, "kinds", "anonymous") or any(
        low[i : i + 2] == phrase.split() for phrase in words(language, "kinds", "anonymous_phrases") for i in range(len(low))
    ):
        return "anonymous"
    named = any(w[:1].isupper() for w in said.split()[1:])
    body = not named and lexicon(language).has(low[0], "determiners") and lexicon(language).like(first, "bodies") if low else None
    if statement.kind in _PEOPLE and (first in words(language, "kinds", "organisations") or (body and head == said)):
        return "organisation"
    return statement.kind


def _head(low: Sequence[str], language: str) -> str:
    """The noun of the phrase: the last word before the first preposition."""
    stop = next((i for i, w in enumerate(low) if i and w in words(language, "kinds", "prepositions")), len(low))
    return low[stop - 1] if low else ""


def _bare(said: str) -> str:
    match = _ARTICLE.match(said)
    return said[match.end() :] if match else said


def _is_outlet(said: str, run: Sequence[str], head: str, language: str) -> bool:
    known = shared("outlets", "outlets") | shared("outlets", "agencies")
    common = {w.lower() for w in run if w[:1].islower()}
    if said in known or _bare(said) in known or head in words(language, "kinds", "outlets"):
        return True
    if common & words(language, "kinds", "outlets") and not common & words(language, "kinds", "people"):
        return True  # "het persbureau KNA", and not "een redacteur van de krant"
    # "An internal report seen by Marrow Coast News" is no outlet.
    alone = common <= {"the", "de", "het"}
    return alone and len(run) > 1 and run[-1] in shared("outlets", "names") and all(w[:1].isupper() for w in run[-2:])


@cache
def _pronouns(language: str) -> frozenset[str]:
    """Pronouns for one person, and for no more than one."""
    known = lexicon(language)
    return (known.list("he") | known.list("she") | known.list("i")) - known.list("they")


def agreeing(article: Article, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """``statements`` (with their speakers) where one speaker has one kind: the one that most of the statements give.

    Only between a person and a body, which the network tells apart by the words alone. A pronoun for somebody without a name
    stands for somebody who is not named.
    """
    alone = _pronouns(article.language)
    told: dict[str, Counter[Kind]] = defaultdict(Counter)
    for s in statements:
        if s.source is not None and s.speaker is not None and s.speaker.name and s.kind in _EITHER:
            told[s.speaker.name][s.kind] += 1 + (s.speaker.name in s.source.text)
            told[s.speaker.name]["person"] += s.speaker.function is not None
    most = {
        name: max(_EITHER, key=lambda kind: counts[kind])
        for name, counts in told.items()
        if len(set(counts.values())) == len(counts)
    }

    def kind(s: Statement) -> Kind:
        if s.speaker is None or s.source is None:
            return s.kind
        if s.speaker.name is None:
            unnamed = s.kind == "person" and s.source.text.lower() in alone and s.speaker.function is None
            return "anonymous" if unnamed else s.kind
        if s.kind == "anonymous" and s.speaker.name in s.source.text:
            return "person"
        return most.get(s.speaker.name, s.kind) if s.kind in _EITHER else s.kind

    return tuple(_with(s, kind(s)) for s in statements)
