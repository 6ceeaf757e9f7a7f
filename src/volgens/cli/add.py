"""``volgens add`` and ``volgens versions``: articles into the archive, and what it has of one."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from volgens.articles.given import Given
from volgens.cli.messages import FAILED, INTERRUPTED, failing, say
from volgens.cli.output import json_line
from volgens.cli.safe_text import one_line
from volgens.places import Place, place

if TYPE_CHECKING:
    from volgens.adding import Outcome
    from volgens.articles.containers import Columns

ArchiveOption = Annotated[
    Place,
    typer.Option(
        "--archive",
        "-a",
        metavar="FILE|ADDRESS",
        parser=place,
        envvar="VOLGENS_ARCHIVE",
        help="The archive: one SQLite file, made where missing, or postgresql://user@host/name.",
    ),
]
DEFAULT = place("volgens.db")
_SHOWN = 20  # failures told one by one
_NAMES = {"new": "new", "version": "new version", "known": "unchanged", "failed": "failed"}


def add(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="WHAT", help="Pages, texts, folders, feeds, WARC, JSONL, CSV, Parquet, mail, PDF; addresses; or -."),
    ],
    archive: ArchiveOption = DEFAULT,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=NAME", help="Which column holds a field, as text=BODY.")
    ] = None,
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="Of articles that do not tell it.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Of articles that do not tell it.")] = None,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Fetch the pages that a feed or sitemap only names.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="An object for each article, a line each, and the counts.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress; failures and counts are still shown.")] = False,
) -> None:
    """Put articles into the archive, each once; a page read again becomes a new version where it has changed.

    Stopped or killed, it goes on where it was when it is run again. Adding twice changes nothing.

    \b
    Examples:
      volgens add page.html articles/ feed.xml
      volgens add crawl.warc.gz --archive news.db
      volgens add articles.csv --column text=Body --column outlet=Paper
      volgens add https://example.org/rss.xml

    Exit code: 0 when all were added, 1 when an article could not be read or the archive not written, 2 for wrong use.
    """
    try:
        given, columns = Given(published, outlet), _columns(column or [])
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    counts: Counter[str] = Counter()
    try:
        with failing():
            for outcome in _shown(_outcomes(inputs, archive, given, columns, follow), as_json, quiet, counts):
                counts[outcome.result] += outcome.count
    except KeyboardInterrupt:
        say("stopped; run the same again to go on")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        _told(counts, archive, as_json)
    raise typer.Exit(FAILED if counts["failed"] else 0)


def _outcomes(inputs: list[str], archive: Place, given: Given, columns: Columns, follow: bool) -> Iterator[Outcome]:
    from volgens.adding import Wish
    from volgens.app import App

    yield from App().add(inputs, archive, Wish(columns, given, follow))


def _columns(pairs: Iterable[str]) -> Columns:
    from volgens.articles.containers.columns import ANY_COLUMNS

    chosen = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if not equals:
            raise ValueError(f"{pair!r}: write FIELD=NAME, as text=BODY")
        chosen[field] = name
    return ANY_COLUMNS.choosing(chosen)


def _shown(outcomes: Iterator[Outcome], as_json: bool, quiet: bool, counts: Counter[str]) -> Iterator[Outcome]:
    """``outcomes`` as they come, with what failed on standard error, and a line that tells how far it is."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    told = sys.stderr is not None and sys.stderr.isatty() and not quiet and not as_json
    columns = (SpinnerColumn(), TextColumn("{task.completed} articles"), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(),
               TextColumn("{task.description}", markup=False))  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not told) as progress:
        task = progress.add_task("", total=None, rate="")
        for outcome in outcomes:
            if outcome.result == "failed" and outcome.error is not None:
                if counts["failed"] < _SHOWN:
                    progress.console.print(f"volgens: {one_line(outcome.name)}: {one_line(outcome.error.reason)}", markup=False,
                                           highlight=False, soft_wrap=True)  # fmt: skip
                elif counts["failed"] == _SHOWN:
                    say("more failures are not shown; the archive has them all (table failures)")
            if as_json:
                reason = outcome.error.reason if outcome.error is not None else None
                about = {"name": outcome.name, "result": outcome.result, "article": outcome.article, "reason": reason}
                typer.echo(json_line(about | ({"count": outcome.count} if outcome.count > 1 else {})))
            speed = progress.tasks[0].speed
            progress.update(
                task, advance=outcome.count, description=one_line(outcome.name)[-50:], rate=f"{speed:.0f}/s" if speed else ""
            )
            yield outcome


def _told(counts: Counter[str], archive: Place, as_json: bool) -> None:
    if as_json:
        typer.echo(json_line({"counts": {key: counts[key] for key in _NAMES}}))
        return
    parts = [f"{counts[key]:,} {name}" for key, name in _NAMES.items() if counts[key]]
    typer.echo(f"{one_line(str(archive))}: {', '.join(parts) or 'nothing added'}")


def versions(
    which: Annotated[str, typer.Argument(metavar="ADDRESS|FILE|ID", help="An address, a file, or a version's id.")],
    archive: ArchiveOption = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects, for machines.")] = False,
) -> None:
    """List the versions of an article that the archive has, the oldest first.

    \b
    Examples:
      volgens versions https://example.org/news/1
      volgens versions 34a38f01 --archive news.db
    """
    from volgens.app import App

    with failing():
        found = App().versions(which, archive)
    if as_json:
        fields = ("article", "url", "title", "published", "seen", "name", "program")
        typer.echo(json.dumps([{field: getattr(v, field) for field in fields} for v in found], ensure_ascii=False, indent=2))
        return
    for version in found:
        when = version.seen or version.published or "-"
        typer.echo(f"{version.article[:12]}  {when:25}  {one_line(version.title or version.name)}")
