"""How found statements are compared with annotated ones. Pure functions; every figure of ``benchmarks.quality`` comes from here.

All comparing is done on positions: a text is a row of words, and where ``strict`` says so of single punctuation marks too,
and a mention is the places in that row that its spans touch. So white space never matters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from training.corpora import Annotated
from volgens.records import Mention, Span, Statement

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
Pair = tuple[int, int]
"""An index into the annotated attributions and one into the found ones."""

_CERTAINTIES = {"certain": "CT", "probable": "PR", "possible": "PS", "unknown": "U"}
FOUND = 0.3
"""The least overlap of contents by which a statement counts as found."""
RIGHT = 0.6
"""The least overlap of contents, and of sources, by which it is right who said what."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An attribution, annotated or found, as spans of its text.

    ``parent`` is an index into the same list; ``certainty`` is FactBank's, with the polarity ("CT+", "PS-").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str | None = None
    act: str | None = None
    parent: int | None = None
    confidence: float = 1.0
    certainty: str | None = None
    kind_confidence: float = 1.0
    act_confidence: float = 1.0


def annotated(article: Annotated) -> list[Scored]:
    """What the annotators marked."""
    return [
        Scored(a.source, (a.cue,) if a.cue else (), a.content, a.kind, a.act, a.parent, certainty=a.certainty)
        for a in article.attributions
    ]


def found(statements: Iterable[Statement]) -> list[Scored]:
    """What volgens found, in its order."""
    rows = list(statements)
    index = {s.id: i for i, s in enumerate(rows)}

    def spans(mention: Mention | None) -> tuple[Span, ...]:
        return mention.spans if mention else ()

    return [
        Scored(
            spans(s.source),
            spans(s.cue),
            s.content.spans,
            s.kind,
            s.act,
            index[s.parent] if s.parent else None,
            s.confidence,
            _CERTAINTIES[s.certainty] + ("-" if s.polarity == "negative" else "+"),
            s.kind_confidence,
            s.act_confidence,
        )
        for s in rows
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """Right ones, annotated ones and found ones; of several articles they are added up (micro average)."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """2PR / (P + R); 1 where there was nothing to find and nothing was found."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


class _Places:
    """The words of a text, with ``strict`` the punctuation marks too, by their places in its row."""

    def __init__(self, text: str, strict: bool) -> None:
        units = [m.span() for m in re.finditer(r"\w+|[^\w\s]" if strict else r"\w+", text)]
        self._starts = [start for start, _ in units]
        self._ends = [end for _, end in units]

    def pieces(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Half-open ranges of places. Those that touch are one: between them stands nothing but what has no place."""
        merged: list[Span] = []
        for start, end in sorted(spans):
            first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
            if first >= last:
                continue
            if merged and first <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        return tuple(merged)

    def covered(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(place for first, last in self.pieces(spans) for place in range(first, last))


_places = lru_cache(maxsize=8)(_Places)


def exact(text: str, gold: Iterable[Scored], other: Iterable[Scored], role: Role, *, strict: bool = False) -> Counts:
    """Exact spans of a role, as CofeNet counts them (Wang et al., COLING 2022): the set of distinct spans of an article.

    Every contiguous piece is a span. Pieces of one mention are one span where only white space stands between them (a brat
    annotation breaks at line ends) and, unless ``strict``, also where only punctuation does, so that a quotation over several
    paragraphs is the same span whether it was marked whole or paragraph by paragraph. Not ``strict`` (the main figure)
    ignores punctuation at the edges too.
    """
    places = _places(text, strict)
    one, two = ({piece for a in side for piece in places.pieces(getattr(a, role))} for side in (gold, other))
    return Counts(len(one & two), len(one), len(two))


def words(text: str, gold: Iterable[Scored], other: Iterable[Scored], role: Role) -> Counts:
    """Words of a role: a place counts once, however many attributions of the article it is in."""
    places = _places(text, False)
    one, two = (frozenset().union(*(places.covered(getattr(a, role)) for a in side)) for side in (gold, other))
    return Counts(len(one & two), len(one), len(two))


def overlap(one: frozenset[int], two: frozenset[int]) -> float:
    """The share of the longer of two mentions that they have in common, in words by their places; 1 for two empty ones.

    The Gender Gap Tracker (Asr et al., PLOS ONE 2021) divides by the length of the annotated one; dividing by the longer
    one's keeps a content that swallows its neighbours from scoring.
    """
    longest = max(len(one), len(two))
    return len(one & two) / longest if longest else 1.0


def overlapping(text: str, one: Iterable[Span], two: Iterable[Span]) -> float:
    """``overlap`` of two mentions of ``text``."""
    places = _places(text, False)
    return overlap(places.covered(one), places.covered(two))


def match(text: str, gold: Sequence[Scored], other: Sequence[Scored], content: float, source: float | None = None) -> list[Pair]:
    """Pair annotated and found attributions, each with at most one: as many pairs as can be, of these the most overlap.

    A pair may be made where the contents overlap by at least ``content`` and, if it is given, the sources by ``source``. No
    source matches only no source. Where neither has a content ("declined to comment") the cues overlap by ``content``
    instead; a content never matches none. The pairing is exact (Kuhn, "The Hungarian method", 1955).
    """
    places = _places(text, False)
    one, two = ([[places.covered(getattr(a, role)) for role in ROLES] for a in side] for side in (gold, other))
    whole = 2.0 * (min(len(one), len(two)) + 1)  # a pair weighs more than all overlaps together

    def weight(a: list[frozenset[int]], b: list[frozenset[int]]) -> float:
        said = overlap(a[2], b[2]) if a[2] or b[2] else overlap(a[1], b[1])
        who = overlap(a[0], b[0])
        return 0.0 if said < content or (source is not None and who < source) else whole + said + who

    return assign([[weight(a, b) for b in two] for a in one])


def found_pairs(text: str, gold: Sequence[Scored], other: Sequence[Scored]) -> list[Pair]:
    """The annotated attributions that were found: contents overlap by 0.3, the Gender Gap Tracker's lower threshold."""
    return match(text, gold, other, FOUND)


def who_said_what(text: str, gold: Sequence[Scored], other: Sequence[Scored]) -> list[Pair]:
    """Those with the right source and content: each overlaps by 0.6."""
    return match(text, gold, other, RIGHT, RIGHT)


def assign(weights: Sequence[Sequence[float]]) -> list[Pair]:
    """The one-to-one pairs of rows and columns with the greatest sum of weights (>= 0), without those that weigh nothing.

    The Hungarian method by shortest augmenting paths, rows * rows * columns steps, on as many rows as columns or fewer.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        return sorted((row, column) for column, row in assign([list(column) for column in zip(*weights, strict=True)]))
    columns = len(weights[0])
    row_price, column_price = [0.0] * (len(weights) + 1), [0.0] * (columns + 1)
    holder = [0] * (columns + 1)  # the row that has the column, from 1; column 0 is the row now being placed
    for row in range(1, len(weights) + 1):
        holder[0], column = row, 0
        nearest, before, done = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while holder[column]:
            done[column], current, step, following = True, holder[column], float("inf"), 0
            for c in range(1, columns + 1):
                if done[c]:
                    continue
                reduced = -weights[current - 1][c - 1] - row_price[current] - column_price[c]
                if reduced < nearest[c]:
                    nearest[c], before[c] = reduced, column
                if nearest[c] < step:
                    step, following = nearest[c], c
            for c in range(columns + 1):
                if done[c]:
                    row_price[holder[c]] += step
                    column_price[c] -= step
                else:
                    nearest[c] -= step
            column = following
        while column:
            holder[column], column = holder[before[column]], before[column]
    pairs = ((holder[c] - 1, c - 1) for c in range(1, columns + 1) if holder[c])
    return sorted((r, c) for r, c in pairs if weights[r][c] > 0)


@dataclass(frozen=True, slots=True)
class Bin:
    """The statements whose confidence lies in [``low``, ``high``): how many, their mean confidence, the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """(confidence, whether it is right) sorted into bins of equal width; 1 is in the last."""
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in judged:
        sorted_in[min(int(confidence * bins), bins - 1)].append((confidence, right))
    return [
        Bin(i / bins, (i + 1) / bins, len(rows), sum(c for c, _ in rows) / len(rows), sum(r for _, r in rows) / len(rows))
        if rows
        else Bin(i / bins, (i + 1) / bins, 0, 0.0, 0.0)
        for i, rows in enumerate(sorted_in)
    ]


def calibration_error(bins: Iterable[Bin]) -> float:
    """Expected calibration error (Guo et al., ICML 2017): the bins' distances of confidence and accuracy, weighted by count."""
    rows = list(bins)
    total = sum(b.count for b in rows)
    return sum(b.count * abs(b.confidence - b.right) for b in rows) / total if total else 0.0
