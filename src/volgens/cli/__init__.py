"""The command line. Thin: it calls the application, and shows what that gives.

The parts that take time to import are imported where they are used, so that --help is there at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from volgens import __version__
from volgens.articles.given import Given
from volgens.cli.add import add, versions
from volgens.cli.audit import audit
from volgens.cli.backup import backup
from volgens.cli.correct import app as correct
from volgens.cli.diff import diff
from volgens.cli.doctor import doctor
from volgens.cli.export import export
from volgens.cli.ledger import ledger
from volgens.cli.mcp import mcp
from volgens.cli.messages import FAILED, INTERRUPTED, NO_READER, Messages, reason, say
from volgens.cli.output import check_output, encoded, forget_stdout, json_line, json_page, whole_file
from volgens.cli.safe_text import one_line
from volgens.cli.search import search
from volgens.cli.serve import serve
from volgens.cli.stories import stories
from volgens.cli.trace import timeline, trace
from volgens.cli.watch import watch
from volgens.codec import encode, encode_error
from volgens.records import Article, Statements

app = typer.Typer(
    name="volgens",
    rich_markup_mode=None,  # keeps the line breaks of the examples, and reads well at any width
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """What ``volgens read`` writes."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


@app.callback(invoke_without_command=True)
def volgens(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Who says so? volgens lists the attributed statements in news: who says what, how firmly, on whose word.

    \b
    Examples:
      volgens read article.txt
      volgens read https://example.org/news/1
      volgens add feed.xml pages/ crawl.warc.gz
      volgens watch feeds.opml
      volgens search zwembad --act deny
      volgens stories
      volgens trace articles.jsonl
      volgens ledger articles.jsonl
      volgens audit articles.jsonl
      volgens export --to csv articles.jsonl
      volgens correct named 8650849f "Dora Finch"
      volgens diff yesterday.html today.html
      volgens serve --open
      volgens doctor
      volgens mcp
      volgens read --help
    """
    if version:
        typer.echo(f"volgens {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@app.command(no_args_is_help=False)
def read(  # the options of one command: more than six, each with its own line of help
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", help="Paths, http(s) addresses, or - for standard input.", show_default=False),
    ] = None,
    format: Annotated[
        Format,
        typer.Option("--format", "-f", help="text to read; json: one object, of several inputs a list; jsonl: one object a line."),
    ] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, all or nothing.", show_default=False)
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", metavar="NUMBER", min=0.0, max=1.0, help="Leave out statements below this.")
    ] = 0.0,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Day or month of publication, of inputs that do not tell it.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Who publishes the inputs that do not tell it.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell which words led to each label. Takes about twice the time.")
    ] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours. The marks tell the parts apart without them.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; errors are still shown.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")] = False,
) -> None:
    """Read articles and show every attributed statement.

    In the text: {1 source} <1 cue> [1 content]; the number leads to the list below it.

    \b
    Examples:
      volgens read article.txt
      volgens read https://example.org/news/1 saved-page.html
      pbpaste | volgens read -
      volgens read --explain article.txt
      volgens read --published 2024-11-18 --outlet "De Kadekrant" article.txt
      volgens read --format jsonl --output all.jsonl *.txt

    Exit code: 0 when all were read, 1 when an input could not be read, 2 for wrong use.
    """
    if not inputs:
        raise typer.BadParameter(
            "nothing to read. Give a path, an address, or - for standard input, as in: volgens read article.txt",
            param_hint="INPUT",
        )
    output = None if output == Path("-") else output
    check_output(output, inputs)
    try:
        given = Given(published, outlet)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None
    messages = Messages(len(inputs), quiet=quiet, debug=debug, no_color=no_color)
    try:
        failed = _run(inputs, _Wish(format, output, min_confidence, given, explain, no_color), messages)
    except KeyboardInterrupt:
        say("stopped" + (f"; {one_line(str(output))} was left as it was" if output else ""))
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        forget_stdout()
        raise typer.Exit(NO_READER) from None
    except OSError as error:
        where = one_line(str(output)) if output else "standard output"
        say(f"cannot write to {where}: {error.strerror or error}")
        raise typer.Exit(FAILED) from None
    raise typer.Exit(FAILED if failed else 0)


app.command(no_args_is_help=True)(add)
app.command()(watch)
app.command()(search)
app.command()(stories)
app.command()(trace)
app.command()(timeline)
app.command()(ledger)
app.command()(audit)
app.command()(export)
app.command(no_args_is_help=True)(versions)
app.command(no_args_is_help=True)(diff)
app.add_typer(correct, name="correct")
app.command()(doctor)
app.command()(mcp)
app.command()(serve)
app.command(no_args_is_help=True)(backup)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the user asked for."""

    format: Format
    output: Path | None
    min_confidence: float
    given: Given
    explain: bool
    no_color: bool


def _run(inputs: list[str], wish: _Wish, messages: Messages) -> int:
    """Read all ``inputs`` and write what they give, each as soon as it is there. Returns how many failed. Raises OSError."""
    from volgens.app import App

    application = App(explain=wish.explain)
    before, between, after = _frame(wish.format, len(inputs))
    failed = written = 0
    with _destination(wish) as write:
        write(before)
        for index, (name, pending) in enumerate(application.read_many(inputs, given=wish.given)):
            with messages.reading(index, name):
                piece, error = _read(pending, name, wish)
            if error is not None:
                failed += 1
                messages.error(name, error)
            if piece:
                write((between if written else "") + piece)
                written += 1
        write(after)
    messages.summary(failed)
    return failed


def _frame(format: Format, count: int) -> tuple[str, str, str]:
    """What stands before, between and after the pieces."""
    if format is Format.JSON:
        return ("[\n", ",\n", "\n]\n") if count > 1 else ("", "", "\n")
    return ("", "" if format is Format.JSONL else "\n", "")


def _read(pending: Future[tuple[Article, Statements]], name: str, wish: _Wish) -> tuple[str, Exception | None]:
    """What to write for one input, and what went wrong with it. No error of one input may cost the others."""
    try:
        article, statements = pending.result()
        return _piece(article, _above(statements, wish.min_confidence), name, wish), None
    except Exception as error:
        if wish.format is Format.TEXT:
            return "", error
        line = json_line(encode_error(name, reason(error)))
        return line + ("\n" if wish.format is Format.JSONL else ""), error


def _piece(article: Article, statements: Statements, name: str, wish: _Wish) -> str:
    """One article as the user wants it."""
    if wish.format is Format.TEXT:
        from volgens.cli.terminal import Look, render

        return render(article, statements, name, Look() if wish.output else Look.of(sys.stdout, wish.no_color))
    data = encode(article, statements)
    return json_page(data) if wish.format is Format.JSON else json_line(data) + "\n"


def _above(statements: Statements, least: float) -> Statements:
    """The statements of at least this confidence. What lay in one that is left out, lies in the next one around it."""
    parents = {s.id: s.parent for s in statements}
    kept = {s.id for s in statements if s.confidence >= least}

    def around(parent: str | None) -> str | None:
        while parent is not None and parent not in kept:
            parent = parents.get(parent)
        return parent

    return replace(statements, items=tuple(replace(s, parent=around(s.parent)) for s in statements if s.id in kept))


@contextmanager
def _destination(wish: _Wish) -> Iterator[Callable[[str], None]]:
    """What to call to write a piece of text: to the file asked for, or else to standard output. Raises OSError."""
    with ExitStack() as stack:
        stream: BinaryIO
        encoding = "utf-8"
        if wish.output is not None:
            stream = stack.enter_context(whole_file(wish.output))
        elif sys.stdout is None:
            raise OSError("it is closed; name a file with --output")
        else:
            stream = sys.stdout.buffer
            # JSON is UTF-8 by its definition. A text is for this terminal, whatever it can show.
            encoding = sys.stdout.encoding if wish.format is Format.TEXT else encoding

        def write(text: str) -> None:
            stream.write(encoded(text, encoding))
            stream.flush()

        yield write


def main() -> None:
    """The entry point of ``volgens``."""
    try:
        app()
    except SystemExit as stop:
        if stop.code in (INTERRUPTED, NO_READER):
            # What other threads are still reading, nobody waits for.
            sys.stderr.flush()
            os._exit(stop.code)
        raise
