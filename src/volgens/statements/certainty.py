"""Certainty and polarity where the words themselves tell them, over what the network says: hedges, denials and negations.

The scale is FactBank's (Saurí & Pustejovsky, 2009), as the source presents it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from volgens.languages import words
from volgens.records import Act, Article, Certainty, Polarity, Statement

_OPEN: tuple[Act, ...] = ("demand", "ask", "decline", "intend")  # acts that commit their source to nothing
_WORD = re.compile(r"n't|(?:(?!n't)[^\W\d_])+")
_CLAUSE_END = re.compile(r"[;:.?!]| [-–] ")
_CLAUSE, _BEGINNING = 8, 5  # words: of a hedge and of a negation that bear on the whole content


def certainties(article: Article, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """``statements`` (with their acts) with certainty and polarity mended where their words tell them.

    "Fears" and "sluit niet uit" make a thing possible, "likely" and "denkt" probable; a demand, question, wish or refusal commits
    to nothing; what is denied, or negated at the beginning of what is said, is negative.
    """
    return tuple(_mended(s, article.language) for s in statements)


def _mended(statement: Statement, language: str) -> Statement:
    def listed(key: str) -> frozenset[str]:
        return words(language, "certainty", key)

    certainty: Certainty = statement.certainty
    polarity: Polarity = statement.polarity
    cue = statement.cue.text.lower() if statement.cue is not None else ""
    clause = _CLAUSE_END.split(statement.content.text.replace("’", "'"))[0]
    said = _WORD.findall(clause)[:_CLAUSE]  # in their own case: "May" is a month
    if statement.act in _OPEN:
        certainty = "unknown"
    elif _holds(cue, listed("possible")) or listed("possible_words") & set(said[:_BEGINNING]):
        certainty = "possible"
    elif certainty == "certain" and (_holds(cue, listed("probable")) or listed("probable_words") & set(said)):
        certainty = "probable"
    called = words(language, "acts", "names") & set(_WORD.findall(cue))
    if statement.act == "deny" and cue and not called:
        certainty, polarity = ("certain" if certainty == "unknown" else certainty), "negative"
    if certainty in ("certain", "probable") and listed("negations") & set(said[:_BEGINNING]):
        polarity = "negative"
    if (
        certainty == "unknown"
        and statement.act != "decline"
        and any(clause.lower().startswith(f"{r} ") for r in listed("refusals"))
    ):
        polarity = "negative"
    return replace(statement, certainty=certainty, polarity=polarity)


@cache
def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(phrases)))})(?!\w)")


def _holds(text: str, phrases: frozenset[str]) -> bool:
    return bool(phrases) and _any_of(phrases).search(text) is not None
