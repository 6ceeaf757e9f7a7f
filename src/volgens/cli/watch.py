"""``volgens watch``: feeds into the archive, for as long as it runs."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import INTERRUPTED, failing, say
from volgens.cli.output import json_line
from volgens.cli.safe_text import one_line

if TYPE_CHECKING:
    from volgens.watching import Event

_TERMINATED = 143  # as shells give it for a program that was asked to end


def watch(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT",
            help="A list of feeds (OPML), feeds, sitemaps, home pages. Without: those that the archive knows.",
            show_default=False,
        ),
    ] = None,
    archive: ArchiveOption = DEFAULT,
    every: Annotated[
        float, typer.Option("--every", metavar="MINUTES", min=1.0, help="About how long between two looks at a feed.")
    ] = 15.0,
    apart: Annotated[
        float, typer.Option("--apart", metavar="SECONDS", min=0.5, help="How long between two requests to one host, at least.")
    ] = 1.0,
    once: Annotated[bool, typer.Option("--once", help="Stop when nothing is due, as for a job that cron starts.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="An object for each event, a line each.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell only of failures, and the counts at the end.")] = False,
) -> None:
    """Watch feeds, and keep each new article and each new version of one in the archive.

    Each article is read again after an hour, a day and a week. robots.txt is obeyed, a host is asked at most once a second, and
    what did not change is not sent again. Stopped or killed, it goes on where it was.

    \b
    Examples:
      volgens watch feeds.opml
      volgens watch https://example.org --archive news.db
      volgens watch --once --every 60

    Exit code: 0 when --once is done, 1 when there is nothing to watch or the archive fails, 130 when stopped, 2 for wrong use.
    """
    from volgens.app import App
    from volgens.watching import Pace

    counts: Counter[str] = Counter()
    # A service manager ends with SIGTERM; it is heard as Ctrl-C is, between two transactions.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        with failing():
            for event in App().watch(inputs or [], archive, Pace(every * 60, apart, once)):
                counts[f"{event.kind} {event.result}"] += 1
                _tell(event, as_json, quiet)
    except KeyboardInterrupt:
        say("stopped; run the same again to go on")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        _sum(counts, as_json)


def _terminate(*_: object) -> None:
    raise SystemExit(_TERMINATED)


def _tell(event: Event, as_json: bool, quiet: bool) -> None:
    if as_json:
        typer.echo(json_line(asdict(event)))
        sys.stdout.flush()
        return
    failed = event.result in ("failed", "given up")
    if failed:
        again = f"; again in {_duration(event.again)}" if event.again else ""
        say(f"{one_line(event.address)}: {one_line(event.reason or event.result)}{again}")
    elif not quiet and event.result in ("new", "version"):
        typer.echo(f"{'new' if event.result == 'new' else 'new version':11}  {one_line(event.address)}")
    elif not quiet and event.kind == "feed" and (event.fresh or event.result == "found"):
        told = "feed found" if event.result == "found" else f"{event.fresh} to read"
        typer.echo(f"{told:11}  {one_line(event.address)}")


def _duration(seconds: float) -> str:
    """ "45 s", "5 min", "2 h", "3 d": the largest unit of which there are at least two."""
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _sum(counts: Counter[str], as_json: bool) -> None:
    if as_json:
        return
    named = {"article new": "new", "article version": "new version", "article unchanged": "unchanged", "article known": "unchanged"}
    told: Counter[str] = Counter()
    for key, count in counts.items():
        told[named.get(key, "failed" if key.endswith(("failed", "given up")) else "")] += count
    parts = [f"{told[name]:,} {name}" for name in ("new", "new version", "unchanged", "failed") if told[name]]
    say(", ".join(parts) or "nothing new")
