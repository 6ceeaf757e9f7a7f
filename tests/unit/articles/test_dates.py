"""Dates as feeds and tables write them."""

from __future__ import annotations

import datetime

import pytest

from volgens.articles.dates import iso


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024", "2024"),
        ("2024-11", "2024-11"),
        ("2024-11-18", "2024-11-18"),
        (" 2024-11-18T19:25:00Z ", "2024-11-18T19:25:00+00:00"),
        ("2024-11-18T19:25:00.123456789+01:00", "2024-11-18T19:25:00+01:00"),
        ("2024-11-18 19:25", "2024-11-18T19:25:00"),
        ("20241118", "2024-11-18"),
        ("20241118T192500+0100", "2024-11-18T19:25:00+01:00"),
        ("20241118192500", "2024-11-18T19:25:00"),
        ("Mon, 18 Nov 2024 19:25:00 +0100", "2024-11-18T19:25:00+01:00"),
        ("18 Nov 2024 19:25:00 GMT", "2024-11-18T19:25:00+00:00"),
        ("2024/11/18", "2024-11-18"),
        ("2024-11-18T19:25:00 CET", "2024-11-18T19:25:00+01:00"),
        ("2024-11-18T99:25", "2024-11-18"),
        ("Mon Nov 18 19:25:00 EST 2024", "2024-11-18T19:25:00-05:00"),
        (1731954300, "2024-11-18T18:25:00+00:00"),
        (1731954300000, "2024-11-18T18:25:00+00:00"),
        (datetime.date(2024, 11, 18), "2024-11-18"),
        (datetime.datetime(2024, 11, 18, 19, 25), "2024-11-18T19:25:00"),
    ],
)
def test_dates_that_are_understood(written: object, expected: str) -> None:
    assert iso(written) == expected


@pytest.mark.parametrize(
    "written",
    ["", "gisteren", "03/04/2024", "2024-13", "2024-13-45", "0001-01-01", "9999", "20241399", 7, True, -1e300, float("nan"), None,
     [], "9" * 99, "Mon, 99 Nov 2024 19:25:00 +0100", "Mon, 18 Nov 2024 19:25:00 +9999"],
)  # fmt: skip
def test_what_is_no_date_or_can_be_two(written: object) -> None:
    assert iso(written) is None
