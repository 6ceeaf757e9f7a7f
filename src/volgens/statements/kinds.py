"""The kind of source where its words tell it, over what the network says: outlets and unnamed sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from volgens.languages import shared, words
from volgens.records import Article, Kind, Statement

_ARTICLE = re.compile(r"(?:the|de|het)\s+", re.I)
_WORD = re.compile(r"[^\W\d_][\w.’'&-]*")


def kinds(article: Article, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """``statements`` with the kind that the words of their source name: an outlet's name, "het persbureau", "a source close to".

    What the words leave open stays as it is.
    """
    return tuple(replace(s, kind=_kind(s, article)) for s in statements)


def _kind(statement: Statement, article: Article) -> Kind:
    if statement.source is None or statement.kind == "author":
        return statement.kind
    language = article.language
    said = " ".join(statement.source.text.split())
    head = re.split(r",| (?:die|dat|who|which|that|waaronder|including)\b", said)[0]
    run = [w.strip(".'’") for w in _WORD.findall(head)]
    low = [w.lower() for w in run]
    first = _head(low, language)
    if article.outlet and _bare(head).lower() == _bare(article.outlet).lower():
        return "author"
    if _is_outlet(head, run, first, language):
        return "outlet"
    if first in words(language, "kinds", "anonymous") or any(
        low[i : i + 2] == phrase.split() for phrase in words(language, "kinds", "anonymous_phrases") for i in range(len(low))
    ):
        return "anonymous"
    if first in words(language, "kinds", "organisations") and statement.kind in ("person", "anonymous", "group"):
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
    return len(run) > 1 and run[-1] in shared("outlets", "names") and all(w[:1].isupper() for w in run[-2:])
