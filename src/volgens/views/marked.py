"""An article's text cut into pieces, each with the statements that its words belong to, for showing them in place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from volgens.records import Article, BlockKind, Mention, Statement

Part = Literal["source", "cue", "content"]
"""What words are in a statement."""

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that all belong to the same statements. ``marks`` are these by their number in the list, the widest first, with what
    the words are in each; ``begins`` are the numbers of those whose first words these are."""

    text: str
    marks: tuple[tuple[int, Part], ...] = ()
    begins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text, and what it is."""

    kind: BlockKind
    pieces: tuple[Piece, ...]


def paragraphs(article: Article, statements: Sequence[Statement]) -> tuple[Paragraph, ...]:
    """The text line by line. What lies between lines is left out; nothing else is."""
    spans = sorted(_spans(statements), key=lambda span: (span[0], -span[1], span[2]))
    width = {number: _width(statement) for number, statement in enumerate(statements)}
    first: dict[int, int] = {}
    for start, _, number, _ in spans:
        first.setdefault(number, start)
    begun = [block.span[0] for block in article.blocks]
    made, open_, following = [], list[tuple[int, int, int, Part]](), 0
    for line in _LINE.finditer(article.text):
        start, end = line.span()
        while following < len(spans) and spans[following][0] < end:
            open_.append(spans[following])
            following += 1
        here = [span for span in open_ if span[1] > start]
        cuts = sorted({start, end, *(place for span in here for place in span[:2] if start < place < end)})
        pieces = [_piece(article.text, left, right, here, width, first) for left, right in pairwise(cuts)]
        open_ = [span for span in here if span[1] > end]
        block = article.blocks[at] if (at := bisect_right(begun, start) - 1) >= 0 else None
        inside = block is not None and start < block.span[1]
        made.append(Paragraph(block.kind if block is not None and inside else "paragraph", tuple(pieces)))
    return tuple(made)


def _spans(statements: Sequence[Statement]) -> list[tuple[int, int, int, Part]]:
    parts: tuple[Part, ...] = ("source", "cue", "content")
    return [
        (start, end, number, part)
        for number, statement in enumerate(statements)
        for part in parts
        for start, end in _mention(statement, part)
    ]


def _mention(statement: Statement, part: Part) -> tuple[tuple[int, int], ...]:
    mention: Mention | None = getattr(statement, part)
    return mention.spans if mention is not None else ()


def _width(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content.spans)


def _piece(
    text: str,
    start: int,
    end: int,
    here: Sequence[tuple[int, int, int, Part]],
    width: dict[int, int],
    first: dict[int, int],
) -> Piece:
    over = {(number, part) for begun, ended, number, part in here if begun <= start and end <= ended}
    marks = sorted(over, key=lambda mark: (-width[mark[0]], mark))
    begins = tuple(sorted({number for number, _ in over if first[number] == start}))
    return Piece(text[start:end], tuple(marks), begins)
