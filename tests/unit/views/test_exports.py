"""Statements in the formats of other tools, each read back by what reads that format."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import rdflib
from lxml import etree
from pyarrow import parquet

from tests.exported import FIRST, READINGS, REFUSED, SAID, SECOND, made
from volgens.records import Article, Mention, Statements
from volgens.views.exports.escapes import cell, turtle_iri, turtle_string, well_formed, xml_attribute, xml_text
from volgens.views.exports.ftm import entities
from volgens.views.exports.moments import moment
from volgens.views.exports.reading import Reading, is_direct
from volgens.views.exports.rows import COLUMNS, csv_lines, encode_row, rows, write_parquet
from volgens.views.exports.tei import tei
from volgens.views.exports.webannotation import CONTEXT, annotated, page

SCHEMATA = Path(__file__).parent / "schemata"
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HOSTILE = "=1+1\x00\x1b\x9b ]]></p> &amp; <q>'\"\\ \u202e\u2028\r\n\t;, \ufffe 🚢 \ud800 e\u0301"


def hostile() -> Reading:
    text = f"{HOSTILE}\n\n\xa0\n\nzegt =Bo"
    article = Article(
        text, url=f"https://x.example/{HOSTILE}", outlet=HOSTILE, title=HOSTILE, published=HOSTILE, authors=(HOSTILE,)
    )
    said = made(article, "=Bo", "zegt", (HOSTILE,))
    return Reading(article, Statements((said,)), HOSTILE)


def all_rows() -> list[dict[str, object]]:
    return [encode_row(row) for reading in READINGS for row in rows(reading)]


def test_rows_have_every_column_and_point_into_the_text() -> None:
    found = all_rows()
    assert len(found) == 4
    assert all(tuple(row) == COLUMNS for row in found)
    first = found[0]
    assert (first["article"], first["version"]) == ("a-1", FIRST.id)
    assert first["speaker"] == "Dora Vink"
    assert (first["due_earliest"], first["due_precision"]) == ("2026-05-01", "month")
    assert first["chain"] == ["De Kadekrant", "Dora Vink"]
    for row, reading in zip(found, (READINGS[0], READINGS[0], READINGS[1], READINGS[1]), strict=True):
        for part in ("source", "cue", "content"):
            words = " ".join(reading.article.text[a:b] for a, b in row[f"{part}_spans"])  # type: ignore[attr-defined]
            assert words == (row[part] or "")
    assert json.loads(json.dumps(found)) == found


def test_csv_is_read_back_with_the_same_columns() -> None:
    written = "".join(csv_lines(row for reading in (*READINGS, hostile()) for row in rows(reading)))
    read = list(csv.DictReader(io.StringIO(written, newline="")))
    assert list(read[0]) == list(COLUMNS)
    assert len(read) == 5
    assert read[0]["content"] == SAID.content.text
    assert read[0]["chain"] == "De Kadekrant < Dora Vink"
    assert read[0]["content_spans"] == " ".join(f"{a}-{b}" for a, b in SAID.content.spans)
    assert read[2]["reportative"] == "true"
    assert float(read[0]["confidence"]) == 0.875


def test_no_cell_of_csv_is_a_formula() -> None:
    written = "".join(csv_lines(rows(hostile())))
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert not [value for value in row.values() if value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert row["content"].startswith("'=1+1")
    written.encode()
    assert "\x1b" not in written
    assert "\x00" not in written


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "  =A1", "\n=A1", "＝A1"])
def test_what_begins_as_a_formula_is_made_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=b", "'=A1", "5-3", "“-”", ""])
def test_other_text_stays(text: str) -> None:
    assert cell(text) == text


def test_parquet_is_read_back_as_written() -> None:
    file = io.BytesIO()
    write_parquet((row for reading in READINGS for row in rows(reading)), file)
    table = parquet.read_table(io.BytesIO(file.getvalue()))
    assert table.column_names == list(COLUMNS)
    read = table.to_pylist()
    for row in read:
        for part in ("source_spans", "cue_spans", "content_spans"):
            row[part] = [[span["start"], span["end"]] for span in row[part]]
    assert read == all_rows()


def test_parquet_of_nothing_has_its_columns_and_hostile_text_is_kept() -> None:
    empty, file = io.BytesIO(), io.BytesIO()
    write_parquet(iter(()), empty)
    assert parquet.read_table(io.BytesIO(empty.getvalue())).num_rows == 0
    write_parquet(rows(hostile()), file)
    (row,) = parquet.read_table(io.BytesIO(file.getvalue())).to_pylist()
    assert row["content"] == well_formed(HOSTILE)


def test_annotations_are_of_the_schema_and_select_the_words() -> None:
    schema = json.loads((SCHEMATA / "web-annotation.schema.json").read_text(encoding="utf-8"))
    for reading in (*READINGS, hostile()):
        whole = page([reading.article]) | {"items": list(annotated(reading))}
        jsonschema.validate(whole, schema)
        assert whole["@context"] == CONTEXT
        assert len(whole["items"]) == len(reading.statements)
        text = reading.article.text
        for place, quote in selectors(whole["items"]):
            assert quote["exact"] == text[place["start"] : place["end"]]
            assert text.startswith(quote["prefix"] + quote["exact"] + quote["suffix"], place["start"] - len(quote["prefix"]))


def selectors(items: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    """Every pair of selectors in annotations."""
    return [one["selector"] for item in items for one in (*item["target"], *item["body"]) if "selector" in one]  # type: ignore[attr-defined, misc, index]


def test_an_annotation_is_on_what_is_said_and_tells_by_whom() -> None:
    said, refused = annotated(READINGS[0])
    assert [one["selector"][1]["exact"] for one in said["target"]] == ["“De sluis,”", "“gaat 🚢 in mei dicht.”"]
    assert {one["source"] for one in said["target"]} == {FIRST.url}
    named = [one["value"] for one in said["body"] if one["purpose"] == "identifying" and "value" in one]
    assert named == ["Dora Vink"]
    tags = {one["value"] for one in said["body"] if one["purpose"] == "tagging"}
    assert tags == {"kind:person", "act:promise", "certainty:certain", "polarity:positive", "due:2026-05-01/2026-05-31"}
    assert refused["id"] == f"urn:volgens:statement:{REFUSED.id}"
    assert next(annotated(READINGS[1]))["target"][0]["source"] == f"urn:volgens:article:{SECOND.id}"


def test_where_nothing_is_said_the_cue_is_selected() -> None:
    silent = replace(REFUSED, content=Mention("", ()))
    (one,) = annotated(Reading(FIRST, Statements((silent,)), "a"))
    assert [target["selector"][1]["exact"] for target in one["target"]] == ["gaf geen"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_annotations_are_json_ld() -> None:
    graph = rdflib.Graph()
    whole = page([FIRST]) | {"items": list(annotated(READINGS[0]))}
    # The terms that we use of the standard's context, which lives on the web.
    local = json.loads((SCHEMATA / "anno-terms.jsonld").read_text(encoding="utf-8"))["@context"]
    graph.parse(data=json.dumps(whole | {"@context": local}), format="json-ld")
    found = graph.query(
        "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?exact WHERE { ?a a oa:Annotation ; oa:motivatedBy oa:identifying ; "
        "oa:hasTarget/oa:hasSelector ?s . ?s a oa:TextQuoteSelector ; oa:exact ?exact }"
    )
    assert {str(row.exact) for row in found} == {"“De sluis,”", "“gaat 🚢 in mei dicht.”", "commentaar"}


def test_entities_are_of_the_schema_of_followthemoney() -> None:
    schema = json.loads((SCHEMATA / "ftm.json").read_text(encoding="utf-8"))
    for reading in (*READINGS, hostile()):
        found = list(entities(reading))
        ids = {entity["id"]: entity["schema"] for entity in found}
        assert len(ids) == len(found)
        for entity in found:
            assert set(entity) == {"id", "schema", "properties"}
            known = schema[entity["schema"]]
            assert set(entity["properties"]) <= known["properties"].keys()
            assert set(known["required"]) <= set(entity["properties"])
            for name, values in entity["properties"].items():
                assert values
                assert all(isinstance(value, str) and value.strip() for value in values)
                for ranged in (known["properties"][name],) if known["properties"][name] else ():
                    assert all(ids[value] in schema["ranges"][ranged] for value in values)


def test_entities_pass_followthemoney_itself() -> None:
    model = pytest.importorskip("followthemoney", reason="it needs ICU; pip install 'volgens[ftm]'").model
    for reading in (*READINGS, hostile()):
        for entity in entities(reading):
            schema = model.get(entity["schema"])
            assert not schema.validate(entity)
            for name, values in entity["properties"].items():
                assert all(schema.get(name).type.validate(value) for value in values)
            assert set(model.get_proxy(entity, cleaned=False).to_dict()["properties"]) == set(entity["properties"])


def test_speakers_are_people_and_bodies_and_notes_are_on_them() -> None:
    first, second = (list(entities(reading)) for reading in READINGS)
    by_name = {e["properties"]["name"][0]: e for e in first + second if e["schema"] not in ("Article", "Mention", "Note")}
    assert {name: e["schema"] for name, e in by_name.items()} == {
        "Dora Vink": "Person",
        "gemeente Kade": "PublicBody",
        "De Kadekrant": "Organization",
        "Ada Roos": "LegalEntity",
        "Bo Dorn": "LegalEntity",
    }
    assert by_name["Dora Vink"]["properties"]["position"] == ["havenmeester"]
    article = first[0]
    assert article["properties"]["publishedAt"] == ["2026-03-14T07:30:00"]
    assert article["properties"]["language"] == ["nld"]
    note = next(e for e in first if e["schema"] == "Note")
    assert note["properties"]["entity"] == [by_name["Dora Vink"]["id"]]
    assert note["properties"]["description"] == [SAID.content.text]
    mention = next(e for e in first if e["schema"] == "Mention")
    assert mention["properties"]["name"] == ["havenmeester Dora Vink"]
    assert mention["properties"]["resolved"] == [by_name["Dora Vink"]["id"]]


def document(*readings: Reading) -> etree._Element:
    root = etree.fromstring("".join(tei(readings)).encode())
    etree.RelaxNG(etree.parse(SCHEMATA / "tei-subset.rng")).assertValid(root)
    return root


def test_tei_is_valid_and_every_pointer_leads_somewhere() -> None:
    for root in (
        document(READINGS[0]),
        document(*READINGS, hostile()),
        document(hostile()),
        document(Reading(Article(" "), Statements(), "a")),
    ):
        ids = [element.get(XML_ID) for element in root.iter() if element.get(XML_ID)]
        assert len(set(ids)) == len(ids)
        pointers = [
            pointer
            for element in root.iter()
            for name in ("from", "to", "corresp", "ana")
            for pointer in (element.get(name) or "").split()
        ]
        assert {pointer.removeprefix("#") for pointer in pointers} <= set(ids)


def test_the_body_of_tei_is_the_text_and_spans_are_the_words() -> None:
    root = document(READINGS[0])
    assert root.tag == f"{TEI}TEI"
    (body,) = root.iter(f"{TEI}body")
    assert "".join(body.itertext()) == FIRST.text
    assert [(e.tag.removeprefix(TEI), e.get("type")) for e in body] == [("ab", "headline"), ("p", None)]
    group = next(root.iter(f"{TEI}spanGrp"))
    assert group.get("n") == SAID.id
    assert group.get("cert") == "0.8750"
    assert "#speech.direct" in group.get("ana", "").split()
    words = [(span.get("type"), between(body, span.get("from"), span.get("to"))) for span in group]
    assert words == [
        ("source", "havenmeester Dora Vink"),
        ("cue", "zei"),
        ("content", "“De sluis,”"),
        ("content", "“gaat 🚢 in mei dicht.”"),
    ]
    (person,) = root.iter(f"{TEI}person")
    assert group[0].get("corresp") == f"#{person.get(XML_ID)}"
    assert "".join(person.itertext()) == "Dora Vink"


def between(body: etree._Element, begin: str | None, end: str | None) -> str:
    """The text between two anchors."""
    written: list[str] = []
    on = False
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if f"#{element.get(XML_ID)}" in (begin, end):
                on = f"#{element.get(XML_ID)}" == begin
            written.append(element.text or "" if on else "")
        elif element is not body:
            written.append(element.tail or "" if on else "")
    return "".join(written)


def test_several_articles_are_a_corpus() -> None:
    root = document(*READINGS)
    assert root.tag == f"{TEI}teiCorpus"
    assert [element.get("n") for element in root.iter(f"{TEI}TEI")] == ["a-1", SECOND.id]


def test_what_xml_forbids_does_not_break_tei() -> None:
    root = document(hostile())
    (body,) = root.iter(f"{TEI}body")
    text = "".join(body.itertext())
    assert len(text) == len(hostile().article.text)
    assert [(a, b) for a, b in zip(text, hostile().article.text, strict=True) if a != b] == [
        ("\ufffd", "\x00"),
        ("\ufffd", "\x1b"),
        ("\ufffd", "\ufffe"),
        ("\ufffd", "\ud800"),
    ]


@pytest.mark.parametrize(
    ("words", "cue", "direct"),
    [
        ("“De sluis,”", "zei", True),
        ("“gaat 🚢 in mei dicht.”", "zei", True),
        ("commentaar", "gaf geen", False),
        ("commentaar", None, True),
    ],
)
def test_own_words_are_told_from_words_of_the_article(words: str, cue: str | None, direct: bool) -> None:
    assert is_direct(FIRST, made(FIRST, None, cue, (words,))) is direct


def test_nothing_said_is_no_quotation() -> None:
    assert not is_direct(FIRST, replace(SAID, content=Mention("", ())))


@pytest.mark.parametrize(
    ("written", "type", "value", "utc"),
    [
        ("2026", "gYear", "2026", "2026"),
        ("2026-03", "gYearMonth", "2026-03", "2026-03"),
        ("2026-03-14", "date", "2026-03-14", "2026-03-14"),
        ("2026-03-14T08:30:00+01:00", "dateTime", "2026-03-14T08:30:00+01:00", "2026-03-14T07:30:00"),
        ("2026-03-14T08:30Z", "dateTime", "2026-03-14T08:30:00+00:00", "2026-03-14T08:30:00"),
        ("2026-03-14 08:30", "dateTime", "2026-03-14T08:30:00", "2026-03-14T08:30:00"),
    ],
)
def test_dates_are_typed(written: str, type: str, value: str, utc: str) -> None:
    found = moment(written)
    assert found is not None
    assert (found.type, found.value, found.utc) == (type, value, utc)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "gisteren",
        "2026-13",
        "2026-02-30",
        "0000",
        "2026-03-14T25:00",
        "20260314",
        "2026-03-14T08:30+23:00",
        "٢٠٢٦",
        "0001-01-01T00:00+05:00",
    ],
)
def test_what_is_no_date_is_none(written: str | None) -> None:
    assert moment(written) is None


def test_escapes() -> None:
    assert xml_text("a<b>&\r\x00]]>") == "a&lt;b&gt;&amp;&#13;\ufffd]]&gt;"
    assert xml_attribute('"\n\t') == '"&quot;&#10;&#9;"'
    assert turtle_string('a"\\\n\x1b\ud800') == '"a\\"\\\\\\n\\u001B\ufffd"'
    assert turtle_iri("https://x.example/> <a b>é") == "<https://x.example/%3E%20%3Ca%20b%3E%C3%A9>"
