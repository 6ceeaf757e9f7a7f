"""Claims followed to their origins, with their stories, for showing and for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from volgens.codec import VERSION, encode_mention
from volgens.origins.sentences import sentence_around
from volgens.records import (
    Appearance,
    Article,
    Derivation,
    Mention,
    Origin,
    OriginStatus,
    Statement,
    Statements,
    Step,
    Story,
    Trace,
    Turn,
)

STATUS_WORDS: dict[OriginStatus, str] = {
    "named": "on the record",
    "anonymous": "without a name",
    "document": "document",
    "own": "own reporting",
    "unknown": "not known",
}
"""What an origin is, in words for readers."""


@dataclass(frozen=True, slots=True)
class StoryTrace:
    """A story with its articles (the earliest first), what was read of these, who has what from whom, and its claims traced.

    ``labels`` are the ids that the inputs give their articles, by the ids of these.
    """

    story: Story
    articles: tuple[Article, ...]
    statements: Mapping[str, Statements]
    derivations: tuple[Derivation, ...]
    traces: tuple[Trace, ...]
    labels: Mapping[str, str]

    def label(self, article: str) -> str:
        """The id by which an article is named: that which its input gives it, else its own."""
        return self.labels.get(article, article)

    def article(self, id: str) -> Article:
        """The article with this id. Raises KeyError."""
        return next(article for article in self.articles if article.id == id)

    def statement(self, appearance: Appearance) -> Statement | None:
        """The statement that an appearance is."""
        return next((s for s in self.statements[appearance.article] if s.id == appearance.statement), None)


def carriers(trace: Trace) -> tuple[str, ...]:
    """The ids of the articles that carry a claim, each once, the earliest first."""
    return tuple(dict.fromkeys(appearance.article for appearance in trace.claim.appearances))


def independent(low: int, high: int) -> str:
    """How many origins there are, in words: "1 independent origin", "1 or 2 independent origins", "2 to 4 independent origins"."""
    if low == high:
        return f"{low} independent origin{'s' * (low != 1)}"
    return f"{low} {'or' if high == low + 1 else 'to'} {high} independent origins"


def encode_traces(views: Iterable[StoryTrace]) -> dict[str, Any]:
    """The JSON object of ``views``, described in docs/reference/json.md."""
    return {"volgens": VERSION, "stories": [encode_trace(view) for view in views]}


def encode_timelines(views: Iterable[StoryTrace]) -> dict[str, Any]:
    """The course of each claim of ``views`` as JSON, described there too."""
    kept = ("id", "text", "independent_origins", "events")
    told = [(view.story.id, _claim(trace, view)) for view in views for trace in view.traces]
    return {"volgens": VERSION, "claims": [{"story": story, **{field: claim[field] for field in kept}} for story, claim in told]}


def encode_trace(view: StoryTrace) -> dict[str, Any]:
    """One story with its claims as JSON."""
    return {
        "id": view.story.id,
        "merged": list(view.story.merged),
        "articles": [encode_article_line(article, view.label(article.id)) for article in view.articles],
        "claims": [_claim(trace, view) for trace in view.traces],
        "derivations": encode_derivations(view.derivations, view.articles, view.labels),
    }


def encode_article_line(article: Article, label: str) -> dict[str, Any]:
    """What tells an article from others: ``id`` is its label, ``version`` its id."""
    fields = {field: getattr(article, field) for field in ("url", "outlet", "title", "published", "language")}
    return {"id": label, "version": article.id, **fields}


def encode_derivations(
    derivations: Iterable[Derivation], articles: Sequence[Article], labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Derivations as JSON, each with the words that show it."""
    texts = {article.id: article.text for article in articles}
    rows = []
    for d in derivations:
        passages = [
            {
                "text": texts[d.derived][slice(*p.copy)],
                "span": list(p.copy),
                "source_span": list(p.source) if p.source is not None else None,
            }
            for p in d.passages
        ]
        longest = max(passages, key=lambda p: len(str(p["text"])))
        rows.append(
            {
                "from": None if d.source is None else labels.get(d.source, d.source),
                "to": labels.get(d.derived, d.derived),
                "type": d.kind,
                "outlet": d.outlet,
                "owner": d.owner,
                "reason": d.reason,
                "share": round(d.share, 4),
                "evidence": {**longest, "passages": passages},
            }
        )
    return rows


def _claim(trace: Trace, view: StoryTrace) -> dict[str, Any]:
    claim = trace.claim
    reasons = ["", *claim.reasons] if claim.reasons else [""] * len(claim.appearances)
    return {
        "id": claim.id,
        "text": claim.text,
        "statements": [_appearance(a, why, view) for a, why in zip(claim.appearances, reasons, strict=True)],
        "origins": [_origin(origin, view) for origin in trace.origins],
        "independent_origins": {"low": trace.low, "high": trace.high},
        "circles": [[view.label(article) for article in circle] for circle in trace.circles],
        "events": [_turn(turn, view) for turn in trace.course],
    }


def _appearance(appearance: Appearance, why: str, view: StoryTrace) -> dict[str, Any]:
    statement = view.statement(appearance)
    speaker = statement.speaker.name if statement is not None and statement.speaker is not None else None
    return {
        "article": view.label(appearance.article),
        "statement": appearance.statement,
        **(encode_mention(appearance.mention) or {}),
        "stance": appearance.stance,
        "flat": appearance.flat,
        "value": appearance.value,
        "source": encode_mention(statement.source) if statement is not None else None,
        "speaker": speaker,
        "kind": statement.kind if statement is not None else "author",
        "act": statement.act if statement is not None else "state",
        "why": why or None,
    }


def _origin(origin: Origin, view: StoryTrace) -> dict[str, Any]:
    return {
        "kind": origin.kind,
        "name": origin.name,
        "description": origin.description,
        "status": origin.status,
        "stance": origin.stance,
        "outlet": origin.outlet,
        "counted": origin.counted,
        "merged": list(origin.merged),
        "carriers": [view.label(step.article) for step in origin.steps],
        "steps": [_step(step, view) for step in origin.steps],
    }


def _step(step: Step, view: StoryTrace) -> dict[str, Any]:
    return {
        "article": view.label(step.article),
        "from": None if step.source is None else view.label(step.source),
        "type": step.kind,
        "evidence": encode_mention(step.mention),
        "sentence": sentence(view.article(step.article), step.mention),
    }


def _turn(turn: Turn, view: StoryTrace) -> dict[str, Any]:
    article = view.article(turn.article)
    return {
        "type": turn.kind,
        "time": article.published,
        "outlet": article.outlet,
        "article": view.label(turn.article),
        "before": None if turn.before is None else view.label(turn.before),
        "evidence": encode_mention(turn.mention),
    }


def sentence(article: Article, mention: Mention) -> str:
    """The sentence around the first words of a mention, on one line."""
    start, end = sentence_around(article.text, *mention.spans[0])
    return " ".join(article.text[start:end].split())
