"""Whatever was read comes back from JSON as it was, and a line of JSON is one line and safe to show."""

import json
import unicodedata
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from volgens.cli.output import json_line, json_page
from volgens.codec import decode, encode
from volgens.errors import DecodeError
from volgens.records import (
    Act,
    Article,
    Certainty,
    Defect,
    Due,
    Kind,
    Mention,
    Polarity,
    Precision,
    Speaker,
    Statement,
    Statements,
    Time,
    TimeType,
    statement_id,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
KINDS: st.SearchStrategy[Kind] = st.sampled_from(get_args(Kind))
ACTS: st.SearchStrategy[Act] = st.sampled_from(get_args(Act))

CERTAINTIES: st.SearchStrategy[Certainty] = st.sampled_from(get_args(Certainty))
POLARITIES: st.SearchStrategy[Polarity] = st.sampled_from(get_args(Polarity))


@st.composite
def mentions(draw: st.DrawFn, text: str) -> Mention:
    edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    return Mention.of(text, list(zip(edges[::2], edges[1::2], strict=False)))


@st.composite
def times(draw: st.DrawFn, text: str) -> tuple[Time, ...]:
    types: st.SearchStrategy[TimeType] = st.sampled_from(get_args(TimeType))
    return tuple(draw(st.lists(st.builds(Time, mentions(text), types, TEXTS), max_size=2)))


@st.composite
def speakers(draw: st.DrawFn, text: str) -> Speaker | None:
    words = st.none() | TEXTS
    aliases = st.lists(TEXTS, max_size=2).map(tuple)
    return draw(
        st.none() | st.builds(Speaker, words, words, words, aliases, st.none() | mentions(text), st.none() | mentions(text))
    )


@st.composite
def readings(draw: st.DrawFn) -> tuple[Article, Statements]:
    text = draw(TEXTS)
    optional = st.none() | TEXTS
    article = Article(
        text, draw(optional), draw(optional), draw(optional), draw(st.sampled_from(["nl", "en", "und"])), draw(optional)
    )
    made: dict[str, Statement] = {}
    for _ in range(draw(st.integers(0, 4))):
        source, cue = draw(st.none() | mentions(text)), draw(st.none() | mentions(text))
        content = draw(st.just(Mention("", ())) | mentions(text))
        id = statement_id(article.id, source, cue, content)
        parent = draw(st.none() | st.sampled_from(sorted(made))) if made and id not in made else None
        labels = draw(KINDS), draw(ACTS), parent, draw(st.floats(0, 1)), draw(CERTAINTIES), draw(POLARITIES)
        precisions: st.SearchStrategy[Precision] = st.sampled_from(get_args(Precision))
        due = draw(st.none() | st.builds(Due, TEXTS, TEXTS, precisions, mentions(text)))
        inferred, speaker, said = draw(st.none() | mentions(text)), draw(speakers(text)), draw(times(text))
        more = draw(st.booleans()), inferred, speaker, said, due
        sure = {"kind_confidence": draw(st.floats(0, 1)), "act_confidence": draw(st.floats(0, 1))}
        made.setdefault(id, Statement(id, source, cue, content, *labels, *more, **sure))
    span = draw(st.none() | mentions(text).map(lambda mention: mention.spans[0]))
    return article, Statements(tuple(made.values()), (Defect("articles", draw(TEXTS), span),), draw(times(text)))


@given(readings())
def test_there_and_back(read: tuple[Article, Statements]) -> None:
    for written in (json_line(encode(*read)), json_page(encode(*read))):
        assert decode(json.loads(written.encode().decode())) == read


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_a_line_is_one_line_and_steers_no_terminal(data: object) -> None:
    line = json_line(data)
    assert json.loads(line.encode()) == data
    assert len(line.splitlines()) == 1
    assert not {c for c in line if unicodedata.category(c) in ("Cc", "Cs")}


@given(readings(), st.integers(0, 59), st.integers(-3, 3))
def test_a_shifted_span_is_refused(read: tuple[Article, Statements], which: int, shift: int) -> None:
    data = encode(*read)
    mentioned = [m for s in data["statements"] for m in (s["source"], s["cue"], s["content"]) if m and m["spans"]]
    assume(mentioned and shift)
    mentioned[which % len(mentioned)]["spans"][0][1] += shift
    with pytest.raises(DecodeError):
        decode(data)
