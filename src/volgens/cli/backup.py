"""``volgens backup``: a copy of the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import INTERRUPTED, Counted, failing, say
from volgens.cli.trace import ColorOption, QuietOption


def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes; a new file.")],
    archive: ArchiveOption = DEFAULT,
    no_color: ColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """Copy the archive to a new file, while others go on reading and writing.

    The copy is an archive itself. It is there whole or not at all.

    \b
    Examples:
      volgens backup monday.db
      volgens backup /mnt/backups/news.db --archive news.db

    Exit code: 0 when the copy is there, 1 when it could not be made, 2 for wrong use.
    """
    from volgens.app import App

    try:
        with failing(), Counted("copying", quiet=quiet, no_color=no_color) as counted:
            App().backup(archive, to, watched=counted)
    except KeyboardInterrupt:
        say("stopped; there is no copy")
        raise typer.Exit(INTERRUPTED) from None
