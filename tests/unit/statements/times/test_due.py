"""By when a statement can be checked: windows of days, in two languages."""

from __future__ import annotations

import pytest

from volgens.records import Act, Article, Due, Mention, Statement
from volgens.statements.times.due import due
from volgens.statements.times.times import times

MONDAY = "2024-11-18"


def told(
    content: str, *, language: str = "nl", act: Act = "promise", published: str | None = MONDAY, cue: str = "belooft:"
) -> Due | None:
    """The due date of a statement whose content is ``content`` and that stands alone."""
    text = f"Zij {cue} {content}"
    article = Article(text, language=language, published=published)
    start = text.index(content)
    statement = Statement("s", Mention.of(text, [(0, 3)]), None, Mention.of(text, [(start, len(text))]), "person", act, None, 1.0)
    return due(statement, times(article), published)


@pytest.mark.parametrize(
    ("content", "earliest", "latest", "precision"),
    [
        ("binnen 24 uur komt er een antwoord", "2024-11-18", "2024-11-19", "hour"),
        ("binnen drie weken is het klaar", "2024-11-18", "2024-12-09", "week"),
        ("op 20 januari wordt beslist", "2025-01-20", "2025-01-20", "day"),
        ("de komende dagen volgt meer nieuws", "2024-11-19", "2024-11-25", "day"),
        ("het komt volgende week dinsdag", "2024-11-26", "2024-11-26", "day"),
        ("in Q3 2025 wordt het gebouwd", "2025-07-01", "2025-09-30", "quarter"),
        ("voor het eind van het jaar is het af", "2024-11-18", "2024-12-31", "year"),
        ("in 2030 is alles schoon", "2030-01-01", "2030-12-31", "year"),
        ("volgend voorjaar begint de bouw", "2025-03-01", "2025-05-31", "season"),
        ("voor 1 februari ligt er een plan", "2024-11-18", "2025-02-01", "day"),
        ("de komende vijf jaar wordt er niet gesloopt", "2024-11-18", "2029-11-18", "year"),
        ("volgende week komt het rapport", "2024-11-25", "2024-12-01", "week"),
        ("in mei 2025 gaat de brug open", "2025-05-01", "2025-05-31", "month"),
        ("woensdag om 14.30 uur is er duidelijkheid", "2024-11-20", "2024-11-20", "minute"),
        ("komend weekend wordt er gewerkt", "2024-11-23", "2024-11-24", "day"),
    ],
)
def test_dutch(content: str, earliest: str, latest: str, precision: str) -> None:
    found = told(content)
    assert found is not None
    assert (found.earliest, found.latest, found.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("content", "earliest", "latest", "precision"),
    [
        ("it will open within two weeks", "2024-11-18", "2024-12-02", "week"),
        ("the bridge will be ready by June 2025", "2024-11-18", "2025-06-30", "month"),
        ("prices will rise over the next five years", "2024-11-18", "2029-11-18", "year"),
        ("it will resign on Friday", "2024-11-22", "2024-11-22", "day"),
        ("the report will appear next month", "2024-12-01", "2024-12-31", "month"),
        ("growth will return in the second half of 2025", "2025-07-01", "2025-12-31", "half-year"),
    ],
)
def test_english(content: str, earliest: str, latest: str, precision: str) -> None:
    found = told(content, language="en")
    assert found is not None
    assert (found.earliest, found.latest, found.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    "content",
    [
        "er komt een antwoord",
        "het was in 2019 al te laat",
        "gisteren was het al klaar",
        "het wordt een tienjarig contract",
        "het gebeurt elke maandag",
        "binnenkort volgt meer",
    ],
)
def test_nothing_ahead(content: str) -> None:
    assert told(content) is None


@pytest.mark.parametrize("act", ["state", "believe", "deny", "ask"])
def test_other_acts_fall_due_never(act: Act) -> None:
    assert told("in 2030 is alles schoon", act=act) is None


def test_a_past_time_is_passed_over_for_one_ahead() -> None:
    found = told("in 2030 moet de uitstoot half die van 1990 zijn")
    assert found is not None
    assert found.mention.text == "2030"


def test_without_a_date_of_publication_only_full_dates_count() -> None:
    assert told("over twee weken is het klaar", published=None) is None
    assert told("volgende week is het klaar", published=None) is None
    found = told("op 20 januari 2031 is het klaar", published=None)
    assert found is not None
    assert found.earliest == found.latest == "2031-01-20"


def test_a_month_of_publication_starts_the_window() -> None:
    found = told("dit jaar nog is het klaar", published="2024-11")
    assert found is not None
    assert (found.earliest, found.latest) == ("2024-11-01", "2024-12-31")
    assert told("binnen 24 uur is het klaar", published="2024-11") is None


def test_a_time_beside_the_content_counts_where_the_content_has_none() -> None:
    text = "Hij belooft voor 2031 dat het klaar is."
    article = Article(text, language="nl", published=MONDAY)
    start = text.index("dat")
    statement = Statement(
        "s",
        Mention.of(text, [(0, 3)]),
        Mention.of(text, [(4, 11)]),
        Mention.of(text, [(start, 38)]),
        "person",
        "promise",
        None,
        1.0,
    )
    found = due(statement, times(article), MONDAY)
    assert found is not None
    assert found.latest == "2031-12-31"
