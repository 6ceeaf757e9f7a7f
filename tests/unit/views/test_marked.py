"""An article's words with the statements that they belong to."""

from hypothesis import given
from hypothesis import strategies as st

from volgens.records import Article, Block, Mention, Statement
from volgens.views.marked import paragraphs

TEXT = "Haven open\n\nDe haven gaat open, zegt Kees.\nDat meldt de krant."


def _statement(source: tuple[int, int] | None, content: tuple[int, int], text: str = TEXT) -> Statement:
    said = Mention.of(text, [source]) if source is not None else None
    return Statement("x", said, None, Mention.of(text, [content]), "person", "state", None, 1.0)


def test_each_word_is_given_its_part() -> None:
    start = TEXT.index("De haven")
    (head, first, last) = paragraphs(
        Article(TEXT, blocks=(Block("headline", (0, 10)), Block("paragraph", (12, len(TEXT))))),
        [_statement((TEXT.index("Kees"), TEXT.index("Kees") + 4), (start, start + 18))],
    )
    assert [piece.text for piece in head.pieces] == ["Haven open"]
    assert head.kind == "headline"
    assert [(p.text, p.marks, p.begins) for p in first.pieces] == [
        ("De haven gaat open", ((0, "content"),), (0,)),
        (", zegt ", (), ()),
        ("Kees", ((0, "source"),), ()),
        (".", (), ()),
    ]
    assert last.pieces[0].marks == ()


def test_what_lies_in_a_wider_statement_comes_last() -> None:
    wide, narrow = _statement(None, (12, 42)), _statement(None, (15, 20))
    found = [p for paragraph in paragraphs(Article(TEXT), [narrow, wide]) for p in paragraph.pieces if p.text == TEXT[15:20]]
    assert found[0].marks == ((1, "content"), (0, "content"))
    assert found[0].begins == (0,)


def test_a_statement_over_two_lines_is_marked_in_both_and_begins_once() -> None:
    pieces = [p for paragraph in paragraphs(Article(TEXT), [_statement(None, (12, len(TEXT)))]) for p in paragraph.pieces]
    assert sum(bool(p.marks) for p in pieces) == 2
    assert sum(len(p.begins) for p in pieces) == 1


spans = st.tuples(st.integers(0, 58), st.integers(1, 30)).map(lambda one: (one[0], min(one[0] + one[1], 59)))


@given(st.lists(st.tuples(st.none() | spans, spans), max_size=8), st.text(alphabet="ab \n\r.", min_size=59, max_size=59))
def test_no_character_is_lost_moved_or_marked_wrongly(
    made: list[tuple[tuple[int, int] | None, tuple[int, int]]], text: str
) -> None:
    statements = [_statement(source, content, text) for source, content in made]
    found = paragraphs(Article(text), statements)
    lines = [line for line in text.replace("\r", "\n").split("\n") if line]
    assert ["".join(piece.text for piece in paragraph.pieces) for paragraph in found] == lines
    at, covered = 0, dict[tuple[int, str], int]()
    for paragraph in found:
        for piece in paragraph.pieces:
            at = text.index(piece.text, at) + len(piece.text)
            for mark in piece.marks:
                covered[mark] = covered.get(mark, 0) + len(piece.text)
    for number, (source, content) in enumerate(made):
        for part, span in (("source", source), ("content", content)):
            wanted = len(text[slice(*span)].replace("\n", "").replace("\r", "")) if span is not None else 0
            assert covered.get((number, part), 0) == wanted
