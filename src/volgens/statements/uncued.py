"""What is said without any cue and was left over: quotations that stand alone, and the answers of an interview."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from volgens.languages import words
from volgens.records import Article, Kind, Mention, Span, Statement, statement_id
from volgens.statements.chains import REACH, anchor, holds, length, start
from volgens.statements.quotations import close

_QUOTED = re.compile(r"(?:\A|(?<=[.!?:…])[\"”’']?\s+|[\r\n]\s*)(?=[\"“‘„«'])")
_WHOLE = re.compile(r"[.!?…,][\"”’'»]+\Z")
_PARAGRAPH = re.compile(r"\S[^\r\n]*\S|\S")
_QUESTION = re.compile(r"\?[\"”’'»*_]*\Z")
_WORDS = 4  # a shorter quotation that stands alone is a title, a name or a joke as often as a statement
_QUESTIONS = 3  # an interview has as many paragraphs that ask and are answered
_ASKED = 300  # characters; a longer paragraph that ends in a question is no interviewer's
_LONGEST = 4  # paragraphs of one answer
_DASHES = "-–—"
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"[^\W\d_][^:.!?]{0,40}:\s")  # who answers: the reader's cue
_IN_MARKS = re.compile(r"[\"“‘„«][^\"”’“»]*[\"”’“»]")
_SHARE = 0.5  # of a quotation or answer that another statement holds for it to be that one's
_UNNAMED: Kind = "person"
_CONFIDENCE = 0.6  # of them, right on our corpus: source and content


def uncued(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """The statements without a cue that ``statements``, in the order of the text, do not hold yet.

    A whole sentence in quotation marks is one, with the source of the statement before it in its paragraph (guideline, section 7);
    so is each answer where paragraphs ask and answer in turn.
    """
    taken = sorted(span for s in statements for span in s.content.spans)
    starts = [start(s) for s in statements]
    first_person = words(article.language, "speakers", "i")
    found = []
    for span in (*_quotations(article.text), *_answers(article.text, first_person)):
        near = taken[bisect_left(taken, (span[0] - REACH, 0)) : bisect_left(taken, (span[1], 0))]
        held = max((min(b, span[1]) - max(a, span[0]) for a, b in near), default=0)
        if held >= _SHARE * (span[1] - span[0]):
            continue
        insort(taken, span)
        before = _before(article.text, span, statements[bisect_left(starts, span[0] - REACH) : bisect_left(starts, span[0])])
        source, kind = (before.source, before.kind) if before is not None else (None, _UNNAMED)
        content = Mention.of(article.text, [span])
        made = statement_id(article.id, source, None, content)
        found.append(Statement(made, source, None, content, kind, "state", None, _CONFIDENCE, "certain"))
    return found


def _quotations(text: str) -> Iterator[Span]:
    for place in _QUOTED.finditer(text):
        at = place.end()
        end = close(text, (at, at + 1))
        if end is None or len(text[at:end].split()) < _WORDS:
            continue
        if _WHOLE.search(text[at:end]) or re.match(r"[^\S\r\n]*(?:[\r\n]|\Z)", text[end:]):
            yield at, end


def _answers(text: str, first_person: frozenset[str]) -> Iterator[Span]:
    """The answers of an interview without quotation marks: paragraphs ask and answer in turn, the answers in the first person."""
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(text)]
    said = [text[a:b] for a, b in paragraphs]
    asks = [len(p) <= _ASKED and _QUESTION.search(p) is not None for p in said]
    if sum(asks) >= _QUESTIONS and all(p[0] in _DASHES for p, ask in zip(said, asks, strict=True) if ask):
        asks = [p[0] in _DASHES for p in said]  # the interviewer says other things too
    turns = [i for i, ask in enumerate(asks[:-1]) if ask and not asks[i + 1]]
    found = []
    for turn in turns:
        end = next((i for i in range(turn + 1, len(asks)) if asks[i]), turn + 2)
        if end - turn - 1 <= _LONGEST:
            found.append((turn + 1, end))
    own = [any(word in first_person for word in _WORD.findall(_IN_MARKS.sub("", " ".join(said[a:b])).lower())) for a, b in found]
    if len(found) < _QUESTIONS or 2 * sum(own) < len(own):
        return  # questions that the paper answers itself
    for a, b in found:
        if said[a][0] not in "\"'“‘„«" and not _LABEL.match(said[a]):
            start, end = paragraphs[a][0], paragraphs[b - 1][1]
            yield start, end - (text[end - 1] == ".")


def _before(text: str, span: Span, statements: Sequence[Statement]) -> Statement | None:
    """The last statement with a source that begins before ``span`` in its paragraph and lies in no other's content."""
    line = max(text.rfind("\n", 0, span[0]), text.rfind("\r", 0, span[0])) + 1
    paragraph = [s for s in statements if line <= start(s) < span[0] and length(s)]
    outermost = [s for s in paragraph if s.source and not any(o is not s and holds(o, anchor(s)) for o in paragraph)]
    return outermost[-1] if outermost else None
