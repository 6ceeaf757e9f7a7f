"""Audits as text for a terminal: shares with their intervals, and a bar for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from volgens.cli.safe_text import one_line
from volgens.cli.terminal import Look, Page
from volgens.views.audit import Audit, Count, Section
from volgens.views.roles import OFFICIAL

_LABEL = 30
_BAR = 18
_LEAST_BAR = 64  # columns; below it there is no bar
_REASONS = 4  # reasons shown
_REASON = 70  # characters of one


def render_audits(made: Sequence[Audit], look: Look) -> str:
    """Audits one below the other, ending in a line break."""
    console = Page(look)
    bars = console.width >= _LEAST_BAR
    for audit in made:
        console.print("─" * console.width, style="dim")
        _head(audit, console)
        for section in audit.sections:
            for line in _section(section, bars):
                console.print(line)
            if section.counted == "articles" and audit.copied:
                console.print(Text(f"  {audit.copied:.0%} of an article's words, on average, stood in another before", "dim"))
    console.print("─" * console.width, style="dim")
    console.print(Text("#: the share; -: up to the end of its 95% interval." if bars else "In brackets: the 95% interval.", "dim"))
    console.print(Text("This counts who is quoted. It does not tell whether what they say is so.", "dim"))
    return console.finished()


def _head(audit: Audit, console: Page) -> None:
    if audit.title is not None:
        console.print(Text(one_line(audit.title), "bold"))
    elif audit.key is not None:
        console.print(Text(one_line(audit.key), "bold"))
    days = sorted(article.published[:10] for article in audit.articles if article.published)
    outlets = list(dict.fromkeys(one_line(article.outlet) for article in audit.articles if article.outlet))
    about = [f"{len(audit.articles):,} article{'s' * (len(audit.articles) != 1)}"]
    about += [outlets[0] if len(outlets) == 1 else f"{len(outlets)} outlets"] if outlets and audit.key != outlets[0] else []
    about += [f"{audit.statements:,} statement{'s' * (audit.statements != 1)}"]
    about += [" to ".join(dict.fromkeys((days[0], days[-1])))] if days else []
    about += [audit.key[:12]] if audit.title is not None and audit.key is not None else []
    console.print(Text(" · ".join(about), "dim"))


def _section(section: Section, bars: bool) -> Iterator[Text]:
    of = section.counts[0].of
    yield Text("")
    yield Text().append(section.name, "bold color(32)").append(f"  {section.whole}: {of:,}", "dim")
    shown = [count for count in section.counts if count.count]
    for count in shown:
        yield _row(count, bars)
    if of and not shown:
        yield Text("  none", "dim")
    if section.name == "anonymity":
        told = next(count for count in section.counts if count.name == "reason told")
        reasons = list(dict.fromkeys(one_line(place.mention.text) for place in told.places))
        for reason in reasons[:_REASONS]:
            yield Text(f"    “{reason if len(reason) <= _REASON else reason[:_REASON].rstrip() + '…'}”", "dim")
        if len(reasons) > _REASONS:
            yield Text(f"    and {len(reasons) - _REASONS} more", "dim")


def _row(count: Count, bars: bool) -> Text:
    low, high = count.interval
    share = count.share or 0.0
    name = ("  " if count.name in OFFICIAL else "") + count.name
    line = Text(f"  {name:{_LABEL}}{count.count:>6,}  {share:>4.0%}  ")
    line.append(f"{f'({low:.0%} to {high:.0%})':14}", "dim")
    if bars:
        filled = round(share * _BAR)
        line.append(" ").append("#" * filled, "color(32)").append("-" * (round(high * _BAR) - filled), "dim")
    return line
