"""The time expressions of an article, with their TIMEX3 values.

TIMEX3 as TimeML 1.2.1 defines it (Pustejovsky et al. 2003; Saurí et al. 2006). The words and rules of a language are data
(``languages/xx/times.json``); a language without a table has no times. What the date of publication leaves open is X in the value,
never a guess.
"""

from __future__ import annotations

import re
from datetime import date

from volgens.records import Article, Mention, Time
from volgens.statements.times.calendar import bounds
from volgens.statements.times.grammar import grammar
from volgens.statements.times.values import Reading, Resolved

_PUBLISHED = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ](\d\d(?::\d\d)?))?")
_OPEN = (date(1999, 2, 8), date(2011, 11, 24))
"""Two days that share no part of their date: what comes out the same on both of them does not hang on the date of publication."""


def times(article: Article) -> tuple[Time, ...]:
    """The dates, times of day, durations and sets in the text, in its order and without overlap.

    They are resolved on ``article.published``, an ISO 8601 date or time; where that is a month or a year only, or missing, what
    cannot be told has X in its place. Empty for a language without a table. Never raises on any text.
    """
    rules = grammar(article.language)
    if rules is None:
        return ()
    tokens = rules.tokens(article.text)
    found = list(rules.find(tokens))
    first, last, moment, known = _anchor(article.published)
    readings = [Reading(rules, tokens, day, moment, known).read(found) for day in dict.fromkeys((first, last))]
    result = []
    for at, one in enumerate(found):
        resolved = _agreed([reading[at] for reading in readings])
        if resolved:
            span = (tokens.starts[one.first], tokens.ends[one.last - 1])
            result.append(Time(Mention.of(article.text, [span]), *resolved))
    return tuple(result)


def _anchor(published: str | None) -> tuple[date, date, str, bool]:
    """The first and last day that the article can be of, the hour ("T14:30") or "", and whether anything is known."""
    match = _PUBLISHED.match(published or "")
    span = bounds(match[1]) if match else None
    if match is None or span is None:
        return *_OPEN, "", False
    return *span, f"T{match[2]}" if match[2] else "", True


def _agreed(readings: list[Resolved | None]) -> Resolved | None:
    """The value, with X for each part in which the readings differ."""
    one, other = readings[0], readings[-1]
    if one is None or other is None or one == other:
        return one and other
    if one[0] != other[0]:
        return None
    pieces, others = (re.split(r"([-T:])", value) for value in (one[1], other[1]))
    if len(pieces) != len(others):
        return one[0], "XXXX-XX-XX"
    joined = "".join(a if a == b else re.sub(r"\d", "X", a) for a, b in zip(pieces, others, strict=True))
    return one[0], joined
