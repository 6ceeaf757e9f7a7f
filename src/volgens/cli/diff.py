"""``volgens diff``: what changed between two versions, as statements."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from volgens.cli.messages import reason, say
from volgens.cli.output import json_page
from volgens.cli.safe_text import one_line
from volgens.errors import VolgensError

if TYPE_CHECKING:
    from volgens.records import Article, Statements


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A path or address; alone, an address or id in the archive.")],
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="The newer version.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One object, for machines.")] = False,
    archive: Annotated[
        Path, typer.Option("--archive", metavar="FILE", envvar="VOLGENS_ARCHIVE", help="The archive that has the versions.")
    ] = Path("volgens.db"),
    silent_only: Annotated[bool, typer.Option("--silent", help="Only what no notice tells of.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> None:
    """Tell what changed between two versions: statements added and withdrawn, sources, hedges, numbers, the headline.

    A "!" marks what changed silently: no correction or update notice in the new version bears on it.

    \b
    Examples:
      volgens diff yesterday.html today.html
      volgens diff https://example.org/news/1
      volgens diff --silent --json yesterday.html today.html

    Exit code: 0 when both were read, 1 when one could not be read, 2 for wrong use.
    """
