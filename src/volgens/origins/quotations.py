"""Articles of a story -> which of them have the same words between quotation marks.

That alone makes neither of the two the other's source: both may have been at the press conference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from volgens.origins.copies import QUOTED
from volgens.records import Article, Derivation, Passage, Precedence, Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SAID = 6  # words in a row that make two quotations the same

Pair = tuple[str, str]


def quotations(articles: Sequence[Article], copied: Collection[Pair], told: Collection[Pair]) -> Iterator[Derivation]:
    """The quotations that two of ``articles`` have in common, each tied to the first article that has it.

    ``copied`` are the pairs of ids (derived, source) of which one has more from the other than that; ``told`` those of which one
    credits or cites the other, so that it may well have the quotation from there.
    """
    first: dict[tuple[str, ...], tuple[Article, Span]] = {}
    for article in sorted(articles, key=lambda a: (a.published or "9", a.id)):
        found: dict[str, list[Passage]] = {}
        here = list(_runs(article.text))
        for words, span in here:
            if words in first:
                source, place = first[words]
                found.setdefault(source.id, []).append(Passage(span, place))
        for source_id, passages in found.items():
            if (article.id, source_id) not in copied and (source_id, article.id) not in copied:
                reason: Precedence = "credit" if (article.id, source_id) in told else "unknown"
                yield Derivation(article.id, source_id, "quotes", reason, tuple(_joined(passages)))
        for words, span in here:
            first.setdefault(words, (article, span))


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Every run of so many words within a quotation, in one case, and its place."""
    for quoted in QUOTED.finditer(text):
        words = list(_WORD.finditer(text, quoted.start() + 1, quoted.end()))
        for at in range(len(words) - _SAID + 1):
            run = words[at : at + _SAID]
            yield tuple(word[0].casefold() for word in run), (run[0].start(), run[-1].end())


def _joined(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Runs that overlap in both articles as one passage."""
    at: Passage | None = None
    for passage in passages:
        assert passage.source is not None
        if at is not None and at.source is not None and _touch(at.copy, passage.copy) and _touch(at.source, passage.source):
            at = Passage((at.copy[0], passage.copy[1]), (at.source[0], passage.source[1]))
            continue
        if at is not None:
            yield at
        at = passage
    if at is not None:
        yield at


def _touch(one: Span, other: Span) -> bool:
    return one[0] <= other[0] < one[1] <= other[1]
