"""``volgens stories``: which articles tell of the same events, and which of them copied."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import FAILED, failing, say
from volgens.cli.output import encoded, json_page
from volgens.cli.safe_text import one_line
from volgens.cli.trace import Format, FormatOption


def stories(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHAT", help="Articles in files or folders. Without: those in the archive.", show_default=False),
    ] = None,
    archive: ArchiveOption = DEFAULT,
    least: Annotated[int, typer.Option("--least", metavar="N", min=1, help="Only stories of so many articles or more.")] = 2,
    format: FormatOption = Format.TEXT,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> None:
    """Group articles into stories, and tell which of them have their text from which other.

    Dutch and English articles on one event share a story. Of each copy the passage that shows it is quoted.

    \b
    Examples:
      volgens stories
      volgens stories articles.jsonl --least 3
      volgens stories --archive news.db --format json

    Exit code: 0 when the articles were read, 1 when some could not be or the archive not opened, 2 for wrong use.
    """
    from volgens.app import App
    from volgens.views.stories import encode_stories, story_views

    with failing():
        articles, found, derivations, failures = App().stories(inputs or [], archive)
    for failure in failures:
        say(one_line(str(failure)))
    views = story_views(articles, found, derivations, least=least)
    if format is Format.JSON:
        typer.echo(json_page(encode_stories(views)))
    else:
        from volgens.cli.story_lines import render_stories
        from volgens.cli.terminal import Look

        text = render_stories(views, len(articles), Look.of(sys.stdout, no_color))
        sys.stdout.buffer.write(encoded(text, sys.stdout.encoding))
        sys.stdout.flush()
    raise typer.Exit(FAILED if failures else 0)
