"""Traced stories as JSON-LD with the words of schema.org: news articles, what is said in them, claims and their appearances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from volgens.records import Appearance, Article, Statement, Trace
from volgens.views.exports.moments import moment
from volgens.views.exports.names import address, outlet_id, speaker_names, urn
from volgens.views.exports.reading import is_direct
from volgens.views.traces import StoryTrace

CONTEXT = "https://schema.org"
_TYPES = {"person": "Person", "organisation": "Organization", "outlet": "NewsMediaOrganization"}

Node = dict[str, Any]


def nodes(views: Iterable[StoryTrace]) -> Iterator[Node]:
    """The nodes of the ``@graph``: of each story its articles, what is said in these, and its claims."""
    for view in views:
        for id, article in zip(view.story.articles, view.articles, strict=True):
            yield _article(id, article, view)
            for statement in view.statements[id]:
                if statement.content.spans:
                    yield _statement(id, article, statement)
        for trace in view.traces:
            yield _claim(trace, view)


def _article(id: str, article: Article, view: StoryTrace) -> Node:
    published, modified, outlet = moment(article.published), moment(article.modified), outlet_id(article)
    # Which of two copies was first, or whether anybody has it from the other, is not always known: then it is not said.
    based = [
        d.source
        for d in view.derivations
        if d.derived == id and d.source is not None and d.kind in ("copies", "credits") and d.reason != "unknown"
    ]
    cited = [d for d in view.derivations if d.derived == id and d.kind == "cites"]
    return _node(
        "NewsArticle",
        urn("article", id),
        identifier=view.label(id),
        url=address(article.url),
        headline=article.title,
        inLanguage=None if article.language == "und" else article.language,
        datePublished=published.value if published is not None else None,
        dateModified=modified.value if modified is not None else None,
        articleSection=article.section,
        author=[{"@type": "Person", "name": name} for name in article.authors],
        publisher=None if outlet is None else _outlet(article.outlet, outlet),
        isBasedOn=[_ref("article", source) for source in dict.fromkeys(based)],
        citation=[_ref("article", d.source) if d.source is not None else d.outlet for d in cited if d.source or d.outlet],
    )


def _outlet(name: str | None, id: str) -> Node:
    return {"@type": "NewsMediaOrganization", "@id": urn("outlet", id), "name": name}


def _statement(id: str, article: Article, s: Statement) -> Node:
    """A source's own words are a Quotation, spoken by it; the words of the article for what it said only owe to it."""
    direct = is_direct(article, s)
    named = speaker_names(s.speaker.name) if s.speaker is not None and s.kind in _TYPES else ()
    speakers = [{"@type": _TYPES[s.kind], "name": name} for name in named]
    function = s.speaker.function if s.speaker is not None else None
    if function and len(speakers) == 1 and s.kind == "person":
        speakers[0]["jobTitle"] = function
    return _node(
        "Quotation" if direct else "CreativeWork",
        urn("statement", s.id),
        text=s.content.text,
        inLanguage=None if article.language == "und" else article.language,
        isPartOf=_ref("article", id),
        creditText=s.source.text if s.source is not None else None,
        spokenByCharacter=speakers if direct else None,
        contributor=None if direct else speakers,
    )


def _claim(trace: Trace, view: StoryTrace) -> Node:
    """A claim: who put it forward, and where it appears, first and after that."""
    claim = trace.claim
    forward = [a for a in claim.appearances if a.stance == "for"] or list(claim.appearances)
    named = [o for o in trace.origins if o.status == "named" and o.stance == "for" and o.name and o.kind in _TYPES]
    authors = {o.name: {"@type": _TYPES[o.kind], "name": o.name} for o in named}
    return _node(
        "Claim",
        urn("claim", claim.id),
        text=claim.text,
        author=list(authors.values()),
        firstAppearance=_place(forward[0], view) if forward else None,
        appearance=[_ref(*place) for place in dict.fromkeys(_where(a, view) for a in forward)],
    )


def _place(appearance: Appearance, view: StoryTrace) -> Node:
    return _ref(*_where(appearance, view))


def _where(appearance: Appearance, view: StoryTrace) -> tuple[str, str]:
    """The statement that it is, which is part of its article; or the article, where it speaks in its own voice."""
    statement = view.statement(appearance)
    if statement is not None and statement.content.spans:
        return "statement", statement.id
    return "article", appearance.article


def _ref(what: str, id: str) -> Node:
    return {"@id": urn(what, id)}


def _node(type: str, id: str, **fields: Any) -> Node:
    """A node with those fields that are there."""
    return {"@type": type, "@id": id, **{name: value for name, value in fields.items() if value not in (None, "", [])}}
