"""Whose turn it is: the statements of an article in order, and who goes on where a quotation stands without cue and source.

O'Keefe et al. (2012) found that most quotations are the previous speaker's or the nearest one's; interviews and headlines are
the exception.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from volgens.records import Span, Statement
from volgens.statements.speakers.phrases import QUOTES
from volgens.statements.speakers.tokens import Text

_NEAR = 60  # statements that are looked back over
_LINES = 2  # lines that a quotation may lie after its speaker
_HEADING = 90  # characters that a heading has at most
_ANSWERS = 4  # quotations without cue and source that make an interview
_COMPARED = 2000  # characters of a content
_OPEN, _CLOSE = "“„«‘‚", "”»"
_WORD = re.compile(r"\w+")


def place(statement: Statement) -> Span:
    """Where a statement stands: its source, else its cue, else its content."""
    for mention in (statement.source, statement.cue, statement.content):
        if mention is not None and mention.spans:
            return mention.spans[0]
    return (0, 0)


class Turns:
    """The statements of one article in the order of their sources."""

    def __init__(self, text: Text, statements: Sequence[Statement]) -> None:
        self._text = text
        self.order = sorted(statements, key=lambda s: (place(s), s.id))
        self._position = {s.id: i for i, s in enumerate(self.order)}
        self._by_id = {s.id: s for s in statements}

    def parent(self, statement: Statement) -> Statement | None:
        """The statement around this one."""
        return self._by_id.get(statement.parent) if statement.parent else None

    def earlier(self, statement: Statement) -> Iterator[Statement]:
        """The statements before it, the nearest first."""
        at = self._position[statement.id]
        yield from reversed(self.order[max(0, at - _NEAR) : at])

    def before(self, statement: Statement) -> Iterator[Statement]:
        """Those of its kind on its level that stand in its paragraph or just before, the nearest first."""
        line = self._text.line(place(statement)[0])
        for other in self.earlier(statement):
            if line - self._text.line(place(other)[1]) > _LINES:
                return
            if other.parent == statement.parent and other.kind == statement.kind:
                yield other

    def around(self, span: Span) -> Statement | None:
        """The nearest statement whose source holds ``span`` and more: "Joan Tranmer, who has refused" around "who"."""
        at = bisect_left(self.order, (span, ""), key=lambda s: (place(s), s.id))
        for other in reversed(self.order[max(0, at - _NEAR) : at]):
            if other.source and other.source.spans[0][0] < span[0] and span[1] <= other.source.spans[0][1]:
                return other
        return None

    @cached_property
    def is_interview(self) -> bool:
        """Whether most of the article is answers of one person."""
        answers = sum(s.parent is None and s.source is None and s.cue is None and s.kind == "person" for s in self.order)
        others = sum(s.parent is None and s.source is not None for s in self.order)
        return answers >= _ANSWERS and 2 * answers >= others

    @property
    def quotations(self) -> Iterator[Span]:
        """The contents of the outermost direct quotations."""
        return (span for s in self.order if s.parent is None for span in s.content.spans if self._text.text[span[0]] in QUOTES)

    def is_quoted(self, statement: Statement, outer: Statement) -> bool:
        """Whether a statement stands between quotation marks within the content of ``outer``."""
        offset = place(statement)[0]
        for start, end in outer.content.spans:
            if start <= offset < end:
                before = self._text.text[start:offset]
                opened = sum(map(before.count, _OPEN)) - sum(map(before.count, _CLOSE))
                return opened > 0 or before.count('"') % 2 == 1 or before[:1] in ("'", "’")
        return False

    def is_heading(self, statement: Statement) -> bool:
        """Whether a short quotation is all that stands on its line."""
        if len(statement.content.spans) != 1:
            return False
        (span,) = statement.content.spans
        start, end = self._text.line_span(span[0])
        rest = self._text.text[start : span[0]].strip() + self._text.text[span[1] : end].strip() if end - start <= _HEADING else "-"
        return span[1] <= end and not rest

    def echo(self, statement: Statement) -> Statement | None:
        """The statement further on that says most of the words again, half of them at least: who says a headline's quotation."""
        said = self._said(statement)
        at = self._position[statement.id] + 1
        best, most = None, 0
        for other in self.order[at : at + _NEAR]:
            shared = len(said & self._said(other))
            if shared > most and other.kind == statement.kind and (other.source or other.cue is None):
                best, most = other, shared
        return best if 2 * most >= len(said) else None

    @staticmethod
    def _said(statement: Statement) -> set[str]:
        return set(_WORD.findall(statement.content.text[:_COMPARED].lower()))
