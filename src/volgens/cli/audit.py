"""``volgens audit``: on whom articles rely."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, get_args

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.days import first_day, last_day
from volgens.cli.messages import FAILED, INTERRUPTED, Counted, failing, say
from volgens.cli.output import encoded, json_page
from volgens.cli.safe_text import one_line
from volgens.cli.trace import ColorOption, Format, FormatOption, QuietOption

_NAMED = 10  # outlets named where the one asked for is not there


class By(StrEnum):
    """What the audit is told apart by."""

    ARTICLE = "article"
    OUTLET = "outlet"
    STORY = "story"
    MONTH = "month"


def audit(  # the options of one command: more than six, each with its own line of help
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Articles in files or folders; or a story or article in the archive, by id or address. Without: the archive.",
            show_default=False,
        ),
    ] = None,
    archive: ArchiveOption = DEFAULT,
    by: Annotated[By | None, typer.Option("--by", help="One audit for each. Without: one for all.", show_default=False)] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Only articles of this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only articles of this day or earlier.")] = None,
    traced: Annotated[
        bool, typer.Option("--trace", help="Trace the claims too: which stories rest on one origin. Takes longer.")
    ] = False,
    format: FormatOption = Format.TEXT,
    no_color: ColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """Count on whom articles rely: by name or not, officials, experts, agencies, women and men.

    Each share has its 95% interval; JSON has the places behind every count. It counts who is quoted, and does not tell whether they
    are right.

    A DATE may also be a month, a week, a quarter or a year: 2024-11, 2024-W47, 2024-Q4, 2024.

    \b
    Examples:
      volgens audit articles.jsonl
      volgens audit --by outlet --from 2025-03
      volgens audit --outlet "De Loerbode" --by month
      volgens audit 2bb1af7e --trace
      volgens audit articles.jsonl --format json > audit.json

    Exit code: 0 when the articles were read, 1 when some could not be or none was found, 2 for wrong use.
    """
    from volgens.app import App
    from volgens.cli.audit_lines import render_audits
    from volgens.cli.terminal import Look
    from volgens.views import audit as view

    scope = view.Scope(outlet, first_day(first, "--from"), last_day(last, "--to"))
    apart: view.By | None = next((one for one in get_args(view.By) if by is not None and one == by.value), None)
    try:
        with failing(), Counted("reading", quiet=quiet, no_color=no_color) as counted:
            material, failures = App().audit(what or [], archive, scope, traced=traced, watched=counted)
    except KeyboardInterrupt:
        say("stopped" + ("; what was read is kept in the archive" if not what else ""))
        raise typer.Exit(INTERRUPTED) from None
    for failure in failures:
        say(one_line(str(failure)))
    if not material.articles:
        if material.around:
            known = sorted({one_line(article.outlet) for article in material.around if article.outlet})
            say("no article of that outlet and time" + (f"; outlets: {', '.join(known[:_NAMED])}" if outlet and known else ""))
        elif not failures:
            say("no articles")
        raise typer.Exit(FAILED)
    made = view.audits(material, apart)
    as_json = format is Format.JSON
    text = (
        json_page(view.encode_audits(made, apart, material.labels)) + "\n"
        if as_json
        else render_audits(made, Look.of(sys.stdout, no_color))
    )
    sys.stdout.buffer.write(encoded(text, "utf-8" if as_json else sys.stdout.encoding))
    sys.stdout.flush()
    raise typer.Exit(FAILED if failures else 0)
