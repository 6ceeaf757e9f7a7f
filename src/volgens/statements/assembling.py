"""Put together what the reader found: labels of single cues become statements with ids, parents and whole quotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from volgens.reader.network import Label
from volgens.records import Article, Certainty, Defect, Mention, Span, Statement, Statements, statement_id
from volgens.statements.quotations import mend, run_on

_CERTAINTIES: dict[str, Certainty] = {"CT": "certain", "PR": "probable", "PS": "possible", "U": "unknown"}
_SAME = 0.8  # share of a quotation without a cue that another statement must hold for it to be that one's


@dataclass(frozen=True, slots=True)
class _Draft:
    """A statement whose parent is not yet known."""

    statement: Statement
    start: int
    length: int


def assemble(article: Article, labels: Iterable[Label]) -> Statements:
    """The statements of ``article`` in the order of the text.

    A label that does not fit the text costs that one statement and leaves a defect; the others are made.
    """
    drafts: dict[str, _Draft] = {}
    defects: list[Defect] = []
    for label in labels:
        try:
            draft = _draft(article, label)
        except ValueError as error:
            defects.append(Defect("statements", f"one statement was left out: {error}", label.cue))
            continue
        if draft is not None:
            drafts.setdefault(draft.statement.id, draft)
    kept = sorted(_without_echoes(list(drafts.values())), key=lambda d: (d.start, -d.length, d.statement.id))
    return Statements(tuple(replace(d.statement, parent=_parent(d, kept)) for d in kept), tuple(defects))


def _draft(article: Article, label: Label) -> _Draft | None:
    text = article.text
    content = list(label.content)
    if content and label.cut:
        content[-1] = run_on(text, content[-1])
    blocked = [span for span in (label.cue, label.source) if span is not None]
    content = _merged([_unless_blocked(piece, mend(text, piece), blocked) for piece in content])
    source = Mention.of(text, [label.source]) if label.source else None
    cue = Mention.of(text, [label.cue]) if label.cue else None
    said = Mention.of(text, content)
    if not said.spans and (source is None or cue is None):
        return None  # nobody and nothing: the cue alone tells no reader anything
    starts = [mention.spans[0][0] for mention in (source, cue, said) if mention is not None and mention.spans]
    made = Statement(
        id=statement_id(article.id, source, cue, said),
        source=source,
        cue=cue,
        content=said,
        kind=label.kind,
        act=label.act,
        parent=None,
        confidence=round(label.confidence, 4),
        certainty=_CERTAINTIES[label.certainty[:-1]],
        polarity="negative" if label.certainty.endswith("-") else "positive",
    )
    return _Draft(made, min(starts), sum(end - start for start, end in said.spans))


def _unless_blocked(piece: Span, mended: Span, blocked: list[Span]) -> Span:
    """The mended piece, unless it would now run over the statement's own cue or source."""
    return piece if any(start < mended[1] and mended[0] < end for start, end in blocked) else mended


def _merged(pieces: list[Span]) -> list[Span]:
    """Pieces that have come to touch or overlap are one."""
    out: list[Span] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _overlap(one: Mention, other: Mention) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one.spans for c, d in other.spans)


def _without_echoes(drafts: list[_Draft]) -> list[_Draft]:
    """Leave out quotations without a cue that are already the content, in the main, of a statement that has one."""
    cued = [d for d in drafts if d.statement.cue is not None]
    return [
        d
        for d in drafts
        if d.statement.cue is not None
        or not any(_overlap(d.statement.content, other.statement.content) >= _SAME * max(d.length, other.length) for other in cued)
    ]


def _rank(draft: _Draft) -> tuple[int, bool, int]:
    """Parents rank above their children, strictly, so that no statement comes to lie in itself."""
    return draft.length, draft.statement.kind == "outlet", -draft.start


def _parent(draft: _Draft, drafts: list[_Draft]) -> str | None:
    """The smallest content that the statement lies in; of two sources of one content, the outlet stands before the other."""
    child = draft.statement
    anchor = (child.cue or child.content).spans[0]
    holders = []
    for other in drafts:
        if _rank(other) <= _rank(draft):
            continue
        inside = any(start <= anchor[0] and anchor[1] <= end for start, end in other.statement.content.spans)
        chain = (
            child.cue is not None
            and other.statement.kind == "outlet" != child.kind
            and bool(child.content.spans)
            and child.content.spans == other.statement.content.spans
        )
        if inside or chain:
            holders.append(other)
    return min(holders, key=lambda d: (d.length, d.start)).statement.id if holders else None
