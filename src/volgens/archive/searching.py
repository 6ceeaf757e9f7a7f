"""A question -> the statements of an archive that answer it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, literal, select

from volgens.archive.schema import articles, statements, vectors
from volgens.archive.words import WORDS, matching
from volgens.config import VERSION
from volgens.stories.terms import rarity, tokens
from volgens.views.search import FACETS, Answer, Hit, Question

Floats = npt.NDArray[np.float32]
Vector = npt.NDArray[np.float32]
_SCALE = 127.0  # of the numbers of a vector, to be bytes
_NEAR = 0.3  # cosine from which a statement is like what was asked for
_BY_WORDS = 200  # nearest ones, of which the words are looked at
_WORDS_COUNT = 0.3  # of what all words shared weigh against the cosine
_STEM = 7  # letters by which words are compared
_COUNTED = 10_000  # newest statements that are ranked and counted
_VALUES = 10  # of a facet that are told
_YEAR = func.substr(statements.c.published, 1, 4)


def answer(connection: Connection, question: Question, like: Vector | None = None) -> Answer:
    """The statements that answer ``question``, as far as the newest that were counted: the best first, without words the newest.

    ``like`` is the vector of what they are to be like, of length 1; then the nearest to it come first, and none that is far.
    """
    if like is not None:
        return _alike(connection, question, like)
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


def without_vector(connection: Connection) -> list[tuple[str, str]]:
    """The statements that have no vector of this volgens: their ids, and what they say."""
    there = select(vectors.c.id).where(vectors.c.id == statements.c.id, vectors.c.program == VERSION)
    wanted = select(statements.c.id, statements.c.content).where(statements.c.content != "", ~there.exists())
    return [(row.id, row.content) for row in connection.execute(wanted.order_by(statements.c.key))]


def keep_vectors(connection: Connection, ids: Sequence[str], made: Floats) -> None:
    """Keep vectors of length 1, (ids, width), in place of those that were there."""
    small = np.rint(made * _SCALE).astype(np.int8)
    connection.execute(delete(vectors).where(vectors.c.id.in_(ids)))
    rows = {id: {"id": id, "program": VERSION, "vector": row.tobytes()} for id, row in zip(ids, small, strict=True)}
    connection.execute(insert(vectors), list(rows.values()))


def _alike(connection: Connection, question: Question, like: Vector) -> Answer:
    """Every statement that is chosen is looked at: near ones are nowhere in order."""
    columns = [(_YEAR if facet == "year" else statements.c[facet]).label(facet) for facet in FACETS]
    joined = select(statements.c.key, vectors.c.vector, *columns).join_from(statements, vectors, vectors.c.id == statements.c.id)
    wanted = matching(question.words, connection.dialect.name)
    found = connection.execute(_chosen(joined.where(vectors.c.program == VERSION), question, wanted[0] if wanted else None))
    near: list[tuple[float, Row[Any]]] = []
    for rows in found.partitions(_COUNTED):
        block = np.frombuffer(b"".join(row.vector for row in rows), np.int8).reshape(len(rows), -1)
        angles = block.astype(np.float32) @ like / _SCALE
        near += [(float(angles[at]), rows[int(at)]) for at in np.flatnonzero(angles >= _NEAR)]
    near.sort(key=lambda pair: (-pair[0], pair[1].key))
    near[:_BY_WORDS] = _by_words(connection, near[:_BY_WORDS], question.like)
    more, near = len(near) > _COUNTED, near[:_COUNTED]
    shown = near[question.offset :][: question.limit]
    facets = {facet: _commonest([row for _, row in near], 2 + number) for number, facet in enumerate(FACETS)}
    hits = _hits(connection, [row.key for _, row in shown])
    alike = tuple(replace(hit, likeness=round(angle, 4)) for hit, (angle, _) in zip(hits, shown, strict=True))
    return Answer(alike, len(near), more, facets)


def _by_words(connection: Connection, near: Sequence[tuple[float, Row[Any]]], like: str) -> list[tuple[float, Row[Any]]]:
    """The nearest, those first that share telling words with what was asked for too."""
    keys = [row.key for _, row in near]
    said = {row.key: row for row in connection.execute(select(statements).where(statements.c.key.in_(keys)))}
    asked = {word[:_STEM] for word in tokens(like.lower())}

    def shared(key: int) -> float:
        rare = rarity(said[key].language)
        weights = {stem: rare(stem) for stem in asked}
        own = {word[:_STEM] for word in tokens(said[key].content.lower())}
        return sum(weights[stem] for stem in asked & own) / (sum(weights.values()) or 1.0)

    return sorted(near, key=lambda pair: (-pair[0] - _WORDS_COUNT * shared(pair[1].key), pair[1].key))


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
    shown = [field for field in Hit.__slots__ if field not in ("statement", "likeness")]
    return tuple(Hit(found[key].id, **{field: getattr(found[key], field) for field in shown}) for key in keys)
