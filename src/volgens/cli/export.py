"""``volgens export``: statements and traced stories in the formats of other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import FAILED, INTERRUPTED, NO_READER, Counted, failing, say
from volgens.cli.output import check_output, forget_stdout, json_line, json_page, whole_file
from volgens.cli.safe_text import one_line, safe
from volgens.places import Place

if TYPE_CHECKING:
    from volgens.errors import InputError
    from volgens.records import Article
    from volgens.views.exports.reading import Reading
    from volgens.views.traces import StoryTrace


class To(StrEnum):
    """What ``volgens export`` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    WEBANNOTATION = "webannotation"
    PROV_JSON = "prov-json"
    PROV_TURTLE = "prov-turtle"
    SCHEMA_ORG = "schema-org"
    FTM = "ftm"
    TEI = "tei"


_TRACED = (To.PROV_JSON, To.PROV_TURTLE, To.SCHEMA_ORG)


def export(
    to: Annotated[To, typer.Option("--to", "-t", help="The format; docs/reference/exports.md says what each holds.")],
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Articles in files or folders; or in the archive, by id or address. Without: the archive.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, all or nothing.", show_default=False)
    ] = None,
    archive: ArchiveOption = DEFAULT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Write statements, and traced stories, in a format that another tool reads.

    jsonl, csv, parquet: a row for each statement. webannotation: W3C Web Annotation. ftm: FollowTheMoney entities. tei: TEI P5.
    prov-json, prov-turtle: W3C PROV, and schema-org: JSON-LD; for these three the stories are traced.

    \b
    Examples:
      volgens export --to csv articles.jsonl --output statements.csv
      volgens export --to parquet --archive news.db --output statements.parquet
      volgens export --to webannotation page.html
      volgens export --to prov-turtle articles.jsonl > stories.ttl

    Exit code: 0 when the articles were read, 1 when some could not be or nothing was found, 2 for wrong use.
    """
    inputs = what or []
    output = None if output == Path("-") else output
    check_output(output, [*inputs, str(archive)])
    if to is To.PARQUET and output is None and _is_terminal():
        raise typer.BadParameter("parquet is not for a terminal; name a file, or a program to pipe it to", param_hint="--output")
    try:
        # What is written to a terminal would run through the progress.
        with failing(), Counted("reading", quiet=quiet or (output is None and _is_terminal())) as counted:
            failures = _run(_Wish(to, inputs, archive, output), counted)
    except KeyboardInterrupt:
        say("stopped" + (f"; {one_line(str(output))} was left as it was" if output else ""))
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        forget_stdout()
        raise typer.Exit(NO_READER) from None
    except OSError as error:
        say(f"cannot write to {one_line(str(output)) if output else 'standard output'}: {error.strerror or error}")
        raise typer.Exit(FAILED) from None
    raise typer.Exit(FAILED if failures else 0)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the user asked for."""

    to: To
    inputs: Sequence[str]
    archive: Place
    output: Path | None


def _run(wish: _Wish, counted: Counted) -> Sequence[InputError]:
    """Read what is asked for, and write it. Returns what could not be read. Raises OSError."""
    from volgens.app import App

    if wish.to in _TRACED:
        views, failures = App().trace(wish.inputs, wish.archive, watched=counted)
        found, pieces = bool(views), _of_stories(wish.to, views)
    else:
        articles, readings, failures = App().readings(wish.inputs, wish.archive, watched=counted)
        found, pieces = bool(articles), _of_articles(wish.to, articles, readings)
    for failure in failures:
        say(one_line(str(failure)))
    if not found:
        if not failures:
            say(f"{one_line(str(wish.archive))}: no articles in it; volgens add puts them there")
        raise typer.Exit(FAILED)
    with _destination(wish.output) as stream:
        if wish.to is To.PARQUET:
            from volgens.views.exports.rows import rows, write_parquet

            write_parquet((row for reading in readings for row in rows(reading)), stream)
        else:
            # Only CSV has no way to escape what a terminal would obey.
            shown = safe if wish.to is To.CSV and wish.output is None and _is_terminal() else str
            for piece in pieces:
                stream.write(shown(piece).encode())
        stream.flush()
    return failures


def _of_stories(to: To, views: Iterable[StoryTrace]) -> Iterator[str]:
    """Traced stories as the text of a format."""
    if to is To.SCHEMA_ORG:
        from volgens.views.exports.schema_org import CONTEXT, nodes

        return _listed({"@context": CONTEXT}, "@graph", nodes(views))
    from volgens.views.exports.provenance import provenance

    if to is To.PROV_JSON:
        from volgens.views.exports.prov_json import prov_json

        return iter((json_page(prov_json(provenance(views))), "\n"))
    from volgens.views.exports.prov_turtle import prov_turtle

    return prov_turtle(provenance(views))


def _of_articles(to: To, articles: Sequence[Article], readings: Iterable[Reading]) -> Iterator[str]:
    """Articles and their statements as the text of a format; of Parquet, which is none, nothing."""
    if to is To.WEBANNOTATION:
        from volgens.views.exports.webannotation import annotated, page

        return _listed(page(articles), "items", (one for reading in readings for one in annotated(reading)))
    if to is To.FTM:
        from volgens.views.exports.ftm import entities

        return (json_line(one) + "\n" for reading in readings for one in entities(reading))
    if to is To.TEI:
        from volgens.views.exports.tei import tei

        return tei(readings)
    from volgens.views.exports.rows import csv_lines, encode_row, rows

    if to is To.JSONL:
        return (json_line(encode_row(row)) + "\n" for reading in readings for row in rows(reading))
    if to is To.CSV:
        return csv_lines(row for reading in readings for row in rows(reading))
    return iter(())


def _listed(head: dict[str, Any], key: str, items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A JSON object with ``head`` and then, under ``key``, a list with an item on each line."""
    fields = "".join(f"  {json_line(name)}: {json_line(value)},\n" for name, value in head.items())
    yield f"{{\n{fields}  {json_line(key)}: ["
    for number, item in enumerate(items):
        yield (",\n    " if number else "\n    ") + json_line(item)
    yield "\n  ]\n}\n"


@contextmanager
def _destination(output: Path | None) -> Iterator[BinaryIO]:
    """Where to write: the file asked for, when all is written, or standard output. Raises OSError."""
    if output is not None:
        with whole_file(output) as file:
            yield file
    elif sys.stdout is None:
        raise OSError("it is closed; name a file with --output")
    else:
        yield sys.stdout.buffer


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()
