"""The JSON is what its schema and its documentation say, and is believed only where it fits the text."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from volgens.codec import decode, encode, encode_error
from volgens.errors import DecodeError
from volgens.records import (
    Article,
    Block,
    Choice,
    Credit,
    Defect,
    Due,
    Mention,
    Reason,
    Speaker,
    Statement,
    Statements,
    Time,
    statement_id,
)

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
TEXT = "🚢 De sluis blijft dicht, zegt Ine Roosdael. Het Havenblad meldt dat zij gaat. De raad zwijgt."
SCHEMA: dict[str, Any] = json.loads((REFERENCE / "read.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DOCUMENTED: list[dict[str, Any]] = [
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", (REFERENCE / "json.md").read_text(encoding="utf-8"), re.DOTALL)
]


def _mention(*words: str) -> Mention:
    return Mention.of(TEXT, [(TEXT.index(word), TEXT.index(word) + len(word)) for word in words])


def _read() -> tuple[Article, Statements]:
    article = Article(
        TEXT,
        url="https://havenblad.example/1",
        outlet="Havenblad",
        language="nl",
        published="2026-05-04",
        modified="2026-05-04T10:00:00+02:00",
        authors=("Ine Kwast",),
        section="Haven",
        domain="havenblad.example",
        twins=("https://havenblad.example/amp/1",),
        blocks=(Block("paragraph", (0, len(TEXT)), "2026-05-04T09:00:00+02:00"),),
        credits=(Credit("Havenblad", "outlet", "text", _mention("Het Havenblad")),),
        choices=(Choice("title", "json-ld"),),
    )
    parts = (
        (_mention("Ine Roosdael"), _mention("zegt"), _mention("De sluis", "dicht")),
        (_mention("Het Havenblad"), _mention("meldt"), _mention("dat zij gaat")),
        (None, None, _mention("zij gaat")),
        (_mention("De raad"), _mention("zwijgt"), Mention("", ())),
    )
    ids = [statement_id(article.id, *part) for part in parts]
    times = (Time(_mention("blijft"), "DATE", "2026-05-05"),)
    due = Due("2026-05-04", "2026-05-05", "day", _mention("blijft"))
    speaker = Speaker("Ine Roosdael", "sluiswachter", "de haven", ("zij",), parts[0][0], parts[0][1])
    why = (Reason("act", _mention("blijft")),)
    made = (
        Statement(ids[0], *parts[0], "person", "predict", None, 0.9, "probable", "negative", speaker=speaker, why=why),
        Statement(ids[1], *parts[1], "outlet", "state", None, 1.0, speaker=Speaker("Het Havenblad", aliases=("de krant",))),
        Statement(ids[2], *parts[2], "none", "intend", ids[1], 0.0, reportative=True, inferred=parts[0][0], times=times, due=due),
        Statement(ids[3], *parts[3], "organisation", "decline", None, 0.25),
    )
    return article, Statements(made, (Defect("articles", "cut short", (2, 10)), Defect("reader", "slow", None)), times)


@pytest.fixture
def data() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(encode(*_read())))
    return made


def test_what_is_written_is_read_back_the_same(data: dict[str, Any]) -> None:
    assert decode(data) == _read()


def test_offsets_count_code_points(data: dict[str, Any]) -> None:
    start, end = data["statements"][0]["source"]["spans"][0]
    assert data["article"]["text"][start:end] == "Ine Roosdael"
    assert data["statements"][0]["content"]["text"] == "De sluis dicht"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_what_is_written_obeys_the_schema(data: dict[str, Any]) -> None:
    failed = encode_error("minutes.txt", "no such file")
    for written in (data, failed, [data, failed]):
        VALIDATOR.validate(written)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(volgens="2"),
        lambda d: d.pop("defects"),
        lambda d: d.update(more=1),
        lambda d: d["article"].pop("title"),
        lambda d: d["article"].update(id="1"),
        lambda d: d["statements"][0].update(kind="robot"),
        lambda d: d["statements"][0].update(act="sing"),
        lambda d: d["statements"][0].update(confidence=1.1),
        lambda d: d["statements"][0].update(content=None),
        lambda d: d["statements"][0]["source"].update(spans=[]),
        lambda d: d["statements"][0]["source"].update(spans=[[0, 1, 2]]),
        lambda d: d["statements"][0]["source"].update(spans=[[0.5, 1]]),
        lambda d: d.update(error="both"),
        lambda d: d["times"][0].update(type="WEEK"),
        lambda d: d["statements"][0].update(speaker="Ine"),
        lambda d: d["statements"][2]["due"].pop("latest"),
    ],
)
def test_the_schema_refuses_what_is_never_written(change: Callable[[dict[str, Any]], object], data: dict[str, Any]) -> None:
    change(data)
    assert not VALIDATOR.is_valid(data)


def test_the_documented_example_is_one_that_this_version_writes() -> None:
    example, failed = DOCUMENTED
    VALIDATOR.validate(example)
    VALIDATOR.validate(failed)
    assert encode(*decode(example)) == example
    assert encode_error(failed["input"], failed["error"]) == failed


def test_what_was_written_before_the_later_fields_were_told_is_read(data: dict[str, Any]) -> None:
    for statement in data["statements"]:
        for field in ("certainty", "polarity", "reportative", "inferred", "speaker", "times", "due"):
            del statement[field]
    del data["times"]
    _, statements = decode(data)
    assert statements.times == ()
    assert {(s.certainty, s.polarity, s.reportative, s.speaker, s.due) for s in statements} == {
        ("unknown", "positive", False, None, None)
    }


def test_the_documentation_has_every_field_kind_and_act() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", (REFERENCE / "json.md").read_text(encoding="utf-8"), re.MULTILINE))
    schema = SCHEMA["$defs"]
    fields = {
        field
        for name in ("read", "unread", "article", "statement", "mention", "speaker", "time", "due", "defect")
        for field in schema[name]["properties"]
    }
    statement = schema["statement"]["properties"]
    assert fields | set(statement["kind"]["enum"]) | set(statement["act"]["enum"]) <= named


def _swap_pieces(d: dict[str, Any]) -> None:
    d["statements"][0]["source"], d["statements"][0]["cue"] = d["statements"][0]["cue"], d["statements"][0]["source"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(volgens="0"), "version"),
        (lambda d: d.pop("article"), "article"),
        (lambda d: d["article"].update(text=TEXT.replace("dicht", "open")), "changed after it was read"),
        (lambda d: d["article"].update(outlet="Een ander"), "changed after it was read"),
        (lambda d: d["article"].update(title=7), "expected a string"),
        (lambda d: d["article"].update(language=None), "expected a string"),
        (lambda d: d["statements"][0]["source"].update(spans=[[0, 12]]), "quotes 'Ine Roosdael'"),
        (lambda d: d["statements"][0]["source"].update(text="Dora Finch"), "quotes 'Dora Finch'"),
        (lambda d: d["statements"][0]["source"].update(spans=[[31.2, 43]]), "whole numbers"),
        (lambda d: d["statements"][0]["source"].update(spans=[[31, 4300]]), "does not fit"),
        (lambda d: d["statements"][0]["source"].update(spans=[], text=""), "lacks"),
        (_swap_pieces, "changed after it was read"),
        (lambda d: d["statements"][0].update(content=None), "lacks its content"),
        (lambda d: d["statements"][0].update(id="0" * 32), "changed after it was read"),
        (lambda d: d["statements"][0].update(kind="robot"), "none of"),
        (lambda d: d["statements"][0].update(act="sing"), "none of"),
        (lambda d: d["statements"][0].update(certainty="sure"), "none of"),
        (lambda d: d["statements"][0].update(polarity=None), "none of"),
        (lambda d: d["statements"][0].update(confidence=float("nan")), "confidence"),
        (lambda d: d["statements"][0].update(confidence="0.9"), "confidence"),
        (lambda d: d["statements"][0].update(parent="0" * 32), "not there"),
        (lambda d: d["statements"][2].update(parent=d["statements"][2]["id"]), "lies in itself"),
        (lambda d: d["statements"][1].update(parent=d["statements"][2]["id"]), "lies in itself"),
        (lambda d: d["statements"].append(d["statements"][0]), "twice"),
        (lambda d: d["statements"][0].update(reportative="yes"), "reportative"),
        (lambda d: d["statements"][0]["speaker"]["mention"].update(text="Bo"), "quotes"),
        (lambda d: d["times"][0].update(type="WEEK"), "none of"),
        (lambda d: d["statements"][2]["due"].update(precision="sharp"), "none of"),
        (lambda d: d["defects"][0].update(span=[0, 4000]), "does not fit"),
        (lambda d: d["defects"][0].update(message=None), "expected a string"),
    ],
)
def test_what_was_altered_is_not_believed(change: Callable[[dict[str, Any]], object], message: str, data: dict[str, Any]) -> None:
    altered = copy.deepcopy(data)
    change(altered)
    with pytest.raises(DecodeError, match=message):
        decode(altered)


@pytest.mark.parametrize("nonsense", [[], None, "volgens", {}, {"volgens": "1"}, {"volgens": "1", "input": "a", "error": "b"}])
def test_what_is_no_article_is_said_to_be_none(nonsense: Any) -> None:
    with pytest.raises(DecodeError):
        decode(nonsense)
