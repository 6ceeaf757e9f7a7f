"""Outlets that an article says it has something from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.origins.citations import citations
from volgens.records import Article


def names(text: str, language: str = "en", outlet: str | None = "Northwire Daily") -> list[str]:
    return [citation.name for citation in citations(Article(text, None, outlet, None, language, None))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It holds,” the mayor told CNN on Monday.", ["CNN"]),
        ("The bridge was shut, according to Reuters and The New York Times.", ["Reuters", "The New York Times"]),
        ("The Marrow Coast Herald reported that the ferry was sold.", ["The Marrow Coast Herald"]),
        ("A New York Times story says so. The Times reports two sources.", ["New York Times", "New York Times"]),
        ("In an interview with the Harbour Record, she denied it.", ["Harbour Record"]),
        ("CNN affiliate WXQZ, citing a source, says the dam held.", ["WXQZ"]),
        ("Her approval fell to 37 percent in a CBS News poll.", []),
        ("The dam at dawn. (AP Photo/Nils Orr)", []),
        ("Mayor Michael Bloomberg said the dam would hold.", []),
        ("Edda Lune, an editor at The Economist, said it would hold.", []),
        ("The Independent Business Federation said it would hold.", []),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De brug gaat dicht, zei ze tegen de Volkskrant.", ["de Volkskrant"]),
        ("Dat meldt persbureau Reuters.", ["Reuters"]),
        ("‘Het houdt’, zegt hij tegen de krant The Moscow Times.", ["The Moscow Times"]),
        ("Hij las de Volkskrant in de trein.", []),
    ],
)
def test_dutch(text: str, expected: list[str]) -> None:
    assert [name.removeprefix("de ") for name in names(text, "nl")] == [name.removeprefix("de ") for name in expected]


def test_its_own_outlet_is_no_citation() -> None:
    assert names("She told CNN that it would hold.", outlet="CNN (Web News)") == []


@given(st.text(max_size=300), st.sampled_from(["nl", "en", "und"]))
def test_any_text(text: str, language: str) -> None:
    for citation in citations(Article(text, None, None, None, language, None)):
        ((start, end),) = citation.mention.spans
        assert text[start:end] == citation.mention.text
