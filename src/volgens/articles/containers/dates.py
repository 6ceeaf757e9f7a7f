"""Dates and times as feeds, rows and messages write them -> ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?\s*(Z|[+-]\d\d:?\d\d)?")
_PART = re.compile(r"\d{4}(?:-\d\d)?")
_FRACTION = re.compile(r"[.,]\d+")
_YEARS = range(1500, 2200)
_SECONDS = 10**8, 10**10
"""What a number of seconds since 1970 can be that is a date of publication (1973 to 2286); a thousand times more: milliseconds."""


def iso(value: object) -> str | None:
    """``value`` in ISO 8601, as precise as it is: a year, a month, a day, a time with its zone where there is one.

    It may be a string (ISO 8601 in all its forms, RFC 5322, "2024/11/18"), a date of Python, or the seconds or milliseconds since
    1970. None where it is something else, or a date that can be read in two ways ("03/04/2024").
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
    return _compact(text) or _iso(text) or _rfc_5322(text) or _year_first(text)


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
