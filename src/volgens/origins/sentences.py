"""Where sentences begin and end, for showing the words around a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from volgens.records import Span

# A sign that ends one, with what closes it, and then a space or a line's end: "1.5" and "nos.nl" go on. So do initials and titles.
_SENTENCE = re.compile(
    r"\S(?:[^.!?…\n]|(?<=\b[A-Z])\.|(?<=\b(?:Mr|Ms|Dr|dr|ir|mr|St))\.|(?<=\b(?:Mrs|drs))\.|(?<=\b(?:Prof|prof))\.|[.!?…](?![.!?…]*[\"”’')]*(?:\s|$)))*"
    r"[.!?…]*[\"”’')]*"
)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences between two places of a text; a line break ends one too."""
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        yield match.span()


def sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence, or the sentences, in which something from ``start`` to ``end`` stands, within its lines."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(start, end - 1))
    touching = [s for s in sentences(text, first, None if last < 0 else last) if s[1] > start and s[0] < end]
    return (touching[0][0], touching[-1][1]) if touching else (start, end)
