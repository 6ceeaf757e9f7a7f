"""The corpus in corpora/ keeps to the guideline's tables, and its parts share neither event nor author's voice."""

import csv
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from training.corpora import OWN, Annotated, inline_corpus
from volgens.reader.labels import CERTAINTIES
from volgens.records import Act, Kind

PARTS = ("train", "dev", "test", "twice")
ARTICLES = [pytest.param(article, id=f"{part}-{article.name}") for part in PARTS for article in inline_corpus(OWN / part)]


def _rows() -> list[dict[str, str]]:
    with (OWN / "articles.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("article", ARTICLES)
def test_annotation_keeps_to_the_guideline(article: Annotated) -> None:
    cues = [a.cue for a in article.attributions if a.cue]
    assert len(cues) == len(set(cues))
    for a in article.attributions:
        assert a.kind in get_args(Kind)
        assert a.act in get_args(Act)
        assert a.certainty in CERTAINTIES
        assert a.speaker
        assert a.cue or a.content
        assert len(a.source) <= 1
        assert not (a.kind == "none" and a.source)
        assert a.source or a.kind == "none" or not a.cue
        for start, end in (*a.source, *a.content, *([a.cue] if a.cue else [])):
            assert article.text[start:end].strip() == article.text[start:end] != ""


@pytest.mark.parametrize("article", ARTICLES)
def test_nesting_has_no_circles(article: Annotated) -> None:
    for index in range(len(article.attributions)):
        seen, at = set(), index
        while (parent := article.attributions[at].parent) is not None:
            assert parent not in seen
            seen.add(parent)
            at = parent


def test_the_list_names_just_the_articles_that_are_there() -> None:
    listed = {(row["part"], row["name"]) for row in _rows()}
    there = {(path.parent.name, path.name.split(".")[0]) for path in OWN.glob("*/*.txt") if path.parent.name != "twice"}
    assert listed == there


def test_parts_share_no_event_no_voice_and_no_text() -> None:
    rows = [row for row in _rows() if row["part"] != "unannotated"]
    assert len({row["event"] for row in rows}) == len(rows)
    by_part = {part: {row["voice"] for row in rows if row["part"] == part} for part in PARTS[:3]}
    for one, other in combinations(by_part.values(), 2):
        assert not one & other
    texts = [article.text for part in PARTS[:3] for article in inline_corpus(OWN / part)]
    assert len(set(texts)) == len(texts)


def test_twice_annotated_articles_have_the_same_text() -> None:
    texts = {article.name: article.text for part in PARTS[:3] for article in inline_corpus(OWN / part)}
    for article in inline_corpus(OWN / "twice"):
        assert article.text.rstrip() == texts[article.name].rstrip()


def test_no_file_holds_a_tag_that_was_not_understood() -> None:
    for path in OWN.glob("*/*.ann.txt"):
        assert "<s " not in Path(path).read_text(encoding="utf-8").partition("\n=====\n")[2]
