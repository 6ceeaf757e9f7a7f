"""``volgens diff``: what changed between two versions, as statements."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import failing
from volgens.cli.output import encoded, json_page


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A path or address; alone, one in the archive.")],
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="A path or an address, the newer one.", show_default=False)
    ] = None,
    archive: ArchiveOption = DEFAULT,
    silent: Annotated[bool, typer.Option("--silent", help="Only what no notice tells of.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object, for machines.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> None:
    """Tell what changed between two versions, as statements: added, withdrawn, sources, hedges, numbers, the headline.

    A "!" marks what changed silently: no correction or update notice in the new version bears on it.

    \b
    Examples:
      volgens diff yesterday.html today.html
      volgens diff https://example.org/news/1       the last two versions in the archive
      volgens diff 34a38f01 7be1c22d                two versions in the archive, by their ids

    Exit code: 0 when both were read, 1 when one could not be, 2 for wrong use.
    """
    from volgens.app import App

    with failing():
        before, after, told = App().diff(old, new, archive)
    if silent:
        told = replace(told, items=tuple(change for change in told.items if change.silent))
    if as_json:
        from volgens.views.changes import encode_changes

        typer.echo(json_page(encode_changes(told)))
        return
    from volgens.cli.changes import render_changes
    from volgens.cli.terminal import Look

    sys.stdout.buffer.write(encoded(render_changes(before, after, told, Look.of(sys.stdout, no_color)), sys.stdout.encoding))
