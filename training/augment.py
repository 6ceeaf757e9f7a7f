"""Vary what corpora print in one way only: the style of quotation marks and the breaks between paragraphs."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable

MARKS = (
    ("“", "”", 4), ('"', '"', 5), ("'", "'", 3), ("‘", "’", 3), ("„", "”", 1), ("„", "“", 1), ("«", "»", 1),
    ("« ", " »", 1), ("``", "''", 1), (",,", "''", 1), ("»", "«", 0.3),
)  # fmt: skip
_DOUBLE = re.compile(r"[“”\"]|,,|''|``")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)|(?<=[\w.,!?])[’'](?!\w)")
_BREAK = re.compile(r"\s*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[a-z\d][.!?][\"'”’])[ ](?=[A-Z\"'“‘„,])|(?<=[a-z\d][.!?])[ ](?=[A-Z\"'“‘„,])")

Edit = tuple[int, int, str]


def apply(text: str, edits: list[Edit]) -> tuple[str, Callable[[int], int]]:
    """Apply non-overlapping edits (start, end, new); also give the function from old offsets to new ones."""
    edits = sorted(edits)
    out: list[str] = []
    starts, shifts = [0], [0]
    last = length = 0
    for start, end, new in edits:
        out += [text[last:start], new]
        length += start - last + len(new)
        last = end
        starts.append(end)
        shifts.append(length - end)
    out.append(text[last:])

    def move(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return offset + shifts[index]

    return "".join(out), move


def _pairs(text: str) -> list[re.Match[str]]:
    """Quotation marks of the text if they open and close by turns; else none."""
    double = list(_DOUBLE.finditer(text))
    found = double if double else list(_SINGLE.finditer(text))
    if len(found) % 2:
        return []
    for index, mark in enumerate(found):
        opens = index % 2 == 0
        before = text[mark.start() - 1 : mark.start()]
        if (mark[0] in "“‘„``" and not opens) or (mark[0] in "”’''" and len(mark[0]) == 1 and mark[0] != "'" and opens):
            return []
        if mark[0] in "\"'" and opens != (not before.strip() or before in "(—–-["):
            return []
    return found


def edits(text: str, chance: random.Random, *, breaks: bool) -> list[Edit]:
    """A random choice of edits. ``breaks``: the text has its paragraph breaks (which may go), else some are put in."""
    changes: list[Edit] = []
    if chance.random() < 0.5:
        opening, closing, _ = chance.choices(MARKS, [weight for *_, weight in MARKS])[0]
        for index, mark in enumerate(_pairs(text)):
            changes.append((*mark.span(), closing if index % 2 else opening))
    if breaks and chance.random() < 0.15:
        changes += [(*match.span(), " ") for match in _BREAK.finditer(text)]
    elif not breaks and chance.random() < 0.7:
        rate = chance.choice((0.15, 0.4, 0.7))
        changes += [(*match.span(), "\n\n") for match in _SENTENCE_END.finditer(text) if chance.random() < rate]
    return changes
