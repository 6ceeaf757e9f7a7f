"""Stories as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from volgens.cli.safe_text import one_line
from volgens.cli.terminal import Look, Page
from volgens.records import Article, Derivation, Span
from volgens.views.stories import StoryView

_LONGEST = 100  # characters shown of a text without a headline
_HANGING = 2
_BESIDE = 45  # characters shown beside a name that is cited
_EVIDENCE = 3  # copied passages shown of an article


def render_stories(views: tuple[StoryView, ...], count: int, look: Look) -> str:
    """The stories with their articles, and under each copy its source and the words that show it; ending in a line break."""
    console = Page(look)
    for view in views:
        console.print("─" * console.width, style="dim")
        for indent, line in _lines(view):
            for number, part in enumerate(line.wrap(console, console.width - indent - _HANGING, overflow="fold")):
                console.print(Text(" " * (indent + _HANGING * (number > 0))).append(part), soft_wrap=True)
    within = sum(len(view.articles) for view in views)
    console.print("─" * console.width, style="dim")
    console.print(f"{len(views):,} {'story' if len(views) == 1 else 'stories'} of {within:,} articles, out of {count:,}")
    return console.finished()


def _lines(view: StoryView) -> Iterator[tuple[int, Text]]:
    """Each line with its indent."""
    yield 0, Text(_headline(view.articles[0]), "bold")
    days = sorted(article.published[:10] for article in view.articles if article.published)
    about = [f"{len(view.articles)} articles", f"{len(view.outlets)} outlet{'s' * (len(view.outlets) != 1)}"]
    about += [" to ".join(dict.fromkeys((days[0], days[-1])))] if days else []
    about += ["+".join(dict.fromkeys(article.language for article in view.articles)), view.story.id[:12]]
    yield 0, Text(" · ".join(about), "dim")
    if copied := len(view.articles) - len(view.own):
        yield 0, Text(f"{copied} of them have text of another; {len(view.own)} do not", "color(163)")
    by_id = {article.id: article for article in view.articles}
    for article in view.articles:
        when = (article.published or "no date").replace("T", " ")[:16]
        yield 2, Text(f"{when}  ").append(one_line(article.outlet or "-"), "bold").append(f"  {_headline(article)}")
        for derivation in (d for d in view.derivations if d.derived == article.id):
            yield from _shown(article, by_id.get(derivation.source or ""), derivation)


def _headline(article: Article) -> str:
    return one_line(article.title or article.text.strip().partition("\n")[0][:_LONGEST])


def _shown(article: Article, source: Article | None, derivation: Derivation) -> Iterator[tuple[int, Text]]:
    copied = derivation.kind in ("copies", "quotes")
    name = one_line(source.outlet or _headline(source)) if source is not None else "an article of another story"
    house = f", of one house: {derivation.owner}" if derivation.owner else ""
    if derivation.kind == "copies":
        told = {"credit": "which it credits", "date": "which is earlier", "unknown": "or the other way round"}[derivation.reason]
        yield 6, Text(f"{derivation.share:.0%} from {name}, {told}{house}", "color(166)")
    elif derivation.kind == "quotes":
        told = "which it cites" if derivation.reason == "credit" else "both may have heard it"
        yield 6, Text(f"has a quotation that {name} has too, {told}{house}", "color(32)")
    else:
        unseen = "" if derivation.source is not None else ", in a report that is not here"
        yield 6, Text(f"{derivation.kind} {one_line(derivation.outlet or '?')}{unseen}{house}", "color(32)")
    for passage in sorted(derivation.passages, key=lambda p: p.copy[0] - p.copy[1])[:_EVIDENCE]:
        start, end = passage.copy if copied else _line_around(article.text, passage.copy)
        words = one_line(article.text[start:end])
        yield 6, Text(f"“{words if len(words) <= _LONGEST else words[:_LONGEST] + '…'}”", "dim")


def _line_around(text: str, span: Span) -> Span:
    """A name with the words beside it, as far as its line goes."""
    start = max(text.rfind("\n", 0, span[0]) + 1, span[0] - _BESIDE)
    end = min(len(text), span[1] + _BESIDE)
    return start, end if (line_end := text.find("\n", span[1], end)) < 0 else line_end
