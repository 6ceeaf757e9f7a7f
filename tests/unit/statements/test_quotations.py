import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.statements.quotations import close, mend, run_on

HABITS = [
    ("“", "”"),
    ('"', '"'),
    ("'", "'"),
    ("‘", "’"),
    ("„", "”"),
    ("„", "“"),
    ("«", "»"),
    ("»", "«"),
    ("``", "''"),
    (",,", "''"),
]


@pytest.mark.parametrize(("opening", "closing"), HABITS)
@pytest.mark.parametrize("lost", ["closing", "opening", "both"])
def test_marks_at_the_edges_are_taken_in(opening: str, closing: str, lost: str) -> None:
    quoted = f"{opening}De foto's zijn weg{closing}"
    text = f"Zij zei: {quoted}, en ging."
    start = text.index(opening) + (len(opening) if lost != "closing" else 0)
    end = text.index(closing + ",") + (len(closing) if lost == "opening" else 0)
    assert text[slice(*mend(text, (start, end)))] == quoted


def test_a_full_stop_may_stand_before_the_closing_mark() -> None:
    text = '"Wij gaan niet weg." Dat zei Zus.'
    assert text[slice(*mend(text, (0, 18)))] == '"Wij gaan niet weg."'


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Hij noemt het ‘dom’ en 'raar' gedrag.", (14, 36)),
        ("Hij zegt dat het mag.", (9, 20)),
        ("'s Ochtends is hij er, zegt Bo.", (0, 21)),
        ("Zij riep: ‘Weg!’\n\nDe burgemeester zweeg.", (18, 39)),
        ("Dat is de auto's schuld, zegt Bo", (0, 23)),
    ],
)
def test_what_is_whole_stays(text: str, span: tuple[int, int]) -> None:
    assert mend(text, span) == span


def test_a_cut_quotation_runs_on_to_its_closing_mark() -> None:
    text = "“Een. Twee.\n\n“Drie, zo'n vier. Vijf.” Zes."
    assert text[slice(*run_on(text, (0, 5)))] == "“Een. Twee.\n\n“Drie, zo'n vier. Vijf.”"


def test_a_cut_content_without_marks_runs_on_to_the_end_of_its_sentence() -> None:
    text = "dat de brug dicht gaat voor lange tijd. Later meer."
    assert text[slice(*run_on(text, (0, 11)))] == "dat de brug dicht gaat voor lange tijd"


def test_a_quotation_that_is_never_closed_has_no_end() -> None:
    assert close("“Wij komen nooit meer terug. Zei zij dat?", (0, 5)) is None


@given(st.text("ab .,'\"“”‘’„«»`\n", max_size=40), st.integers(0, 39), st.integers(1, 40))
def test_mending_never_leaves_the_text_nor_shrinks(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    if start >= end:
        return
    for changed in (mend(text, (start, end)), run_on(text, (start, end))):
        assert 0 <= changed[0] <= start
        assert end <= changed[1] <= len(text)
