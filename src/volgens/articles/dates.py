"""Dates and times as machines write them: pages, feeds, rows, messages -> ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?\s*(Z|[+-]\d\d:?\d\d)?")
_BEGINNING = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d{1,2}:\d\d(?::\d\d)?))?(?:[.,]\d+)?\s*([A-Z]{3,4}\b|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_NAMED = re.compile(r"([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) ([A-Z]{3,4}) (\d{4})")
_ZONES = {
    **dict.fromkeys(("UTC", "GMT", "WET"), "+00:00"),
    **dict.fromkeys(("CET", "MEZ", "BST"), "+01:00"),
    **dict.fromkeys(("CEST", "MESZ"), "+02:00"),
    "EDT": "-04:00",
    "EST": "-05:00",
    "CDT": "-05:00",
    "CST": "-06:00",
    "MDT": "-06:00",
    "MST": "-07:00",
    "PDT": "-07:00",
    "PST": "-08:00",
}
_PART = re.compile(r"\d{4}(?:-\d\d)?")
_FRACTION = re.compile(r"[.,]\d+")
_YEARS = range(1500, 2200)
_SECONDS = 10**8, 10**10
"""What a number of seconds since 1970 can be that is a date of publication (1973 to 2286); a thousand times more: milliseconds."""


def iso(value: object) -> str | None:
    """``value`` in ISO 8601, as precise as it is: a year, a month, a day, a time with its zone where there is one.

    It may be a string (ISO 8601 in all its forms, RFC 5322, "2024/11/18", with more behind it), a date of Python, or the seconds
    or milliseconds since 1970. None where it is something else, or a date that can be read in two ways ("03/04/2024").
    """
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(float(value))
    if not isinstance(value, str) or not (text := value.strip()[:100]):
        return None
    if _PART.fullmatch(text):
        month = int(text[5:] or 1)
        return text if int(text[:4]) in _YEARS and 1 <= month <= 12 else None
    return _compact(text) or _iso(text) or _named(text) or _rfc_5322(text) or _beginning(text) or _year_first(text)


def full_date(value: object) -> str | None:
    """As ``iso``; None as well where it is no finer than a month."""
    found = iso(value)
    return found if found is not None and len(found) >= len("2024-11-18") else None


def _compact(text: str) -> str | None:
    found = _COMPACT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    written = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else "")
    return _iso(written)


def _iso(text: str) -> str | None:
    try:
        if len(text) <= 10:
            return _in_reach(date.fromisoformat(text))
        return _in_reach(datetime.fromisoformat(_FRACTION.sub("", text, count=1)))
    except ValueError:
        return None


def _beginning(text: str) -> str | None:
    """A date, with its time where that is one, before something else."""
    if not (found := _BEGINNING.match(text)):
        return None
    day, time, zone = found.groups()
    zone = _ZONES.get((zone or "").upper(), zone if zone and zone[0] in "+-" else "")
    return (_iso(f"{day}T{time:0>5}{zone}") if time else None) or _iso(day)


def _named(text: str) -> str | None:
    """As Unix and Java print a date: "Mon Nov 18 19:25:00 CET 2024"."""
    if not (found := _NAMED.search(text)):
        return None
    month, day, time, zone, year = found.groups()
    return _rfc_5322(f"{day} {month} {year} {time} {_ZONES.get(zone, '').replace(':', '')}")


def _rfc_5322(text: str) -> str | None:
    try:
        return _in_reach(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _year_first(text: str) -> str | None:
    found = _YEAR_FIRST.match(text)
    try:
        return _in_reach(date(*map(int, found.groups()))) if found else None
    except ValueError:
        return None


def _in_reach(value: date) -> str | None:
    if value.year not in _YEARS:
        return None
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def _since_1970(number: float) -> str | None:
    least, most = _SECONDS
    if least * 1000 <= number < most * 1000:
        number /= 1000
    return datetime.fromtimestamp(number, UTC).isoformat(timespec="seconds") if least <= number < most else None
