"""Traced stories as a graph of W3C PROV (https://www.w3.org/TR/prov-dm/): what came from what, and whose it is.

Articles, claims as each article tells them, and their origins are entities; outlets and named sources are agents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from volgens.records import Article, Derivation, DerivationKind, Origin, Stance, Step, Trace, content_id
from volgens.views.exports.moments import moment
from volgens.views.exports.names import TERMS, URN, address, named_id, outlet_id
from volgens.views.traces import StoryTrace, sentence

NAMESPACES = {
    **{what: f"{URN}{what}:" for what in ("article", "claim", "telling", "origin", "report", "statement", "outlet", "speaker")},
    "volgens": TERMS,
    "dcterms": "http://purl.org/dc/terms/",
}
"""The prefixes of the graph, besides ``prov`` and ``xsd``, which every PROV format has."""

_AGENTS = {"person": "prov:Person", "organisation": "prov:Organization", "outlet": "prov:Organization"}


@dataclass(frozen=True, slots=True)
class Value:
    """A literal of a ``type`` of XML Schema ("date"), or "" for a plain string; or a "name" of something in the graph."""

    text: str
    type: str = ""


Attributes = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity or agent by its prefixed ``name``; ``types`` are prefixed names too."""

    role: Literal["entity", "agent"]
    name: str
    types: tuple[str, ...]
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """That ``subject`` came from ``object``, or is another aspect of it. ``how`` is the subtype of a derivation in PROV."""

    kind: Literal["wasDerivedFrom", "wasAttributedTo", "specializationOf", "alternateOf"]
    subject: str
    object: str
    how: Literal["Quotation", "PrimarySource"] | None = None
    attributes: Attributes = ()


def provenance(views: Iterable[StoryTrace]) -> Iterator[Thing | Relation]:
    """The graph of all stories, each thing and relation once; a thing comes before the relations that it stands in."""
    seen: set[str | Relation] = set()
    for view in views:
        for one in _story(view):
            key = one.name if isinstance(one, Thing) else one
            if key not in seen:
                seen.add(key)
                yield one


def _story(view: StoryTrace) -> Iterator[Thing | Relation]:
    for id, article in zip(view.story.articles, view.articles, strict=True):
        yield from _article(id, article, view.label(id))
    for derivation in view.derivations:
        yield from _derivation(derivation, view)
    for trace in view.traces:
        yield from _claim(trace, view)


def _article(id: str, article: Article, label: str) -> Iterator[Thing | Relation]:
    name = f"article:{id}"
    issued, url = moment(article.published), address(article.url)
    attributes = [
        ("prov:label", Value(article.title)) if article.title else None,
        ("dcterms:identifier", Value(label)),
        ("dcterms:issued", Value(issued.value, issued.type)) if issued is not None else None,
        ("dcterms:language", Value(article.language)),
        ("prov:atLocation", Value(url, "anyURI")) if url is not None else None,
    ]
    yield Thing("entity", name, ("volgens:Article",), tuple(one for one in attributes if one is not None))
    outlet = outlet_id(article)
    if outlet is not None and article.outlet:
        yield _outlet(outlet, article.outlet)
        yield Relation("wasAttributedTo", name, f"outlet:{outlet}")


def _outlet(id: str, name: str) -> Thing:
    return Thing("agent", f"outlet:{id}", ("prov:Organization", "volgens:Outlet"), (("prov:label", Value(" ".join(name.split()))),))


def _derivation(d: Derivation, view: StoryTrace) -> Iterator[Thing | Relation]:
    """Who has its text or news from whom. That two have the same quotation is no derivation: both may have heard it."""
    derived = f"article:{d.derived}"
    if d.kind == "quotes" or d.source == d.derived:
        return
    if d.source is not None:
        source = f"article:{d.source}"
        if d.source not in view.story.articles:
            yield Thing("entity", source, ("volgens:Article",))
    elif d.outlet:
        # A report that is not at hand: all that is known of it is whose it is.
        source = f"report:{content_id('report', view.story.id, d.outlet)}"
        yield Thing("entity", source, ("volgens:UnseenReport",), (("prov:label", Value(d.outlet)),))
        outlet = named_id("outlet", d.outlet)
        yield _outlet(outlet, d.outlet)
        yield Relation("wasAttributedTo", source, f"outlet:{outlet}")
    else:
        return
    if d.kind == "copies" and d.reason == "unknown":
        yield Relation("alternateOf", derived, source)  # which of the two was first, nothing tells
        return
    text = view.article(d.derived).text
    shown = max((text[slice(*passage.copy)] for passage in d.passages), key=len, default="")
    attributes: Attributes = (
        ("volgens:how", Value(d.kind)),
        ("volgens:toldBy", Value(d.reason)),
        *((("volgens:share", Value(f"{d.share:.4f}", "decimal")),) if d.share else ()),
        *((("volgens:evidence", Value(shown)),) if shown else ()),
    )
    yield Relation("wasDerivedFrom", derived, source, _subtype(d.kind), attributes)


def _subtype(kind: DerivationKind | None) -> Literal["Quotation"] | None:
    """PROV's quotation is the repeat of some or all of a text: what we call a copy."""
    return "Quotation" if kind == "copies" else None


def _claim(trace: Trace, view: StoryTrace) -> Iterator[Thing | Relation]:
    claim = trace.claim
    name = f"claim:{claim.id}"
    bounds = (
        ("volgens:originsAtLeast", Value(str(trace.low), "integer")),
        ("volgens:originsAtMost", Value(str(trace.high), "integer")),
    )
    yield Thing("entity", name, ("volgens:Claim",), (("prov:value", Value(claim.text)), *bounds))
    yield from _tellings(trace)
    for number, origin in enumerate(trace.origins):
        source = f"origin:{content_id('origin', claim.id, number)}"
        yield from _origin(source, origin, view)
        for step in origin.steps:
            yield from _step(step, source, origin, trace, view)


def _tellings(trace: Trace) -> Iterator[Thing | Relation]:
    """A claim as an article tells it: of those for it a special case of the claim."""
    claim = trace.claim
    for article, stance in dict.fromkeys((a.article, a.stance) for a in claim.appearances):
        told = [a for a in claim.appearances if (a.article, a.stance) == (article, stance)]
        attributes = [("prov:value", Value(a.mention.text)) for a in told]
        attributes += [("volgens:statement", Value(f"statement:{a.statement}", "name")) for a in told if a.statement is not None]
        attributes += [("volgens:number", Value(a.value)) for a in told if a.value is not None]
        attributes += [
            ("dcterms:isPartOf", Value(f"article:{article}", "name")),
            ("volgens:stance", Value(stance)),
            ("volgens:flat", Value(str(any(a.flat for a in told)).lower(), "boolean")),
        ]
        if stance == "against":
            attributes.append(("volgens:contradicts", Value(f"claim:{claim.id}", "name")))
        name = _telling(claim.id, article, stance)
        yield Thing("entity", name, ("volgens:Telling",), tuple(dict.fromkeys(attributes)))
        if stance == "for":
            yield Relation("specializationOf", name, f"claim:{claim.id}")


def _telling(claim: str, article: str, stance: Stance) -> str:
    return f"telling:{content_id('telling', claim, article, stance)}"


def _origin(name: str, origin: Origin, view: StoryTrace) -> Iterator[Thing | Relation]:
    """Where a claim starts, and whose it is where that is known."""
    attributes = [
        ("volgens:status", Value(origin.status)),
        ("volgens:kind", Value(origin.kind)),
        ("volgens:stance", Value(origin.stance)),
        ("volgens:counted", Value(str(origin.counted).lower(), "boolean")),
    ]
    told = (("prov:label", origin.name), ("dcterms:description", origin.description), ("volgens:firstReportedBy", origin.outlet))
    attributes += [(field, Value(value)) for field, value in told if value]
    yield Thing("entity", name, ("volgens:Origin",), tuple(attributes))
    if origin.status == "own" and origin.outlet:
        agent = f"outlet:{named_id('outlet', origin.outlet)}"
        yield _outlet(named_id("outlet", origin.outlet), origin.outlet)
        yield Relation("wasAttributedTo", name, agent)
    elif origin.status == "named" and origin.name:
        # The same name in another story may be another person.
        agent = f"speaker:{named_id('speaker' + view.story.id, origin.name)}"
        types = (_AGENTS[origin.kind],) if origin.kind in _AGENTS else ()
        yield Thing("agent", agent, types, (("prov:label", Value(origin.name)),))
        yield Relation("wasAttributedTo", name, agent)


def _step(step: Step, origin_name: str, origin: Origin, trace: Trace, view: StoryTrace) -> Iterator[Relation]:
    """How an article came by the claim: from the telling of another, or from the origin itself."""
    told = {(a.article, a.stance) for a in trace.claim.appearances}

    def teller(article: str) -> str:
        return _telling(trace.claim.id, article, origin.stance) if (article, origin.stance) in told else f"article:{article}"

    attributes: Attributes = (
        *((("volgens:how", Value(step.kind)),) if step.kind is not None else ()),
        ("volgens:evidence", Value(step.mention.text)),
        ("volgens:sentence", Value(sentence(view.article(step.article), step.mention))),
    )
    if step.source is not None:
        if step.source != step.article:
            yield Relation("wasDerivedFrom", teller(step.article), teller(step.source), _subtype(step.kind), attributes)
    else:
        # A report that nobody has seen, and an outlet that repeats a thing, are where the trail ends: no primary sources.
        primary = origin.status != "unknown" and origin.counted
        yield Relation("wasDerivedFrom", teller(step.article), origin_name, "PrimarySource" if primary else None, attributes)
