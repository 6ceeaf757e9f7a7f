"""Dates and times of articles, as XML Schema types them: as precise as they are known, and none that no calendar has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?")
_FARTHEST = timedelta(hours=14)  # from UTC, by XML Schema


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time in the form of its XML Schema ``type``."""

    type: Literal["gYear", "gYearMonth", "date", "dateTime"]
    value: str

    @property
    def utc(self) -> str:
        """The same without a zone, which is UTC where one was told."""
        if self.type != "dateTime":
            return self.value
        told = datetime.fromisoformat(self.value)
        return (told.astimezone(UTC) if told.tzinfo is not None else told).replace(tzinfo=None).isoformat(timespec="seconds")


def moment(written: str | None) -> Moment | None:
    """What ``written`` says, where it is ISO 8601 and there is such a day."""
    if written is None or not re.match(r"\d{4}(-|\Z)", written, re.ASCII):
        return None
    try:
        if len(written) == 4:
            date.fromisoformat(f"{written}-01-01")
            return Moment("gYear", written)
        if len(written) == 7:
            date.fromisoformat(f"{written}-01")
            return Moment("gYearMonth", written)
        if len(written) == 10:
            date.fromisoformat(written)
            return Moment("date", written)
        if not _TIME.fullmatch(written):
            return None
        told = datetime.fromisoformat(written)
        if abs(told.utcoffset() or timedelta()) > _FARTHEST:
            return None
        told.astimezone(UTC)  # the first and last day that there are, may have no UTC
        return Moment("dateTime", told.isoformat(timespec="seconds"))
    except (ValueError, OverflowError):
        return None
