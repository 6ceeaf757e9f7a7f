"""By when what a statement says can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from volgens.languages import known, table
from volgens.records import Due, Mention, Precision, Statement, Time
from volgens.statements.times.calendar import bounds, moved

_ACTS = frozenset({"promise", "predict", "threaten", "demand", "intend", "decide", "warn"})
_LENGTH = re.compile(r"P(T?)([\d.]+|X)(H|MIN|M|S|DE|D|WE|W|Y|CE)")
_UNIT: dict[str, Precision] = {"S": "minute", "TM": "minute", "H": "hour", "D": "day", "WE": "week", "W": "week", "M": "month"}
_UNIT |= {"Y": "year", "DE": "decade", "CE": "century"}
_SHAPES: tuple[tuple[str, Precision], ...] = (
    (r".*T\d\d:\d\d.*", "minute"),
    (r".*T\d\d.*", "hour"),
    (r"\d{4}-\d\d-\d\d.*|.*-WE", "day"),
    (r"\d{4}-W\d\d", "week"),
    (r"\d{4}-\d\d", "month"),
    (r"\d{4}-Q\d", "quarter"),
    (r"\d{4}-(?:SP|SU|FA|WI)", "season"),
    (r"\d{4}-H\d", "half-year"),
    (r"\d{4}", "year"),
    (r"\d{3}", "decade"),
    (r"\d\d", "century"),
)
_VAGUE = {"H": (1, "D"), "D": (7, "D"), "W": (4, "W"), "M": (6, "M"), "Y": (5, "Y"), "DE": (3, "DE")}
"""How long a number of units is that nobody gave: "de komende dagen" is about a week."""


def due(statement: Statement, times: Iterable[Time], published: str | None) -> Due | None:
    """When the content of ``statement`` falls due, by the first of ``times`` that lies ahead of ``published`` (ISO 8601).

    Only for a promise, prediction, threat, demand, intention, decision or warning; the times in its content count, else those
    between
    its words. None where there is none ahead, or none that can be placed: without a day of publication only a full date can. A
    length of time counts where the words around it look ahead ("binnen 24 uur", "the next five years").
    """
    if statement.act not in _ACTS:
        return None
    listed = list(times)
    inside = [time for time in listed if _within(time.mention, statement.content.spans)]
    if not inside:
        mentions = [m for m in (statement.source, statement.cue, statement.content) if m and m.spans]
        hull = (min(m.spans[0][0] for m in mentions), max(m.spans[-1][1] for m in mentions)) if mentions else (0, 0)
        inside = [time for time in listed if _within(time.mention, (hull,))]
    today = bounds(published[:10]) if published else None
    for time in inside:
        window = _window(time, _word_before(statement.content, time.mention.spans[0][0]), today)
        if window:
            earliest, latest, precision = window
            return Due(earliest.isoformat(), latest.isoformat(), precision, time.mention)
    return None


def _within(mention: Mention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= mention.spans[0][0] and mention.spans[-1][1] <= end for start, end in spans)


def _word_before(content: Mention, at: int) -> str:
    """The word of ``content`` before place ``at`` of the article, in lower case; "" where there is none."""
    offset = 0
    for start, end in content.spans:
        if start <= at < end:
            words = content.text[offset : offset + at - start].split()
            return words[-1].lower() if words else ""
        offset += end - start + 1
    return ""


def _window(time: Time, before: str, today: tuple[date, date] | None) -> tuple[date, date, Precision] | None:
    """(earliest, latest, precision) of a time that lies ahead; ``today`` are the first and last day that publication can be on."""
    if time.type == "DURATION":
        return _length_ahead(time, before, today)
    span = bounds(time.value) if time.type in ("DATE", "TIME") else None
    if span is None or (today and span[1] < today[0]):
        return None
    first, last = span
    if today and (before in _words("by") or first < today[0]):
        first = today[0]
    precision = next(name for shape, name in _SHAPES if re.fullmatch(shape, time.value))
    return first, last, precision


def _length_ahead(time: Time, before: str, today: tuple[date, date] | None) -> tuple[date, date, Precision] | None:
    match = _LENGTH.fullmatch(time.value)
    ahead = before in _words("within") or not _words("ahead").isdisjoint(time.mention.text.lower().split())
    if not (match and ahead and today and today[0] == today[1]):
        return None
    clock, count, unit = match.groups()
    precision = _UNIT["TM" if clock and unit == "M" else unit]
    start = today[0]
    try:
        if count == "X":
            number, grain = _VAGUE.get(unit, (1, "D"))
            return start + timedelta(days=1), moved(start, number, grain), precision  # type: ignore[arg-type]
        if clock:
            hours = float(count) * {"H": 1.0, "M": 1 / 60, "S": 1 / 3600}[unit]
            return start, start + timedelta(days=-(-hours // 24)), precision
        whole = int(float(count))
        latest = moved(start, whole, unit)  # type: ignore[arg-type]
        if float(count) > whole:
            latest = moved(latest, 6, "M") if unit == "Y" else latest + timedelta(days={"M": 15, "W": 4}.get(unit, 1))
        return start, latest, precision
    except (ValueError, OverflowError, KeyError):
        return None


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of every language that look ahead: "by" ("voor"), "within" ("binnen"), "ahead" ("komende")."""
    listed = (table(language, "times").get("due", {}).get(kind, "") for language in known())
    return frozenset(word for words in listed for word in words.split("|") if word)
