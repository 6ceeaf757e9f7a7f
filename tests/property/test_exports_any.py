"""Whatever an article holds, each export is well formed, and what it points at are the words that it quotes."""

import csv
import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from volgens.cli.output import json_line
from volgens.records import Article, Block, Mention, Speaker, Statement, Statements, statement_id
from volgens.views.exports.escapes import cell, turtle_string, xml_attribute, xml_characters, xml_text
from volgens.views.exports.ftm import entities
from volgens.views.exports.reading import Reading
from volgens.views.exports.rows import COLUMNS, csv_lines, encode_row, rows
from volgens.views.exports.tei import tei
from volgens.views.exports.webannotation import annotated

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# Everything, halves of surrogate pairs too; and often what one format or another takes for its own.
CHARACTERS = st.characters(codec=None) | st.sampled_from(
    "\x00\x1b\x9b\r\n\t<>&]\"'\\=+-@;,#\u2028\u202e\u0301\ud800\ufffe\ufeff\xa0🚢e "
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=60)


@st.composite
def mentions(draw: st.DrawFn, text: str) -> Mention:
    edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    return Mention.of(text, list(zip(edges[::2], edges[1::2], strict=False)))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text, optional = draw(TEXTS), st.none() | TEXTS
    blocks = ()
    if draw(st.booleans()):
        edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
        kinds = st.sampled_from(["headline", "paragraph", "photo credit"])
        blocks = tuple(Block(draw(kinds), span) for span in zip(edges[::2], edges[1::2], strict=False))
    article = Article(
        text, draw(optional), draw(optional), draw(optional), "nl", draw(optional), authors=(draw(TEXTS),), blocks=blocks
    )
    made: dict[str, Statement] = {}
    for _ in range(draw(st.integers(0, 4))):
        source, cue = draw(st.none() | mentions(text)), draw(st.none() | mentions(text))
        content = draw(st.just(Mention("", ())) | mentions(text))
        id = statement_id(article.id, source, cue, content)
        parent = draw(st.none() | st.sampled_from(sorted(made))) if made and id not in made else None
        speaker = draw(st.none() | st.builds(Speaker, optional, optional, optional, st.lists(TEXTS, max_size=2).map(tuple)))
        kind = draw(st.sampled_from(["person", "organisation", "anonymous"]))
        made.setdefault(id, Statement(id, source, cue, content, kind, "state", parent, draw(st.floats(0, 1)), speaker=speaker))
    return Reading(article, Statements(tuple(made.values())), draw(TEXTS))


@given(readings())
def test_every_selector_selects_the_words_that_it_quotes(reading: Reading) -> None:
    text = reading.article.text
    written = [json.loads(json_line(one).encode()) for one in annotated(reading)]
    pairs = [one["selector"] for item in written for one in (*item["target"], *item["body"]) if "selector" in one]
    for place, quote in pairs:
        start, end = place["start"], place["end"]
        assert quote["exact"] == text[start:end]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])


@given(readings())
def test_rows_are_read_back(reading: Reading) -> None:
    found = [encode_row(row) for row in rows(reading)]
    for row, statement in zip(found, reading.statements, strict=True):
        assert json.loads(json_line(row).encode()) == row
        assert " ".join(reading.article.text[a:b] for a, b in row["content_spans"]) == statement.content.text
    written = "".join(csv_lines(rows(reading)))
    written.encode()
    read = list(csv.DictReader(io.StringIO(written, newline="")))
    assert len(read) == len(found)
    assert all(set(row) == set(COLUMNS) and not value_is_formula(row) for row in read)


def value_is_formula(row: dict[str, Any]) -> bool:
    return any(value.lstrip()[:1] in tuple("=+-@＝＋－＠") for value in row.values())


@given(readings(), st.booleans())
def test_tei_is_well_formed_and_its_body_is_the_text(reading: Reading, twice: bool) -> None:
    root = etree.fromstring("".join(tei([reading] * (2 if twice else 1))).encode())
    text = xml_characters(reading.article.text)
    bodies = list(root.iter(f"{TEI}body"))
    assert ["".join(body.itertext()) for body in bodies] == [text] * (2 if twice else 1)
    offsets = {}
    for body in bodies:
        for anchor in body.iter(f"{TEI}anchor"):
            before = anchor.xpath("preceding::text()")
            inside = [piece for piece in before if body in piece.getparent().iterancestors() or piece.getparent() is body]
            offsets[anchor.get(XML_ID)] = sum(map(len, inside))
    for group in root.iter(f"{TEI}spanGrp"):
        statement = next(s for s in reading.statements if s.id == group.get("n"))
        told = [
            tuple(offsets[(span.get(end) or "")[1:]] for end in ("from", "to")) for span in group if span.get("type") == "content"
        ]
        assert tuple(told) == statement.content.spans


@given(readings())
def test_entities_are_json_and_name_only_one_another(reading: Reading) -> None:
    found = [json.loads(json_line(one).encode()) for one in entities(reading)]
    ids = {one["id"] for one in found}
    assert len(ids) == len(found)
    named = [v for one in found for name in ("document", "resolved", "entity", "proof") for v in one["properties"].get(name, ())]
    assert set(named) <= ids


@given(TEXTS)
def test_escapes_hold(text: str) -> None:
    plain = xml_characters(text)
    assert (etree.fromstring(f"<a b={xml_attribute(text)}>{xml_text(text)}</a>".encode()).text or "") == plain
    assert etree.fromstring(f"<a b={xml_attribute(text)}/>".encode()).get("b") == plain
    assert not set(turtle_string(text)[1:-1].replace('\\"', "")) & set('"\n\r\x00')
    assert len(cell(text)) in (len(text), len(text) + 1)
