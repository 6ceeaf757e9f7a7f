"""The archive: articles go in, versions and what was read of them come out.

All writing happens in transactions that the caller opens, so that what belongs together is there together or not at all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError

from volgens.archive import corrections
from volgens.archive.dialects import Watched, dialect
from volgens.archive.health import Finding, examine, mend
from volgens.archive.schema import addresses, articles, defects, failures, inputs, readings, records, versions, visits, works
from volgens.archive.schema import statements as said
from volgens.archive.searching import Vector, answer, keep_vectors, without_vector
from volgens.archive.told import LEAST, KeptStory, KeptTraces, find, keep_trace, lines, state, tell, told, trace, was_told
from volgens.articles.address_key import address_key
from volgens.codec import decode, decode_article, encode, encode_article
from volgens.config import VERSION
from volgens.errors import ArchiveError, NotKept
from volgens.places import Place
from volgens.records import Article, Correction, Defect, Statement, Statements, content_id
from volgens.statements.corrected import corrected
from volgens.views.search import Answer, Question
from volgens.views.stories import StoryLine

HEAD = "0005"
"""The newest migration."""


Result = Literal["new", "version", "known"]
"""What adding an article did: a new work, a new version of one, or nothing."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a work, in the order in which they were seen. ``program`` is the volgens that made the article of its page."""

    article: str
    url: str | None
    title: str | None
    published: str | None
    seen: str | None
    name: str
    program: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an input was dealt with: so many of its articles, of the file with this fingerprint."""

    fingerprint: str
    position: int
    done: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """An address that is asked again and again: a feed, a site that names its feeds, or an article that a feed named.

    ``due`` is when to ask next, in seconds since 1970, None for never; ``every`` the seconds between two times that a feed is
    asked; ``step`` how often an article was read; ``failures`` how many there were in a row, and ``reason`` that of the last.
    ``told`` is what its feed says of the article. ``etag`` and ``modified`` are what the server marked the last answer with.
    """

    address: str
    host: str
    kind: Literal["feed", "site", "article"]
    due: float | None
    named_by: str | None = None
    told: Article | None = None
    every: float = 0.0
    step: int = 0
    failures: int = 0
    etag: str | None = None
    modified: str | None = None
    reason: str | None = None

    @property
    def key(self) -> str:
        """What is the same for all ways to address it."""
        return address_key(self.address) if self.kind == "article" else f"feed {self.address}"


class Archive:
    """An archive in a file or a database, made where there is none. To be closed, or used in a ``with``.

    Raises ArchiveError: no such folder, no archive, locked by another for a minute, damaged, full, read-only, of a newer volgens;
    a server that does not answer or does not let the user in.
    """

    def __init__(self, place: Place | None, *, create: bool = True) -> None:
        """``place`` None: in memory. ``create``: whether to make the file where it is missing."""
        self._dialect = dialect(place)
        self.name = self._dialect.name
        self._dialect.check(create=create)
        self._engine = self._dialect.engine()
        self._migrate()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, or of the server."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self._reading() as connection:
            if self._schema(connection) == HEAD:
                return
        with self._sound(), self._engine.begin() as connection:
            if self._schema(connection) == HEAD:
                return  # another has been quicker
            from alembic import command
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", "volgens.archive:migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _schema(self, connection: Connection) -> str | None:
        """The newest migration that was made; None where there are none. Raises ArchiveError where it is no archive of ours."""
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise ArchiveError(f"{self.name}: a database, but no archive of volgens; name another")
        at: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if at is not None and at > HEAD:
            raise ArchiveError(f"{self.name}: made by a newer volgens; install that, or name another")
        return at

    def backup(self, to: Path, watched: Watched | None = None) -> None:
        """Copy the archive to a new file, while others read and write; ``watched`` is told how many pages of how many.

        Raises ArchiveError where ``to`` is there, where it cannot be written, and for PostgreSQL, which has a program for it.
        """
        with self._sound():
            self._dialect.backup(to, watched)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Turns what the database says into an ArchiveError that says what to do."""
        try:
            yield
        except DatabaseError as error:
            raise ArchiveError(f"{self.name}: {self._dialect.advice(str(error.orig))}") from error
        except sqlite3.DatabaseError as error:
            raise ArchiveError(f"{self.name}: {self._dialect.advice(str(error))}") from error

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A transaction: what is written in it is there together at its end, or not at all. Others wait."""
        with self._sound(), self._engine.begin() as connection:
            yield Writer(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._sound(), self._engine.connect() as connection:
            yield connection.execution_options(reading=True)

    def examine(self, *, mended: bool = False) -> tuple[Finding, ...]:
        """Whether the archive is sound; ``mended``: after what can be made anew was."""
        with self._sound(), self._engine.begin() as connection:
            if mended:
                mend(connection)
            return tuple(examine(connection))

    def count(self) -> tuple[int, int]:
        """How many works there are, and how many versions of them."""
        with self._reading() as connection:
            return tuple(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (works, versions))  # type: ignore[return-value]

    def article(self, id: str) -> Article:
        """The article with this id, of which the first few characters will do where no other begins with them.

        Raises ArchiveError where there is none, or more than one.
        """
        with self._reading() as connection:
            return _article(self._row(connection, id))

    def newest(self) -> tuple[Article, ...]:
        """The last version of each work, in the order of the works' ids."""
        order = (versions.c.work, func.coalesce(versions.c.seen, ""), versions.c.number)
        joined = select(articles, versions.c.work.label("of")).join(versions, articles.c.id == versions.c.article).order_by(*order)
        with self._reading() as connection:
            return tuple(_article(row) for row in {row.of: row for row in connection.execute(joined)}.values())

    def _row(self, connection: Connection, id: str) -> Row[Any]:
        wanted = articles.c.id.startswith(id.lower(), autoescape=True) if len(id) >= LEAST else articles.c.id == id
        rows = connection.execute(select(articles).where(wanted).limit(2)).all()
        if len(rows) != 1:
            raise NotKept(f"{self.name}: {'more than one article begins' if rows else 'no article'} with id {id}")
        return rows[0]

    def versions(self, which: str) -> tuple[Version, ...]:
        """The versions of the work at an address, in an input, or with an article of this id; () where there is none."""
        with self._reading() as connection:
            work = _work(connection, [address_key(which)])
            if work is None:
                work = connection.execute(select(versions.c.work).where(versions.c.name == place_of(which)).limit(1)).scalar()
            if work is None and len(which) >= LEAST and which.isalnum():
                found = connection.execute(
                    select(articles.c.work).where(articles.c.id.startswith(which.lower(), autoescape=True)).limit(2)
                ).all()
                work = found[0][0] if len({row[0] for row in found}) == 1 else None
            rows = _versions(connection, work) if work is not None else []
        return tuple(Version(row.article, row.url, row.title, row.published, row.seen, row.name, row.program) for row in rows)

    def statements(self, article: str) -> Statements | None:
        """What was read of an article by this volgens, as people corrected it; None where that was not kept."""
        with self._reading() as connection:
            read = _read(connection, article)
            return read if read is None else corrected(read, corrections.of(connection, [article]))

    def corrections(self, articles: Collection[str] | None = None) -> tuple[Correction, ...]:
        """The corrections that hold, the oldest first; of statements in some ``articles``, or of all."""
        with self._reading() as connection:
            return corrections.of(connection, articles)

    def every_correction(self) -> tuple[Correction, ...]:
        """The corrections, the oldest first, those too that were taken back."""
        with self._reading() as connection:
            return corrections.everything(connection)

    def statement(self, id: str) -> tuple[str, Statement]:
        """The statement with this id, of which the first few characters will do where no other begins with them, as it was read;
        and the article that it is in.

        Raises NotKept where there is none, or more than one.
        """
        with self._reading() as connection:
            wanted = said.c.id.startswith(id.lower(), autoescape=True) if len(id) >= LEAST else said.c.id == id
            rows = connection.execute(select(said.c.id, said.c.article).where(wanted).limit(2)).all()
            if len(rows) != 1:
                raise NotKept(f"{self.name}: {'more than one statement begins' if rows else 'no statement'} with id {id}")
            found = next((s for s in _read(connection, rows[0].article) or () if s.id == rows[0].id), None)
        if found is None:
            raise NotKept(f"{self.name}: the article of statement {id} has not been read by this volgens")
        return rows[0].article, found

    def unread(self) -> tuple[str, ...]:
        """The ids of the newest versions of which no statements of this volgens are kept."""
        kept = select(readings.c.article).where(readings.c.article == versions.c.article, readings.c.program == VERSION)
        order = (versions.c.work, func.coalesce(versions.c.seen, ""), versions.c.number)
        with self._reading() as connection:
            unread = set(connection.execute(select(versions.c.article).where(~kept.exists())).scalars())
            works = select(versions.c.work).where(~kept.exists())
            of = select(versions).where(versions.c.work.in_(works)).order_by(*order)
            newest = {row.work: row.article for row in connection.execute(of)} if unread else {}
        return tuple(id for id in newest.values() if id in unread)

    def search(self, question: Question, like: Vector | None = None) -> Answer:
        """The statements kept here that answer a question; ``like`` is the vector of what they are to be like, of length 1."""
        with self._reading() as connection:
            return answer(connection, question, like)

    def without_vector(self) -> list[tuple[str, str]]:
        """The statements of which no vector of this volgens is kept: their ids, and what they say."""
        with self._reading() as connection:
            return without_vector(connection)

    def outlets(self) -> frozenset[str]:
        """The names of who publishes the articles here."""
        with self._reading() as connection:
            return frozenset(filter(None, connection.execute(select(articles.c.outlet).distinct()).scalars()))

    def is_told(self) -> bool:
        """Whether the stories kept are those of the articles that are here now, told by this volgens."""
        with self._reading() as connection:
            return was_told(connection) == state(connection)

    def state(self) -> str:
        """What changes whenever an article or version comes in."""
        with self._reading() as connection:
            return state(connection)

    def stories_of(self, what: str) -> tuple[str, ...]:
        """The ids of the kept stories that ``what`` may mean: an id of a story, an article or a claim, the beginning of one, or an
        address."""
        with self._reading() as connection:
            return find(connection, what)

    def told(self, least: int = 1) -> tuple[KeptStory, ...]:
        """The kept stories of at least so many articles: the largest first, of two as large the later one."""
        with self._reading() as connection:
            return told(connection, least)

    def story_lines(self, least: int, limit: int, offset: int) -> tuple[int, tuple[StoryLine, ...]]:
        """How many kept stories have at least so many articles, and ``limit`` of them from the ``offset``th, the latest first."""
        with self._reading() as connection:
            return lines(connection, least, limit, offset)

    def story(self, id: str) -> tuple[KeptStory, KeptTraces | None]:
        """A kept story, and its traces where they are kept. Raises KeyError."""
        with self._reading() as connection:
            return trace(connection, id)

    def progress(self, what: str) -> Progress | None:
        """How far the input ``what`` was dealt with; None where it was never met."""
        with self._reading() as connection:
            row = connection.execute(select(inputs).where(inputs.c.what == place_of(what))).one_or_none()
        return Progress(row.fingerprint, row.position, row.done) if row is not None else None

    def next_visit(self, without: Collection[str] = ()) -> Visit | None:
        """The visit that is due first, but for those to the hosts ``without``; None where there is none."""
        wanted = visits.c.due.is_not(None) & visits.c.host.not_in(without)
        with self._reading() as connection:
            row = connection.execute(select(visits).where(wanted).order_by(visits.c.due, visits.c.key).limit(1)).one_or_none()
        return _visit(row) if row is not None else None

    def visits(self) -> tuple[Visit, ...]:
        """All feeds, and the articles that they named, in the order of their keys."""
        with self._reading() as connection:
            return tuple(map(_visit, connection.execute(select(visits).order_by(visits.c.key))))


class Writer:
    """What can be done in a transaction of an archive."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, article: Article, *, name: str, seen: str | None = None, met: Sequence[Defect] = ()) -> Result:
        """Put ``article`` into the archive, as it was ``seen`` (ISO 8601, UTC; None for a file) in the input ``name``.

        The same article of the same work, seen again before any other version, changes nothing.
        """
        name = place_of(name)
        keys = [address_key(url) for url in (article.url, *article.twins) if url] or [_place_key(name, article)]
        work = _work(self.connection, keys)
        if work is None and article.url is None:
            # The same text in another file is the same article.
            work = self.connection.execute(select(articles.c.work).where(articles.c.id == article.id)).scalar()
        before = _versions(self.connection, work) if work is not None else []
        if _is_known(before, article.id, seen):
            return "known"
        if work is None:
            work = content_id("work", keys[0])
            self.connection.execute(insert(works).values(id=work, key=keys[0]))
        for key in dict.fromkeys(keys):
            if _work(self.connection, [key]) is None:
                self.connection.execute(insert(addresses).values(key=key, work=work))
        if self.connection.execute(select(articles.c.id).where(articles.c.id == article.id)).first() is None:
            self._put(article, work, met)
        self.connection.execute(insert(versions).values(work=work, article=article.id, seen=seen, name=name, program=VERSION))
        self.connection.execute(delete(failures).where(failures.c.name == name))
        return "version" if before else "new"

    def _put(self, article: Article, work: str, met: Sequence[Defect]) -> None:
        record = encode_article(article)
        shown = {field: record[field] for field in ("id", "url", "outlet", "title", "published", "modified", "language", "text")}
        kept = json.dumps({key: value for key, value in record.items() if key != "text"}, ensure_ascii=False)
        self.connection.execute(insert(articles).values(work=work, record=kept, **shown))
        if met:
            rows = [{"article": article.id, "number": n, "stage": d.stage, "message": d.message} for n, d in enumerate(met)]
            self.connection.execute(insert(defects), rows)

    def fail(self, name: str, reason: str) -> None:
        """Note that the input ``name`` gave no article."""
        name = place_of(name)
        self.connection.execute(delete(failures).where(failures.c.name == name))
        self.connection.execute(insert(failures).values(name=name, reason=reason))

    def mark(self, what: str, progress: Progress) -> None:
        """Note how far the input ``what`` was dealt with."""
        what = place_of(what)
        values = {"fingerprint": progress.fingerprint, "position": progress.position, "done": progress.done}
        changed = self.connection.execute(update(inputs).where(inputs.c.what == what).values(**values))
        if not changed.rowcount:
            self.connection.execute(insert(inputs).values(what=what, **values))

    def schedule(self, visit: Visit) -> bool:
        """Note an address that is to be visited; False, and nothing is changed, where it is known."""
        if self.connection.execute(select(visits.c.key).where(visits.c.key == visit.key)).first() is not None:
            return False
        self.connection.execute(insert(visits).values(_of_visit(visit)))
        return True

    def revive(self, visit: Visit) -> None:
        """Visit an address again that was given up."""
        given_up = (visits.c.key == visit.key) & visits.c.due.is_(None)
        self.connection.execute(update(visits).where(given_up).values(due=visit.due, failures=0))

    def visited(self, visit: Visit) -> None:
        """Note how a visit went, and when the next one is due."""
        self.connection.execute(update(visits).where(visits.c.key == visit.key).values(_of_visit(visit)))

    def keep(self, article: Article, read: Statements) -> None:
        """Keep what was read of an article that is in the archive, in place of what was kept before."""
        data = encode(article, read)
        for table in (records, readings):
            self.connection.execute(delete(table).where(table.c.article == article.id))
        rest = json.dumps({key: data[key] for key in ("volgens", "times", "defects")}, ensure_ascii=False)
        self.connection.execute(insert(readings).values(article=article.id, program=VERSION, record=rest))
        whole = [
            {"article": article.id, "number": number, "record": json.dumps(record, ensure_ascii=False)}
            for number, record in enumerate(data["statements"])
        ]
        if whole:
            self.connection.execute(insert(records), whole)
        self._show(article, read)

    def _show(self, article: Article, read: Statements) -> None:
        """Make the rows by which statements are found, as they are corrected."""
        self.connection.execute(delete(said).where(said.c.article == article.id))
        rows = [
            {
                "article": article.id,
                "number": number,
                "id": s.id,
                "source": s.source.text if s.source else None,
                "speaker": s.speaker.name if s.speaker else None,
                "cue": s.cue.text if s.cue else None,
                "content": s.content.text,
                "kind": s.kind,
                "act": s.act,
                "certainty": s.certainty,
                "polarity": s.polarity,
                "confidence": s.confidence,
                "outlet": article.outlet,
                "published": article.published,
                "language": article.language,
            }
            for number, s in enumerate(corrected(read, corrections.of(self.connection, [article.id])))
        ]
        if rows:
            self.connection.execute(insert(said), rows)

    def correct(self, correction: Correction) -> None:
        """Put a correction in."""
        corrections.put(self.connection, correction)
        self._shown_anew(correction.about.article)

    def undo(self, correction: Correction, by: str, at: str) -> None:
        """Take a correction back."""
        corrections.undo(self.connection, correction.id, by, at)
        self._shown_anew(correction.about.article)

    def _shown_anew(self, article: str) -> None:
        read = _read(self.connection, article)
        if read is not None:
            self._show(_article(self.connection.execute(select(articles).where(articles.c.id == article)).one()), read)

    def keep_vectors(self, ids: Sequence[str], made: Vector) -> None:
        """Keep the vectors of statements, of length 1: (ids, width)."""
        keep_vectors(self.connection, ids, made)

    def tell(self, found: Iterable[KeptStory], state: str) -> None:
        """Keep stories in place of those kept before, as told when the archive was in this ``state``."""
        tell(self.connection, found, state)

    def keep_trace(self, of: KeptStory, kept: KeptTraces) -> None:
        """Keep the traces of a story in place of those kept before."""
        keep_trace(self.connection, of, kept)


def place_of(name: str) -> str:
    """What an input is called in archives: an address and "-" as they are, a file by its whole path, whatever folder one is in."""
    if name.startswith("-") or name.lower().startswith(("http://", "https://")):
        return name
    path, mark, place = name.partition("#")
    return f"{Path(path).absolute()}{mark}{place}"


def _place_key(name: str, article: Article) -> str:
    """What tells a work without an address: its file, or its text where that may stand in another place the next time."""
    place = name.rpartition("#")[2]
    return f"text {article.id}" if name.startswith("-") or place.isdigit() else f"file {name}"


def _work(connection: Connection, keys: Sequence[str]) -> str | None:
    found = connection.execute(select(addresses.c.key, addresses.c.work).where(addresses.c.key.in_(keys))).all()
    by_key = {row.key: row.work for row in found}
    return next((str(by_key[key]) for key in keys if key in by_key), None)


def _versions(connection: Connection, work: str) -> list[Row[Any]]:
    # What was seen at no known time comes first, in the order in which it was added.
    order = (func.coalesce(versions.c.seen, ""), versions.c.number)
    columns = (versions, articles.c.url, articles.c.title, articles.c.published)
    joined = select(*columns).join(articles, articles.c.id == versions.c.article)
    return list(connection.execute(joined.where(versions.c.work == work).order_by(*order)))


def _is_known(before: Sequence[Row[Any]], article: str, seen: str | None) -> bool:
    """Whether the work stood so already when it was ``seen``, or was found to stand so right after."""
    if seen is None:
        return any(row.article == article for row in before)
    earlier = [row for row in before if (row.seen or "") <= seen]
    later = [row for row in before if (row.seen or "") > seen]
    at_once = [row for row in earlier if row.seen == seen]
    near = [*earlier[-1:], *at_once, *later[:1]]
    return any(row.article == article for row in near)


def _read(connection: Connection, article: str) -> Statements | None:
    """What was read of an article by this volgens."""
    reading = connection.execute(select(readings).where(readings.c.article == article)).one_or_none()
    if reading is None or reading.program != VERSION:
        return None
    whole = encode_article(_article(connection.execute(select(articles).where(articles.c.id == article)).one()))
    rows = connection.execute(select(records.c.record).where(records.c.article == article).order_by(records.c.number)).scalars()
    data = json.loads(reading.record) | {"article": whole, "statements": [json.loads(row) for row in rows]}
    return decode(data)[1]


def _article(row: Row[Any]) -> Article:
    return decode_article(json.loads(row.record) | {"text": row.text})


def _visit(row: Row[Any]) -> Visit:
    told = decode_article(json.loads(row.told)) if row.told else None
    return Visit(told=told, **{field: getattr(row, field) for field in _VISIT})


def _of_visit(visit: Visit) -> dict[str, Any]:
    told = json.dumps(encode_article(visit.told), ensure_ascii=False) if visit.told is not None else None
    return {"key": visit.key, "told": told} | {field: getattr(visit, field) for field in _VISIT}


_VISIT = ("address", "host", "kind", "due", "named_by", "every", "step", "failures", "etag", "modified", "reason")
