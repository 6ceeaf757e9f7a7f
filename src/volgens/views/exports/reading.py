"""What an export begins with: an article, and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass

from volgens.records import Article, Statement, Statements


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its statements. ``label`` is the id that its input gives it, else its own."""

    article: Article
    statements: Statements
    label: str


def is_direct(article: Article, statement: Statement) -> bool:
    """Whether every piece of the content is the source's own words, in quotation marks, or stands alone without a cue."""
    if not statement.content.spans:
        return False
    return statement.cue is None or all(_is_quoted(article.text, start, end) for start, end in statement.content.spans)


_OPENING = "\"“”„«»'‘’‚‹›"


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Marks stand in the piece, or just around it; a comma or full stop may come after the closing one."""
    inner = text[start:end].strip().rstrip(",.;")
    if len(inner) > 1 and inner[0] in _OPENING and inner[-1] in _OPENING:
        return True
    return text[max(0, start - 1) : start] in tuple(_OPENING) and text[end : end + 1] in tuple(_OPENING)
