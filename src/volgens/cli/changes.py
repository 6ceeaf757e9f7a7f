"""What changed between two versions, as text for a terminal."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from rich.text import Text

from volgens.cli.safe_text import one_line, safe
from volgens.cli.terminal import Look, Page
from volgens.records import Article, Mention, Statement
from volgens.views.changes import Change, Changes

_STYLES = {"-": "color(166)", "+": "color(32)"}  # as the reading view's: told apart by the colour-blind too
_MARGIN = 4
_AROUND = 40  # characters on both sides of a number


def render_changes(old: Article, new: Article, told: Changes, look: Look) -> str:
    """The changes from ``old`` to ``new`` with the words before (-) and after (+) them, ending in a line break."""
    console = Page(look)
    width = console.width
    console.print("─" * width, style="dim")
    console.print(Text(one_line(new.title or old.title or new.url or "two versions"), "bold"))
    for sign, article in (("-", old), ("+", new)):
        about = (article.outlet, article.modified or article.published, article.id[:12])
        console.print(Text(f"{sign} ", _STYLES[sign]).append(" · ".join(one_line(part) for part in about if part)))
    console.print(_summary(told))
    for change in told.items:
        console.print()
        for line in _lines(change, old, new):
            for number, part in enumerate(line.wrap(console, width - _MARGIN, overflow="fold")):
                console.print(Text(" " * (_MARGIN if number or line.plain[:1] in "-+=" else 2)).append(part), soft_wrap=True)
    return console.finished()


def _summary(told: Changes) -> Text:
    if not told.items:
        return Text("no statement changed")
    silent = sum(change.silent for change in told.items)
    count = len(told.items)
    line = Text(f"{count} change{'s' if count > 1 else ''}")
    if silent:
        line.append(", ").append(f"{silent} of them silent", "bold color(163)").append(" (!): no notice tells of it")
    return line


def _lines(change: Change, old: Article, new: Article) -> Iterator[Text]:
    head = Text("! " if change.silent else "  ", "bold color(163)").append(change.kind, "bold")
    if by := _by(change.after or change.before):
        head.append(f", {by}", "dim")
    yield head
    for sign, article, mention, other in (("-", old, change.was, change.now), ("+", new, change.now, change.was)):
        if mention is not None:
            yield Text(f"{sign} ", _STYLES[sign]).append(_shown(article, mention, other, _STYLES[sign]))
    if change.notice is not None:
        yield Text("= ", "dim").append(one_line(change.notice.text), "dim")


def _by(statement: Statement | None) -> str:
    if statement is None:
        return ""
    source = statement.source or statement.inferred
    name = statement.speaker.name if statement.speaker is not None and statement.speaker.name else source.text if source else ""
    return one_line(name)


def _shown(article: Article, mention: Mention, other: Mention | None, style: str) -> Text:
    """The words of one version, with those that the other has not underlined; a number with the words around it."""
    if len(mention.spans) == 1 and not any(c.isspace() for c in mention.text):
        (start, end) = mention.spans[0]
        before, after = (re.split(r"[\r\n]", part)[which] for part, which in ((article.text[:start], -1), (article.text[end:], 0)))
        if len(before) > _AROUND:
            before = before[-_AROUND:].partition(" ")[2]
        if len(after) > _AROUND:
            after = after[:_AROUND].rpartition(" ")[0]
        return Text(safe(before)).append(safe(mention.text), f"underline {style}").append(safe(after))
    words, others = one_line(mention.text).split(" "), one_line(other.text).split(" ") if other is not None else []
    shown = Text()
    for tag, start, end, _, _ in difflib.SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if start < end:
            changed = tag != "equal" and other is not None
            shown.append(" " if shown else "").append(" ".join(words[start:end]), f"underline {style}" if changed else "")
    return shown
