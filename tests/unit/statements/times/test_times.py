"""Times and their values: tables of cases in two languages, what stays open without a date, and what holds for any text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.records import Article
from volgens.statements.times.calendar import bounds, easter, feast
from volgens.statements.times.times import times

VALUE = re.compile(
    r"""PRESENT_REF|PAST_REF|FUTURE_REF
    |[\dX]{4}-[\dX]{2}-[\dX]{2}(?:T(?:MO|MI|AF|EV|NI|[\dX]{2}(?::[\dX]{2}){0,2}Z?))?
    |[\dX]{4}(?:-(?:[\dX]{2}|Q[1-4X]|H[12]|SP|SU|FA|WI|WE|W[\dX]{2}(?:-WE|-[1-7](?:T(?:MO|MI|AF|EV|NI|\d\d(?::\d\d){0,2}Z?))?)?))?
    |[\dX]{2,3}
    |P(?:[\d.]+(?:E?\+?\d*)|X)?(?:Y|M|WE|W|DE|D|CE|Q)?(?:(?:[\d.]+|X)(?:Y|M|WE|W|DE|D|CE|Q))*(?:T(?:(?:[\d.]+|X)[HMS])+)?""",
    re.VERBOSE,
)


def read(text: str, language: str, published: str | None = "2024-11-18") -> list[tuple[str, str, str]]:
    """(words, type, value) of each time in a text that was published on a Monday."""
    found = times(Article(text, language=language, published=published))
    return [(t.mention.text, t.type, t.value) for t in found]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("Dat zei zij gisteren.", "gisteren", "DATE", "2024-11-17"),
        ("Hij werd maandag ontslagen.", "maandag", "DATE", "2024-11-18"),
        ("Hij vertrok donderdag.", "donderdag", "DATE", "2024-11-14"),
        ("De raad vergadert donderdag.", "donderdag", "DATE", "2024-11-21"),
        ("Het begon vorige week dinsdag.", "vorige week dinsdag", "DATE", "2024-11-12"),
        ("Het is op 18-11-2024 getekend.", "18-11-2024", "DATE", "2024-11-18"),
        ("Op 3 mei 2025 is het zover.", "3 mei 2025", "DATE", "2025-05-03"),
        ("In februari werd hij gekozen.", "februari", "DATE", "2024-02"),
        ("In februari zal hij aftreden.", "februari", "DATE", "2025-02"),
        ("Eind vorig jaar ging het mis.", "Eind vorig jaar", "DATE", "2023"),
        ("Begin jaren negentig was dat anders.", "Begin jaren negentig", "DATE", "199"),
        ("Dat was mode in de jaren '80.", "de jaren '80", "DATE", "198"),
        ("Het gebouw is uit de 19e eeuw.", "de 19e eeuw", "DATE", "18"),
        ("In het derde kwartaal van 2023 daalde de winst.", "het derde kwartaal van 2023", "DATE", "2023-Q3"),
        ("In de eerste helft van 2025 volgt meer.", "de eerste helft van 2025", "DATE", "2025-H1"),
        ("In week 47 wordt gewerkt.", "week 47", "DATE", "2024-W47"),
        ("Komend weekend valt er sneeuw.", "Komend weekend", "DATE", "2024-W47-WE"),
        ("Het was afgelopen zomer droog.", "afgelopen zomer", "DATE", "2024-SU"),
        ("Met Pasen 2025 is het klaar.", "Pasen 2025", "DATE", "2025-04-20"),
        ("Koningsdag 2025 valt vroeg.", "Koningsdag 2025", "DATE", "2025-04-26"),
        ("Over twee weken is het zover.", "Over twee weken", "DATE", "2024-W49"),
        ("Drie dagen geleden viel hij.", "Drie dagen geleden", "DATE", "2024-11-15"),
        ("Anderhalf jaar geleden begon het.", "Anderhalf jaar geleden", "DATE", "2023-05"),
        ("De eerste maandag van mei 2025 is vrij.", "De eerste maandag van mei 2025", "DATE", "2025-05-05"),
        ("Het gaat nu beter.", "nu", "DATE", "PRESENT_REF"),
        ("Gisteravond laat viel de stroom uit.", "Gisteravond laat", "TIME", "2024-11-17TEV"),
        ("De trein reed vanmiddag om vier uur.", "vanmiddag om vier uur", "TIME", "2024-11-18T16"),
        ("Het journaal van 19.25 uur viel uit.", "19.25 uur", "TIME", "2024-11-18T19:25"),
        ("Zij kwam om half acht 's avonds.", "half acht 's avonds", "TIME", "2024-11-18T19:30"),
        ("Hij vertrok om kwart over drie.", "kwart over drie", "TIME", "2024-11-18T03:15"),
        ("Hij vertrok om tien voor half negen.", "tien voor half negen", "TIME", "2024-11-18T08:20"),
        ("Om 20.15u begint de uitzending.", "20.15u", "TIME", "2024-11-18T20:15"),
        ("Zij sliepen tweeënhalve week buiten.", "tweeënhalve week", "DURATION", "P2.5W"),
        ("Dat duurt een halfuur.", "een halfuur", "DURATION", "PT30M"),
        ("Het duurde enkele dagen.", "enkele dagen", "DURATION", "PXD"),
        ("De afgelopen drie jaar groeide het.", "De afgelopen drie jaar", "DURATION", "P3Y"),
        ("Zij tekende een tienjarig contract.", "tienjarig", "DURATION", "P10Y"),
        ("Een driejarige opleiding is genoeg.", "driejarige", "DURATION", "P3Y"),
        ("Binnen 24 uur moet het weg.", "24 uur", "DURATION", "PT24H"),
        ("De bus rijdt dagelijks.", "dagelijks", "SET", "P1D"),
        ("Zij zwemt elke maandag.", "elke maandag", "SET", "XXXX-WXX-1"),
        ("Hij komt om de twee weken.", "om de twee weken", "SET", "P2W"),
    ],
)
def test_dutch(text: str, words: str, kind: str, value: str) -> None:
    assert read(text, "nl") == [(words, kind, value)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("She resigned on Thursday.", "Thursday", "DATE", "2024-11-14"),
        ("He will appear in court on Thursday.", "Thursday", "DATE", "2024-11-21"),
        ("It was signed on Nov. 5, 2024.", "Nov. 5, 2024", "DATE", "2024-11-05"),
        ("It was signed on the 5th of November 2024.", "the 5th of November 2024", "DATE", "2024-11-05"),
        ("He was elected in March.", "March", "DATE", "2024-03"),
        ("She will step down in March.", "March", "DATE", "2025-03"),
        ("It rained in mid-October.", "mid-October", "DATE", "2024-10"),
        ("Profit fell in the third quarter of 2023.", "the third quarter of 2023", "DATE", "2023-Q3"),
        ("That was common in the early 1980s.", "the early 1980s", "DATE", "198"),
        ("A school of the 19th century burned.", "the 19th century", "DATE", "18"),
        ("Sales fell in fiscal 2014.", "fiscal 2014", "DATE", "2014"),
        ("He left two years ago.", "two years ago", "DATE", "2022"),
        ("It closed last summer.", "last summer", "DATE", "2024-SU"),
        ("Shops were shut on Christmas Day.", "Christmas Day", "DATE", "2024-12-25"),
        ("It opened the first week of March 2024.", "the first week of March 2024", "DATE", "2024-W10"),
        ("She is now the mayor.", "now", "DATE", "PRESENT_REF"),
        ("It happened last night.", "last night", "TIME", "2024-11-17TNI"),
        ("It started at 7:30 p.m. on Friday.", "7:30 p.m. on Friday", "TIME", "2024-11-15T19:30"),
        ("They met this morning.", "this morning", "TIME", "2024-11-18TMO"),
        ("He signed a 27-year lease.", "27-year", "DURATION", "P27Y"),
        ("It lasted several months.", "several months", "DURATION", "PXM"),
        ("It was the driest spell in the past two years.", "the past two years", "DURATION", "P2Y"),
        ("They waited for half an hour.", "half an hour", "DURATION", "PT30M"),
        ("The ferry sails daily.", "daily", "SET", "P1D"),
        ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
    ],
)
def test_english(text: str, words: str, kind: str, value: str) -> None:
    assert read(text, "en") == [(words, kind, value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De 34-jarige man uit Laren is 52 jaar oud.", "nl"),
        ("De 34-year-old is 52 years old.", "en"),
        ("You may march with him to fall in line.", "en"),
        ("Er kwamen 2020 mensen voor 1950 euro.", "nl"),
        ("Goedemorgen, zij scoorde niet.", "nl"),
    ],
)
def test_what_is_no_time(text: str, language: str) -> None:
    assert read(text, language) == []


def test_ranges_are_two_expressions() -> None:
    assert [value for *_, value in read("Van 3 tot 5 mei 2025 is het feest.", "nl")] == ["2025-05-03", "2025-05-05"]
    assert [value for *_, value in read("In 2022 en 2023 ging het mis.", "nl")] == ["2022", "2023"]
    assert [value for *_, value in read("It ran from May 3-5, 2024.", "en")] == ["2024-05-03", "2024-05-05"]


def test_a_clock_time_is_of_the_day_its_sentence_speaks_of() -> None:
    assert [value for *_, value in read("Donderdag ging de deur open, om 14.30 uur was het vol.", "nl")] == [
        "2024-11-14",
        "2024-11-14T14:30",
    ]


def test_what_leans_on_an_earlier_date() -> None:
    assert [value for *_, value in read("Op 3 mei 2023 begon het. De volgende dag was het voorbij.", "nl")] == [
        "2023-05-03",
        "2023-05-04",
    ]
    assert [value for *_, value in read("Drie dagen later was het voorbij.", "nl")] == ["XXXX-XX-XX"]


@pytest.mark.parametrize(
    ("published", "value"),
    [
        ("2024-11-18", "2024-11-17"),
        ("2024-11-18T22:40+01:00", "2024-11-17"),
        ("2024-11", "2024-XX-XX"),
        (None, "XXXX-XX-XX"),
        ("ooit", "XXXX-XX-XX"),
    ],
)
def test_what_the_date_of_publication_leaves_open(published: str | None, value: str) -> None:
    assert read("Dat zei zij gisteren.", "nl", published) == [("gisteren", "DATE", value)]


def test_without_a_date_of_publication() -> None:
    text = "Zij zei maandag dat het op 4 mei 2031, vorig jaar en op 5 mei is."
    assert [value for *_, value in read(text, "nl", None)] == ["XXXX-WXX-1", "2031-05-04", "XXXX", "XXXX-05-05"]


def test_a_language_without_a_table_has_no_times() -> None:
    assert read("Gestern, am 18. November 2024", "de") == []


def test_days_that_are_not_there() -> None:
    assert read("Op 31 februari 2024 gebeurt niets.", "nl") == []


def test_feasts() -> None:
    assert [easter(year).isoformat() for year in (1961, 2000, 2019, 2024, 2038)] == [
        "1961-04-02",
        "2000-04-23",
        "2019-04-21",
        "2024-03-31",
        "2038-04-25",
    ]
    assert feast("11/4/4+1", 2024).isoformat() == "2024-11-29"
    assert feast("04-27 sunday-1", 2025).isoformat() == "2025-04-26"
    with pytest.raises(ValueError, match="no rule"):
        feast("sometime", 2024)


WORDS = "om half acht kwart over 3 19.25 uur van tot 12 mei 2024 - / : . ' de het jaren 90 vorige week maandag avond elke "
WORDS += "twee weken\n 2e 31-02-2024 eeuw last Monday the next two years ago May 5, 7pm in March every other month"


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join)), st.sampled_from(["nl", "en"]))
def test_any_text(text: str, language: str) -> None:
    found = times(Article(text, language=language, published="2024-11-18"))
    last = 0
    for one in found:
        ((start, end),) = one.mention.spans
        assert last <= start < end
        assert text[start:end] == one.mention.text
        assert VALUE.fullmatch(one.value), one.value
        last = end


@given(st.sampled_from(["2024-11-18", "2024-W47", "2024-W47-WE", "2024-11", "2024-Q4", "2024-H2", "2024-WI", "2024", "202", "20"]))
def test_bounds_hold_at_least_a_day(value: str) -> None:
    span = bounds(value)
    assert span is not None
    assert span[0] <= span[1]


@pytest.mark.parametrize("piece", ["1 2 ", "mei\n", "over drie weken ", "1-", "half ", "' "])
def test_long_lines_take_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        article = Article(piece * (size // len(piece)), language="nl", published="2024-11-18")
        taken = []
        for _ in range(3):
            start = time.process_time()
            times(article)
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(1000)
    # By the square it would be sixteen times.
    assert seconds(80_000) < 10 * max(seconds(20_000), 0.02)


@pytest.mark.parametrize("text", ["The next second he was gone.", "De volgende seconde was hij weg.", "a second later"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_no_calendar_has_costs_nothing(text: str, language: str) -> None:
    article = Article(f"18-11-2024. {text}", language=language, published="2024-11-18")
    assert times(article)[0].value == "2024-11-18"
