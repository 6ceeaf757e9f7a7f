"""Articles and their statements -> propositions: what is put forward, sentence by sentence, by a source or an article itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from volgens.languages import known, words
from volgens.numbers import Number, numbers
from volgens.origins.sentences import sentences
from volgens.records import Article, Mention, Span, Statement, Statements, Time
from volgens.statements.acts import denies

_WORD = re.compile(r"\w+")
_CALENDAR = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|Q\d))?")
_LEAST = 4  # words of a proposition
_MOST = 60
_OWN = 5  # words of a sentence that an article states in its own voice
_HEAD = 6  # sentences, a headline in the text among them
_LINK = 0.6  # of a content that is another statement: it only passes this on
_SILENT = ("decline", "ask")  # acts that put nothing forward
PLANS = ("intend", "decide")
"""Acts that need not have been spoken: that somebody wants a thing is itself what is put forward, by whoever tells it."""
TOLD_OF = (*PLANS, "believe", "demand", "ask", "decline")
"""Acts that, told by somebody else, are part of what is told, and no source behind the source."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """One thing put forward in ``article``, at ``mention``: by ``statement``, or by the article in its own voice (None).

    ``denied``: the statement says that it is not so. ``firm``: it is said without a hedge. ``numbers``: those in it that are no
    dates. ``dates``: the days, months and years in it.
    """

    article: str
    mention: Mention
    statement: str | None
    language: str
    denied: bool = False
    firm: bool = True
    numbers: tuple[Number, ...] = ()
    dates: tuple[Time, ...] = ()

    @property
    def text(self) -> str:
        """Its words, on one line."""
        return " ".join(self.mention.text.split())


def propositions(article: Article, statements: Statements) -> tuple[Proposition, ...]:
    """What the statements of an article put forward. A statement that only passes on another gives none of its own."""
    found = []
    inside = _children(statements)
    for s in statements:
        if s.act in _SILENT or not s.content.spans or _passes_on(s, inside.get(s.id, ())):
            continue
        if s.act in TOLD_OF and s.parent is not None:
            continue  # what its parent says holds it
        denied = denies(s, article.language)
        firm = not s.reportative and s.certainty not in ("possible", "probable")
        # "Promised to appeal": without who does, it could be anybody's.
        bare = not denied and len(_WORD.findall(s.content.text)) < _LEAST
        for span in _sentences(article.text, _whole(s) if bare or s.act in PLANS else s.content.spans):
            mention = Mention.of(article.text, [span])
            amounts, dates = _amounts(article, span, statements.times), _dates(span, statements.times)
            found.append(Proposition(article.id, mention, s.id, article.language, denied, firm, amounts, dates))
    return tuple(found)


def assertions(article: Article, statements: Statements) -> tuple[Proposition, ...]:
    """What an article states in its own voice: sentences at its head that no statement has as content.

    News tells first what it has to tell; what comes further down is mostly background.
    """
    said = sorted(span for s in statements for m in (s.content, s.cue) if m is not None for span in m.spans)
    found = []
    for start, end in islice(sentences(article.text), _HEAD):
        text = article.text[start:end]
        covered = sum(max(0, min(end, b) - max(start, a)) for a, b in said)
        count = len(_WORD.findall(text))
        if covered > 0.3 * (end - start) or not _OWN <= count <= _MOST or text.rstrip("\"”’'").endswith("?"):
            continue
        firm = _hedges().search(text) is None
        span = (start, end)
        amounts, dates = _amounts(article, span, statements.times), _dates(span, statements.times)
        found.append(Proposition(article.id, Mention.of(article.text, [span]), None, article.language, False, firm, amounts, dates))
    return tuple(found)


def is_generic(statement: Statement) -> bool:
    """Whether a denial or confirmation names what it is about only as "the report", "the allegations", "this"."""
    said = [w.casefold() for w in _WORD.findall(statement.content.text)]
    if statement.act not in ("deny", "confirm") or len(said) > 6:
        return False
    return not said or bool(set(said) & _listed("generic"))


def _children(statements: Sequence[Statement]) -> Mapping[str, Sequence[Statement]]:
    found: dict[str, list[Statement]] = {}
    for s in statements:
        if s.parent:
            found.setdefault(s.parent, []).append(s)
    return found


def _passes_on(statement: Statement, inside: Sequence[Statement]) -> bool:
    """Whether the content of a statement is, for most of it, another statement."""
    if not inside:
        return False
    inside = [child for child in inside if child.act not in TOLD_OF]
    whole = sum(end - start for start, end in statement.content.spans)
    said = {
        at
        for child in inside
        for m in (child.source, child.cue, child.content)
        if m is not None
        for start, end in m.spans
        for at in range(start, end)
    }
    return len(said & {at for start, end in statement.content.spans for at in range(start, end)}) >= _LINK * whole


def _sentences(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a content; pieces that are too short alone go with what stands beside them."""
    pieces: list[Span] = []
    for start, end in spans:
        pieces += sentences(text, start, end)
    whole = (spans[0][0], spans[-1][1])
    told = [piece for piece in pieces if len(_WORD.findall(text[slice(*piece)])) >= _LEAST]
    if len(spans) > 1 and len(told) <= 1:
        # "The dike", he said, "will be raised": one thing, in two pieces.
        yield from [whole] if "\n" not in text[slice(*whole)] else told
    elif told:
        yield from told
    elif pieces and len(_WORD.findall(text[slice(*whole)])) >= 2:
        yield whole


def _amounts(article: Article, span: Span, times: Sequence[Time]) -> tuple[Number, ...]:
    """The numbers at ``span`` that are part of no date or time; their spans count from its beginning."""
    start, end = span
    dated = [place for t in times if t.type != "DURATION" for place in t.mention.spans if place[0] < end and start < place[1]]
    found = numbers(article.text[start:end], article.language)
    return tuple(n for n in found if not any(a < n.span[1] + start and n.span[0] + start < b for a, b in dated))


def _dates(span: Span, times: Sequence[Time]) -> tuple[Time, ...]:
    """The times at ``span`` that name a day, a month, a quarter or a year of the calendar."""
    within = (t for t in times if t.type == "DATE" and span[0] <= t.mention.spans[0][0] and t.mention.spans[-1][1] <= span[1])
    return tuple(t for t in within if _CALENDAR.fullmatch(t.value))


def _whole(statement: Statement) -> tuple[Span, ...]:
    """A statement from its first word to its last: "the company plans to leave"."""
    spans = [span for m in (statement.source, statement.cue, statement.content) if m is not None for span in m.spans]
    return ((min(spans)[0], max(end for _, end in spans)),)


def _listed(key: str) -> frozenset[str]:
    return frozenset().union(*(words(language, "origins", key) for language in known()))


@cache
def _hedges() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_listed('hedges'))))})\b", re.IGNORECASE)
