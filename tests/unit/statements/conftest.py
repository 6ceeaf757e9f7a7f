"""Statements of an article made by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from volgens.records import Article, Mention, Statement, statement_id
from volgens.statements.chains import in_text

Made = Callable[..., tuple[Statement, ...]]


@pytest.fixture
def made() -> Made:
    """``made(article, (source, cue, content, fields), ...)``: statements by their words, in the order of the text.

    Words are looked for from the beginning; a pair (words, n) means their n-th place, counted from 0. ``content`` may be a list
    of pieces.
    """

    def span(text: str, words: str | tuple[str, int]) -> tuple[int, int]:
        words, nth = (words, 0) if isinstance(words, str) else words
        at = -1
        for _ in range(nth + 1):
            at = text.index(words, at + 1)
        return at, at + len(words)

    def mention(text: str, words: Any) -> Mention | None:
        return None if words is None else Mention.of(text, [span(text, words)])

    def make(article: Article, *rows: tuple[Any, ...]) -> tuple[Statement, ...]:
        found = []
        for source, cue, content, *fields in rows:
            pieces = content if isinstance(content, list) else [content] if content else []
            said = Mention.of(article.text, [span(article.text, piece) for piece in pieces])
            who, how = mention(article.text, source), mention(article.text, cue)
            values: dict[str, Any] = {"kind": "person" if who else "none", "act": "state", "parent": None, "confidence": 0.7}
            values |= fields[0] if fields else {}
            found.append(Statement(statement_id(article.id, who, how, said), who, how, said, **values))
        return tuple(sorted(found, key=in_text))

    return make
