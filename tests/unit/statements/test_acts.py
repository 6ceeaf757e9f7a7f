from typing import Any

import pytest
from conftest import Made

from volgens.records import Article, Statement
from volgens.statements.acts import acts
from volgens.statements.certainty import certainties


def one(made: Made, language: str, text: str, *row: Any) -> Statement:
    article = Article(text, language=language)
    return certainties(article, acts(article, made(article, row)))[0]


@pytest.mark.parametrize(
    ("language", "text", "row", "act"),
    [
        ("nl", "Bo bestrijdt dat hij zakt.", ("Bo", "bestrijdt", "dat hij zakt"), "deny"),
        ("nl", "Bo heeft beloofd te komen.", ("Bo", "heeft beloofd", "te komen"), "promise"),
        ("nl", "Bo wil dat zij opstapt.", ("Bo", "wil", "dat zij opstapt"), "demand"),
        ("nl", "Bo noemde dat kletskoek.", ("Bo", "noemde", "dat kletskoek"), "deny"),
        ("nl", "Van opzet is geen sprake, zegt Bo.", ("Bo", "zegt", "Van opzet is geen sprake"), "deny"),
        ("nl", "Bo wil niet reageren.", ("Bo", "wil niet reageren", None), "decline"),
        ("en", "Bo vowed to stay.", ("Bo", "vowed", "to stay"), "promise"),
        ("en", "Bo wants the board to go.", ("Bo", "wants", "the board to go"), "demand"),
        ("en", "Bo called it a hoax.", ("Bo", "called", "it a hoax"), "deny"),
        ("en", "Bo declined to comment.", ("Bo", "declined to comment", None), "decline"),
        ("en", "Bo warned of rain.", ("Bo", "warned of", "rain"), "warn"),
    ],
)
def test_the_words_name_the_act(language: str, text: str, row: tuple[Any, ...], act: str, made: Made) -> None:
    assert one(made, language, text, *row).act == act


@pytest.mark.parametrize(
    ("language", "text", "row"),
    [
        ("nl", "Bo zegt dat hij komt.", ("Bo", "zegt", "dat hij komt", {"act": "promise"})),
        ("nl", "Bo wil opstappen.", ("Bo", "wil", "opstappen", {"act": "intend"})),
        ("en", "Bo wants to go.", ("Bo", "wants", "to go", {"act": "intend"})),
        ("fi", "Bo kiistää sen.", ("Bo", "kiistää", "sen", {"act": "deny"})),
    ],
)
def test_what_the_words_leave_open_stays(language: str, text: str, row: tuple[Any, ...], made: Made) -> None:
    assert one(made, language, text, *row).act == row[3]["act"]


CERTAIN = {"certainty": "certain"}


@pytest.mark.parametrize(
    ("language", "text", "row", "expected"),
    [
        ("nl", "Bo vreest dat het zakt.", ("Bo", "vreest", "dat het zakt", CERTAIN), ("possible", "positive")),
        ("nl", "Bo denkt dat het zakt.", ("Bo", "denkt", "dat het zakt", CERTAIN), ("probable", "positive")),
        ("nl", "Bo ontkent dat het zakt.", ("Bo", "ontkent", "dat het zakt", CERTAIN), ("certain", "negative")),
        ("nl", "Bo zegt dat het niet zakt.", ("Bo", "zegt", "dat het niet zakt", CERTAIN), ("certain", "negative")),
        ("nl", "Bo eist dat het stopt.", ("Bo", "eist", "dat het stopt", CERTAIN), ("unknown", "positive")),
        ("en", "Bo says it might sink.", ("Bo", "says", "it might sink", CERTAIN), ("possible", "positive")),
        ("en", "Bo says it will probably sink.", ("Bo", "says", "it will probably sink", CERTAIN), ("probable", "positive")),
        ("en", "Bo says it isn’t sinking.", ("Bo", "says", "it isn’t sinking", CERTAIN), ("certain", "negative")),
        ("en", "Bo urged them not to go.", ("Bo", "urged", "not to go", CERTAIN), ("unknown", "negative")),
        ("en", "Bo called it a hoax.", ("Bo", "called", "it a hoax", CERTAIN), ("certain", "positive")),
        ("en", "Bo promised to open it by May.", ("Bo", "promised", "to open it by May", CERTAIN), ("certain", "positive")),
        ("en", "Bo says it sinks.", ("Bo", "says", "it sinks", CERTAIN), ("certain", "positive")),
    ],
)
def test_how_firmly(language: str, text: str, row: tuple[Any, ...], expected: tuple[str, str], made: Made) -> None:
    statement = one(made, language, text, *row)
    assert (statement.certainty, statement.polarity) == expected
