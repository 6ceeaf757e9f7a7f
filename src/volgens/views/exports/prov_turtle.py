"""PROV as RDF in Turtle, with the terms of PROV-O (https://www.w3.org/TR/prov-o/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from volgens.views.exports.escapes import turtle_iri, turtle_string
from volgens.views.exports.provenance import NAMESPACES, Attributes, Relation, Thing, Value

_PROV = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The property of each relation, and that of what tells more of it, with its class.
_RELATIONS = {
    ("wasDerivedFrom", None): ("wasDerivedFrom", "qualifiedDerivation", "Derivation"),
    ("wasDerivedFrom", "Quotation"): ("wasQuotedFrom", "qualifiedQuotation", "Quotation"),
    ("wasDerivedFrom", "PrimarySource"): ("hadPrimarySource", "qualifiedPrimarySource", "PrimarySource"),
}
_TAKEN = {"prov:label": "rdfs:label"}  # what PROV-O calls otherwise


def prov_turtle(graph: Iterable[Thing | Relation]) -> Iterator[str]:
    """The lines of a Turtle file."""
    for prefix, iri in {**_PROV, **NAMESPACES}.items():
        yield f"@prefix {prefix}: {turtle_iri(iri)} .\n"
    for one in graph:
        yield "\n" + (_thing(one) if isinstance(one, Thing) else _relation(one))


def _thing(thing: Thing) -> str:
    types = ", ".join((f"prov:{thing.role.capitalize()}", *thing.types))
    return f"{thing.name} a {types}{_listed(thing.attributes)} .\n"


def _relation(relation: Relation) -> str:
    plain, qualified, made = _RELATIONS.get((relation.kind, relation.how), (relation.kind, "", ""))
    line = f"{relation.subject} prov:{plain} {relation.object}"
    if not relation.attributes:
        return f"{line} .\n"
    return f"{line} ;\n    prov:{qualified} [ a prov:{made} ; prov:entity {relation.object}{_listed(relation.attributes)} ] .\n"


def _listed(attributes: Attributes) -> str:
    return "".join(f" ;\n    {_TAKEN.get(name, name)} {_value(value)}" for name, value in attributes)


def _value(value: Value) -> str:
    if value.type == "name":
        return value.text
    return turtle_string(value.text) + (f"^^xsd:{value.type}" if value.type else "")
