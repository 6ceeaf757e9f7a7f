"""Whether an archive is sound: what was looked at, what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from volgens.archive.schema import articles, readings, records, statements, versions, works
from volgens.archive.told import state, was_told
from volgens.config import VERSION

Health = Literal["well", "note", "ill"]
"""Nothing to do; something that comes right by itself or may be left; something that must be mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, what was found, and what to do where there is something."""

    what: str
    health: Health
    found: str
    advice: str | None = None


def examine(connection: Connection) -> Iterator[Finding]:
    """Look at the tables of an archive, whichever database has them."""
    if connection.dialect.name == "sqlite":
        yield _pages(connection)
        yield _index(connection)
    else:
        yield Finding("server", "well", str(connection.execute(text("SELECT version()")).scalar()).split(" on ")[0])
    yield _orphans(connection)
    count = connection.execute(select(func.count()).select_from(works)).scalar_one()
    kept = connection.execute(select(func.count()).select_from(versions)).scalar_one()
    yield Finding("articles", "well", f"{count:,}, in {kept:,} versions")
    yield _unread(connection)
    told = was_told(connection) == state(connection)
    later = None if told else "nothing to do: they are told anew when they are asked for"
    yield Finding("stories", "well" if told else "note", "up to date" if told else "articles came in since they were told", later)


def _pages(connection: Connection) -> Finding:
    found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(5)"))]
    if found == ["ok"]:
        return Finding("file", "well", "every page is sound")
    return Finding("file", "ill", "; ".join(found), "take the last backup; or try: sqlite3 FILE .recover")


def _index(connection: Connection) -> Finding:
    try:
        with connection.begin_nested() as tried:
            connection.execute(text("INSERT INTO statements_words(statements_words, rank) VALUES('integrity-check', 1)"))
            tried.rollback()
    except DatabaseError:
        return Finding("index of words", "ill", "does not agree with the statements", "run: volgens doctor --mend")
    return Finding("index of words", "well", "agrees with the statements")


def _orphans(connection: Connection) -> Finding:
    whole = select(records.c.article).where(~select(readings.c.article).where(readings.c.article == records.c.article).exists())
    nowhere = select(statements.c.article).where(~select(articles.c.id).where(articles.c.id == statements.c.article).exists())
    count = sum(connection.execute(select(func.count()).select_from(one.subquery())).scalar_one() for one in (whole, nowhere))
    if count:
        return Finding(
            "statements", "ill", f"{count:,} belong to no article that was read", "please report it, with what was done before"
        )
    kept = connection.execute(select(func.count()).select_from(statements)).scalar_one()
    return Finding("statements", "well", f"{kept:,}")


def _unread(connection: Connection) -> Finding:
    mine = select(readings.c.article).where(readings.c.article == versions.c.article, readings.c.program == VERSION)
    count = connection.execute(select(func.count(versions.c.article.distinct())).where(~mine.exists())).scalar_one()
    if not count:
        return Finding("reading", "well", "every version was read by this volgens")
    return Finding(
        "reading", "note", f"{count:,} versions were not read by this volgens", "nothing to do: what is asked for is read then"
    )


def mend(connection: Connection) -> None:
    """Make anew what is made of the rest: the index of words."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO statements_words(statements_words) VALUES('rebuild')"))
