"""Articles -> the passages that they share, verbatim or lightly rewritten, and which of two has them from the other.

Fingerprints (Schleimer, Wilkerson & Aiken 2003, "Winnowing") propose pairs without comparing all with all; the words of a pair are
then laid beside one another, and what runs along in both with small gaps is a passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import combinations
from zlib import crc32

from volgens.articles.credits import plain_name
from volgens.records import Article, Derivation, Passage, Precedence, Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
QUOTED = re.compile(
    r"``((?:(?!''|\n).){1,2000})''|[“\"„«]([^“”\"„«»\n]{1,2000})[”\"“»]|(?<!\w)[‘'](?!s\b)([^‘’'\n]{12,2000})[’'](?!\w)"
)
"""Words between quotation marks of any of the usual kinds."""
_GRAM = 4  # words of a fingerprint
_WINDOW = 4  # of so many in a row one is kept: runs of seven equal words are never missed
_COMMON = 25  # articles with a fingerprint, from which it is boilerplate
_KEPT = 200  # articles
_FURNITURE = 3  # articles of one outlet
_APART = 7  # days
_PROPOSES = 3  # fingerprints that two articles share
_GAP = 8  # words that may differ within a passage
_RUN = 8  # words in a row, at least once in a passage
_PASSAGE = 12  # words that are equal in a passage
_COPIED = 24  # such words outside quotations that make a copy
_LEAST_SHARE = 0.06  # of the shorter article; less may be words that both had from somebody
_SHARE = 0.5  # of a very short article
_PLACES = 8  # of one fingerprint in the other article that are looked at


@dataclass(frozen=True)
class _Words:
    """The words of an article in one case, where they stand, and which of them are quoted and so tell nothing of who copied."""

    article: Article

    @cached_property
    def spans(self) -> list[Span]:
        return [found.span() for found in _WORD.finditer(self.article.text)]

    @cached_property
    def starts(self) -> list[int]:
        return [start for start, _ in self.spans]

    @cached_property
    def words(self) -> list[str]:
        return [self.article.text[start:end].lower() for start, end in self.spans]

    @cached_property
    def quoted(self) -> list[bool]:
        marked = [False] * len(self.spans)
        for found in QUOTED.finditer(self.article.text):
            for index in range(bisect_left(self.starts, found.start()), bisect_left(self.starts, found.end())):
                marked[index] = True
        return marked

    @cached_property
    def grams(self) -> list[int]:
        return [crc32(" ".join(self.words[i : i + _GRAM]).encode()) for i in range(len(self.words) - _GRAM + 1)]

    @cached_property
    def fingerprints(self) -> set[int]:
        return {min(self.grams[i : i + _WINDOW]) for i in range(max(1, len(self.grams) - _WINDOW + 1)) if self.grams}


def copies(articles: Sequence[Article]) -> tuple[Derivation, ...]:
    """Which of ``articles`` has passages of which other, the later from the earlier: by ``published``, else by the order of ids.

    Words in quotations do not count: two reporters may have heard the same. Nor does what stands in very many articles.
    A credit goes before the date: whoever credits the other's outlet took it from there.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    pairs, boilerplate = _proposed(ordered)
    # The words of an article take far more room than its text: only those of the last few are kept.
    words_of = lru_cache(_KEPT)(lambda number: _Words(ordered[number]))
    found = []
    for number, another in pairs:
        one, other = words_of(number), words_of(another)
        passages = tuple(_passages(one, other))
        copied = sum(_telling(one, passage, boilerplate) for passage in passages)
        shorter = min(one.quoted.count(False), other.quoted.count(False))
        if copied >= max(_COPIED, _LEAST_SHARE * shorter) or (copied >= _PASSAGE and copied >= _SHARE * shorter):
            later, earlier, reason = _direction(one.article, other.article)
            if later is not one.article:
                passages = tuple(sorted((Passage(p.source, p.copy) for p in passages if p.source), key=lambda p: p.copy))
            share = copied / (len((one if later is one.article else other).words) or 1)
            found.append(Derivation(later.id, earlier.id, "copies", reason, passages, min(1.0, share)))
    return tuple(sorted(found, key=lambda d: (d.derived, d.source or "")))


def _proposed(ordered: Sequence[Article]) -> tuple[list[tuple[int, int]], frozenset[int]]:
    """Pairs that share several fingerprints, and the fingerprints of boilerplate, which do not count: in very many articles, or in
    several of one outlet on days far apart."""
    import numpy as np

    printed = [np.fromiter(_Words(article).fingerprints, dtype=np.uint32) for article in ordered]
    prints = np.concatenate([*printed, np.empty(0, dtype=np.uint32)])
    owners = np.repeat(np.arange(len(ordered), dtype=np.uint32), [len(some) for some in printed])
    order = np.lexsort((owners, prints))
    prints, owners = prints[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], prints[1:] != prints[:-1]])) if len(prints) else np.empty(0, dtype=np.int64)
    ends = np.append(starts[1:], len(prints))
    shared: Counter[tuple[int, int]] = Counter()
    boilerplate = set()
    for start, end in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        numbers = owners[start:end].tolist()
        if len(numbers) > _COMMON or _is_furniture([ordered[number] for number in numbers]):
            boilerplate.add(int(prints[start]))
        else:
            shared.update(combinations(numbers, 2))
    return sorted(pair for pair, count in shared.items() if count >= _PROPOSES), frozenset(boilerplate)


def _is_furniture(articles: Sequence[Article]) -> bool:
    """Whether words belong to an outlet's pages, and not to what these tell: three of them or more have them, weeks apart."""
    most = Counter(article.outlet for article in articles if article.outlet).most_common(1)
    if not most or most[0][1] < _FURNITURE:
        return False
    days = sorted(day for article in articles if article.outlet == most[0][0] and (day := article.day) is not None)
    return len(days) < most[0][1] or (days[-1] - days[0]).days > _APART


def _passages(one: _Words, other: _Words) -> Iterator[Passage]:
    """The passages of ``one`` that ``other`` has, in the order of ``one``; no word of it is in two."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, gram in enumerate(other.grams):
        places[gram].append(place)
    at = 0
    while at < len(one.grams):
        runs = [_along(one.words, other.words, at, place) for place in places.get(one.grams[at], ())[:_PLACES]]
        best = max(runs, key=lambda run: run.equal, default=None)
        if best is None or best.equal < _PASSAGE or best.longest < _RUN:
            at += 1
            continue
        yield Passage(
            (one.spans[at][0], one.spans[best.end - 1][1]),
            (other.spans[best.place][0], other.spans[best.end_other - 1][1]),
        )
        at = best.end


@dataclass(frozen=True, slots=True)
class _Run:
    """How far two texts run along: ``equal`` words, ``longest`` of them in a row, from ``place`` in the other to both ends."""

    place: int
    end: int
    end_other: int
    equal: int
    longest: int


def _along(one: Sequence[str], other: Sequence[str], at: int, place: int) -> _Run:
    """Follow two texts from a place where they are equal, over gaps, to where they part."""
    a, b, equal, longest, row = at, place, 0, 0, 0
    end, end_other = at, place
    while True:
        if a < len(one) and b < len(other) and one[a] == other[b]:
            a, b, equal, row = a + 1, b + 1, equal + 1, row + 1
            end, end_other, longest = a, b, max(longest, row)
            continue
        step = _over_gap(one, other, a, b)
        if step is None:
            return _Run(place, end, end_other, equal, longest)
        a, b, row = a + step[0], b + step[1], 0


def _over_gap(one: Sequence[str], other: Sequence[str], a: int, b: int) -> tuple[int, int] | None:
    """The fewest words to leave out of both for three equal ones to follow; None where they part."""
    for total in range(1, 2 * _GAP + 1):
        for left in range(max(0, total - _GAP), min(total, _GAP) + 1):
            i, j = a + left, b + total - left
            if one[i : i + 3] == other[j : j + 3] and len(one[i : i + 3]) == 3:
                return left, total - left
    return None


def _telling(words: _Words, passage: Passage, boilerplate: frozenset[int]) -> int:
    """How many words of a passage stand outside quotations and boilerplate, which any reporter may have."""
    first = bisect_left(words.starts, passage.copy[0])
    last = bisect_left(words.starts, passage.copy[1])
    furniture = {
        at + i
        for at in range(first, min(last, len(words.grams)))
        if words.grams[at] in boilerplate
        for i in range(_GRAM + _WINDOW - 1)
    }
    return sum(not words.quoted[at] and at not in furniture for at in range(first, last))


def _direction(one: Article, other: Article) -> tuple[Article, Article, Precedence]:
    """The later article, the earlier, and what tells so."""
    for later, earlier in ((one, other), (other, one)):
        if _credits(later, earlier) and not _credits(earlier, later):
            return later, earlier, "credit"
    order = _direction_by_date(one, other)
    if order:
        return (one, other, "date") if order > 0 else (other, one, "date")
    return (other, one, "unknown") if one.id < other.id else (one, other, "unknown")


def _direction_by_date(one: Article, other: Article) -> int:
    """1 where one article is later than the other, -1 where it is earlier, 0 where the dates do not tell."""
    days = tuple((article.published or "")[:10] for article in (one, other))
    if all(days) and days[0] != days[1]:
        return 1 if days[0] > days[1] else -1
    times = tuple(_moment(article.published or "") for article in (one, other))
    if times[0] is None or times[1] is None or times[0] == times[1]:
        return 0
    return 1 if times[0] > times[1] else -1


def is_after(one: Article, other: Article) -> bool:
    """Whether the dates tell that one article is later than the other."""
    return _direction_by_date(one, other) == 1


def _credits(article: Article, other: Article) -> bool:
    """Whether an article says that it has what it has from the other's outlet."""
    outlet = plain_name(other.outlet or "")
    return bool(outlet) and any(plain_name(credit.name) == outlet for credit in article.credits)


def _moment(date: str) -> float | None:
    """An instant for a time of day; what has no zone is taken as UTC. None for a day alone."""
    if len(date) <= 10:
        return None
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
