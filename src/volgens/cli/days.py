"""Days as they are given on the command line: a day, or the first or last one of a month, a week, a quarter or a year."""

from __future__ import annotations

from datetime import date

import typer

from volgens.statements.times.calendar import bounds


def first_day(text: str | None, option: str) -> date | None:
    """The first day of what is given; None where nothing is. Raises BadParameter, which names the ``option``."""
    return None if text is None else _bounds(text, option)[0]


def last_day(text: str | None, option: str) -> date | None:
    """The last day of what is given; None where nothing is. Raises BadParameter, which names the ``option``."""
    return None if text is None else _bounds(text, option)[1]


def _bounds(text: str, option: str) -> tuple[date, date]:
    found = bounds(text) if len(text) >= len("2024") else None
    if found is None:
        raise typer.BadParameter(f"{text!r} is no date; write 2024-11-18, 2024-11, 2024-W47, 2024-Q4 or 2024", param_hint=option)
    return found
