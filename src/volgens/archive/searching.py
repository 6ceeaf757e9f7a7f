"""A question -> the statements of an archive that answer it, by SQLite's full-text index (BM25, Robertson & Zaragoza 2009)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, column, func, select, table, text

from volgens.archive.schema import articles, statements
from volgens.views.search import FACETS, Answer, Hit, Question

_COUNTED = 20_000  # statements that facets are counted over
_VALUES = 10  # of a facet that are told
_WORDS = table("statements_words", column("rowid"), column("rank"))
_UNFIT = re.compile(r'["\x00-\x1f\ud800-\udfff]')  # what would end the expression, or is no character
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_YEAR = func.substr(statements.c.published, 1, 4)


def answer(connection: Connection, question: Question) -> Answer:
    """The statements that answer ``question``."""
    wanted = match(question.words)
    columns = {facet: _YEAR if facet == "year" else statements.c[facet] for facet in FACETS}
    counted = _chosen(select(*(chosen.label(facet) for facet, chosen in columns.items())), question, wanted)
    newest = _WORDS.c.rowid.desc() if wanted else statements.c.key.desc()
    rows = connection.execute(counted.order_by(newest).limit(_COUNTED + 1), {"match": wanted}).all()
    more, rows = len(rows) > _COUNTED, rows[:_COUNTED]
    facets = {facet: _commonest(rows, number) for number, facet in enumerate(FACETS)}
    shown = _chosen(select(statements, articles.c.title, articles.c.url), question, wanted)
    shown = shown.join(articles, articles.c.id == statements.c.article)
    newest_first = (statements.c.published.desc(), statements.c.key)
    ordered = shown.order_by(_WORDS.c.rank) if wanted else shown.order_by(*newest_first)
    found = connection.execute(ordered.limit(question.limit).offset(question.offset), {"match": wanted})
    return Answer(tuple(map(_hit, found)), len(rows), more, facets)


def match(words: str) -> str:
    """The full-text expression for words as people write them: each has to be there, none is an operator."""
    found = []
    for phrase, word in _PIECE.findall(words):
        begun = word.endswith("*") and len(word) > 1
        bare = _UNFIT.sub(" ", phrase or word.rstrip("*")).strip()
        if re.search(r"\w", bare):
            found.append(f'"{bare}"*' if begun else f'"{bare}"')
    return " ".join(found)


def _chosen(query: Select[Any], question: Question, wanted: str) -> Select[Any]:
    if wanted:
        query = query.join_from(statements, _WORDS, _WORDS.c.rowid == statements.c.key)
        query = query.where(text("statements_words MATCH :match"))
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


def _hit(row: Row[Any]) -> Hit:
    fields = {field: getattr(row, field) for field in Hit.__slots__ if field != "statement"}
    return Hit(statement=row.id, **fields)
