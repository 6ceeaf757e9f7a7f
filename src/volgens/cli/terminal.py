"""The reading view: an article with its statements marked, and a table of them, as text for a terminal.

Three kinds of brackets tell the parts of statement 1 apart, with colour and without: {1 source} <1 cue> [1 content].
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from volgens.cli.safe_text import one_line, safe
from volgens.records import Article, Mention, Statement, Statements

Role = Literal["content", "source", "cue"]
Color = Literal["standard", "256", "truecolor"]

_ROLES: tuple[Role, ...] = ("source", "cue", "content")
# Colours of middling brightness, legible on black and on white; told apart by the colour-blind too.
_STYLES: dict[Role, str] = {"content": "color(32)", "source": "bold color(163)", "cue": "bold color(166)"}
_BRACKETS: dict[Role, tuple[str, str]] = {"content": ("[", "]"), "source": ("{", "}"), "cue": ("<", ">")}
_WIDEST = 100  # longer lines are hard to read
_NARROWEST = 20
_TABLE_FROM = 64  # columns; below it, a list is shown in place of the table
_CONFIDENCE_FROM = 96
_GAP = 2
# Holds a bracket to its first word when lines are broken. Private use: `safe` leaves none in a text.
_GLUE = "\ue000"


@dataclass(frozen=True, slots=True)
class Look:
    """What a stream can show: its width in columns, and its colours (None: none, and no escape sequences at all)."""

    width: int = 80
    color: Color | None = None

    @classmethod
    def of(cls, stream: TextIO, no_color: bool = False) -> Look:
        """The look of ``stream``. Colour needs a terminal, and that neither ``no_color`` nor NO_COLOR forbids it."""
        console = Console(file=stream)
        plain = no_color or console.no_color or not console.is_terminal or console.legacy_windows
        systems: dict[str | None, Color] = {"standard": "standard", "256": "256", "truecolor": "truecolor"}
        return cls(console.width, None if plain else systems.get(console.color_system))


def render(article: Article, statements: Statements, name: str, look: Look) -> str:
    """The reading view of one article, ending in a line break. ``name`` is the input as the user gave it."""
    width = max(_NARROWEST, min(look.width, _WIDEST))
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system=look.color,
        force_terminal=look.color is not None,
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(_header(article, statements, name, width))
    for line in _marked(article, statements).wrap(console, width, overflow="fold"):
        line.plain = line.plain.replace(_GLUE, " ")
        console.print(line, soft_wrap=True)
    console.print()
    if statements:
        rows = _table if width >= _TABLE_FROM else _list
        console.print(rows(article, statements, console))
    for defect in _defects(article, statements):
        console.print(defect)
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def _header(article: Article, statements: Statements, name: str, width: int) -> Text:
    given = "standard input" if name == "-" else one_line(name)
    title = one_line(article.title or "")
    about = [one_line(part) for part in (article.outlet, article.published, article.language) if part and part != "und"]
    head = Text().append("─" * width + "\n", "dim")
    head.append((title or given) + "\n", "bold")
    head.append(" · ".join([*about, given] if title else about) + "\n" if title or about else "")
    if not statements:
        return head.append("no statements found\n")
    kinds = Counter(s.kind for s in statements)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])))
    head.append(f"{len(statements)} statement{'s' if len(statements) > 1 else ''}: {counts}\n")
    for role in _ROLES:
        left, right = _BRACKETS[role]
        head.append(f"{left}n {role}{right}", _STYLES[role]).append("  ")
    return head.append("n: number in the table\n", "dim")


# The text


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of the text that is a part of the statements with these numbers."""

    start: int
    end: int
    role: Role
    numbers: str


def _marks(statements: Statements) -> list[_Mark]:
    """Outer marks before inner ones. Statements that share the very words share a mark: "{4,5 the mayor}"."""
    found: dict[tuple[int, int, Role], list[str]] = defaultdict(list)
    for number, s in enumerate(statements, 1):
        parts: tuple[tuple[Role, Mention | None], ...] = (("content", s.content), ("source", s.source), ("cue", s.cue))
        for role, mention in parts:
            for start, end in mention.spans if mention else ():
                found[start, end, role].append(str(number))
    marks = [_Mark(start, end, role, ",".join(numbers)) for (start, end, role), numbers in found.items()]
    return sorted(marks, key=lambda m: (m.start, -m.end, -_ROLES.index(m.role)))


def _marked(article: Article, statements: Statements) -> Text:
    """The article's text with a pair of brackets around every mark."""
    opening: dict[int, list[_Mark]] = defaultdict(list)
    for mark in _marks(statements):
        opening[mark.start].append(mark)
    places = sorted({*opening, *(m.end for marks in opening.values() for m in marks)})
    text, standing, at = Text(), list[_Mark](), 0
    for place in places:
        text.append(safe(article.text[at:place]), _style(standing))
        at = place
        for mark in [m for m in reversed(standing) if m.end == place]:
            # Where marks cross, the bracket alone would not tell which one it closes.
            crossing = standing[-1] is not mark
            style = _style([mark])
            standing.remove(mark)
            text.append(_BRACKETS[mark.role][1] + (mark.numbers if crossing else ""), style)
        for mark in opening.get(place, ()):
            standing.append(mark)
            text.append(f"{_BRACKETS[mark.role][0]}{mark.numbers}{_GLUE}", _style([mark]))
    text.append(safe(article.text[at:]))
    text.rstrip()
    return text


def _style(standing: list[_Mark]) -> str:
    """The innermost mark gives the colour; what is said within what is said is underlined."""
    if not standing:
        return ""
    inner = standing[-1].role == "content" and sum(mark.role == "content" for mark in standing) > 1
    return _STYLES[standing[-1].role] + (" underline" if inner else "")


# The table


def _numbers(statements: Statements) -> list[str]:
    """What stands before each statement: "3", or "3 in 2" within another one."""
    known = {s.id: number for number, s in enumerate(statements, 1)}
    return [f"{known[s.id]}" + (f" in {known[s.parent]}" if s.parent in known else "") for s in statements]


def _source(statement: Statement) -> Text:
    return Text(one_line(statement.source.text), "bold") if statement.source else Text("no source named", "dim")


def _content(statement: Statement, article: Article) -> Text:
    pieces = [one_line(article.text[start:end]) for start, end in statement.content.spans]
    return Text(" … ".join(pieces)) if pieces else Text("nothing said", "dim")


def _fit(text: Text, width: int, console: Console, lines: int) -> Text:
    """``text`` in at most so many ``lines``, with an ellipsis where it was cut."""
    wrapped = list(text.wrap(console, width, overflow="fold"))
    kept = wrapped[:lines]
    if len(wrapped) > lines:
        kept[-1].plain = kept[-1].plain.rstrip(" …") + "…"
        kept[-1].truncate(width, overflow="ellipsis")
    return Text("\n").join(kept)


def _table(article: Article, statements: Statements, console: Console) -> Table:
    """One row for each statement. "in 2" stands under the number, to leave the columns wide."""
    numbers = [number.replace(" in", "\nin") for number in _numbers(statements)]
    fixed = [_widest((line for number in numbers for line in number.split("\n")), 3)]
    fixed += [_widest((s.kind for s in statements), 4), _widest((s.act for s in statements), 3)]
    sure = [len("conf.")] if console.width >= _CONFIDENCE_FROM else []
    room = console.width - sum([*fixed, *sure]) - _GAP * (4 + len(sure))
    source = min(_widest((_source(s).plain for s in statements), 6), room * 2 // 5)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="underline")
    for head, width in zip(("no.", "source", "kind", "act", "content"), (fixed[0], source, *fixed[1:], room - source), strict=True):
        table.add_column(head, width=width, justify="right" if head == "no." else "left")
    if sure:
        table.add_column("conf.", justify="right")
    for number, s in zip(numbers, statements, strict=True):
        who, said = _fit(_source(s), source, console, 3), _fit(_content(s, article), room - source, console, 2)
        table.add_row(number, who, s.kind, s.act, said, *([f"{s.confidence:.2f}"] if sure else []))
    return table


def _widest(texts: Iterable[str], least: int) -> int:
    return max(least, *(cell_len(text) for text in texts))


def _list(article: Article, statements: Statements, console: Console) -> Text:
    """What the table holds, for a terminal too narrow for it."""
    rows = []
    for number, s in zip(_numbers(statements), statements, strict=True):
        rows.append(Text(number + "  ").append(_fit(_source(s), console.width - len(number) - 2, console, 1)))
        rows.append(Text(f"    {s.kind}, {s.act}"))
        rows += [Text("    ").append(line) for line in _fit(_content(s, article), console.width - 4, console, 2).split("\n")]
    return Text("\n").join(rows)


def _defects(article: Article, statements: Statements) -> Iterator[Text]:
    """One line for each defect, with the words that it is about."""
    for index, defect in enumerate(statements.defects):
        line = Text("\n" if index == 0 else "").append("defect", "bold")
        line.append(f" ({one_line(defect.stage)}) {one_line(defect.message)}")
        if defect.span:
            words = one_line(article.text[defect.span[0] : defect.span[1]])
            line.append(f": {words[:60]}{'…' if len(words) > 60 else ''}", "dim")
        yield line
