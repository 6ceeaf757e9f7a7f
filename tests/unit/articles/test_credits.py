"""Agencies and outlets are credited where the article says that it was taken from or made with them, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.credits import credits
from volgens.records import Article, Block

BODY = "De sluis van Marle blijft dicht. Dat zegt de havenmeester.\n" * 30


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("AMSTERDAM (ANP) - De sluis blijft dicht.", "nl", [("ANP", "dateline")]),
        ("WASHINGTON (AP) — The lock stays shut.", "en", [("AP", "dateline")]),
        ("Marle, Jan 14 ( Reuters ) - The lock stays shut.", "en", [("Reuters", "dateline")]),
        ("De sluis blijft dicht.\nDoor ANP / Reuters\nHet water stijgt.", "nl", [("ANP", "byline"), ("Reuters", "byline")]),
        (BODY + "De sluis blijft dicht. (ANP)", "nl", [("ANP", "tail")]),
        (BODY + "Bron: NU.nl", "nl", [("NU.nl", "tail")]),
        (BODY + "AFP contributed to this report.", "en", [("AFP", "tail")]),
        (BODY + "© 2025 The Associated Press. All rights reserved.", "en", [("AP", "tail")]),
        (BODY + "Dit artikel is eerst gepubliceerd door De Marlebode.", "nl", [("De Marlebode", "tail")]),
        (BODY + "Lees het originele artikel op Kadekrant.nl", "nl", [("Kadekrant.nl", "tail")]),
        (BODY + "This column first appeared in the Marrow Coast Herald.", "en", [("Marrow Coast Herald", "tail")]),
        (BODY + "Reprinted with permission from The Lock Review.", "en", [("The Lock Review", "tail")]),
        ("A boat in the lock. ( Dee Finch/Reuters )\n" + BODY, "en", [("Reuters", "photo")]),
        ("Een boot in de sluis. Foto: Bo Kwast/ANP\n" + BODY, "nl", [("ANP", "photo")]),
    ],
)
def test_credits(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.name, c.place) for c in credits(Article(text, language=language))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The harbour master told Reuters that the lock stays shut.",
        "De sluis blijft dicht, meldt het ANP.",
        "Reuters reported on Monday that the lock stays shut. AP did not.",
        "The TT motor race and the STA exam were on Monday.",
        "Het ANP-bericht klopt niet, aldus een Reuters-verslaggever.",
        BODY + "Both contributed to the lock. Donors contributed 40 dollars.",
    ],
)
def test_what_is_said_of_an_agency_is_no_credit(text: str) -> None:
    assert credits(Article(text, language="en")) == ()
    assert credits(Article(text, language="nl")) == ()


def test_the_outlet_itself_is_no_credit() -> None:
    text = "Marle (CNN) The lock stays shut."
    assert [c.name for c in credits(Article(text, language="en"))] == ["CNN"]
    assert credits(Article(text, language="en", outlet="CNN")) == ()
    assert credits(Article(text, language="en", domain="cnn.com")) == ()


def test_blocks_tell_bylines_and_pictures() -> None:
    text = "Sluis dicht\nANP / Ine Kwast\nHet water stijgt.\nDe sluis, Reuters"
    places = [text.index(line) for line in text.splitlines()]
    kinds = ("headline", "byline", "paragraph", "photo credit")
    ends = [text.index("\n", place) if "\n" in text[place:] else len(text) for place in places]
    blocks = tuple(Block(kind, span) for kind, span in zip(kinds, zip(places, ends, strict=True), strict=True))  # type: ignore[arg-type]
    assert [(c.name, c.kind, c.place) for c in credits(Article(text, language="nl", blocks=blocks))] == [
        ("ANP", "agency", "byline"),
        ("Reuters", "agency", "photo"),
    ]


PARTS = ["AP ", "Reuters", "(", ")", " ", "\n", "ANP", "/", "—", "Bron: ", "Foto ", "©", "x", "é", "\ue001", "contributed"]


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_any_text(text: str) -> None:
    for credit in credits(Article(text, language="nl")):
        ((start, end),) = credit.mention.spans
        assert text[start:end] == credit.mention.text


@pytest.mark.parametrize("piece", ["A-", "A–", "A ", "Aa/", "A-A’", "\n ", "Reuters ", "/Ap "])
def test_rows_of_signs_end(piece: str) -> None:
    """Patterns that may cut these in any way would take years."""
    text = f"/{piece * 400} via iets"
    assert isinstance(credits(Article(text, language="en")), tuple)
