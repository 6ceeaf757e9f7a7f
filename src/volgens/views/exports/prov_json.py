"""PROV as PROV-JSON (https://www.w3.org/submissions/prov-json/)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from volgens.views.exports.provenance import NAMESPACES, Attributes, Relation, Thing, Value

# What the two ends of a relation are called.
_ENDS = {
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "specializationOf": ("prov:specificEntity", "prov:generalEntity"),
    "alternateOf": ("prov:alternate1", "prov:alternate2"),
}
_TAKEN = {"prov:atLocation": "prov:location"}  # what PROV-O calls otherwise


def prov_json(graph: Iterable[Thing | Relation]) -> dict[str, Any]:
    """The one JSON object of ``graph``. Relations are numbered in its order."""
    data: dict[str, Any] = {"prefix": dict(NAMESPACES), "entity": {}, "agent": {}}
    for one in graph:
        if isinstance(one, Thing):
            types = tuple(("prov:type", Value(type, "name")) for type in one.types)
            data[one.role][one.name] = _object(types + one.attributes)
        else:
            subject, object = _ENDS[one.kind]
            how = (("prov:type", Value(f"prov:{one.how}", "name")),) if one.how is not None else ()
            listed = data.setdefault(one.kind, {})
            listed[f"_:{one.kind}{len(listed) + 1}"] = {subject: one.subject, object: one.object, **_object(how + one.attributes)}
    return data


def _object(attributes: Attributes) -> dict[str, Any]:
    """Attributes as JSON; those that have several values as an array."""
    collected: dict[str, list[Any]] = {}
    for name, value in attributes:
        collected.setdefault(_TAKEN.get(name, name), []).append(_value(value))
    return {name: values[0] if len(values) == 1 else values for name, values in collected.items()}


def _value(value: Value) -> Any:
    if not value.type:
        return value.text
    return {"$": value.text, "type": "prov:QUALIFIED_NAME" if value.type == "name" else f"xsd:{value.type}"}
