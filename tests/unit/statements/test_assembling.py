from dataclasses import replace

import pytest

from volgens.reader.network import Label
from volgens.records import Article, Statements
from volgens.statements.assembling import assemble

TEXT = (
    "De Kade Koerier meldt op basis van een ingewijde dat de haven dichtgaat. "
    "‘Onzin’, zegt wethouder Pia Dorn. ‘De krant beweert dat wij liegen.’ De directie wilde niet reageren."
)
BLANK = Label(None, None, (), "person", "state", "CT+", 0.9, 0.9, confidence=0.7)


def at(words: str, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


def said(cue: str | None, source: str | None, *content: str, **more: object) -> Label:
    return replace(BLANK, cue=cue and at(cue), source=source and at(source), content=tuple(map(at, content)), **more)  # type: ignore[arg-type]


def made(*labels: Label) -> Statements:
    return assemble(Article(TEXT), labels)


def test_every_mention_quotes_the_words_it_points_at() -> None:
    statement = made(said("zegt", "wethouder Pia Dorn", "‘Onzin’", "‘De krant beweert dat wij liegen.’"))[0]
    assert statement.content.text == "‘Onzin’ ‘De krant beweert dat wij liegen.’"
    assert [TEXT[a:b] for a, b in statement.content.spans] == ["‘Onzin’", "‘De krant beweert dat wij liegen.’"]


def test_a_quotation_without_a_cue_that_a_cue_already_has_is_not_told_twice() -> None:
    assert len(made(said("zegt", "wethouder Pia Dorn", "‘Onzin’"), said(None, None, "‘Onzin’"))) == 1


def test_a_quotation_that_stands_alone_stays() -> None:
    assert made(said(None, "wethouder Pia Dorn", "‘De krant beweert dat wij liegen.’"))[0].cue is None


@pytest.mark.parametrize(
    ("certainty", "meant"),
    [
        ("CT-", ("certain", "negative")),
        ("PR+", ("probable", "positive")),
        ("PS+", ("possible", "positive")),
        ("U-", ("unknown", "negative")),
    ],
)
def test_certainty_and_polarity_are_told_apart(certainty: str, meant: tuple[str, str]) -> None:
    statement = made(said("zegt", "wethouder Pia Dorn", "‘Onzin’", certainty=certainty))[0]
    assert (statement.certainty, statement.polarity) == meant


def test_declining_has_no_content() -> None:
    statement = made(said("wilde niet reageren", "De directie", act="decline"))[0]
    assert (statement.content.text, statement.content.spans) == ("", ())


def test_a_cue_that_says_nothing_of_nobody_is_no_statement() -> None:
    assert len(made(said("zegt", None))) == 0


@pytest.mark.parametrize("span", [(5, 5), (-3, 4), (10, 9), (0, 10_000)])
def test_a_fault_costs_one_statement_and_is_told(span: tuple[int, int]) -> None:
    statements = made(replace(said("meldt", "De Kade Koerier"), source=span), said("wilde niet reageren", "De directie"))
    assert [s.source and s.source.text for s in statements] == ["De directie"]
    assert len(statements.defects) == 1


def test_ids_depend_on_nothing_but_the_text_and_the_spans() -> None:
    label = said("zegt", "wethouder Pia Dorn", "‘Onzin’")
    assert made(label)[0].id == made(replace(label, confidence=0.1, act="deny"))[0].id
    assert made(label)[0].id != assemble(Article(TEXT + " "), [label])[0].id


def test_a_content_never_runs_over_its_own_cue() -> None:
    text = "‘Wij, zegt Bo’ en ‘gaan’"
    label = replace(BLANK, cue=(6, 10), source=(11, 13), content=((0, 4),))
    assert assemble(Article(text), [label])[0].content.text == "‘Wij"
