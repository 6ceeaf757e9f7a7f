"""A PostgreSQL server for the tests: Debian's, in a temporary folder, on a socket of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is not installed, so that nothing was tested on it; on Debian: apt-get install postgresql"
_UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=200")


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def running(bin: Path) -> Iterator[str]:
    """A server; gives the address of its databases, with {} for the name of one."""
    folder = Path(tempfile.mkdtemp(prefix="volgens-pg-"))
    # It refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*user, bin / program, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    options = " ".join(f"-c {option}" for option in (*_UNSAFE, f"unix_socket_directories={folder}"))
    data = str(folder / "data")
    try:
        # ICU's order of texts is not that of their characters, as on most servers.
        order = ("--encoding", "UTF8", "--locale-provider", "icu", "--icu-locale", "en-US", "--locale", "C")
        run("initdb", "--pgdata", data, "--username", "volgens", "--auth", "trust", "--no-sync", *order)
        run("pg_ctl", "--pgdata", data, "--wait", "--log", str(folder / "log"), "--options", options, "start")
        try:
            yield f"postgresql://volgens@/{{}}?host={folder}"
        finally:
            run("pg_ctl", "--pgdata", data, "--wait", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
