"""``volgens trace`` and ``volgens timeline``: where claims start, and what became of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import FAILED, INTERRUPTED, Counted, failing, say
from volgens.cli.output import encoded, json_page
from volgens.cli.safe_text import one_line
from volgens.places import Place

if TYPE_CHECKING:
    from volgens.cli.terminal import Look
    from volgens.views.traces import StoryTrace


class Format(StrEnum):
    """What ``volgens stories``, ``trace`` and ``timeline`` write."""

    TEXT = "text"
    JSON = "json"


What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WHAT",
        help="Articles in files or folders; or a story, claim or article in the archive, by id or address. Without: the archive.",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="text to read; json: one object, for machines.")]
LeastOption = Annotated[int, typer.Option("--least", metavar="N", min=1, help="Only stories of so many articles or more.")]
AllOption = Annotated[bool, typer.Option("--all", help="Claims of one article too.")]
ColorOption = Annotated[bool, typer.Option("--no-color", help="No colours.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


def trace(
    what: What = None,
    archive: ArchiveOption = DEFAULT,
    format: FormatOption = Format.TEXT,
    least: LeastOption = 2,
    everything: AllOption = False,
    no_color: ColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """Follow claims to where they start: how many sources are there really?

    Of each claim that several articles carry: the independent origins, who has it from whom, and the words that prove each step.

    \b
    Examples:
      volgens trace articles.jsonl
      volgens trace 2bb1af7e --archive news.db
      volgens trace https://example.org/news/1
      volgens trace articles.jsonl --format json > traced.json

    Exit code: 0 when the articles were read, 1 when some could not be or nothing was found, 2 for wrong use.
    """
    from volgens.cli.trace_lines import render_traces

    _run(what, archive, least, format, quiet, lambda views, look: render_traces(views, look, everything=everything), no_color)


def timeline(
    what: What = None,
    archive: ArchiveOption = DEFAULT,
    format: FormatOption = Format.TEXT,
    least: LeastOption = 2,
    everything: AllOption = False,
    no_color: ColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """What became of claims: who reported, repeated, confirmed, denied or withdrew them, and when a hedge was dropped.

    \b
    Examples:
      volgens timeline articles.jsonl
      volgens timeline 2bb1af7e --archive news.db

    Exit code: as of volgens trace.
    """
    from volgens.cli.trace_lines import render_timelines

    _run(what, archive, least, format, quiet, lambda views, look: render_timelines(views, look, everything=everything), no_color)


def _run(
    what: list[str] | None,
    archive: Place,
    least: int,
    format: Format,
    quiet: bool,
    render: Callable[[tuple[StoryTrace, ...], Look], str],
    no_color: bool,
) -> None:
    from volgens.app import App
    from volgens.cli.terminal import Look
    from volgens.views.traces import encode_traces

    try:
        with failing(), Counted("reading", quiet=quiet, no_color=no_color) as counted:
            views, failures = App().trace(what or [], archive, least=least, watched=counted)
    except KeyboardInterrupt:
        say("stopped" + ("; what was read is kept in the archive" if not what else ""))
        raise typer.Exit(INTERRUPTED) from None
    for failure in failures:
        say(one_line(str(failure)))
    text = json_page(encode_traces(views)) + "\n" if format is Format.JSON else render(views, Look.of(sys.stdout, no_color))
    sys.stdout.buffer.write(encoded(text, "utf-8" if format is Format.JSON else sys.stdout.encoding))
    sys.stdout.flush()
    raise typer.Exit(FAILED if failures else 0)
