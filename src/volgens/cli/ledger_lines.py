"""The ledger as text for a terminal: what is due, what is overdue and what is open, with later statements that may bear on it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from volgens.cli.safe_text import one_line
from volgens.cli.terminal import Look, Page
from volgens.records import Act
from volgens.views.ledger import Bearing, Ending, Entry, Ledger, State, Telling

_HEADS: dict[State, str] = {"due": "Due on", "overdue": "Overdue on", "open": "Open on", "kept": "Kept by", "broken": "Broken by"}
_STYLES: dict[State, str] = {
    "due": "bold color(32)",
    "overdue": "bold color(163)",
    "open": "bold",
    "kept": "bold color(32)",
    "broken": "bold color(163)",
}
_NAMES: dict[Act, str] = {
    "promise": "promise",
    "predict": "prediction",
    "threaten": "threat",
    "demand": "ultimatum",
    "intend": "plan",
    "decide": "decision",
    "warn": "warning",
}
_LONGEST = 240  # characters of what is said
_BESIDE = 120  # characters of a later statement
_NAME = 40  # characters of what an article is called
_CARRIERS = 3  # further articles named


def render_ledger(told: Ledger, count: int, look: Look) -> str:
    """The entries of a ledger that had ``count`` of them, ending in a line break."""
    console = Page(look)
    state: State | None = None
    for entry in told.entries:
        if entry.state != state:
            state = entry.state
            console.print("─" * console.width, style="dim")
            number = sum(other.state == state for other in told.entries)
            console.print(Text().append(f"{_HEADS[state]} {told.on}", _STYLES[state]).append(f" · {number:,}", "dim"))
        console.print()
        for indent, line in _lines(entry):
            for number, part in enumerate(line.wrap(console, console.width - indent - 2, overflow="fold")):
                console.print(Text(" " * (indent + 2 * (number > 0 and not indent))).append(part), soft_wrap=True)
    console.print("─" * console.width, style="dim")
    shown = f"{len(told.entries):,} {'entry' if len(told.entries) == 1 else 'entries'}"
    console.print(shown + (f", out of {count:,}" if count != len(told.entries) else ""))
    if any(entry.later for entry in told.entries):
        console.print(Text("later: shares telling words, and may bear on it; that is for you to decide", "dim"))
    return console.finished()


def _lines(entry: Entry) -> Iterator[tuple[int, Text]]:
    """Each line with its indent."""
    head = Text().append(_when(entry), "bold").append("  ").append(_NAMES[entry.act], "color(166)").append("  ")
    yield 0, head.append(one_line(entry.lead.name or "no source named"), "bold color(163)")
    yield 2, Text(_quoted(entry.lead.statement.content.text, _LONGEST))
    yield 2, Text(_where(entry), "dim")
    if entry.ending is not None:
        yield 2, _ending(entry.ending)
    for bearing in entry.later:
        yield 4, _later(bearing)
        yield 4, Text(f"both have: {', '.join(map(one_line, bearing.words))}", "dim")


def _ending(ending: Ending) -> Text:
    said = ending.correction
    line = Text().append(f"{said.kind}, says {one_line(said.by)} ({said.at[:10]})", "bold")
    if said.note:
        line.append(f": {one_line(said.note)}")
    if ending.shown is not None:
        line.append(f"; shown by {_article(ending.shown)}: {_quoted(ending.shown.statement.content.text, _BESIDE)}")
    return line


def _when(entry: Entry) -> str:
    if entry.first is None:
        return "no time told"
    return f"{entry.first}" if entry.first == entry.last else f"{entry.first} to {entry.last}"


def _where(entry: Entry) -> str:
    others = [telling for telling in entry.tellings if telling is not entry.lead]
    named = [_article(telling) for telling in (entry.lead, *others[:_CARRIERS])]
    more = len(others) - _CARRIERS
    return "; ".join(named) + (f"; and {more} more" if more > 0 else "")


def _later(bearing: Bearing) -> Text:
    telling = bearing.telling
    line = Text().append("later: ", "color(32)").append(f"{_article(telling)}, ", "dim")
    line.append(f"{one_line(telling.name)} " if telling.name else "", "dim").append(f"({telling.statement.act}): ", "dim")
    return line.append(_quoted(telling.statement.content.text, _BESIDE))


def _article(telling: Telling) -> str:
    article = telling.article
    name = one_line(article.outlet or article.title or article.text.strip().partition("\n")[0])
    return f"{name if len(name) <= _NAME else name[:_NAME].rstrip() + '…'} {(article.published or 'no date')[:10]}"


def _quoted(words: str, longest: int) -> str:
    """Words between quotation marks, which they may have already."""
    line = one_line(words)
    line = line if len(line) <= longest else line[:longest].rstrip() + "…"
    return line if line[:1] in "“\"‘'„«" else f"“{line}”"
