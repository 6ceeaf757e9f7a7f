"""What differs between the databases that an archive can be in: opening, beginning, backing up, and what their errors mean."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool, StaticPool

from volgens.errors import ArchiveError
from volgens.places import Place, Server

Watched = Callable[[int, int], None]

_PATIENCE = 60_000  # milliseconds that a writer waits for another
_TURN = 0x766F6C67  # the advisory lock of whoever writes
_PAGES = 2048  # that are copied in one go
_WORDS_OF_ERRORS = (
    ("locked", "another program has been writing to it for a minute; try again when that is done"),
    ("not a database", "not an archive; name another file"),
    ("malformed", "damaged; restore it from a copy, or get what is left with: sqlite3 FILE .recover"),
    ("full", "the disk is full; nothing of the last step was kept. Make room and go on"),
    ("readonly", "may not be written; ask for permission to it, or copy it"),
    ("unable to open", "cannot be opened; check that you may read and write it and its folder"),
    ("disk i/o", "the disk fails or is full; check it and try again"),
)
_WORDS_OF_SERVERS = (
    ("lock timeout", "another program has been writing to it for a minute; try again when that is done"),
    ("no password supplied", "it asks for a password; put it in ~/.pgpass or in PGPASSWORD"),
    ("authentication failed", "the user or the password is not accepted; put the password in ~/.pgpass or in PGPASSWORD"),
    ("no pg_hba.conf entry", "its server does not let this user in from here; ask whoever keeps it"),
    ("too many", "its server has too many connections; try again later"),
    ("permission denied", "the user may not do that; ask whoever keeps the database"),
    ("no space left", "the disk of its server is full; nothing of the last step was kept. Make room and go on"),
    ("could not extend", "the disk of its server is full; nothing of the last step was kept. Make room and go on"),
    ("nul (0x00)", "PostgreSQL keeps no text with the character NUL in it; leave that input out"),
    ("does not exist", "no such database or user; make the database with: createdb NAME"),
    (
        "connection",
        "its server cannot be reached or broke off; check that it runs, and the address. Nothing of the last step was kept",
    ),
)


class Dialect(Protocol):
    """One kind of database."""

    @property
    def name(self) -> str:
        """What people call this archive, without a password."""

    def check(self, *, create: bool) -> None:
        """Raises ArchiveError where nothing can be opened."""

    def engine(self) -> Engine:
        """Connections whose transactions wait for those of other writers, and see no half of any. Raises ArchiveError."""

    def advice(self, said: str) -> str:
        """What to do about what the database says went wrong."""

    def backup(self, to: Path, watched: Watched | None) -> None:
        """Copy the whole archive to a new file, while others read and write. Raises ArchiveError, OSError."""


@dataclass(frozen=True, slots=True)
class SQLite:
    """A file; None: in memory."""

    path: Path | None

    @property
    def name(self) -> str:
        return "the archive in memory" if self.path is None else str(self.path)

    def check(self, *, create: bool) -> None:
        if self.path is None:
            return
        if not self.path.exists() and (not create or not self.path.resolve().parent.is_dir()):
            missing = "no such archive; volgens add makes one" if not create else "its folder does not exist; make it first"
            raise ArchiveError(f"{self.name}: {missing}")
        if self.path.is_dir():
            raise ArchiveError(f"{self.name}: a folder; name a file in it")

    def engine(self) -> Engine:
        if self.path is None:
            engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        else:
            engine = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool, max_overflow=-1)
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begun_in_a_file)
        return engine

    def _connect(self) -> sqlite3.Connection:
        # The pool hands a connection to one thread at a time, which need not be the one that opened it.
        return sqlite3.connect(self.path or ":memory:", timeout=_PATIENCE / 1000, check_same_thread=False)

    def advice(self, said: str) -> str:
        return _advice(said, _WORDS_OF_ERRORS)

    def backup(self, to: Path, watched: Watched | None) -> None:
        if to.exists():
            raise ArchiveError(f"{to}: is there already; name a file that is not, or remove it")
        if not to.resolve().parent.is_dir():
            raise ArchiveError(f"{to}: its folder does not exist; make it first")
        partial = to.with_name(f"{to.name}.partial")
        partial.unlink(missing_ok=True)
        try:
            with closing(self._connect()) as whole, closing(sqlite3.connect(partial)) as copy:
                whole.backup(copy, pages=_PAGES, progress=lambda _, left, pages: watched(pages - left, pages) if watched else None)
            partial.rename(to)
        finally:
            partial.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A database of a server."""

    server: Server

    @property
    def name(self) -> str:
        return str(self.server)

    def check(self, *, create: bool) -> None:
        """Nothing: connecting tells."""

    def engine(self) -> Engine:
        try:
            url = make_url(self.server.address).set(drivername="postgresql+psycopg")
            engine = create_engine(url, connect_args={"connect_timeout": 10, "application_name": "volgens"}, max_overflow=-1)
        except ModuleNotFoundError:
            raise ArchiveError(
                f"{self.name}: PostgreSQL needs one more package; install it with: pip install 'volgens[postgres]'"
            ) from None
        except (ArgumentError, ValueError):
            # Nothing of what is said here is told: a password may be in it.
            raise ArchiveError(
                "no address of a database; write postgresql://USER@HOST/NAME, with % codes for odd characters"
            ) from None
        event.listen(engine, "begin", _begun_on_a_server)
        return engine

    def advice(self, said: str) -> str:
        password = make_url(self.server.address).password
        return _advice(said.replace(str(password), "***") if password else said, _WORDS_OF_SERVERS)

    def backup(self, to: Path, watched: Watched | None) -> None:  # noqa: ARG002
        command = f"pg_dump --format=custom --file={shlex.quote(str(to))} {shlex.quote(self.name)}"
        raise ArchiveError(f"{self.name}: PostgreSQL makes the copy itself; run: {command}")


def dialect(place: Place | None) -> Dialect:
    """The kind of database at a place; None: in memory."""
    if isinstance(place, Server):
        return PostgreSQL(place)
    return SQLite(Path(str(place)) if place is not None else None)


def _connected(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    _write_ahead(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a power cut costs nothing that was told to be there


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Where another program is switching to the write-ahead log too, this fails at once, whatever the timeout."""
    end = monotonic() + _PATIENCE / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > end:
                raise
            sleep(0.02)
        else:
            return


def _reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reading"))


def _begun_in_a_file(connection: Connection) -> None:
    # Whoever may write takes its turn at once: two that read first and then both want to write would lock each other out.
    connection.exec_driver_sql("BEGIN" if _reads(connection) else "BEGIN IMMEDIATE")


def _begun_on_a_server(connection: Connection) -> None:
    # The same turns as in a file; readers see the archive as it was when they began.
    if _reads(connection):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    else:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_PATIENCE}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")


def _advice(said: str, known: tuple[tuple[str, str], ...]) -> str:
    message = said.lower()
    return next((advice for words, advice in known if words in message), f"the database says: {said}")
