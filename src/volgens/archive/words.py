"""Full text, as each database has it: the words that people write, what they match, and how well.

Words of SQLite's FTS5 are as they stand; PostgreSQL takes off Dutch and English endings, each article by its own language. Both
leave out accents and keep every word, however common. Ranks are smaller for what fits better (BM25, Robertson & Zaragoza 2009; on
PostgreSQL cover density, Clarke, Cormack & Tudhope 2000).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, case, column, func, literal, or_, table, text
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.sql.expression import cast

from volgens.archive.schema import statements

WORDS = table("statements_words", column("rowid"), column("rank"), column("words"))
"""The full-text index; ``rowid`` is the key of the statement. ``rank`` is SQLite's, ``words`` PostgreSQL's."""

_UNFIT = re.compile(r'["\x00-\x1f\ud800-\udfff]')  # what would end the expression, or is no character
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_CONFIGURATIONS = {"nl": "volgens_nl", "en": "volgens_en"}
_OTHER = "volgens_other"


def matching(words: str, dialect: str) -> tuple[ColumnElement[bool], ColumnElement[float]] | None:
    """The condition that every one of ``words`` stands in a statement, and its rank; None where there are no words."""
    pieces = list(_pieces(words))
    if not pieces:
        return None
    return _in_a_file(pieces) if dialect == "sqlite" else _on_a_server(pieces)


def _pieces(words: str) -> Iterator[tuple[str, bool]]:
    """Words, or several that stand together, as people write them: none is an operator. Each with whether it is only begun so."""
    for phrase, word in _PIECE.findall(words):
        begun = word.endswith("*") and len(word) > 1
        bare = _UNFIT.sub(" ", phrase or word.rstrip("*")).strip()
        if re.search(r"\w", bare):
            yield bare, begun


def _in_a_file(pieces: list[tuple[str, bool]]) -> tuple[ColumnElement[bool], ColumnElement[float]]:
    expression = " ".join(f'"{bare}"*' if begun else f'"{bare}"' for bare, begun in pieces)
    return text("statements_words MATCH :match").bindparams(match=expression), WORDS.c.rank  # type: ignore[return-value]


def _on_a_server(pieces: list[tuple[str, bool]]) -> tuple[ColumnElement[bool], ColumnElement[float]]:
    asked = {language: _query(pieces, name) for language, name in _CONFIGURATIONS.items()}
    other = _query(pieces, _OTHER)
    language, words = statements.c.language, WORDS.c.words
    # One condition for each language, so that each can use the index.
    conditions = [and_(language == code, words.op("@@")(query)) for code, query in asked.items()]
    condition = or_(*conditions, and_(language.not_in(asked), words.op("@@")(other)))
    return condition, -func.ts_rank_cd(words, case(*((language == code, query) for code, query in asked.items()), else_=other))


def _query(pieces: list[tuple[str, bool]], configuration: str) -> ColumnElement[Any]:
    """The words as a tsquery that wants them all, each with the endings of a language taken off."""
    one, *others = (_one(func.volgens_folded(bare), begun, configuration) for bare, begun in pieces)
    for other in others:
        one = one.op("&&")(other)
    return one


def _one(folded: ColumnElement[Any], begun: bool, configuration: str) -> ColumnElement[Any]:
    if not begun:
        return func.phraseto_tsquery(cast(literal(configuration), REGCONFIG), folded)
    # The beginning of a word may have lost an ending that the word has not: both are looked for.
    quoted = func.quote_literal(func.replace(folded, "\\", " ")).concat(":*")
    ways = (func.to_tsquery(cast(literal(name), REGCONFIG), quoted) for name in (configuration, _OTHER))
    return next(ways).op("||")(next(ways))
