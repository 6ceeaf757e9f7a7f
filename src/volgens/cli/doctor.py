"""``volgens doctor``: whether the program and the archive are well."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import FAILED, failing
from volgens.cli.output import encoded, json_page
from volgens.cli.safe_text import one_line
from volgens.cli.trace import ColorOption, Format, FormatOption

_SIGNS = {"well": ("ok", "color(32)"), "note": ("note", "color(166)"), "ill": ("ILL", "bold color(163)")}


def doctor(
    archive: ArchiveOption = DEFAULT,
    mend: Annotated[bool, typer.Option("--mend", help="Make anew what can be: the index of words.")] = False,
    format: FormatOption = Format.TEXT,
    no_color: ColorOption = False,
) -> None:
    """Look whether the program and the archive are well, and say what to do where they are not.

    \b
    Examples:
      volgens doctor
      volgens doctor --archive news.db --mend
      volgens doctor --archive postgresql://volgens@db.example/news --format json

    Exit code: 0 when all is well, 1 when something must be mended, 2 for wrong use.
    """
    from volgens.app import App

    with failing():
        found = App().examine(archive, mend=mend)
    if format is Format.JSON:
        written = json_page({"findings": [asdict(one) for one in found]}) + "\n"
    else:
        from rich.text import Text

        from volgens.cli.terminal import Look, Page

        page = Page(Look.of(sys.stdout, no_color))
        for one in found:
            sign, style = _SIGNS[one.health]
            page.print(Text(f"{sign:5}", style).append(f"{one.what:16}", "bold").append(one_line(one.found)))
            if one.advice:
                page.print(Text(f"{'':21}{one.advice}", "dim"))
        written = page.finished()
    sys.stdout.buffer.write(encoded(written, "utf-8" if format is Format.JSON else sys.stdout.encoding))
    sys.stdout.flush()
    raise typer.Exit(FAILED if any(one.health == "ill" for one in found) else 0)
