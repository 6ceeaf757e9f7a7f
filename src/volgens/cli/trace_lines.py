"""Traced claims as text for a terminal: a tree from each origin to those who carry it, and the turns of each claim."""

from __future__ import annotations

from collections.abc import Sequence

from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from volgens.cli.safe_text import one_line
from volgens.cli.terminal import Look, Page
from volgens.records import Article, Origin, Step, Trace, TurnKind
from volgens.views.traces import STATUS_WORDS, StoryTrace, carriers, independent, sentence

_SHOWN = 160  # characters of a sentence
_TURNS: dict[TurnKind, str] = {
    "reported": "color(32)",
    "repeated": "dim",
    "hedge dropped": "bold color(166)",
    "confirmed": "color(32)",
    "denied": "bold color(163)",
    "corrected": "color(163)",
    "withdrawn": "bold color(163)",
}
_WIDEST_TURN = max(map(len, _TURNS))


def render_traces(views: Sequence[StoryTrace], look: Look, *, everything: bool = False) -> str:
    """Stories with the origins of their claims, ending in a line break. ``everything``: claims of one article too."""
    console = Page(look)
    for view in views:
        _head(view, console)
        shown = [trace for trace in view.traces if everything or len(carriers(trace)) > 1]
        for trace in shown:
            _claim_head(trace, console)
            for origin in trace.origins:
                console.print(_tree(origin, view))
            for circle in trace.circles:
                names = " < ".join(_name(view.article(article)) for article in circle)
                console.print(Text(f"  comes back to where it was: {names}", "color(166)"))
        _left_out(len(view.traces) - len(shown), console)
    _foot(views, console)
    return console.finished()


def render_timelines(views: Sequence[StoryTrace], look: Look, *, everything: bool = False) -> str:
    """Stories with the course of their claims, ending in a line break."""
    console = Page(look)
    for view in views:
        _head(view, console)
        shown = [trace for trace in view.traces if everything or len(carriers(trace)) > 1]
        for trace in shown:
            _claim_head(trace, console)
            for turn in trace.course:
                article = view.article(turn.article)
                line = Text(f"  {_when(article):16}  ").append(f"{turn.kind:{_WIDEST_TURN}}", _TURNS[turn.kind])
                line.append(f"  {_name(article)}", "bold")
                if turn.before is not None:
                    told = "which only had it as hearsay: " if turn.kind == "hedge dropped" else "after "
                    line.append(f"  {told}{_name(view.article(turn.before))}", "dim")
                console.print(line)
                console.print(_quote(sentence(article, turn.mention), indent=20))
        _left_out(len(view.traces) - len(shown), console)
    _foot(views, console)
    return console.finished()


def _head(view: StoryTrace, console: Page) -> None:
    console.print("─" * console.width, style="dim")
    console.print(Text(_headline(view.articles[0]), "bold"))
    outlets = len({article.outlet for article in view.articles})
    days = sorted(article.published[:10] for article in view.articles if article.published)
    about = [f"{len(view.articles)} article{'s' * (len(view.articles) != 1)}", f"{outlets} outlet{'s' * (outlets != 1)}"]
    about += [" to ".join(dict.fromkeys((days[0], days[-1])))] if days else []
    about += ["+".join(dict.fromkeys(article.language for article in view.articles)), view.story.id[:12]]
    console.print(Text(" · ".join(about), "dim"))


def _claim_head(trace: Trace, console: Page) -> None:
    console.print()
    console.print(Text("“").append(_cut(trace.claim.text), "bold").append("”"))
    values = list(dict.fromkeys(a.value for a in trace.claim.appearances if a.value))
    count = len(carriers(trace))
    told = Text(f"{count} article{'s' * (count != 1)} · ", "dim").append(independent(trace.low, trace.high), "bold color(32)")
    told.append(f" · {trace.claim.id[:12]}", "dim")
    if len(values) > 1:
        told.append(f" · told with different numbers or dates: {', '.join(values)}", "color(166)")
    console.print(told)


def _tree(origin: Origin, view: StoryTrace) -> Tree:
    against = "contradicts it: " if origin.stance == "against" else ""
    name = origin.name or (f"“{one_line(origin.description)}”" if origin.description else "no source told")
    head = Text(against, "color(163)").append(name, "bold").append(f"  {STATUS_WORDS[origin.status]}", "dim")
    if origin.outlet and origin.outlet != origin.name:
        head.append(f", first in {one_line(origin.outlet)}", "dim")
    if not origin.counted:
        head.append(", not counted: repeats what others had", "dim")
    tree = Tree(head, guide_style="dim")
    nodes: dict[str, Tree] = {}
    pending = list(origin.steps)
    while pending:
        ready = [s for s in pending if s.source is None or s.source in nodes] or pending[:1]
        for step in ready:
            parent = nodes.get(step.source or "", tree)
            nodes[step.article] = parent.add(_carrier(step, view))
        pending = [step for step in pending if step not in ready]
    return tree


def _carrier(step: Step, view: StoryTrace) -> Text:
    article = view.article(step.article)
    line = Text(f"{_when(article)}  ").append(_name(article), "bold")
    if step.kind is not None:
        line.append(f"  {step.kind}{_whom(step, view)}", "color(32)")
    return line.append("\n").append(f"“{_cut(sentence(article, step.mention))}”", "dim")


def _whom(step: Step, view: StoryTrace) -> str:
    return f" {_name(view.article(step.source))}" if step.source is not None else ""


def _quote(words: str, indent: int) -> Padding:
    return Padding(Text(f"“{_cut(words)}”", "dim"), (0, 0, 0, indent))


def _left_out(count: int, console: Page) -> None:
    if count:
        console.print(Text(f"\n{count} more claim{'s' * (count != 1)} of one article each; --all shows them", "dim"))


def _foot(views: Sequence[StoryTrace], console: Page) -> None:
    console.print("─" * console.width, style="dim")
    claims = sum(len(view.traces) for view in views)
    console.print(f"{len(views):,} {'story' if len(views) == 1 else 'stories'}, {claims:,} claims")


def _cut(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= _SHOWN else line[:_SHOWN].rstrip() + "…"


def _when(article: Article) -> str:
    return (article.published or "no date").replace("T", " ")[:16]


def _name(article: Article) -> str:
    return one_line(article.outlet or article.title or "-")


def _headline(article: Article) -> str:
    return one_line(article.title or article.text.strip().partition("\n")[0][:100])
