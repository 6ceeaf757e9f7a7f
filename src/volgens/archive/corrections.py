"""The corrections in an archive. None is ever changed or removed; one may be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from volgens.archive.schema import corrections as table
from volgens.archive.schema import members
from volgens.records import Anchor, Correction

_AT_ONCE = 500  # values in a statement; databases have limits


def put(connection: Connection, correction: Correction) -> None:
    """Put one in; the same one twice is there once."""
    if connection.execute(select(table.c.id).where(table.c.id == correction.id)).first() is None:
        about, other = correction.about, correction.other
        connection.execute(
            insert(table).values(
                id=correction.id,
                kind=correction.kind,
                article=about.article,
                begin=about.span[0],
                end=about.span[1],
                text=about.text,
                other_article=other.article if other is not None else None,
                other_begin=other.span[0] if other is not None else None,
                other_end=other.span[1] if other is not None else None,
                other_text=other.text if other is not None else None,
                name=correction.name,
                by=correction.by,
                at=correction.at,
                note=correction.note,
            )
        )


def undo(connection: Connection, id: str, by: str, at: str) -> None:
    """Take one back, which it is from then on; who did so first, did."""
    mine = (table.c.id == id) & table.c.undone_at.is_(None)
    connection.execute(update(table).where(mine).values(undone_by=by, undone_at=at))


def everything(connection: Connection) -> tuple[Correction, ...]:
    """All of them, the oldest first, those too that were taken back."""
    return tuple(map(_correction, connection.execute(select(table).order_by(table.c.number))))


def of(connection: Connection, articles: Collection[str] | None) -> tuple[Correction, ...]:
    """Those that hold, the oldest first; of statements in some ``articles``, or of all."""
    holds = select(table).where(table.c.undone_at.is_(None)).order_by(table.c.number)
    if articles is None:
        return tuple(map(_correction, connection.execute(holds)))
    ids, found = sorted(articles), dict[int, Correction]()
    for begun in range(0, len(ids), _AT_ONCE):
        some = ids[begun : begun + _AT_ONCE]
        rows = connection.execute(holds.where(or_(table.c.article.in_(some), table.c.other_article.in_(some))))
        found |= {row.number: _correction(row) for row in rows}
    return tuple(found[number] for number in sorted(found))


def ids_in_story(connection: Connection, story: str) -> Iterable[str]:
    """The ids of those that hold for the articles of a kept story, in their order."""
    within = select(members.c.article).where(members.c.story == story)
    holds = table.c.undone_at.is_(None) & or_(table.c.article.in_(within), table.c.other_article.in_(within))
    return connection.execute(select(table.c.id).where(holds).order_by(table.c.number)).scalars()


def _correction(row: Row[Any]) -> Correction:
    about = Anchor(row.article, (row.begin, row.end), row.text)
    other = Anchor(row.other_article, (row.other_begin, row.other_end), row.other_text) if row.other_article is not None else None
    undone = (row.undone_at, row.undone_by) if row.undone_at is not None else None
    return Correction(row.kind, about, row.by, row.at, other, row.name, row.note, undone)
