"""How much a candidate stands out where a pronoun or "the company" stands: a few features of its last mention, weighed.

The features are those of Lappin & Leass (1994): how far back, first in its sentence, how often named, and in news, who spoke last.
Weights fitted on our corpus do no better on other articles than these round ones, which may be moved by half without harm.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from volgens.records import Span
from volgens.statements.speakers.known import Known
from volgens.statements.speakers.names import Named
from volgens.statements.speakers.phrases import Phrases

WEIGHTS = {
    "sentences": -1.0,  # between the mention and here, at most 10
    "paragraphs": -0.7,  # likewise, at most 5
    "first": 0.8,  # it is at the start of its sentence
    "beside": -0.3,  # it only says whose or of what: "Smith's lawyer"
    "spoke": 0.5,  # it is the source of a statement
    "last": 0.3,  # the statement before this one is theirs
    "level": 0.5,  # so is the one before on the same level
    "outer": 0.5,  # they speak in the statement around this one
    "inside": 0.3,  # the mention is inside the statement around this one, as this one is
    "quoted": -0.5,  # the mention is in somebody's quotation, and this one is not
    "often": 0.5,  # logarithm of the mentions so far
    "lead": 0.5,  # named at the start of the article
    "sex": 0.5,  # known, and it fits
    "described": -0.7,  # without a name
    "sure": 1.0,  # surely a person, or a body
}
_NEAR = 60  # mentions that are looked back over
_SENTENCES = 40  # sentences that a mention may lie back
_START = 25  # characters in which a sentence's first name begins
_LEAD = 300  # characters of an article's start


@dataclass(frozen=True, slots=True)
class Here:
    """Where a mention stands: in a statement with the content ``own``, inside one with the content ``around`` that ``outer`` speak.

    ``last`` spoke before, ``level`` on the same level; ``barred`` cannot be meant.
    """

    span: Span
    own: tuple[Span, ...]
    around: tuple[Span, ...]
    outer: Collection[Named]
    last: Collection[Named]
    level: Collection[Named]
    barred: Collection[Named]


class Mentions:
    """The mentions of an article's people and bodies: their names, and the sources that are resolved so far."""

    def __init__(self, known: Known, phrases: Phrases, quotations: Iterable[Span]) -> None:
        """``quotations``: where somebody is quoted directly."""
        self._known, self._phrases, self._text = known, phrases, known.names.text
        self._quotations = sorted(quotations)
        self._spoken: list[tuple[int, int, int]] = []  # start and end of a source, and the number of who is meant

    def spoke(self, named: Named, span: Span) -> None:
        """Take in that a source stands for somebody."""
        insort(self._spoken, (*span, self._known.index[id(named)]))

    def before(self, here: Here) -> Iterator[tuple[Named, float]]:
        """Those mentioned before, each with the weight of the last mention."""
        times: Counter[int] = Counter()
        last: dict[int, tuple[Span, bool]] = {}
        at = bisect_right(self._spoken, (here.span[0], 0, 0))
        for start, end, who in self._spoken[max(0, at - _NEAR) : at]:
            if end <= here.span[0] and not inside(start, here.own):
                last[who] = ((start, end), True)
                times[who] += 1
        for place, named in islice(self._known.names.backwards(here.span[0]), _NEAR):
            who = self._known.index[id(named)]
            if inside(place[0], here.own):
                continue  # nobody calls himself by his name
            if who not in last or last[who][0] < place:
                last[who] = (place, who in last and last[who][0][1] > place[0])
        sentence, line = self._text.sentence(here.span[0]), self._text.line(here.span[0])
        for who, (place, spoke) in last.items():
            named = self._known.all[who]
            between = sentence - self._text.sentence(place[0])
            if named.byline or named.weak or named in here.barred or between > _SENTENCES:
                continue
            start = self._text.sentence_span(place[0])[0]
            values = (
                min(between, 10),
                min(line - self._text.line(place[0]), 5),
                place[0] - start < _START,
                self._phrases.governed(place, (start, place[1] + _START)),
                spoke,
                named in here.last,
                named in here.level,
                named in here.outer,
                inside(place[0], here.around),
                not here.around and self._in_quotation(place[0]),
                math.log1p(bisect_right(named.places, (here.span[0], 0)) + times[who]),
                bool(named.places) and named.places[0][0] < _LEAD,
                named.gender is not None,
                named.described,
                named.body or (named.person and " " in named.name),
            )
            yield named, math.fsum(weight * value for weight, value in zip(WEIGHTS.values(), values, strict=True))

    def _in_quotation(self, offset: int) -> bool:
        at = bisect_right(self._quotations, (offset, len(self._text.text))) - 1
        return at >= 0 and offset < self._quotations[at][1]


def inside(offset: int, spans: Iterable[Span]) -> bool:
    """Whether ``offset`` lies in one of the spans."""
    return any(start <= offset < end for start, end in spans)
