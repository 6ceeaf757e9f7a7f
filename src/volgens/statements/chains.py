"""Links between statements: what lies in what is said, source behind source, and the source that hearsay stands on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from volgens.languages import words
from volgens.records import Article, Mention, Statement

_SAME = 0.8  # share of the longer of two contents that both hold, from which on they are one content with two sources
_BESIDE = 400  # characters between the cues of one chain
REACH = 6_000  # characters; nothing links further
_BEFORE = 2  # paragraphs that hearsay looks back over for its source
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+|[\r\n]+")


def overlap(one: Mention, other: Mention) -> int:
    """The characters that two mentions share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one.spans for c, d in other.spans)


def link(article: Article, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """``statements``, in the order of the text, with ``parent``, ``reportative`` and ``inferred``.

    An inner attribution has the one it lies in as its parent. Of one content with two sources, the inner source ("op basis van
    bronnen", "citing officials") has the outer one as its parent. Hearsay without a source that lies in what another
    sentence part ascribes ("volgens X zou Y ...") is that one's content and no statement of its own: it is left out.
    """
    near = _Near(statements)
    evidential, modals = words(article.language, "reporting", "evidentials"), words(article.language, "reporting", "hearsay_modals")
    kept = [s for s in statements if not (_is(s, evidential) and _covered(article.text, s, near))]
    near = _Near(kept)
    parents = _parents(kept, near, words(article.language, "reporting", "grounds"))
    linked = [replace(s, parent=parents.get(s.id), reportative=_is(s, evidential) or _hedged(s, modals)) for s in kept]
    return tuple(_with_inferred(article.text, linked))


class _Near:
    """Statements by place, so that a long article costs no more for each than a short one."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self.starts = [start(s) for s in statements]

    def __call__(self, place: int) -> Sequence[Statement]:
        return self.statements[bisect_left(self.starts, place - REACH) : bisect_right(self.starts, place + REACH)]


def start(statement: Statement) -> int:
    """Where the first of a statement's words stands."""
    mentions = (statement.source, statement.cue, statement.content)
    return min(mention.spans[0][0] for mention in mentions if mention is not None and mention.spans)


def in_text(statement: Statement) -> tuple[int, int, int, str]:
    """The key that sorts statements in the order of the text, outer ones first."""
    return start(statement), -length(statement), anchor(statement)[0], statement.id


def _is(statement: Statement, listed: frozenset[str]) -> bool:
    return statement.cue is not None and statement.cue.text.lower() in listed


def _hedged(statement: Statement, modals: frozenset[str]) -> bool:
    """Whether what is ascribed begins, before any quotation mark, with a modal of hearsay ("volgens X zou ...")."""
    said = re.split(r"[\"'“‘„«]", statement.content.text)[0].split()[:2] if statement.source is not None else []
    return any(word.lower() in modals for word in said)


def length(statement: Statement) -> int:
    """The characters of what is said."""
    return sum(b - a for a, b in statement.content.spans)


def anchor(statement: Statement) -> tuple[int, int]:
    """The words by which a statement lies in another's content: its cue, else the beginning of what is said."""
    return (statement.cue or statement.content).spans[0]


def holds(outer: Statement, place: tuple[int, int]) -> bool:
    """Whether ``place`` lies in what ``outer`` says."""
    return any(a <= place[0] and place[1] <= b for a, b in outer.content.spans)


def _covered(text: str, statement: Statement, near: _Near) -> bool:
    """Whether another statement of the same sentence ascribes the words that this hearsay's cue stands among."""
    if statement.source is not None or statement.cue is None:
        return False
    place = statement.cue.spans[0]
    for other in near(place[0]):
        if other is not statement and other.cue is not None and other.source is not None and holds(other, place):
            first, last = sorted((other.cue.spans[0], place))
            if not _SENTENCE.search(text, first[1], last[0]):
                return True
    return False


def _parents(statements: Sequence[Statement], near: _Near, grounds: frozenset[str]) -> dict[str, str]:
    behind = {s.id: outer.id for s in statements if (outer := _outer(s, near, grounds)) is not None}
    parents: dict[str, str] = {}
    for statement in statements:
        parent = behind.get(statement.id) or _holder(statement, near, behind)
        if parent is not None and not _leads(parents, parent, statement.id):
            parents[statement.id] = parent
    return parents


def _leads(parents: dict[str, str], at: str, to: str) -> bool:
    """Whether the way up from ``at`` comes by ``to``."""
    step: str | None = at
    while step is not None and step != to:
        step = parents.get(step)
    return step is not None


def _same(one: Statement, other: Statement) -> bool:
    return bool(one.content.spans) and overlap(one.content, other.content) >= _SAME * max(length(one), length(other))


def _part(one: Statement, other: Statement) -> bool:
    """Whether ``one`` says part of what ``other`` says, and its cue stands outside that: "... schrijft X op basis van Y"."""
    inside = overlap(one.content, other.content) >= _SAME * length(one) > 0
    return inside and not holds(other, anchor(one))


def _outer(statement: Statement, near: _Near, grounds: frozenset[str]) -> Statement | None:
    """The source before this one in a chain on one content: before "op basis van" stands who writes, before any other an outlet."""
    if statement.cue is None or not statement.content.spans:
        return None
    place, grounded = statement.cue.spans[0][0], _is(statement, grounds)
    others = [
        other
        for other in near(place)
        if other is not statement
        and other.cue is not None
        and abs(other.cue.spans[0][0] - place) <= _BESIDE
        and (_same(statement, other) or (grounded and _part(statement, other)))
    ]
    if grounded:
        before = [o for o in others if o.cue and o.cue.spans[0][0] < place]
        after = [o for o in others if o.cue and o.cue.spans[0][0] > place and not _is(o, grounds)]
        return before[-1] if before else after[0] if after else None
    if statement.kind == "outlet" or statement.act in ("confirm", "deny", "decline"):
        return None  # who confirms what an outlet wrote is no source of that outlet
    return next((o for o in others if o.kind == "outlet" and not _is(o, grounds)), None)


def _holder(statement: Statement, near: _Near, behind: dict[str, str]) -> str | None:
    """The smallest content that the statement lies in; of the sources of one content, the last of the chain."""
    place = anchor(statement)
    rank = (length(statement), -start(statement))
    holders = [o for o in near(place[0]) if holds(o, place) and o is not statement and (length(o), -start(o)) > rank]
    if not holders:
        return None
    smallest = min(holders, key=lambda o: (length(o), start(o)))
    alike = [o for o in holders if _same(o, smallest)]
    outers = {behind[o.id] for o in alike if o.id in behind}
    return next((o.id for o in alike if o.id not in outers), smallest.id)


def _innermost(statement: Statement, others: Sequence[Statement]) -> Statement:
    """The last source of the chain on this statement's content."""
    behind = next((o for o in others if o.parent == statement.id and o.source is not None and _same(o, statement)), None)
    return statement if behind is None else _innermost(behind, others)


def _with_inferred(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Hearsay without a source stands on the source of the sentences before it: of its paragraph, else the last unnamed source,
    document or outlet of the paragraphs before."""
    out: list[Statement] = []
    breaks = [m.start() for m in re.finditer(r"\n\s*\n|\n", text)]
    by_id = {s.id: s for s in statements}
    for statement in statements:
        found = None
        if statement.reportative and statement.source is None and statement.parent is None:
            paragraph = bisect_right(breaks, anchor(statement)[0])
            for other in reversed(out[-40:]):
                if other.source is None or other.act not in ("state", "confirm", "warn", "predict"):
                    continue
                away = paragraph - bisect_right(breaks, anchor(other)[0])
                if away > 2 * _BEFORE:
                    break
                reported = other.parent is None or by_id[other.parent].kind == "outlet" or _same(other, by_id[other.parent])
                if reported and (away == 0 or other.kind in ("outlet", "anonymous", "document")):
                    found = _innermost(other, out).source
                    break
        out.append(replace(statement, inferred=found) if found is not None else statement)
    return out
