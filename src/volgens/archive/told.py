"""Stories as an archive keeps them, with their claims followed to the origins.

Both can be made anew from the articles at any time. They are kept as long as what they were made of is the same: stories as long as
no article comes in, traces as long as their story has the same articles, copies, outlets to cite and corrections, and volgens the
same version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, union

from volgens.archive.corrections import ids_in_story
from volgens.archive.schema import addresses, articles, claims, members, states, stories, traces, versions
from volgens.articles.address_key import address_key
from volgens.config import VERSION
from volgens.records import Article, Derivation, Story, Trace, content_id
from volgens.views.stories import StoryLine

LEAST = 4
"""Characters by which an id may be named."""

_AT_ONCE = 500  # values in a statement; databases have limits


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story with the copies among its articles; when it began and the title of its first article; the ``key`` of its traces."""

    story: Story
    copied: tuple[Derivation, ...]
    begun: str | None
    title: str | None
    key: str

    @classmethod
    def of(cls, story: Story, copied: tuple[Derivation, ...], first: Article, outlets: Collection[str]) -> KeptStory:
        """``outlets``: the names of all that may be cited."""
        key = content_id("trace", VERSION, asdict(story), [asdict(d) for d in copied], sorted(outlets))
        return cls(story, copied, first.published, first.title, key)


@dataclass(frozen=True, slots=True)
class KeptTraces:
    """Who has what from whom in a story, and its claims with their origins."""

    derivations: tuple[Derivation, ...]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    story: Story
    copied: tuple[Derivation, ...]


def state(connection: Connection) -> str:
    """What changes whenever an article or version comes in."""
    count, newest = connection.execute(select(func.count(), func.max(versions.c.number)).select_from(versions)).one()
    return f"{VERSION} {count} {newest}"


def was_told(connection: Connection) -> str | None:
    """The state of the archive when its stories were told; None where they never were."""
    return connection.execute(select(states.c.state).where(states.c.what == "stories")).scalar()


def tell(connection: Connection, found: Iterable[KeptStory], state: str) -> None:
    """Put stories in place of those kept before."""
    rows, of = [], []
    for one in found:
        record = msgspec.json.encode(_Record(one.story, one.copied)).decode()
        size = len(one.story.articles)
        rows.append({"id": one.story.id, "begun": one.begun, "title": one.title, "size": size, "key": one.key, "record": record})
        of += [{"article": article, "story": one.story.id} for article in one.story.articles]
    connection.execute(delete(members))
    connection.execute(delete(stories))
    for table, values in ((stories, rows), (members, of)):
        for begun in range(0, len(values), _AT_ONCE):
            connection.execute(insert(table), values[begun : begun + _AT_ONCE])
    there = select(stories.c.id)
    connection.execute(delete(claims).where(claims.c.story.not_in(there)))
    connection.execute(delete(traces).where(traces.c.story.not_in(there)))
    connection.execute(delete(states).where(states.c.what == "stories"))
    connection.execute(insert(states).values(what="stories", state=state))


def told(connection: Connection, least: int) -> tuple[KeptStory, ...]:
    """The kept stories of at least so many articles: the largest first, of two as large the later one."""
    order = (stories.c.size.desc(), func.coalesce(stories.c.begun, "").desc(), stories.c.id)
    rows = connection.execute(select(stories).where(stories.c.size >= least).order_by(*order))
    return tuple(_told(row.record, row.begun, row.title, row.key) for row in rows)


def lines(connection: Connection, least: int, limit: int, offset: int) -> tuple[int, tuple[StoryLine, ...]]:
    """How many kept stories have at least so many articles, and some of them, the last begun first."""
    enough = stories.c.size >= least
    count = connection.execute(select(func.count()).select_from(stories).where(enough)).scalar_one()
    order = (func.coalesce(stories.c.begun, "").desc(), stories.c.id)
    rows = connection.execute(select(stories).where(enough).order_by(*order).limit(limit).offset(offset)).all()
    ids = [row.id for row in rows]
    of: dict[str, list[Any]] = {id: [] for id in ids}
    joined = select(members.c.story, articles.c.outlet, articles.c.published, articles.c.language).join(members)
    for row in connection.execute(joined.where(members.c.story.in_(ids)).order_by(articles.c.published, articles.c.id)):
        of[row.story].append(row)
    main: dict[str, Any] = {}
    for row in connection.execute(select(claims).where(claims.c.story.in_(ids)).order_by(claims.c.articles.desc(), claims.c.id)):
        main.setdefault(row.story, row)
    return count, tuple(_line(row, of[row.id], main.get(row.id)) for row in rows)


def _line(story: Row[Any], within: Sequence[Row[Any]], claim: Row[Any] | None) -> StoryLine:
    times = [row.published for row in within if row.published]
    outlets = tuple(dict.fromkeys(row.outlet for row in within if row.outlet))
    languages = tuple(dict.fromkeys(row.language for row in within))
    told = (claim.text, claim.low, claim.high) if claim is not None else (None, None, None)
    return StoryLine(story.id, story.title, story.begun, max(times, default=None), story.size, outlets, languages, *told)


def find(connection: Connection, what: str) -> tuple[str, ...]:
    """The ids of the stories that ``what`` may mean: the beginning of an id of a story, an article or a claim, or an address."""
    of_address = select(articles.c.id).join(addresses, addresses.c.work == articles.c.work)
    wanted = [select(members.c.story).where(members.c.article.in_(of_address.where(addresses.c.key == address_key(what))))]
    if len(what) >= LEAST and what.isalnum():
        begun = what.lower()
        wanted.append(select(stories.c.id).where(stories.c.id.startswith(begun)))
        wanted.append(select(members.c.story).where(members.c.article.startswith(begun)))
        wanted.append(select(claims.c.story).where(claims.c.id.startswith(begun)))
    return tuple(sorted(connection.execute(union(*wanted)).scalars()))


def trace(connection: Connection, id: str) -> tuple[KeptStory, KeptTraces | None]:
    """A kept story, and its traces where they are kept and still hold. Raises KeyError."""
    row = connection.execute(select(stories).where(stories.c.id == id)).one_or_none()
    if row is None:
        raise KeyError(id)
    said = tuple(ids_in_story(connection, id))
    key = content_id("corrected", row.key, *said) if said else row.key
    kept = connection.execute(select(traces.c.record).where(traces.c.story == id, traces.c.key == key)).scalar()
    return _told(row.record, row.begun, row.title, key), None if kept is None else msgspec.json.decode(kept, type=KeptTraces)


def keep_trace(connection: Connection, of: KeptStory, kept: KeptTraces) -> None:
    """Put the traces of a story in place of those kept before."""
    id = of.story.id
    for table in (traces, claims):
        connection.execute(delete(table).where(table.c.story == id))
    connection.execute(insert(traces).values(story=id, key=of.key, record=msgspec.json.encode(kept).decode()))
    rows = [
        {
            "id": t.claim.id,
            "story": id,
            "text": t.claim.text,
            "articles": len({appearance.article for appearance in t.claim.appearances}),
            "low": t.low,
            "high": t.high,
        }
        for t in kept.traces
    ]
    if rows:
        connection.execute(insert(claims), rows)


def _told(record: str, begun: str | None, title: str | None, key: str) -> KeptStory:
    kept = msgspec.json.decode(record, type=_Record)
    return KeptStory(kept.story, kept.copied, begun, title, key)
