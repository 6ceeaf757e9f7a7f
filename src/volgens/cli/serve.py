"""``volgens serve``: the web page and the HTTP API."""

from __future__ import annotations

import os
import webbrowser
from typing import Annotated

import typer

from volgens.cli.add import DEFAULT, ArchiveOption
from volgens.cli.messages import FAILED, say

_KEY = "VOLGENS_KEY"
_SHORTEST = 16  # characters of a key that is not guessed


def serve(
    archive: ArchiveOption = DEFAULT,
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="0: any that is free.")] = 8765,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Beyond this machine it needs a key.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="A further name that the server is reached by.")
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Serve the web page and the HTTP API: read texts, see stories and their origins, search, ledger, audit.

    Only this machine reaches it, unless --host says otherwise; then the environment must hold a key of at least 16 characters in
    VOLGENS_KEY, which clients send as a bearer token and browsers ask for as a password. Put a server that speaks TLS before it.

    \b
    Examples:
      volgens serve
      volgens serve --archive news.db --open
      VOLGENS_KEY=... volgens serve --host 0.0.0.0 --name news.example.org --archive postgresql://...

    Exit code: 0 when it was stopped, 1 when it could not be started, 2 for wrong use.
    """
    import socket

    import uvicorn

    from volgens.web.guard import LOOPBACK, Rules
    from volgens.web.server import application

    key = os.environ.get(_KEY)
    if host not in LOOPBACK and len(key or "") < _SHORTEST:
        raise typer.BadParameter(
            f"others can reach {host}: put a key of at least {_SHORTEST} characters in {_KEY}", param_hint="--host"
        )
    names = {*LOOPBACK, *(one.lower() for one in name or ())} | ({host} if host not in ("0.0.0.0", "::") else set())
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        say(f"{host}, port {port}: {error.strerror or error}; name another with --port")
        raise typer.Exit(FAILED) from None
    shown = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    if not archive.exists():
        say(f"{archive}: no archive yet; until volgens add makes one, the page only reads")
    say(f"{shown}  stop with Ctrl-C")
    if open_page:
        webbrowser.open(shown)
    # No access log: addresses of people's questions are nobody's business.
    config = uvicorn.Config(
        application(archive, rules=Rules(names, key)), log_level="warning", access_log=False, server_header=False
    )
    uvicorn.Server(config).run([listening])
