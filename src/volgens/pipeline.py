"""The one place where the stages are put together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from volgens.origins.claims import Comparer, claims, texts
from volgens.origins.course import course
from volgens.origins.folding import Told, fold
from volgens.reader.network import Reader
from volgens.records import Article, Claim, Defect, Statement, Statements, Time, Trace
from volgens.statements.acts import acts
from volgens.statements.assembling import assemble
from volgens.statements.certainty import certainties
from volgens.statements.chains import in_text, link
from volgens.statements.kinds import agreeing, kinds
from volgens.statements.speakers.speakers import speakers
from volgens.statements.times.due import due
from volgens.statements.times.times import times
from volgens.statements.uncued import uncued

T = TypeVar("T")
_TOGETHER = 60  # articles of which the texts are compared before they are forgotten


def read_article(article: Article, reader: Reader, defects: tuple[Defect, ...] = (), *, explain: bool = False) -> Statements:
    """Article -> Statements. ``defects`` are those of the stages before, kept in front; with ``explain``, statements tell why."""
    statements = assemble(article, reader.read(article.text, why=explain).labels)
    met = [*defects, *statements.defects]
    items = tuple(s for s in sorted([*statements, *uncued(article, statements)], key=in_text) if not _aside(s, article))
    for name, stage in (("kinds", kinds), ("acts", acts), ("certainty", certainties), ("chains", link), ("speakers", _spoken)):
        items = _or(items, name, partial(stage, article, items), met)
    items = agreeing(article, items)
    nothing: tuple[Time, ...] = ()
    found = _or(nothing, "times", partial(times, article), met)
    starts = [time.mention.spans[0][0] for time in found]
    timed = tuple(_timed(statement, _among(found, starts, statement), article) for statement in items)
    return Statements(timed, tuple(met), found)


def trace_story(told: Told, comparer: Comparer) -> tuple[Trace, ...]:
    """The articles of a story, what was read of them and who has what from whom -> its claims, each followed to its origins."""
    return tuple(_traced(claim, told) for claim in claims(told, comparer))


def batches(stories: Iterable[Told]) -> Iterator[tuple[Told, ...]]:
    """Stories by some at a time, for ``trace_batch``."""
    waiting: list[Told] = []
    for told in stories:
        waiting.append(told)
        if sum(len(one.articles) for one in waiting) >= _TOGETHER:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def trace_batch(stories: Sequence[Told], comparer: Comparer) -> list[tuple[Trace, ...]]:
    """What ``trace_story`` gives for each. The comparer looks at their texts together: of small ones in a third of the time."""
    comparer.vectors([text for told in stories for text in texts(told)])
    traced = [trace_story(told, comparer) for told in stories]
    comparer.forget()
    return traced


def _traced(claim: Claim, told: Told) -> Trace:
    origins, low, high, circles = fold(claim, told)
    against, _, _, _ = fold(claim, told, "against")
    everything = (*origins, *against)
    return Trace(claim, everything, low, high, circles, course(claim, everything, told))


def _aside(statement: Statement, article: Article) -> bool:
    """Whether a statement stands in a byline or a photo credit: these name who made the article, and say nothing."""
    spans = [span for mention in (statement.source, statement.cue, statement.content) if mention for span in mention.spans]
    silent = [block.span for block in article.blocks if block.kind in ("byline", "photo credit")]
    return any(a <= start and end <= b for start, end in spans for a, b in silent)


def _spoken(article: Article, items: Sequence[Statement]) -> tuple[Statement, ...]:
    return speakers(article, Statements(tuple(items))).items


def _or(without: T, name: str, make: Callable[[], T], met: list[Defect]) -> T:
    """What a stage makes. A fault of ours in it costs what it would have added, and neither the article nor the other stages."""
    try:
        return make()
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        met.append(Defect("statements", f"{name} left out after a fault of volgens ({fault}); please report it"))
        return without


def _among(found: Sequence[Time], starts: Sequence[int], statement: Statement) -> Sequence[Time]:
    """The times that lie between the first and the last word of a statement."""
    spans = [span for mention in (statement.source, statement.cue, statement.content) if mention for span in mention.spans]
    return found[bisect_left(starts, min(a for a, _ in spans)) : bisect_left(starts, max(b for _, b in spans))]


def _timed(statement: Statement, among: Sequence[Time], article: Article) -> Statement:
    inside = tuple(
        t for t in among if any(a <= t.mention.spans[0][0] and t.mention.spans[-1][1] <= b for a, b in statement.content.spans)
    )
    return replace(statement, times=inside, due=due(statement, among, article.published))
