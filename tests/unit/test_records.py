"""Records: ids that follow from what a record holds, and mentions that quote the text to the letter."""

import dataclasses
import subprocess
import sys

import pytest

from volgens.records import Article, Defect, Mention, Statement, Statements, content_id, statement_id

TEXT = "“De kade,” zegt de havenmeester, “is té smal 🚢.”"


def test_an_article_has_the_same_id_in_every_process() -> None:
    made = Article(TEXT, url="https://waterkant.example/1", title="Kade", published="2026-02-03")
    code = (
        f"from volgens.records import Article; print(Article({TEXT!r}, url={made.url!r}, title='Kade', published='2026-02-03').id)"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert done.stdout.decode().strip() == made.id


@pytest.mark.parametrize("field", ["text", "url", "outlet", "title", "published"])
def test_an_article_with_another_field_is_another_article(field: str) -> None:
    made = Article(TEXT)
    assert dataclasses.replace(made, **{field: "iets anders"}).id != made.id


def test_the_language_is_our_reading_and_no_part_of_the_id() -> None:
    assert Article(TEXT, language="nl").id == Article(TEXT, language="en").id


def test_fields_do_not_run_into_one_another() -> None:
    assert content_id("ab", "c") != content_id("a", "bc") != content_id(["a"], "bc")
    assert Article(TEXT, outlet="Waterkant").id != Article(TEXT, title="Waterkant").id


def test_a_number_that_no_json_holds_has_no_id() -> None:
    with pytest.raises(ValueError, match="JSON"):
        content_id(float("nan"))


def test_a_mention_in_pieces_quotes_them_in_the_order_of_the_text() -> None:
    mention = Mention.of(TEXT, [(33, 48), (0, 10)])
    assert mention.spans == ((0, 10), (33, 48))
    assert mention.text == "“De kade,” “is té smal 🚢.”"


def test_a_mention_of_nothing_is_empty() -> None:
    assert Mention.of(TEXT, []) == Mention("", ())


@pytest.mark.parametrize("spans", [[(3, 3)], [(5, 3)], [(-1, 3)], [(40, 50)], [(0, 5), (4, 8)], [(0, 5), (0, 5)]])
def test_a_span_that_does_not_fit_is_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Mention.of(TEXT, spans)


def test_a_statement_id_tells_its_parts_apart() -> None:
    article = Article(TEXT).id
    one, other = Mention.of(TEXT, [(0, 10)]), Mention.of(TEXT, [(11, 15)])
    ids = {
        statement_id(article, one, other, one),
        statement_id(article, other, one, one),
        statement_id(article, None, other, one),
        statement_id(article, other, None, one),
        statement_id(article, one, other, other),
        statement_id(Article("x").id, one, other, one),
    }
    assert len(ids) == 6


def test_statements_are_a_sequence_and_keep_their_defects_apart() -> None:
    said = Mention.of(TEXT, [(0, 10)])
    items = tuple(Statement(i, None, None, said, "none", "state", None, 0.5) for i in "abc")
    statements = Statements(items, (Defect("reader", "a fault"),))
    assert len(statements) == 3
    assert list(statements) == list(items)
    assert statements[1] is items[1]
    assert statements[1:] == items[1:]
    assert not Statements((), (Defect("reader", "a fault"),))


def test_records_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Article(TEXT).text = "anders"  # type: ignore[misc]
