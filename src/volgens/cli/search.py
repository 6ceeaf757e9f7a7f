"""``volgens search``: statements in the archive by their words, and by who says them and how."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import INTERRUPTED, Counted, failing, say
from volgens.cli.output import encoded, json_page
from volgens.cli.trace import ColorOption, Format, FormatOption, QuietOption

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def _chooses(flag: str, what: str) -> object:
    return typer.Option(flag, metavar="VALUE", help=f"Only {what}; give it more than once for any of several.")


def search(  # the options of one command: more than six, each with its own line of help
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORD",
            help='Words that stand there, all of them; "two words" together; wor* begun so.',
            show_default=False,
        ),
    ] = None,
    like: Annotated[
        str, typer.Option("--like", metavar="TEXT", help="What is meant, in any words, in Dutch or English: the nearest first.")
    ] = "",
    archive: ArchiveOption = DEFAULT,
    speaker: Annotated[list[str] | None, _chooses("--speaker", "statements of this speaker, by full name")] = None,
    kind: Annotated[list[str] | None, _chooses("--kind", "this kind of source")] = None,
    act: Annotated[list[str] | None, _chooses("--act", "this speech act")] = None,
    certainty: Annotated[list[str] | None, _chooses("--certainty", "what is put this firmly")] = None,
    outlet: Annotated[list[str] | None, _chooses("--outlet", "articles of this outlet")] = None,
    language: Annotated[list[str] | None, _chooses("--language", "articles in this language")] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Published in this day, month or year, or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Published on this day (month, year) or before.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="So many statements.")] = 20,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Leave out the first N.")] = 0,
    read: Annotated[bool, typer.Option("--read/--no-read", help="First read the articles that have not been read yet.")] = True,
    format: FormatOption = Format.TEXT,
    no_color: ColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """Search the statements of the archive: who said what about it?

    Articles that have not been read yet are read first, and what is read of them is kept.

    \b
    Examples:
      volgens search zwembad
      volgens search --like "the dyke was not maintained"
      volgens search '"raised dyke"' --kind anonymous --from 2025
      volgens search brug --speaker "Joke Brand" --act promise --act predict
      volgens search --act deny --outlet "De Kadekrant" --format json

    Exit code: 0 when it was searched, 1 when the archive could not be opened, 2 for wrong use.
    """
    from volgens.app import App
    from volgens.views.search import Question, encode_answer

    for flag, day in (("--from", since), ("--to", until)):
        if day is not None and not _DAY.fullmatch(day):
            raise typer.BadParameter(f"{day!r} is no date; write it as 2025-03-04, 2025-03 or 2025", param_hint=flag)
    given = {"speaker": speaker, "kind": kind, "act": act, "certainty": certainty, "outlet": outlet, "language": language}
    chosen = {facet: tuple(values) for facet, values in given.items() if values}
    question = Question(" ".join(words or ()), chosen, since, until, limit, offset, like)
    try:
        with failing(), Counted("reading", quiet=quiet, no_color=no_color) as counted:
            answer = App().search(question, archive, read=read, watched=counted)
    except KeyboardInterrupt:
        say("stopped; what was read is kept in the archive")
        raise typer.Exit(INTERRUPTED) from None
    if format is Format.JSON:
        text = json_page(encode_answer(question, answer)) + "\n"
    else:
        from volgens.cli.search_lines import render_answer
        from volgens.cli.terminal import Look

        text = render_answer(question, answer, Look.of(sys.stdout, no_color))
    sys.stdout.buffer.write(encoded(text, "utf-8" if format is Format.JSON else sys.stdout.encoding))
    sys.stdout.flush()
