"""``volgens mcp``: volgens as tools of a language model."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import FAILED, say


def mcp(
    archive: ArchiveOption = DEFAULT,
    http: Annotated[
        int | None,
        typer.Option("--http", metavar="PORT", min=1, max=65535, help="Answer at http://127.0.0.1:PORT/mcp instead."),
    ] = None,
) -> None:
    """Serve language models: an MCP server with read, search, stories, trace, timeline, ledger and audit.

    Speaks over standard input and output, as most clients start it. It reads texts, web addresses and the archive, no files.

    \b
    Examples:
      volgens mcp --archive news.db
      volgens mcp --http 8766

    Exit code: 0 when the client is done, 1 when it could not be started, 2 for wrong use.
    """
    try:
        from volgens.mcp import server
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("mcp"):
            raise
        say("the MCP server needs more than is installed; install it with: pip install 'volgens[mcp]'")
        raise typer.Exit(FAILED) from None
    logging.getLogger("mcp").setLevel(logging.WARNING)
    made = server(archive)
    if http is None:
        made.run("stdio")
    else:
        say(f"http://127.0.0.1:{http}/mcp; stop with Ctrl-C")
        made.run("streamable-http", host="127.0.0.1", port=http)
