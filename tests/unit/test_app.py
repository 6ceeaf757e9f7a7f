import io
import json
from pathlib import Path

import pytest

import volgens
from volgens.app import App
from volgens.config import Settings
from volgens.errors import InputError, NotFound, NotText, TooLarge

TEXT = "De bakkerij sluit in mei, zegt eigenaar Ine Roosdael.\r\nDaarna komt er een fietsenmaker.\n"


def test_two_lines_are_enough() -> None:
    article, statements = volgens.read(TEXT)
    assert article.text == TEXT
    assert article.language == "nl"
    assert [(s.source and s.source.text, s.cue and s.cue.text, s.content.text) for s in statements] == [
        ("eigenaar Ine Roosdael", "zegt", "De bakkerij sluit in mei")
    ]


def test_a_path_is_read_as_a_file_whether_given_as_path_or_string(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_bytes(TEXT.encode())
    assert volgens.read(path) == volgens.read(str(path)) == volgens.read(TEXT)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="weg.txt"):
        volgens.read(tmp_path / "weg.txt")


@pytest.mark.parametrize("text", ["weg.txt", "a/b\0c", "http:// is geen adres", "x" * 5000])
def test_any_other_string_is_a_text(text: str) -> None:
    assert volgens.read(text)[0].text == text


def test_standard_input() -> None:
    article, _ = App().read("-", stdin=io.BytesIO(TEXT.encode()))
    assert article.text == TEXT


def test_many_give_what_each_gives_alone_and_a_missing_one_costs_only_itself(tmp_path: Path) -> None:
    names = []
    for number in range(4):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"De bakkerij sluit in 203{number}, zegt eigenaar Ine Roosdael.", encoding="utf-8")
        names.append(str(path))
    names.insert(2, str(tmp_path / "weg.txt"))
    app = App()
    read = list(app.read_many(names))
    assert [name for name, _ in read] == names
    with pytest.raises(InputError, match="weg.txt"):
        read[2][1].result()
    for name, pending in read[:2] + read[3:]:
        assert pending.result() == app.read(name)
    texts = [Path(name).read_text(encoding="utf-8") for name in names if not name.endswith("weg.txt")]
    assert [pending.result() for _, pending in app.read_texts(texts)] == [app.read_text(text) for text in texts]


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(NotText):
        volgens.read(" \n")


def test_what_is_too_long_for_an_article_is_refused_with_advice() -> None:
    with pytest.raises(TooLarge, match="split it"):
        App(Settings(max_characters=100)).read_text("Hij zei ja. " * 20)


def test_a_private_address_is_refused() -> None:
    with pytest.raises(InputError, match="127"):
        volgens.read("http://127.0.0.1:9/")


def test_an_unknown_language_is_read_and_marked() -> None:
    article, statements = volgens.read("Qwx zzrt pfgh vbnm kjhg.")
    assert article.language == "und"
    assert any("language" in defect.message for defect in statements.defects)


def test_articles_are_handed_on_with_their_statements_and_the_ids_of_their_input(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"id": "lang", "text": "Hij zei ja. " * 20}, {"id": "kort", "text": "De brug gaat dicht, zegt Bo Dorn."}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    app = App(Settings(max_characters=100))
    articles, readings, failures = app.readings([str(path), str(tmp_path / "weg.txt")], tmp_path / "none.db")
    (reading,) = readings
    assert articles == (reading.article,)
    assert reading.label == "kort"
    assert [s.source and s.source.text for s in reading.statements] == ["Bo Dorn"]
    assert [type(failure) for failure in failures] == [NotFound, TooLarge]
