"""Calendar arithmetic on TIMEX3 values: what a value spans, units counted on and back, and feasts, which are rules and no dates.

Values are as in TIMEX3: "2024-11-18", "2024-W47", "2024-W47-WE", "2024-11", "2024-Q4", "2024-H2", "2024-WI", "2024", "202",
"20". A winter
bears the year in which it begins.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

Unit = Literal["D", "W", "WE", "M", "Q", "S", "HY", "Y", "DE", "CE"]
"""Day, week, weekend, month, quarter, season, half-year, year, decade, century."""

_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_STEPS = {"M": 1, "Q": 3, "S": 3, "HY": 6, "Y": 12, "DE": 120, "CE": 1200}
_VALUE = re.compile(r"(\d{4})(?:-(?:W(\d\d)(?:-(WE|[1-7]))?|Q([1-4])|H([12])|(SP|SU|FA|WI)|(\d\d)(?:-(\d\d))?))?")


def months(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and last day of the ``count`` months that begin with ``month`` of ``year``. Raises ValueError outside years 1
    to 9998."""
    first = year * 12 + month - 1
    last = first + count
    return date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, 1) - timedelta(days=1)


def bounds(value: str) -> tuple[date, date] | None:
    """The first and last day that ``value`` spans; None where it is no calendar date, or has X in it. A time of day is left
    aside."""
    value = value.partition("T")[0]
    try:
        if re.fullmatch(r"\d{2,3}", value):
            years = 100 if len(value) == 2 else 10
            return months(int(value) * years, 1, years * 12)
        match = _VALUE.fullmatch(value)
        if not match:
            return None
        year = int(match[1])
        if match[2]:
            first = date.fromisocalendar(year, int(match[2]), 1)
            if match[3] == "WE":
                return first + timedelta(days=5), first + timedelta(days=6)
            if match[3]:
                first += timedelta(days=int(match[3]) - 1)
                return first, first
            return first, first + timedelta(days=6)
        if match[4]:
            return months(year, int(match[4]) * 3 - 2, 3)
        if match[5]:
            return months(year, int(match[5]) * 6 - 5, 6)
        if match[6]:
            return months(year, _SEASONS[match[6]], 3)
        if match[8]:
            day = date(year, int(match[7]), int(match[8]))
            return day, day
        if match[7]:
            return months(year, date(year, int(match[7]), 1).month, 1)
        return months(year, 1, 12)
    except (ValueError, OverflowError):
        return None


def around(day: date, unit: Unit) -> str:
    """The value of the ``unit`` that ``day`` lies in. A season is the meteorological one."""
    if unit == "D":
        return day.isoformat()
    if unit in ("W", "WE"):
        iso = day.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "S":
        name = next(name for name, month in _SEASONS.items() if month == day.month // 3 * 3 or (month == 12 and day.month < 3))
        return f"{day.year - (day.month < 3):04}-{name}"
    year = f"{day.year:04}"
    if unit == "M":
        return f"{year}-{day.month:02}"
    if unit == "Q":
        return f"{year}-Q{(day.month + 2) // 3}"
    if unit == "HY":
        return f"{year}-H{(day.month + 5) // 6}"
    return year[: {"Y": 4, "DE": 3, "CE": 2}[unit]]


def moved(day: date, count: int, unit: Unit) -> date:
    """``day`` moved by ``count`` units; the last day of a month where the month is too short. Raises OverflowError or ValueError
    where that is outside the calendar, ValueError where ``unit`` is none of it."""
    if unit == "D":
        return day + timedelta(days=count)
    if unit in ("W", "WE"):
        return day + timedelta(weeks=count)
    if unit not in _STEPS:
        raise ValueError(f"no unit of the calendar: {unit}")
    first, last = months(day.year, day.month + count * _STEPS[unit], 1)
    return first.replace(day=min(day.day, last.day))


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian method (Meeus, Astronomical Algorithms, 1991). Raises ValueError outside years
    1 to 9999."""
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def feast(rule: str, year: int) -> date:
    """The day of a feast in ``year``. Raises ValueError where the rule cannot be read or the year has none.

    A rule is a date ("12-25"), one that keeps clear of Sunday ("04-27 sunday-1": the day before, then), days from Easter
    ("easter+39"), or the
    nth weekday of a month, from its end if n is negative, with days added ("11 thursday 4" is "11/4/4", "11/4/4+1" the day after).
    """
    if match := re.fullmatch(r"(\d\d)-(\d\d)( sunday-1)?", rule):
        day = date(year, int(match[1]), int(match[2]))
        return day - timedelta(days=1) if match[3] and day.isoweekday() == 7 else day
    if match := re.fullmatch(r"easter([+-]\d+)", rule):
        return easter(year) + timedelta(days=int(match[1]))
    if match := re.fullmatch(r"(\d\d?)/([1-7])/(-?\d)(\+\d)?", rule):
        first, last = months(year, int(match[1]), 1)
        weekday, nth = int(match[2]), int(match[3])
        if nth > 0:
            day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
        else:
            day = last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-nth - 1))
        return day + timedelta(days=int(match[4] or 0))
    raise ValueError(f"no rule for a feast: {rule}")
