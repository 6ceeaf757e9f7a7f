"""A question -> the statements of an archive that answer it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select

from volgens.archive.schema import articles, statements
from volgens.archive.words import WORDS, matching
from volgens.views.search import FACETS, Answer, Hit, Question

_COUNTED = 10_000  # newest statements that are ranked and counted
_VALUES = 10  # of a facet that are told
_YEAR = func.substr(statements.c.published, 1, 4)


def answer(connection: Connection, question: Question) -> Answer:
    """The statements that answer ``question``, as far as the newest that were counted: the best first, without words the newest."""
    wanted = matching(question.words, connection.dialect.name)
    columns = [(_YEAR if facet == "year" else statements.c[facet]).label(facet) for facet in FACETS]
    order = [WORDS.c.rowid.desc()] if wanted else [statements.c.published.desc().nulls_last(), statements.c.key]
    condition, rank = wanted or (None, literal(0.0))
    counted = _chosen(select(statements.c.key, rank.label("rank"), *columns), question, condition).order_by(*order)
    rows = connection.execute(counted.limit(_COUNTED + 1)).all()
    more, rows = len(rows) > _COUNTED, rows[:_COUNTED]
    best = sorted(rows, key=lambda row: row.rank)[question.offset :][: question.limit]
    facets = {facet: _commonest(rows, 2 + number) for number, facet in enumerate(FACETS)}
    return Answer(_hits(connection, [row.key for row in best]), len(rows), more, facets)


def _chosen(query: Select[Any], question: Question, wanted: ColumnElement[bool] | None) -> Select[Any]:
    if wanted is not None:
        query = query.join_from(statements, WORDS, WORDS.c.rowid == statements.c.key).where(wanted)
    for facet, values in question.chosen.items():
        query = query.where((_YEAR if facet == "year" else statements.c[facet]).in_(values))
    if question.since:
        query = query.where(statements.c.published >= question.since)
    if question.until:
        # Days are beginnings of the times in them: "2025-03-04T10:00" is not after "2025-03-04".
        query = query.where(func.substr(statements.c.published, 1, len(question.until)) <= question.until)
    return query


def _commonest(rows: Sequence[Row[Any]], number: int) -> tuple[tuple[str, int], ...]:
    counts = Counter(row[number] for row in rows if row[number] is not None)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_VALUES])


def _hits(connection: Connection, keys: Sequence[int]) -> tuple[Hit, ...]:
    """The statements with these keys, in their order."""
    joined = select(statements, articles.c.title, articles.c.url).join(articles, articles.c.id == statements.c.article)
    found = {row.key: row for row in connection.execute(joined.where(statements.c.key.in_(keys)))}
    shown = [field for field in Hit.__slots__ if field != "statement"]
    return tuple(Hit(found[key].id, **{field: getattr(found[key], field) for field in shown}) for key in keys)
