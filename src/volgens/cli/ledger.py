"""``volgens ledger``: promises, predictions, threats, ultimatums and plans, and when they can be checked."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated, get_args

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.days import first_day, last_day
from volgens.cli.messages import FAILED, INTERRUPTED, Counted, failing, say
from volgens.cli.output import encoded, json_page
from volgens.cli.safe_text import one_line
from volgens.cli.trace import ColorOption, Format, FormatOption, QuietOption


class Act(StrEnum):
    """What an entry does."""

    PROMISE = "promise"
    PREDICT = "predict"
    THREATEN = "threaten"
    DEMAND = "demand"
    INTEND = "intend"
    DECIDE = "decide"
    WARN = "warn"


class State(StrEnum):
    """How an entry stands."""

    DUE = "due"
    OVERDUE = "overdue"
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


def ledger(  # the options of one command: more than six, each with its own line of help
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", help="Articles in files or folders. Without: those in the archive.", show_default=False),
    ] = None,
    archive: ArchiveOption = DEFAULT,
    due_before: Annotated[str | None, typer.Option("--due-before", metavar="DATE", help="Only what falls due before it.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Only what falls due on this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only what falls due on this day or earlier.")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Only of whose name has these words.")] = None,
    act: Annotated[Act | None, typer.Option("--act", help="Only of this kind.", show_default=False)] = None,
    state: Annotated[
        State | None,
        typer.Option(
            "--state",
            help="due: its time is now; overdue: past; open: to come; kept, broken: so people said.",
            show_default=False,
        ),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="As it stands on this day. Default: today.")] = None,
    format: FormatOption = Format.TEXT,
    no_color: ColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """List promises, predictions, threats, ultimatums and plans, with the time by which they can be checked.

    What several articles of a story tell in the same words is one entry. Later statements that share telling words are shown with
    it; whether they bear on it is for you to decide.

    A DATE may also be a month, a week, a quarter or a year: 2024-11, 2024-W47, 2024-Q4, 2024.

    \b
    Examples:
      volgens ledger articles.jsonl
      volgens ledger --state overdue
      volgens ledger --from 2025-06 --to 2025-08 --speaker "Kees Lambrechts"
      volgens ledger --on 2025-11-05 --format json > ledger.json

    Exit code: 0 when the articles were read, 1 when some could not be or the archive not opened, 2 for wrong use.
    """
    from volgens.app import App
    from volgens.cli.ledger_lines import render_ledger
    from volgens.cli.terminal import Look
    from volgens.views.ledger import LedgerAct, Wanted, encode_ledger

    day = first_day(on, "--on") or date.today()
    wanted_act: LedgerAct | None = next((one for one in get_args(LedgerAct) if act is not None and one == act.value), None)
    wanted = Wanted(
        first_day(due_before, "--due-before"),
        first_day(first, "--from"),
        last_day(last, "--to"),
        speaker,
        wanted_act,
        None if state is None else state.value,
    )
    try:
        with failing(), Counted("reading", quiet=quiet, no_color=no_color) as counted:
            told, failures = App().ledger(inputs or [], archive, day, watched=counted)
    except KeyboardInterrupt:
        say("stopped" + ("; what was read is kept in the archive" if not inputs else ""))
        raise typer.Exit(INTERRUPTED) from None
    for failure in failures:
        say(one_line(str(failure)))
    shown = told.only(wanted)
    as_json = format is Format.JSON
    text = (
        json_page(encode_ledger(shown)) + "\n"
        if as_json
        else render_ledger(shown, len(told.entries), Look.of(sys.stdout, no_color))
    )
    sys.stdout.buffer.write(encoded(text, "utf-8" if as_json else sys.stdout.encoding))
    sys.stdout.flush()
    raise typer.Exit(FAILED if failures else 0)
