"""The origin graph of a claim as a drawing: time runs across, outlets in lanes, origins at the left.

Only places and words are worked out here, in pixels of the drawing; faces put them into SVG. Every edge is a step of the trace, in
the order in which ``origins`` and their ``steps`` stand there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from volgens.records import Article, DerivationKind, Origin, OriginStatus, Stance, Step, Trace
from volgens.views.traces import StoryTrace

_TOP, _LANE, _COLUMN = 46, 52, 92
_ORIGIN_WIDTH, _ORIGIN_HEIGHT, _ORIGIN_GAP = 216, 40, 12
_LANES_AT = 300  # where the names of the lanes begin
_TIMES_AT = 470.0  # where the first column is
_MARGIN = 60
_NAME = 24  # characters of a name that fit


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet, with its articles on the line at ``y``."""

    name: str
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A time of publication at ``x``; ``day`` only where it is another one than before."""

    x: float
    day: str
    time: str


@dataclass(frozen=True, slots=True)
class Source:
    """An origin, in a box with its left upper corner at ``x`` and ``y``."""

    number: int
    x: float
    y: float
    width: float
    height: float
    name: str | None
    whole: str | None
    status: OriginStatus
    stance: Stance
    counted: bool


@dataclass(frozen=True, slots=True)
class Point:
    """An article that carries the claim. ``flat``: without distance. ``stance``: "against" where it does nothing but contradict."""

    article: str
    x: float
    y: float
    flat: bool
    stance: Stance


@dataclass(frozen=True, slots=True)
class Edge:
    """A step: the number of its origin and its own in that; from whom (None: the origin) to which article; ``path`` is SVG's."""

    origin: int
    step: int
    source: str | None
    article: str
    kind: DerivationKind | None
    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing of ``width`` by ``height`` pixels."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    sources: tuple[Source, ...]
    points: tuple[Point, ...]
    edges: tuple[Edge, ...]


def graph(trace: Trace, view: StoryTrace) -> Graph:
    """The drawing of ``trace``, a claim of ``view``."""
    ids = {step.article for origin in trace.origins for step in origin.steps}
    ids |= {appearance.article for appearance in trace.claim.appearances}
    articles = sorted((view.article(id) for id in ids), key=lambda article: (article.published or "9", article.id))
    lanes = _lanes(articles)
    columns = _columns(articles)
    line = {lane.name: lane.y for lane in lanes}
    at = {article.id: (_TIMES_AT + columns[article.id] * _COLUMN, line[_outlet(article)]) for article in articles}
    sources = _sources(trace.origins, at)
    edges = tuple(
        _edge(number, index, step, source, at)
        for number, (origin, source) in enumerate(zip(trace.origins, sources, strict=True))
        for index, step in enumerate(origin.steps)
    )
    width = _TIMES_AT + max(columns.values(), default=0) * _COLUMN + _MARGIN
    boxes = max((source.y + source.height for source in sources), default=0.0)
    height = max(_TOP + len(lanes) * _LANE, boxes + _ORIGIN_GAP)
    points = tuple(_point(article, trace, at[article.id]) for article in articles)
    return Graph(width, height, lanes, _ticks(articles, columns), sources, points, edges)


def _outlet(article: Article) -> str:
    return article.outlet or article.title or "-"


def _lanes(articles: Sequence[Article]) -> tuple[Lane, ...]:
    names = dict.fromkeys(map(_outlet, articles))
    return tuple(Lane(name, _TOP + _LANE * (number + 0.5)) for number, name in enumerate(names))


def _columns(articles: Sequence[Article]) -> dict[str, int]:
    """One for each time, since what came before what counts more than how long; two of an outlet at one time stand side by side."""
    columns: dict[str, int] = {}
    column, time, there = -1, None, set[str]()
    for article in articles:
        if article.published != time or column < 0 or _outlet(article) in there:
            column, time, there = column + 1, article.published, set()
        there.add(_outlet(article))
        columns[article.id] = column
    return columns


def _ticks(articles: Sequence[Article], columns: Mapping[str, int]) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    day, last = None, -1
    for article in articles:
        if columns[article.id] == last:
            continue
        last = columns[article.id]
        published = article.published or ""
        ticks.append(Tick(_TIMES_AT + last * _COLUMN, published[:10] if published[:10] != day else "", published[11:16]))
        day = published[:10]
    return tuple(ticks)


def _sources(origins: Sequence[Origin], at: Mapping[str, tuple[float, float]]) -> tuple[Source, ...]:
    """Each near the lanes of those who have the claim from it, none over another."""
    wanted = [
        (min((at[step.article][1] for step in origin.steps if step.source is None), default=_TOP), number)
        for number, origin in enumerate(origins)
    ]
    tops: dict[int, float] = {}
    free = float(_TOP)
    for y, number in sorted(wanted):
        tops[number] = max(free, y - _ORIGIN_HEIGHT / 2)
        free = tops[number] + _ORIGIN_HEIGHT + _ORIGIN_GAP
    return tuple(
        Source(
            number,
            8,
            tops[number],
            _ORIGIN_WIDTH,
            _ORIGIN_HEIGHT,
            _short(origin.name or origin.description),
            origin.name or origin.description,
            origin.status,
            origin.stance,
            origin.counted,
        )
        for number, origin in enumerate(origins)
    )


def _short(name: str | None) -> str | None:
    line = " ".join((name or "").split())
    return (line if len(line) <= _NAME else line[: _NAME - 1].rstrip() + "…") or None


def _point(article: Article, trace: Trace, at: tuple[float, float]) -> Point:
    own = [appearance for appearance in trace.claim.appearances if appearance.article == article.id]
    against = bool(own) and all(appearance.stance == "against" for appearance in own)
    return Point(article.id, *at, any(appearance.flat for appearance in own), "against" if against else "for")


def _edge(origin: int, index: int, step: Step, source: Source, at: Mapping[str, tuple[float, float]]) -> Edge:
    x, y = at[step.article]
    from_x, from_y = at.get(step.source or "", (source.x + source.width, source.y + source.height / 2))
    if from_x < x:
        bend = max(26.0, (x - from_x) * 0.45)
        path = f"M{from_x:.1f} {from_y:.1f}C{from_x + bend:.1f} {from_y:.1f} {x - bend:.1f} {y:.1f} {x - 10:.1f} {y:.1f}"
        label_x, label_y = x - min(48.0, (x - from_x) / 2), y - (y - from_y) * 0.06
    else:  # of one time, or told before what it has it from: around the right
        out = max(from_x, x) + 44
        path = f"M{from_x:.1f} {from_y:.1f}C{out:.1f} {from_y:.1f} {out:.1f} {y:.1f} {x + 10:.1f} {y:.1f}"
        label_x, label_y = out - 8, (from_y + y) / 2
    return Edge(origin, index, step.source, step.article, step.kind, path, label_x, label_y - 5)
