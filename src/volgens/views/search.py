"""A question to an archive, and what answers it: statements with the words and the makings that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FACETS = ("speaker", "kind", "act", "certainty", "polarity", "outlet", "language", "year")
"""By what statements are counted, and can be chosen."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: ``words`` that stand in content, source or cue, all of them ("two words" together, wor* begun so);
    ``chosen`` values of facets, any of each; days ``since`` and ``until`` (ISO 8601, both counted in) of publication.

    ``like``: what is meant, in any words and either language; the nearest in meaning come first.
    ``limit`` statements from the ``offset``th on.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    limit: int = 20
    offset: int = 0
    like: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that answers a question, as it is shown; ``statement`` and ``article`` are ids. ``likeness``: the cosine of its
    meaning and that asked for."""

    statement: str
    article: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    language: str
    speaker: str | None
    source: str | None
    cue: str | None
    content: str
    kind: str
    act: str
    certainty: str
    polarity: str
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The ``hits``, the best first; how many there are in all, and how many of each value of each facet, the commonest first.

    ``more``: there are more than ``total``, of which no more were counted.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def encode_answer(question: Question, answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer, described in docs/reference/json.md."""
    return {
        "total": answer.total,
        "more": answer.more,
        "limit": question.limit,
        "offset": question.offset,
        "statements": [{field: getattr(hit, field) for field in Hit.__slots__} for hit in answer.hits],
        "facets": {facet: [{"value": value, "count": count} for value, count in counts] for facet, counts in answer.facets.items()},
    }
