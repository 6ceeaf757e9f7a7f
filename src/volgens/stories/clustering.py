"""Articles in the order of their days -> stories, by average linkage among what came near in time.

Each day's articles are taken together, so the order in which they arrived plays no part: the two most alike of them and of the
stories still going are joined first, then the next, for as long as the mean likeness of their articles is high enough. A story to
which nothing came for two weeks is closed. Only articles that share one of their heaviest words are compared, so an article's cost
depends on how much news is going, and not on how much there is in the archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import heapify, heappop, heappush
from itertools import combinations, groupby

from volgens.records import Article, Story, content_id
from volgens.stories.terms import Terms, terms

LIKE = 0.23  # mean cosine from which articles tell of one story
_ACROSS = 0.6  # what likeness in names and numbers counts for, between articles in different languages
_OPEN = 14  # days
_KEYS = 30  # heaviest words of an article by which others are found
_COMMON = 60  # articles that share a word, from which it finds none

Vector = Mapping[str, float]
_Pair = tuple[float, tuple[date, str], tuple[date, str], int, int]
"""Likeness, turned round; the first articles of two clusters; their numbers."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A story in the making: the sums of its articles' vectors by language, so that mean likeness takes one product.

    ``first`` is its first article, with the day (the last there is, where none is known); ``days`` the first and the last day that
    are known; ``known`` whether it stood before this day.
    """

    articles: tuple[str, ...]
    first: tuple[date, str]
    days: tuple[date, date] | None
    words: dict[str, Vector]
    names: dict[str, Vector]
    keys: frozenset[str]
    known: bool = False


class Clustering:
    """Stories, day by day."""

    def __init__(self) -> None:
        self._open: dict[int, _Cluster] = {}
        self._closed: list[_Cluster] = []
        self._merged: dict[str, list[str]] = defaultdict(list)
        self._next = 0

    def add(self, day: date | None, articles: Iterable[tuple[str, Terms]]) -> None:
        """Take in the articles of one day: ids and what they are about. Their order plays no part; that of the days does.

        Articles without a day come last, and may belong to any story.
        """
        if day is None:
            for cluster in self._closed:
                self._put(cluster)
            self._closed = []
        for number, cluster in list(self._open.items()):
            if day is not None and cluster.days is not None and (day - cluster.days[1]).days > _OPEN:
                self._closed.append(self._open.pop(number))
        for id, about in sorted(articles, key=lambda pair: pair[0]):
            self._put(_of_article(id, about, day))
        self._join()

    def stories(self) -> tuple[Story, ...]:
        """All stories so far, in the order of their first articles."""
        clusters = sorted([*self._closed, *self._open.values()], key=lambda cluster: cluster.first)
        return tuple(Story(_id(c), c.articles, tuple(self._merged.get(c.first[1], ()))) for c in clusters)

    def _put(self, cluster: _Cluster) -> int:
        self._next += 1
        self._open[self._next] = cluster
        return self._next

    def _join(self) -> None:
        """Join the two that are most alike, for as long as they are alike enough.

        A joined cluster has a new number, so what was noted of its parts is seen to be stale.
        """
        around: defaultdict[int, set[int]] = defaultdict(set)
        heap: list[_Pair] = []
        for a, b in self._near():
            around[a].add(b)
            around[b].add(a)
            heap += self._pair(a, b)
        heapify(heap)
        while heap:
            *_, a, b = heappop(heap)
            if a not in self._open or b not in self._open:
                continue
            one, other = sorted((self._open.pop(a), self._open.pop(b)), key=lambda cluster: cluster.first)
            if one.known and other.known:
                self._merged[one.first[1]] += [_id(other), *self._merged.pop(other.first[1], ())]
            joined = self._put(_joined(one, other))
            near = {c for c in around.pop(a) | around.pop(b) if c in self._open}
            around[joined] = near
            for c in near:
                around[c].add(joined)
                for pair in self._pair(joined, c):
                    heappush(heap, pair)
        self._open = {number: replace(cluster, known=True) for number, cluster in self._open.items()}

    def _pair(self, a: int, b: int) -> Iterator[_Pair]:
        """Two clusters as they stand in the heap, if they are alike enough."""
        one, other = self._open[a], self._open[b]
        like = _likeness(one, other) if _near_in_time(one, other) else 0.0
        if like >= LIKE:
            # Of pairs equally alike the one that began first, whatever their numbers.
            first, second = sorted((one.first, other.first))
            yield -round(like, 9), first, second, a, b

    def _near(self) -> Iterator[tuple[int, int]]:
        """Pairs of clusters that share a heavy word, at least one of them new, but for words that too many share."""
        sharing: defaultdict[str, list[int]] = defaultdict(list)
        for number, cluster in self._open.items():
            for key in cluster.keys:
                sharing[key].append(number)
        pairs = {
            pair
            for numbers in sharing.values()
            if len(numbers) <= _COMMON
            for pair in combinations(numbers, 2)
            if not (self._open[pair[0]].known and self._open[pair[1]].known)
        }
        yield from sorted(pairs)


def stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """The stories that ``articles`` tell. Those without a date are taken together, after the others."""
    ordered = sorted(articles, key=lambda article: article.day or date.max)
    clustering = Clustering()
    for day, rows in groupby(ordered, key=lambda article: article.day):
        clustering.add(day, [(article.id, terms(article)) for article in rows])
    return clustering.stories()


def _near_in_time(one: _Cluster, other: _Cluster) -> bool:
    """Whether two clusters may be of one story as far as their days go, where they are known."""
    if one.days is None or other.days is None:
        return True
    return max((one.days[0] - other.days[1]).days, (other.days[0] - one.days[1]).days) <= _OPEN


def _of_article(id: str, about: Terms, day: date | None) -> _Cluster:
    keys = [*list(about.words)[:_KEYS], *list(about.names)[:_KEYS]]
    days = (day, day) if day is not None else None
    return _Cluster(
        (id,), (day or date.max, id), days, {about.language: about.words}, {about.language: about.names}, frozenset(keys)
    )


def _joined(one: _Cluster, other: _Cluster) -> _Cluster:
    days = [pair for pair in (one.days, other.days) if pair is not None]
    return _Cluster(
        one.articles + other.articles,
        min(one.first, other.first),
        (min(pair[0] for pair in days), max(pair[1] for pair in days)) if days else None,
        _sums(one.words, other.words),
        _sums(one.names, other.names),
        one.keys | other.keys,
        one.known or other.known,
    )


def _sums(one: Mapping[str, Vector], other: Mapping[str, Vector]) -> dict[str, Vector]:
    return {language: _sum(one.get(language, {}), other.get(language, {})) for language in one.keys() | other.keys()}


def _sum(one: Vector, other: Vector) -> Vector:
    small, large = sorted((one, other), key=len)
    total = dict(large)
    for word, weight in small.items():
        total[word] = total.get(word, 0.0) + weight
    return total


def _likeness(one: _Cluster, other: _Cluster) -> float:
    """The mean likeness of an article of one with an article of the other."""
    total = 0.0
    for language in one.words:
        for another in other.words:
            if language == another:
                total += _product(one.words[language], other.words[another])
            else:
                total += _ACROSS * _product(one.names[language], other.names[another])
    return total / (len(one.articles) * len(other.articles))


def _product(one: Vector, other: Vector) -> float:
    small, large = sorted((one, other), key=len)
    return sum(weight * large[word] for word, weight in small.items() if word in large)


def _id(cluster: _Cluster) -> str:
    """A story keeps its id while it grows: it is that of its first article."""
    return content_id("story", cluster.first[1])
