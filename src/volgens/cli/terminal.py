"""The reading view: an article with its statements marked, and a list of them, as text for a terminal.

Three kinds of brackets tell the parts of statement 1 apart, with colour and without: {1 source} <1 cue> [1 content].
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TextIO

from rich.console import Console
from rich.text import Text

from volgens.cli.safe_text import one_line, safe
from volgens.records import Article, Due, Mention, Statement, Statements
from volgens.views.chain import UNNAMED, chain, written

Role = Literal["content", "source", "cue"]
Color = Literal["standard", "256", "truecolor"]

_ROLES: tuple[Role, ...] = ("source", "cue", "content")
# Colours of middling brightness, legible on black and on white; told apart by the colour-blind too.
_STYLES: dict[Role, str] = {"content": "color(32)", "source": "bold color(163)", "cue": "bold color(166)"}
_BRACKETS: dict[Role, tuple[str, str]] = {"content": ("[", "]"), "source": ("{", "}"), "cue": ("<", ">")}
_WIDEST = 100  # longer lines are hard to read
_NARROWEST = 20
_BESIDE_FROM = 64  # columns; below it, the labels stand under the source instead of beside it
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


class Page(Console):
    """A console that keeps what is printed on it, as wide as a ``Look`` allows and people read well."""

    def __init__(self, look: Look) -> None:
        self._kept = io.StringIO()
        super().__init__(
            file=self._kept,
            width=max(_NARROWEST, min(look.width, _WIDEST)),
            color_system=look.color,
            force_terminal=look.color is not None,
            no_color=False,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def finished(self) -> str:
        """All that was printed, without spaces at the ends of lines, ending in a line break."""
        return "\n".join(line.rstrip() for line in self._kept.getvalue().splitlines()) + "\n"


def render(article: Article, statements: Statements, name: str, look: Look) -> str:
    """The reading view of one article, ending in a line break. ``name`` is the input as the user gave it."""
    console = Page(look)
    width = console.width
    console.print(_header(article, statements, name, width))
    for line in _marked(article, statements).wrap(console, width, overflow="fold"):
        line.plain = line.plain.replace(_GLUE, " ")
        console.print(line, soft_wrap=True)
    console.print()
    if statements:
        console.print(_list(article, statements, console), soft_wrap=True)
    for defect in _defects(article, statements):
        console.print(defect)
    return console.finished()


def _header(article: Article, statements: Statements, name: str, width: int) -> Text:
    given = "standard input" if name == "-" else one_line(name)
    title = one_line(article.title or "")
    about = [one_line(part) for part in (article.outlet, article.published, article.language) if part and part != "und"]
    head = Text().append("─" * width + "\n", "dim")
    head.append((title or given) + "\n", "bold")
    head.append(" · ".join([*about, given] if title else about) + "\n" if title or about else "")
    made = [f"by {', '.join(article.authors)}"] if article.authors else []
    made += [f"credits {', '.join(dict.fromkeys(c.name for c in article.credits))}"] if article.credits else []
    head.append(one_line(" · ".join(made)) + "\n" if made else "")
    if not statements:
        return head.append("no statements found\n")
    kinds = Counter(s.kind for s in statements)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])))
    head.append(f"{len(statements)} statement{'s' if len(statements) > 1 else ''}: {counts}\n")
    for role in _ROLES:
        left, right = _BRACKETS[role]
        head.append(f"{left}n {role}{right}", _STYLES[role]).append("  ")
    return head.append("n: number in the list\n", "dim")


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


# The list


def _list(article: Article, statements: Statements, console: Console) -> Text:
    """Of each statement: who, what it is, what is said, and where they are more than that, its chain, due date and reasons."""
    numbers = {s.id: str(n) for n, s in enumerate(statements, 1)}
    margin = max(2, len(str(len(statements)))) + 2
    width = console.width - margin
    lines: list[Text] = []
    for s in statements:
        labels = Text(" · ".join(_labels(s)), "dim")
        beside = console.width >= _BESIDE_FROM
        who = _fit(_who(s), width - (labels.cell_len + 2 if beside else 0), console, 1)
        if beside:
            who.append(" " * (width - who.cell_len - labels.cell_len)).append(labels)
        lines.append(Text(numbers[s.id].rjust(margin - 2) + "  ").append(who))
        below = [] if beside else [_fit(labels, width, console, 2)]
        below.append(_fit(_content(s, article), width, console, 2))
        below += [_fit(Text(more, "dim"), width, console, 3) for more in _more(article, statements, s, numbers)]
        lines += [Text(" " * margin).append(line) for text in below for line in text.split("\n")]
    return Text("\n").join(lines)


def _labels(s: Statement) -> list[str]:
    denied = ["negative"] if s.polarity == "negative" else []
    certainty = [] if s.act == "decline" else [s.certainty]
    return [s.kind, s.act, *certainty, *denied, *(["hearsay"] if s.reportative else []), f"{s.confidence:.2f}"]


def _who(s: Statement) -> Text:
    """The source as printed, and whom it stands for where that is another name."""
    name = one_line(s.speaker.name) if s.speaker is not None and s.speaker.name else ""
    if s.source is None and s.inferred is not None:
        return Text("inferred: ", "dim").append(one_line(s.inferred.text), "bold")
    if s.source is None:
        return Text("inferred: ", "dim").append(name, "bold") if name else Text(UNNAMED, "dim")
    printed = one_line(s.source.text)
    who = Text(printed, "bold")
    return who if not name or name.replace(" + ", " ").lower() in printed.lower() else who.append(" = ", "dim").append(name, "bold")


def _more(article: Article, statements: Statements, s: Statement, numbers: dict[str, str]) -> Iterator[str]:
    links = chain(article, statements, s)
    if len(links) > 2:
        inside = f"in {numbers[s.parent]}: " if s.parent in numbers else ""
        yield one_line(f"{inside}{written(links)}")
    if s.speaker is not None and s.speaker.reason is not None:
        yield f"unnamed: “{one_line(s.speaker.reason.text)}”"
    if s.due is not None:
        yield f"due {_due(s.due)}: “{one_line(s.due.mention.text)}”"
    if s.why:
        yield "why: " + ", ".join(f"{getattr(s, r.label)} for “{one_line(r.mention.text)}”" for r in s.why)


def _due(due: Due) -> str:
    return due.earliest if due.earliest == due.latest else f"{due.earliest} to {due.latest}"


def _content(statement: Statement, article: Article) -> Text:
    pieces = [one_line(article.text[start:end]) for start, end in statement.content.spans]
    return Text(" … ".join(pieces)) if pieces else Text("nothing said", "dim")


def _fit(text: Text, width: int, console: Console, lines: int) -> Text:
    """``text`` in at most so many ``lines``, with an ellipsis where it was cut."""
    wrapped = list(text.wrap(console, max(width, 8), overflow="fold"))
    kept = wrapped[:lines]
    if len(wrapped) > lines:
        kept[-1].plain = kept[-1].plain.rstrip(" …") + "…"
        kept[-1].truncate(max(width, 8), overflow="ellipsis")
    return Text("\n").join(kept)


def _defects(article: Article, statements: Statements) -> Iterator[Text]:
    """One line for each defect, with the words that it is about."""
    for index, defect in enumerate(statements.defects):
        line = Text("\n" if index == 0 else "").append("defect", "bold")
        line.append(f" ({one_line(defect.stage)}) {one_line(defect.message)}")
        if defect.span:
            words = one_line(article.text[defect.span[0] : defect.span[1]])
            line.append(f": {words[:60]}{'…' if len(words) > 60 else ''}", "dim")
        yield line
