"""Traced stories as PROV and schema.org, read back by what reads these."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import rdflib
from prov.model import ProvDerivation, ProvDocument, ProvSpecialization
from rdflib.namespace import RDF, RDFS, XSD

from tests.exported import CITED, DENIED, FIRST, SAID, SECOND, VIEW
from volgens.views.exports.prov_json import prov_json
from volgens.views.exports.prov_turtle import prov_turtle
from volgens.views.exports.provenance import Relation, Thing, provenance
from volgens.views.exports.schema_org import CONTEXT, nodes

PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
TERMS = rdflib.Namespace("urn:volgens:terms:")
SCHEMA = rdflib.Namespace("https://schema.org/")
HOSTILE = 'x"\\ <a> .\n@prefix \x00 \ud800 ^^xsd:int \u202e'


def article(id: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"urn:volgens:article:{id}")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(prov_turtle(provenance([VIEW]))), format="turtle")


@pytest.fixture(scope="module")
def document() -> Any:
    return ProvDocument.deserialize(content=json.dumps(prov_json(provenance([VIEW]))), format="json")


def test_turtle_tells_who_has_it_from_whom(graph: rdflib.Graph) -> None:
    first, second = article(FIRST.id), article(SECOND.id)
    assert (first, RDF.type, PROV.Entity) in graph
    assert (second, PROV.wasDerivedFrom, first) in graph
    assert (second, PROV.wasQuotedFrom, first) in graph
    # Which of two copies was first is not known; and the same quotation is no derivation.
    assert (first, PROV.alternateOf, second) in graph
    assert (first, PROV.wasDerivedFrom, second) not in graph
    (report,) = graph.objects(first, PROV.wasDerivedFrom)
    assert (report, RDF.type, TERMS.UnseenReport) in graph
    assert [str(label) for agent in graph.objects(report, PROV.wasAttributedTo) for label in graph.objects(agent, RDFS.label)] == [
        "LNB"
    ]


def test_turtle_shows_the_words_of_a_derivation(graph: rdflib.Graph) -> None:
    (quotation,) = graph.objects(article(SECOND.id), PROV.qualifiedQuotation)
    assert (quotation, RDF.type, PROV.Quotation) in graph
    assert graph.value(quotation, PROV.entity) == article(FIRST.id)
    assert str(graph.value(quotation, TERMS.evidence)) == SECOND.text[:26]
    assert graph.value(quotation, TERMS.share) == rdflib.Literal("0.2500", datatype=XSD.decimal)


def test_turtle_leads_from_a_telling_to_the_primary_source(graph: rdflib.Graph) -> None:
    labelled = graph.subjects(RDFS.label, rdflib.Literal("Dora Vink"))
    (origin,) = (one for one in labelled if (one, RDF.type, TERMS.Origin) in graph)
    (primary,) = graph.subjects(PROV.hadPrimarySource, origin)
    assert str(graph.value(primary, PROV.value)) == SAID.content.text
    (second,) = graph.subjects(PROV.wasDerivedFrom, primary)
    assert str(graph.value(second, PROV.value)) == CITED.content.text
    claim = rdflib.URIRef("urn:volgens:claim:" + "c" * 32)
    assert set(graph.subjects(PROV.specializationOf, claim)) == {primary, second}
    (against,) = graph.subjects(TERMS.contradicts, claim)
    assert str(graph.value(against, PROV.value)) == DENIED.content.text
    assert graph.value(claim, TERMS.originsAtMost) == rdflib.Literal(2)


def test_where_the_trail_ends_is_no_primary_source(graph: rdflib.Graph) -> None:
    (unknown,) = (o for o in graph.subjects(RDF.type, TERMS.Origin) if str(graph.value(o, TERMS.status)) == "unknown")
    assert not list(graph.subjects(PROV.hadPrimarySource, unknown))
    assert len(list(graph.subjects(PROV.wasDerivedFrom, unknown))) == 1


def test_prov_json_holds_the_same_as_turtle(graph: rdflib.Graph, document: Any) -> None:
    things = [one for one in provenance([VIEW]) if isinstance(one, Thing)]
    relations = [one for one in provenance([VIEW]) if isinstance(one, Relation)]
    assert len(document.get_records()) == len(things) + len(relations)
    derived = {(str(d.args[1].uri), str(d.args[0].uri)) for d in document.get_records(ProvDerivation)}
    in_turtle = {
        (str(o), str(s))
        for p in (PROV.wasDerivedFrom, PROV.wasQuotedFrom, PROV.hadPrimarySource)
        for s, o in graph.subject_objects(p)
    }
    assert derived == in_turtle
    special = {(str(s.args[0].uri), str(s.args[1].uri)) for s in document.get_records(ProvSpecialization)}
    assert special == {(str(s), str(o)) for s, o in graph.subject_objects(PROV.specializationOf)}


def test_prov_json_types_what_it_tells() -> None:
    data = prov_json(provenance([VIEW]))
    told = data["entity"][f"article:{FIRST.id}"]
    assert told["dcterms:issued"] == {"$": "2026-03-14T08:30:00+01:00", "type": "xsd:dateTime"}
    assert told["prov:location"] == {"$": FIRST.url, "type": "xsd:anyURI"}
    assert told["dcterms:identifier"] == "a-1"
    kinds = [one.get("prov:type", {}).get("$") for one in data["wasDerivedFrom"].values()]
    assert "prov:Quotation" in kinds
    assert "prov:PrimarySource" in kinds


def test_things_come_once_whatever_the_number_of_stories() -> None:
    assert list(provenance([VIEW, VIEW])) == list(provenance([VIEW]))


def hostile() -> Any:
    first = replace(FIRST, title=HOSTILE, outlet=HOSTILE, url=f"https://x.example/{HOSTILE}", published=HOSTILE)
    old, new = FIRST.id, first.id  # what points at the one article is to point at the other

    def moved(value: Any) -> Any:
        if value == old:
            return new
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        if hasattr(value, "__dataclass_fields__"):
            return replace(value, **{name: moved(getattr(value, name)) for name in value.__dataclass_fields__})
        return value

    return replace(
        VIEW,
        story=moved(VIEW.story),
        articles=(first, SECOND),
        statements={first.id: VIEW.statements[old], SECOND.id: VIEW.statements[SECOND.id]},
        derivations=moved(VIEW.derivations),
        traces=moved(VIEW.traces),
        labels={first.id: HOSTILE},
    )


def test_hostile_text_stays_text() -> None:
    view = hostile()
    graph = rdflib.Graph().parse(data="".join(prov_turtle(provenance([view]))), format="turtle")
    title = graph.value(article(view.articles[0].id), RDFS.label)
    assert str(title) == HOSTILE.replace("\ud800", "\ufffd")
    assert {str(s).split(":")[0] for s in graph.subjects() if isinstance(s, rdflib.URIRef)} == {"urn"}
    json.dumps(prov_json(provenance([view])))
    json.dumps(list(nodes([view])))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_schema_org_is_json_ld_with_claims_and_where_they_appear() -> None:
    found = list(nodes([VIEW]))
    local = {"@vocab": "https://schema.org/"}
    graph = rdflib.Graph().parse(data=json.dumps({"@context": local, "@graph": found}), format="json-ld")
    (claim,) = graph.subjects(RDF.type, SCHEMA.Claim)
    said, cited = (rdflib.URIRef(f"urn:volgens:statement:{one.id}") for one in (SAID, CITED))
    assert graph.value(claim, SCHEMA.firstAppearance) == said
    assert set(graph.objects(claim, SCHEMA.appearance)) == {said, cited}
    assert graph.value(said, SCHEMA.isPartOf) == article(FIRST.id)
    assert (said, RDF.type, SCHEMA.Quotation) in graph
    assert (cited, RDF.type, SCHEMA.CreativeWork) in graph
    assert (article(SECOND.id), SCHEMA.isBasedOn, article(FIRST.id)) in graph
    assert (article(FIRST.id), SCHEMA.isBasedOn, None) not in graph
    assert CONTEXT == "https://schema.org"


def test_schema_org_names_who_speaks() -> None:
    by_id = {node["@id"]: node for node in nodes([VIEW])}
    quoted = by_id[f"urn:volgens:statement:{SAID.id}"]
    assert quoted["spokenByCharacter"] == [{"@type": "Person", "name": "Dora Vink", "jobTitle": "havenmeester"}]
    told = by_id[f"urn:volgens:statement:{DENIED.id}"]
    assert [one["name"] for one in told["contributor"]] == ["Ada Roos", "Bo Dorn"]
    news = by_id[f"urn:volgens:article:{FIRST.id}"]
    assert news["@type"] == "NewsArticle"
    assert news["publisher"]["name"] == "De Kadekrant"
    assert news["author"] == [{"@type": "Person", "name": "Tessa Orij"}]
    assert by_id["urn:volgens:claim:" + "c" * 32]["author"] == [{"@type": "Person", "name": "Dora Vink"}]
