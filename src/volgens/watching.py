"""Feeds -> archive, for as long as it runs: each feed asked politely, each article that it names read, and read again later.

What is due, and when, stands in the archive. Each visit ends in one transaction, with the article and the next visit in it: whoever
is killed goes on where it was, without loss and without repeats.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

from volgens.adding import with_told
from volgens.archive.store import Archive, Visit
from volgens.articles.containers import ANY_COLUMNS, found, found_in
from volgens.articles.containers.kinds import HEAD, kind_of
from volgens.articles.found import Found
from volgens.articles.web.addresses import parse
from volgens.articles.web.discovery import PLACES, feeds_of
from volgens.articles.web.fetch import NO_TAGS, Page, Tags, fetch
from volgens.articles.web.manners import Manners
from volgens.config import Settings
from volgens.errors import FetchError, InputError, NotFound, NotText

if TYPE_CHECKING:
    from volgens.articles.web.fetch import Gate

_HOUR, _DAY, _WEEK = 3600.0, 86_400.0, 604_800.0
AGAIN = (_HOUR, _DAY - _HOUR, _WEEK - _DAY)
"""Seconds from each reading of an article to the next: an hour, a day and a week after the first."""

_FIRST_RETRY = 300.0  # seconds, of an article; each further one after twice as long
_TRIES = 5
_QUICKER, _SLOWER = 0.7, 1.3  # how a feed's pace follows what it brings
_LEAST, _MOST = 1 / 3, 4.0  # times the pace that was asked for
_LONGEST_NAP = 600.0  # a machine that slept meanwhile notices soon that it is late
_LONGEST_REST = 60.0  # of a host, that is waited for where only what is due now is wanted
_AGENT = "volgens/0.1 (watches news feeds)"

Result = Literal["found", "read", "unchanged", "new", "version", "known", "failed", "given up"]
"""What a visit gave. A feed is "found" (in a list or on a home page), "read" or "unchanged"; an article is "new", a new "version",
"known" or "unchanged". Either "failed", to be tried again, or was "given up"."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an ``address``: a feed's, or an article's (with its id).

    ``fresh`` is how many addresses a feed named that were not known. ``again`` is in how many seconds it is visited next, None for
    never. ``reason`` is why a visit failed.
    """

    address: str
    kind: Literal["feed", "article"]
    result: Result
    article: str | None = None
    fresh: int = 0
    again: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How to watch. ``every``: about how many seconds between two looks at a feed; ``apart``: between two requests to a host.

    ``once``: end when nothing is due. ``clock`` gives seconds since 1970, ``pause`` waits, ``spread`` gives the factor by which
    a time is changed, so that not all feeds are asked at once; a test gives its own.
    """

    every: float = 900.0
    apart: float = 1.0
    once: bool = False
    clock: Callable[[], float] = time.time
    pause: Callable[[float], None] = time.sleep
    spread: Callable[[], float] = lambda: random.uniform(0.9, 1.1)


EASY = Pace()


def watch(
    archive: Archive, inputs: Sequence[str], settings: Settings, pace: Pace = EASY, *, gate: Gate | None = None
) -> Iterator[Event]:
    """Watch the feeds in ``inputs`` and those that ``archive`` knows: each event is told once what it tells of is safe.

    An input is the address of a feed, of a list of feeds (OPML), of a sitemap or of a home page, or a file of these kinds. Ends
    only with ``pace.once``. Raises InputError where there is nothing to watch, ArchiveError where the archive cannot be written.
    """
    watcher = _Watcher(archive, replace(settings, user_agent=_AGENT), pace, gate)
    for what in inputs:
        yield from watcher.register(what)
    if archive.next_visit() is None:
        raise InputError("watch", "nothing to watch; name a feed, a home page or a list of feeds (OPML)")
    yield from watcher.run()


class _Watcher:
    def __init__(self, archive: Archive, settings: Settings, pace: Pace, gate: Gate | None) -> None:
        self._archive = archive
        self._settings = settings
        self._pace = pace
        self._gate = gate
        self._manners = Manners(pace.apart, clock=pace.clock, pause=pace.pause)

    def register(self, what: str) -> Iterator[Event]:
        """Note the addresses in ``what``. One that was given up is tried again."""
        if what.lower().startswith(("http://", "https://")):
            yield from self._noted([Found(what, link=what, feed=True)], None)
            return
        yield from self._noted(found(what, self._settings), what)

    def run(self) -> Iterator[Event]:
        """Visit what is due, host by host in turn, and wait for what is not."""
        while True:
            now, busy = self._pace.clock(), self._manners.busy()
            visit = self._archive.next_visit(busy.keys())
            if visit is not None and visit.due is not None and visit.due <= now:
                yield from self._article(visit) if visit.kind == "article" else self._feed(visit)
                continue
            first = self._archive.next_visit()
            waits = [*busy.values(), *([visit.due - now] if visit is not None and visit.due is not None else [])]
            nap = min(waits, default=_LONGEST_NAP)
            if self._pace.once and (first is None or first.due is None or first.due > now or nap > _LONGEST_REST):
                return
            self._pace.pause(min(nap, _LONGEST_NAP))

    def _noted(self, all_found: Iterator[Found] | Sequence[Found], by: str | None) -> Iterator[Event]:
        """Note every address in one transaction, and what failed; the feeds among them are told."""
        events = []
        now = self._pace.clock()
        with self._archive.writing() as writer:
            for one in all_found:
                if one.error is not None:
                    events.append(Event(one.name, "feed", "failed", reason=one.error.reason))
                elif (visit := self._planned(one, by, now)) is not None:
                    fresh = writer.schedule(visit)
                    if not fresh and by is None:
                        writer.revive(visit)
                    if fresh and visit.kind == "feed":
                        events.append(Event(visit.address, "feed", "found", again=0.0))
        yield from events

    def _planned(self, one: Found, by: str | None, now: float) -> Visit | None:
        """The first visit to what ``one`` leads to; None where it leads nowhere."""
        address = one.link or (one.article.url if one.article is not None else None)
        if address is None:
            return None
        try:
            host = parse(address, address).authority
        except InputError:
            return None
        if one.feed:
            return Visit(address, host, "feed", now, by, every=self._pace.every)
        told = replace(one.article, text="", blocks=(), credits=()) if one.article is not None else None
        return Visit(address, host, "article", now, by, told)

    def _feed(self, visit: Visit) -> Iterator[Event]:
        """Ask a feed what is new; of a home page, where its feeds are."""
        try:
            page = self._fetched(visit)
            if page.unchanged:
                yield self._paced(visit, page, 0) if visit.kind == "feed" else self._known_site(visit, page, 0)
                return
            hinted = page.media_type == "text/html"
            if kind_of(page.data[:HEAD], visit.address, ANY_COLUMNS, hinted=hinted) == "page":
                yield from self._home(visit, page)
                return
            within = list(self._found(page, visit.address))
            if not any(one.article is not None or one.link is not None for one in within):
                raise next((one.error for one in within if one.error is not None), NotText(visit.address, "a feed without items"))
        except InputError as error:
            yield self._failed(visit, error)
            return
        yield from self._named(visit, page, within)

    def _named(self, visit: Visit, page: Page, within: Sequence[Found]) -> Iterator[Event]:
        """Note what a feed names, and keep the articles in it that stand nowhere else."""
        now, seen = self._pace.clock(), self._moment()
        events = []
        fresh = 0
        with self._archive.writing() as writer:
            for one in within:
                planned = self._planned(one, visit.address, now)
                if planned is not None:
                    fresh += writer.schedule(planned)
                elif one.article is not None and one.article.text.strip():
                    result = writer.add(one.article, name=one.name, seen=seen, met=one.defects)
                    if result != "known":
                        fresh += 1
                        events.append(Event(one.name, "article", result, one.article.id))
            event = self._paced(visit, page, fresh, write=writer.visited)
        yield event
        yield from events

    def _paced(self, visit: Visit, page: Page, fresh: int, write: Callable[[Visit], None] | None = None) -> Event:
        """Note that a feed was asked, and ask it sooner or later from now on."""
        base = self._pace.every
        every = min(max(visit.every * (_QUICKER if fresh else _SLOWER), base * _LEAST), base * _MOST)
        wait = max(every, min(page.max_age or 0.0, _DAY)) * self._pace.spread()
        self._done(visit, page, wait, every=every, write=write)
        return Event(visit.address, "feed", "unchanged" if page.unchanged else "read", fresh=fresh, again=wait)

    def _home(self, visit: Visit, page: Page) -> Iterator[Event]:
        """Note the feeds of a site, told by its home page or found where feeds often are."""
        addresses = feeds_of(page.data, page.url)
        if not addresses:
            # One is enough: the others are not asked.
            places = (urljoin(page.url, place) for place in PLACES)
            addresses = tuple(islice(filter(self._is_feed, places), 1))
        if not addresses:
            yield self._failed(visit, NotText(visit.address, "a page that names no feed, and none where feeds often are"))
            return
        yield from self._noted([Found(address, link=address, feed=True) for address in addresses], visit.address)
        yield self._known_site(replace(visit, kind="site"), page, len(addresses))

    def _known_site(self, visit: Visit, page: Page, fresh: int) -> Event:
        """Note that a home page was read; it is looked at again in a week, since its feeds may move."""
        wait = _WEEK * self._pace.spread()
        self._done(visit, page, wait)
        return Event(visit.address, "feed", "unchanged" if page.unchanged else "read", fresh=fresh, again=wait)

    def _is_feed(self, address: str) -> bool:
        try:
            page = fetch(address, self._settings, self._gate, manners=self._manners)
            return any(one.link or (one.article and one.article.url != page.url) for one in self._found(page, address))
        except InputError:
            return False

    def _article(self, visit: Visit) -> Iterator[Event]:
        """Read an article, and note when to read it again."""
        wait = AGAIN[visit.step] * self._pace.spread() if visit.step < len(AGAIN) else None
        try:
            page = self._fetched(visit)
            if page.unchanged:
                self._done(visit, page, wait, step=visit.step + 1)
                yield Event(visit.address, "article", "unchanged", again=wait)
                return
            first = next(self._found(page, visit.address))
            if first.article is None or first.link is not None:
                raise first.error or NotText(visit.address, "no article, but a list of others")
        except InputError as error:
            yield self._failed(visit, error)
            return
        article = with_told(first.article, visit.told)
        with self._archive.writing() as writer:
            result = writer.add(article, name=visit.address, seen=self._moment(), met=first.defects)
            self._done(visit, page, wait, step=visit.step + 1, write=writer.visited)
        yield Event(visit.address, "article", result, article.id, again=wait)

    def _fetched(self, visit: Visit) -> Page:
        known = Tags(visit.etag, visit.modified) if visit.etag or visit.modified else NO_TAGS
        return fetch(visit.address, self._settings, self._gate, known=known, manners=self._manners)

    def _found(self, page: Page, name: str) -> Iterator[Found]:
        return found_in(
            page.data, name, self._settings, url=page.url, charset=page.charset, media_type=page.media_type, seen=self._moment()
        )

    def _done(
        self,
        visit: Visit,
        page: Page,
        wait: float | None,
        *,
        every: float | None = None,
        step: int = 0,
        write: Callable[[Visit], None] | None = None,
    ) -> None:
        """Note that a visit went well, in the transaction of ``write`` or in one of its own."""
        after = replace(
            visit,
            due=self._pace.clock() + wait if wait is not None else None,
            every=visit.every if every is None else every,
            step=step,
            failures=0,
            reason=None,
            etag=page.tags.etag,
            modified=page.tags.modified,
        )
        self._write(after, write)

    def _failed(self, visit: Visit, error: InputError) -> Event:
        """Note that a visit failed: it is tried again after a while, twice as long each time, or given up."""
        failures = visit.failures + 1
        kind: Literal["feed", "article"] = "article" if visit.kind == "article" else "feed"
        ends = kind == "article" and (isinstance(error, NotFound) or failures >= _TRIES)
        first = _FIRST_RETRY if kind == "article" else visit.every
        wait = min(first * 2.0 ** min(failures - 1, 30), _DAY) * self._pace.spread()
        if isinstance(error, FetchError) and error.retry_after is not None:
            wait = max(wait, min(error.retry_after, _WEEK))
            self._manners.rest(visit.host, min(error.retry_after, _DAY))
        due = None if ends else self._pace.clock() + wait
        self._write(replace(visit, due=due, failures=failures, reason=error.reason), None)
        return Event(visit.address, kind, "given up" if ends else "failed", again=None if ends else wait, reason=error.reason)

    def _write(self, visit: Visit, write: Callable[[Visit], None] | None) -> None:
        if write is not None:
            write(visit)
            return
        with self._archive.writing() as writer:
            writer.visited(visit)

    def _moment(self) -> str:
        return datetime.fromtimestamp(self._pace.clock(), UTC).isoformat(timespec="seconds")
