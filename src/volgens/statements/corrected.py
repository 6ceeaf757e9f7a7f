"""Statements as people corrected them. What was read stays as it is in the archive; this is what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from volgens.records import Anchor, Correction, Span, Speaker, Statement, Statements

_HALF = 0.5  # of the longer of two places that they share to be one


def anchor(article: str, statement: Statement) -> Anchor:
    """The place by which a statement is found again."""
    first, last = _span(statement)
    mention = statement.content if statement.content.spans else statement.cue
    return Anchor(article, (first, last), mention.text if mention is not None else "")


def find(at: Anchor, statements: Iterable[Statement]) -> Statement | None:
    """The statement at a place, of the article that this is in; None where nothing much stands there now."""
    scored = [(_shared(at.span, _span(statement)), statement.id, statement) for statement in statements]
    best = max(scored, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] >= _HALF else None


def corrected(read: Statements, corrections: Sequence[Correction]) -> Statements:
    """What was read of an article without what is wrong, and with the names of who sources turned out to be.

    ``corrections`` are those about statements of the article, the oldest first; of kinds that relate two, none counts here.
    """
    items = read.items
    for correction in corrections:
        about = find(correction.about, items)
        if about is None:
            continue
        if correction.kind == "wrong":
            items = tuple(_adopted(s, about) for s in items if s.id != about.id)
        elif correction.kind == "named":
            items = tuple(_named(s, about, correction) for s in items)
    return read if items is read.items else replace(read, items=items)


def _adopted(statement: Statement, gone: Statement) -> Statement:
    """What lay in a statement that is none lies in what that lay in."""
    return replace(statement, parent=gone.parent) if statement.parent == gone.id else statement


def _named(statement: Statement, about: Statement, correction: Correction) -> Statement:
    """A statement with the same words as its source, or that one, is by who the source turned out to be."""
    source, said = statement.source or statement.inferred, about.source or about.inferred
    if statement.id != about.id and (source is None or said is None or source.spans != said.spans):
        return statement
    was = statement.speaker
    speaker = replace(was, name=correction.name) if was is not None else Speaker(correction.name)
    return replace(statement, kind="person", speaker=speaker, corrected=(*statement.corrected, correction.id))


def _span(statement: Statement) -> Span:
    mention = statement.content if statement.content.spans else statement.cue or statement.source
    return (mention.spans[0][0], mention.spans[-1][1]) if mention is not None and mention.spans else (0, 0)


def _shared(one: Span, other: Span) -> float:
    longer = max(one[1] - one[0], other[1] - other[0])
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) / longer if longer else 0.0
