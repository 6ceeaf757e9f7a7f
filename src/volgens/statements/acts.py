"""The speech act where the words themselves tell it: reporting verbs and phrases of each language, over what the network says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import get_args

from volgens.languages import table, words
from volgens.records import Act, Article, Statement

_WORD = re.compile(r"[^\W\d_]+")
_RIGHT = 0.8  # share of the acts that words give against the network that are right, on dev articles
_TOLD = ("state", "confirm", "believe")  # acts over which a flat denial in the content wins


def acts(article: Article, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """``statements`` with the act that their cue names ("bestrijdt", "vowed"), or else their content ("is not true").

    What the words leave open stays as it is.
    """
    named = ((s, _act(s, article.language)) for s in statements)
    return tuple(s if act == s.act else replace(s, act=act, act_confidence=_RIGHT) for s, act in named)


def denies(statement: Statement, language: str) -> bool:
    """Whether the cue itself says that the content is not so ("denied"), which the content then does not say again."""
    return statement.act == "deny" and statement.cue is not None and _by_cue(statement, language) == "deny"


@cache
def _named(language: str) -> tuple[tuple[Act, re.Pattern[str]], ...]:
    """For each act a pattern of the cues that name it, in the order of the guideline's table."""
    found: list[tuple[Act, re.Pattern[str]]] = []
    for act in get_args(Act):
        listed: str = table(language, "acts").get(act, "")
        phrases = [re.escape(part.strip()).replace(r"\*", r"\b.*" if " " in part.strip() else r"\w*") for part in listed.split("|")]
        if listed:
            found.append((act, re.compile(rf"(?:.*\s)?(?:{'|'.join(phrases)})(?:\s.*)?", re.I | re.S)))
    return tuple(found)


def _act(statement: Statement, language: str) -> Act:
    if statement.cue is None:
        return statement.act
    cue, said = statement.cue.text.lower(), statement.content.text.lower()
    named = _by_cue(statement, language)
    if named is not None:
        return named
    if statement.act in _TOLD and any(phrase in said for phrase in words(language, "acts", "denials")):
        return "deny"
    wish: str | None = table(language, "acts").get("of_others")
    if wish and cue in words(language, "acts", "wants") and re.match(wish, said):
        return "demand"  # "wants the council to step down", and not "wants to step down"
    return statement.act


def _by_cue(statement: Statement, language: str) -> Act | None:
    """The act that a cue names by itself, or with a word for what is false."""
    cue = statement.cue.text.lower() if statement.cue is not None else ""
    for act, pattern in _named(language):
        if pattern.fullmatch(cue):
            return act
    calls = set(_WORD.findall(cue)) & words(language, "acts", "names")
    falsehoods = words(language, "acts", "falsehoods") & set(_WORD.findall(statement.content.text.lower()))
    return "deny" if calls and falsehoods else None  # "called the report nonsense"
