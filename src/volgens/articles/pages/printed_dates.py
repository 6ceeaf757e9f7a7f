"""Dates as pages print them, in words -> ISO 8601, as precise as they are."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache

from volgens.articles.dates import iso
from volgens.languages import known, table

_HOUR = r"(?P<hour>[01]?\d|2[0-3])"


def printed_date(text: str, base: datetime | None = None) -> str | None:
    """The first date that ``text`` prints in words, Dutch or English: "18 november 2024 19:25", "vandaag, 19:25", "2 hours ago".

    What counts from now is resolved on ``base``, and is None without it. Where ``base`` has no time of day (midnight, no zone),
    hours ago give the day alone. A clock time has no zone: it is the page's own.
    """
    found = [(match.start(), value) for language in known() for match, value in _matches(text, language, base)]
    return min(found)[1] if found else None


def clock_time(text: str, base: datetime | None) -> str | None:
    """A clock time that is all of ``text`` ("14:05", "14.05 uur", "2:05 pm"), on the day and in the zone of ``base``."""
    if base is None or (match := _clock().fullmatch(text.strip())) is None:
        return None
    return _at_clock(base.date().isoformat(), match, base)


@cache
def _clock() -> re.Pattern[str]:
    units = "|".join(re.escape(word) for language in known() for word in _listed(language, "clock"))
    return re.compile(rf"{_HOUR}[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?:(?P<half>[ap]\.?m\b\.?)|{units})?", re.IGNORECASE)


def tells_change(text: str) -> bool:
    """Whether the words say that the date after them is that of a change: "Bijgewerkt:", "Updated"."""
    start = text.casefold().lstrip()
    return any(start.startswith(word) for language in known() for word in _listed(language, "updated"))


@cache
def _listed(language: str, key: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in table(language, "dates").get(key, "").split(" | ") if word.strip())


@cache
def _months(language: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(_listed(language, "months"), 1) for name in names.split()}


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A full date, a day counted from now, and so long ago."""
    data = table(language, "dates")
    month = "|".join(sorted(_months(language), key=len, reverse=True))
    at = f"(?:,?\\s*(?:{'|'.join(_listed(language, 'at'))})?\\s*|,\\s*)"
    clock = f"(?:{at}{_HOUR}[:.](?P<minute>[0-5]\\d)(?::[0-5]\\d)?\\s*(?P<half>[ap]\\.?m\\b)?)?"
    day_first = rf"(?P<day>\d{{1,2}})\.?\s+(?P<month>{month})\b\.?"
    month_first = rf"(?P<month2>{month})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?"
    full = rf"\b(?:{day_first}|{month_first}),?\s+(?P<year>\d{{4}})\b{clock}"
    days = "|".join(re.escape(word.strip()) for words in data["days ago"].values() for word in words.split("|"))
    units = "|".join(word.strip() for words in data["units"].values() for word in words.split("|"))
    ones = "|".join(_listed(language, "one"))
    ago = rf"\b(?P<count>\d{{1,3}}|{ones})\s*(?P<unit>{units})\s+{data['ago']}\b"
    flags = re.IGNORECASE
    return re.compile(full, flags), re.compile(rf"\b(?P<ago>{days})\b{clock}", flags), re.compile(ago, flags)


def _matches(text: str, language: str, base: datetime | None) -> list[tuple[re.Match[str], str]]:
    if not table(language, "dates"):
        return []
    full, near, ago = _patterns(language)
    found: list[tuple[re.Match[str], str | None]] = []
    if match := full.search(text):
        month = _months(language)[(match["month"] or match["month2"]).casefold()]
        day = f"{match['year']}-{month:02}-{int(match['day'] or match['day2']):02}"
        found.append((match, _at_clock(day, match, None)))
    if base is not None:
        if match := near.search(text):
            back = next(
                int(n) for n, words in table(language, "dates")["days ago"].items() if match["ago"].casefold() in _split(words)
            )
            found.append((match, _at_clock((base.date() - timedelta(days=back)).isoformat(), match, base)))
        if match := ago.search(text):
            found.append((match, _before(base, match, language)))
    return [(match, value) for match, value in found if value]


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split("|")]


def _at_clock(day: str, match: re.Match[str], base: datetime | None) -> str | None:
    if match["hour"] is None:
        return iso(day)
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    zone = base.strftime("%z") if base is not None else None
    return iso(f"{day}T{hour:02}:{match['minute']}{zone or ''}")


def _before(base: datetime, match: re.Match[str], language: str) -> str:
    """No finer than the words tell: hours ago give the hour, days ago the day."""
    units = table(language, "dates")["units"]
    unit = next(name for name, words in units.items() if match["unit"].casefold() in _split(words))
    count = int(match["count"]) if match["count"].isdigit() else 1
    moment = base - timedelta(**{f"{unit}s": count})
    if unit in ("day", "week") or _is_day(base):
        return moment.date().isoformat() if unit in ("day", "week") else base.date().isoformat()
    return moment.isoformat(timespec="minutes" if unit == "minute" else "hours")


def _is_day(base: datetime) -> bool:
    return base.tzinfo is None and (base.hour, base.minute, base.second) == (0, 0, 0)


def base_of(*values: str | None) -> datetime | None:
    """The first of ``values`` as a moment to count from; a day alone is its midnight."""
    for value in values:
        if value:
            try:
                return datetime.fromisoformat(value)
            except ValueError:
                continue
    return None


def same_day(one: str, other: str) -> bool:
    """Whether two dates are of one day, or of neighbouring ones where a zone may lie between them."""
    try:
        first, second = date.fromisoformat(one[:10]), date.fromisoformat(other[:10])
    except ValueError:
        return False
    return abs((first - second).days) <= (len(one) > 10 and len(other) > 10)
