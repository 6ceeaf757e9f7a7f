"""``volgens correct``: what people know better, kept beside what was read."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import failing, say
from volgens.cli.output import encoded, json_page
from volgens.cli.safe_text import one_line
from volgens.cli.trace import ColorOption, Format, FormatOption
from volgens.places import Place
from volgens.records import Anchor, Correction, CorrectionKind

if TYPE_CHECKING:
    from rich.text import Text

app = typer.Typer(no_args_is_help=True)

Statement = Annotated[str, typer.Argument(metavar="STATEMENT", help="Id of a statement, or its first characters.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Id of another statement.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who says so. Default: you, as this machine knows you.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why, or how you know.")]
ShownBy = Annotated[str | None, typer.Option("--shown-by", metavar="STATEMENT", help="The statement that shows it.")]
_SHOWN = 90  # characters of what a statement says


@app.callback()
def correct() -> None:
    """Correct what was read: say what you know better.

    Each correction is kept with who made it and when, holds when articles are read anew, and can be taken back. Stories, origins,
    search, ledger and audit follow it. Statements are named by their ids, which volgens search --format json and the page show.

    \b
    Examples:
      volgens correct wrong 252934bb --note "a title, no statement"
      volgens correct named 8650849f "Dora Finch"
      volgens correct same-source 8650849f b5d073be
      volgens correct kept ed4d1cf7 --shown-by 252934bb
      volgens correct undo 3f21aa90

    Exit code: 0 when it was kept, 1 when there is no such statement, 2 for wrong use.
    """


@app.command()
def wrong(statement: Statement, archive: ArchiveOption = DEFAULT, by: By = None, note: Note = None) -> None:
    """It is no statement."""
    _correct("wrong", statement, archive, by, note)


@app.command()
def named(
    statement: Statement,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who it is.")],
    archive: ArchiveOption = DEFAULT,
    by: By = None,
    note: Note = None,
) -> None:
    """Its source, without a name in the article, turned out to be NAME."""
    _correct("named", statement, archive, by, note, name=name)


@app.command("same-source")
def same_source(statement: Statement, other: Other, archive: ArchiveOption = DEFAULT, by: By = None, note: Note = None) -> None:
    """The two have one source."""
    _correct("same source", statement, archive, by, note, other=other)


@app.command("other-source")
def other_source(statement: Statement, other: Other, archive: ArchiveOption = DEFAULT, by: By = None, note: Note = None) -> None:
    """The two have different sources."""
    _correct("other source", statement, archive, by, note, other=other)


@app.command("same-claim")
def same_claim(statement: Statement, other: Other, archive: ArchiveOption = DEFAULT, by: By = None, note: Note = None) -> None:
    """The two say the same thing."""
    _correct("same claim", statement, archive, by, note, other=other)


@app.command("other-claim")
def other_claim(statement: Statement, other: Other, archive: ArchiveOption = DEFAULT, by: By = None, note: Note = None) -> None:
    """The two say different things."""
    _correct("other claim", statement, archive, by, note, other=other)


@app.command()
def kept(
    statement: Statement, shown_by: ShownBy = None, archive: ArchiveOption = DEFAULT, by: By = None, note: Note = None
) -> None:
    """The promise, threat or prediction came about."""
    _correct("kept", statement, archive, by, note, other=shown_by)


@app.command()
def broken(
    statement: Statement, shown_by: ShownBy = None, archive: ArchiveOption = DEFAULT, by: By = None, note: Note = None
) -> None:
    """The promise, threat or prediction did not come about."""
    _correct("broken", statement, archive, by, note, other=shown_by)


@app.command()
def undo(
    correction: Annotated[str, typer.Argument(metavar="CORRECTION", help="Id of a correction, or its first characters.")],
    archive: ArchiveOption = DEFAULT,
    by: By = None,
) -> None:
    """Take a correction back."""
    from volgens.app import App

    with failing():
        taken = App().take_back(correction, by or _you(), archive)
    say(f"taken back: {_line(taken).plain}")


@app.command("list")
def list_corrections(
    archive: ArchiveOption = DEFAULT,
    everything: Annotated[bool, typer.Option("--all", help="Those too that were taken back.")] = False,
    format: FormatOption = Format.TEXT,
    no_color: ColorOption = False,
) -> None:
    """List the corrections, the oldest first."""
    from rich.text import Text

    from volgens.app import App
    from volgens.cli.terminal import Look, Page
    from volgens.views.corrections import encode_corrections

    with failing():
        found = App().corrections(archive, all=everything)
    if format is Format.JSON:
        text = json_page(encode_corrections(found)) + "\n"
    else:
        page = Page(Look.of(sys.stdout, no_color))
        for one in found:
            page.print(_line(one))
        page.print(Text(f"{len(found):,} correction{'s' * (len(found) != 1)}", "dim"))
        text = page.finished()
    sys.stdout.buffer.write(encoded(text, "utf-8" if format is Format.JSON else sys.stdout.encoding))
    sys.stdout.flush()


def _correct(
    kind: CorrectionKind,
    statement: str,
    archive: Place,
    by: str | None,
    note: str | None,
    *,
    other: str | None = None,
    name: str | None = None,
) -> None:
    from volgens.app import App

    with failing():
        made = App().correct(kind, statement, by or _you(), archive, other=other, name=name, note=note)
    say(f"kept: {_line(made).plain}")


def _you() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "somebody"


def _line(one: Correction) -> Text:
    from rich.text import Text

    line = Text(f"{one.id[:12]}  ", "dim").append(one.kind, "bold").append(f"  {_said(one.about)}")
    if one.name:
        line.append(f" is by {one_line(one.name)}")
    if one.other is not None:
        line.append(f" / {_said(one.other)}")
    line.append(f"  {one_line(one.by)}, {one.at[:16].replace('T', ' ')}", "dim")
    if one.note:
        line.append(f": {one_line(one.note)}", "dim")
    return line.append(f"  taken back by {one_line(one.undone[1])}", "dim") if one.undone is not None else line


def _said(at: Anchor) -> str:
    words = one_line(at.text)
    return f"“{words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + '…'}”"
