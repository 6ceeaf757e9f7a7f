"""Put together what the reader found: labels of single cues become statements with ids and whole quotations."""

from __future__ import annotations

from collections.abc import Iterable

from volgens.reader.network import Label
from volgens.records import Article, Certainty, Defect, Mention, Reason, Span, Statement, Statements, statement_id
from volgens.statements.chains import in_text, length, overlap
from volgens.statements.quotations import mend, run_on

_CERTAINTIES: dict[str, Certainty] = {"CT": "certain", "PR": "probable", "PS": "possible", "U": "unknown"}
_SAME = 0.8  # share of a quotation without a cue that another statement must hold for it to be that one's


def assemble(article: Article, labels: Iterable[Label]) -> Statements:
    """The statements of ``article`` in the order of the text.

    A label that does not fit the text costs that one statement and leaves a defect; the others are made.
    """
    drafts: dict[str, Statement] = {}
    defects: list[Defect] = []
    for label in labels:
        try:
            draft = _draft(article, label)
        except ValueError as error:
            defects.append(Defect("statements", f"one statement was left out: {error}", label.cue))
            continue
        if draft is not None:
            drafts.setdefault(draft.id, draft)
    kept = sorted(_without_echoes(list(drafts.values())), key=in_text)
    return Statements(tuple(kept), tuple(defects))


def _draft(article: Article, label: Label) -> Statement | None:
    text = article.text
    content = list(label.content)
    if content and label.cut:
        content[-1] = run_on(text, content[-1])
    blocked = [span for span in (label.cue, label.source) if span is not None]
    content = _merged([_unless_blocked(piece, mend(text, piece), blocked) for piece in content])
    source = Mention.of(text, [_trimmed(text, label.source)]) if label.source else None
    cue = Mention.of(text, [label.cue]) if label.cue else None
    said = Mention.of(text, content)
    if not said.spans and (source is None or cue is None):
        return None  # nobody and nothing: the cue alone tells no reader anything
    return Statement(
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
        kind_confidence=round(label.kind_probability, 4),
        act_confidence=round(label.act_probability, 4),
        why=tuple(Reason(name, Mention.of(text, [span])) for name, span in label.why),
    )


def _trimmed(text: str, span: Span) -> Span:
    """A source without the comma that ends its apposition."""
    start, end = span
    words = text[start:end]
    return start, end - (len(words) - len(words.rstrip(" ,;"))) if words.strip(" ,;") else end


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


def _without_echoes(statements: list[Statement]) -> list[Statement]:
    """Leave out quotations without a cue that are already the content, in the main, of a statement that has one."""
    cued = [s for s in statements if s.cue is not None]
    return [
        s
        for s in statements
        if s.cue is not None
        or not any(overlap(s.content, other.content) >= _SAME * max(length(s), length(other)) for other in cued)
    ]
