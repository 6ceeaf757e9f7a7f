"""Statements as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): one annotation for each statement.

Offsets of that standard count Unicode code points, as ours do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from volgens.config import VERSION
from volgens.records import Article, Mention, Span, Statement, content_id
from volgens.views.chain import chain, written
from volgens.views.exports.names import TERMS, address, speaker_names, urn
from volgens.views.exports.reading import Reading

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix


def page(articles: Sequence[Article]) -> dict[str, Any]:
    """What stands around the annotations of ``articles``: the fields of an AnnotationPage but its ``items``."""
    return {
        "@context": CONTEXT,
        "id": urn("annotations", content_id("annotations", *(article.id for article in articles))),
        "type": "AnnotationPage",
    }


def annotated(reading: Reading) -> Iterator[dict[str, Any]]:
    """The annotations of one article. The target is what is said, or the cue where nothing is."""
    source = address(reading.article.url) or urn("article", reading.article.id)
    for statement in reading.statements:
        # Of a statement in pieces, each is a target. Without any words of its own, a statement points at its source.
        target = next((m for m in (statement.content, statement.cue, statement.source) if m is not None and m.spans), None)
        if target is None:
            continue
        yield {
            "id": urn("statement", statement.id),
            "type": "Annotation",
            "motivation": "identifying",
            "generator": {"id": TERMS + "volgens", "type": "Software", "name": f"volgens {VERSION}"},
            "body": _bodies(reading, statement, source),
            "target": _selected(reading.article, target, source),
        }


def _bodies(reading: Reading, s: Statement, source: str) -> list[dict[str, Any]]:
    """Who says it, as named and as printed, with which cue; the labels as tags."""
    article = reading.article
    names = speaker_names(s.speaker.name) if s.speaker is not None else ()
    pieces = [
        *(_text("identifying", name, article) for name in names),
        *_words(article, s.source if s.source is not None else s.inferred, source, "identifying"),
        *_words(article, s.cue, source, "highlighting"),
        _text("describing", written(chain(article, reading.statements, s)), article),
    ]
    tags = [f"kind:{s.kind}", f"act:{s.act}", f"certainty:{s.certainty}", f"polarity:{s.polarity}"]
    tags += ["reportative"] if s.reportative else []
    tags += [f"due:{s.due.earliest}/{s.due.latest}"] if s.due is not None else []
    return pieces + [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]


def _text(purpose: str, value: str, article: Article) -> dict[str, Any]:
    language = {} if article.language == "und" else {"language": article.language}
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", **language}


def _words(article: Article, mention: Mention | None, source: str, purpose: str) -> list[dict[str, Any]]:
    if mention is None:
        return []
    return [{"type": "SpecificResource", "purpose": purpose, **target} for target in _selected(article, mention, source)]


def _selected(article: Article, mention: Mention, source: str) -> list[dict[str, Any]]:
    """The pieces of a mention, each by its place and by its words: two selectors of the same."""
    return [{"source": source, "selector": _selectors(article.text, span)} for span in mention.spans]


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
    start, end = span
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
        },
    ]
