"""Numbers are read as values, in words and digits, as each language writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.numbers import numbers


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Zeker 1.200 doden en 40 gewonden", [("1.200", 1200), ("40", 40)]),
        ("nl", "twee miljoen euro voor vijfentwintig mensen", [("twee miljoen", 2e6), ("vijfentwintig", 25)]),
        ("nl", "tweehonderdvijftig huizen, achtduizend mensen", [("tweehonderdvijftig", 250), ("achtduizend", 8000)]),
        ("nl", "een man en één vrouw, een miljoen", [("één", 1), ("een miljoen", 1e6)]),
        ("nl", "2,5 mln en 1.234.567,89", [("2,5 mln", 2.5e6), ("1.234.567,89", 1234567.89)]),
        ("en", "one man, one hundred and fifty people", [("one hundred and fifty", 150)]),
        ("en", "2.5m, $3bn, 1,200", [("2.5m", 2.5e6), ("3bn", 3e9), ("1,200", 1200)]),
        (
            "en",
            "seven hundred thousand and twelve, twenty-five",
            [("seven hundred thousand and twelve", 700012), ("twenty-five", 25)],
        ),
        ("en", "40-50 on 3.4.2024", [("40", 40), ("50", 50), ("3", 3), ("4", 4), ("2024", 2024)]),
        ("und", "12.000 and 1,5", [("12.000", 12000), ("1,5", 1.5)]),
        ("en", "no number, the m word", []),
    ],
)
def test_values(language: str, text: str, expected: list[tuple[str, float]]) -> None:
    assert [(text[n.span[0] : n.span[1]], n.value) for n in numbers(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [("nl", "3,5 procent", "percent"), ("nl", "3,5%", "percent"), ("en", "3 per cent", "percent"), ("en", "3 percentages", None)],
)
def test_units(language: str, text: str, unit: str | None) -> None:
    assert [n.unit for n in numbers(text, language)] == [unit]


@given(st.text(alphabet="0123456789.,- een twee honderd duizend mln m%\n "), st.sampled_from(["nl", "en", "und"]))
def test_any_text(text: str, language: str) -> None:
    last = 0
    for number in numbers(text, language):
        start, end = number.span
        assert last <= start < end <= len(text)
        last = end
