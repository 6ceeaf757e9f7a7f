"""The answer to a question as text for a terminal."""

from __future__ import annotations

import re

from rich.padding import Padding
from rich.text import Text

from volgens.cli.safe_text import one_line
from volgens.cli.terminal import Look, Page
from volgens.views.search import Answer, Hit, Question

_LONGEST = 300  # characters of a content
_PLAIN = ("state", "certain", "positive")  # what goes without saying
_FOUND = "bold color(32)"


def render_answer(question: Question, answer: Answer, look: Look) -> str:
    """The statements with who says them, where and when, and how many there are of each kind; ending in a line break."""
    console = Page(look)
    for hit in answer.hits:
        console.print(_head(hit))
        content = Text(f"“{_shortened(one_line(hit.content or hit.cue or ''))}”")
        if words := _words(question.words):
            content.highlight_regex(words, _FOUND)
        console.print(Padding(content, (0, 0, 0, 4)))
        where = [(hit.published or "no date")[:10], one_line(hit.outlet or "-"), hit.statement[:12], one_line(hit.title or "")]
        console.print(Padding(Text(" · ".join(filter(None, where)), "dim"), (0, 0, 1, 4)))
    if not answer.hits:
        console.print("nothing found" if not question.offset else "no more of them")
        return console.finished()
    last = question.offset + len(answer.hits)
    console.print("─" * console.width, style="dim")
    count = f"{'more than ' if answer.more else ''}{answer.total:,}"
    console.print(
        f"{question.offset + 1:,} to {last:,} of {count} statements" if answer.total > 1 or answer.more else "1 statement"
    )
    for facet, counts in answer.facets.items():
        if len(counts) > 1:
            told = " · ".join(f"{one_line(value)} {number:,}" for value, number in counts[:5])
            console.print(Text(f"{facet:<10}", "bold").append(told, "not bold"), overflow="ellipsis", no_wrap=True)
    return console.finished()


def _head(hit: Hit) -> Text:
    head = Text(one_line(hit.speaker or hit.source or "no source told"), "bold color(163)")
    if hit.speaker and hit.source and one_line(hit.source) != hit.speaker:
        head.append(f" (“{one_line(hit.source)}”)", "not bold dim")
    told = [hit.kind, *(value for value in (hit.act, hit.certainty, hit.polarity) if value not in _PLAIN)]
    return head.append("  " + ", ".join(told), "not bold color(166)")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _words(words: str) -> str:
    """What is made to stand out: the words of the question, wherever they begin a word."""
    listed = [re.escape(word) for word in re.findall(r"\w+", words)]
    return rf"(?i)\b(?:{'|'.join(listed)})\w*" if listed else ""
