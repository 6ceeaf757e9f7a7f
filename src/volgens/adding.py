"""Inputs -> archive: each article in them once, where it was left off, whatever happens on the way."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from volgens.archive.store import Archive, Progress, Writer
from volgens.articles.containers import ANY_COLUMNS, Columns, found, found_in
from volgens.articles.found import Found
from volgens.articles.given import NOTHING, Given
from volgens.articles.web.manners import Manners
from volgens.config import Settings
from volgens.errors import InputError, Refused
from volgens.records import Article

if TYPE_CHECKING:
    from volgens.articles.web.fetch import Gate

_BATCH = 200  # articles written together
_SECONDS = 1.0  # after which what there is is written
_DEEP = 3  # a list of feeds leads to feeds, a feed to pages
_SAMPLE = 1 << 16

Result = Literal["new", "version", "known", "failed"]
"""What became of an article: a new one, a new version of one, one that was there already, or one that could not be read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the article that an input calls ``name``, and why where it failed.

    ``count`` is more than one for what is left out because it was dealt with before.
    """

    name: str
    result: Result
    article: str | None = None
    error: InputError | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """How to add: the columns of tables, what is known of all articles, and whether what a feed only names is fetched."""

    columns: Columns = ANY_COLUMNS
    given: Given = NOTHING
    follow: bool = True


ALL = Wish()


def add(
    archive: Archive,
    inputs: Sequence[str],
    settings: Settings,
    wish: Wish = ALL,
    *,
    gate: Gate | None = None,
) -> Iterator[Outcome]:
    """Put every article of ``inputs`` (paths, folders, addresses, or "-") into ``archive``; each outcome is told once it is safe.

    A file that was being added goes on where it stopped; one that was added whole and has not changed is not read again.
    """
    visits = _Visits(settings, gate)
    for what in inputs:
        if what.lower().startswith(("http://", "https://")):
            yield from _written(archive, ((None, f) for f in visits.follow(Found(what, link=what))), wish, _NO_FILE)
            continue
        fingerprint = _fingerprint(what, wish)
        before = archive.progress(what) if fingerprint else None
        if before is None or before.fingerprint != fingerprint:
            before = Progress(fingerprint, 0, done=False)
        if before.position:
            yield Outcome(what, "known", count=before.position)
        if not before.done:
            file = _File(what, fingerprint, before.position)
            yield from _written(archive, _within(what, settings, wish, visits, before.position), wish, file)


@dataclass(frozen=True, slots=True)
class _File:
    """An input that can be gone on with: its name, what tells that it has not changed ("": it cannot), and where to begin."""

    what: str
    fingerprint: str
    begin: int = 0


_NO_FILE = _File("", "")

Numbered = tuple[int | None, Found]
"""What was found, with the number of things in its file that are dealt with once it is; None where more of them follow."""


def _within(what: str, settings: Settings, wish: Wish, visits: _Visits, skip: int) -> Iterator[Numbered]:
    for number, one in enumerate(found(what, settings, columns=wish.columns, skip=skip), skip + 1):
        if one.link is None or not wish.follow:
            yield number, one
            continue
        last: Found | None = None
        for step in visits.follow(one):
            if last is not None:
                yield None, last
            last = step
        if last is not None:
            yield number, last


def _written(archive: Archive, all_found: Iterable[Numbered], wish: Wish, file: _File) -> Iterator[Outcome]:
    """Write in batches, each with how far the file is dealt with, in one transaction; then tell the outcomes."""
    batch: list[Numbered] = []
    since, reached = time.monotonic(), file.begin
    for number, one in all_found:
        batch.append((number, one))
        reached = number if number is not None else reached
        if len(batch) >= _BATCH or time.monotonic() - since >= _SECONDS:
            yield from _batch(archive, batch, wish, file, Progress(file.fingerprint, reached, done=False))
            batch, since = [], time.monotonic()
    yield from _batch(archive, batch, wish, file, Progress(file.fingerprint, reached, done=True))


def _batch(archive: Archive, batch: Sequence[Numbered], wish: Wish, file: _File, progress: Progress) -> list[Outcome]:
    with archive.writing() as writer:
        outcomes = [_put(writer, one, wish.given) for _, one in batch]
        if file.fingerprint:
            writer.mark(file.what, progress)
    return outcomes


def _put(writer: Writer, one: Found, given: Given) -> Outcome:
    if one.article is None or (one.link is not None and not one.article.text.strip()):
        error = one.error or InputError(one.name, "only an address, and links are not followed (--no-follow)")
        writer.fail(one.name, error.reason)
        return Outcome(one.name, "failed", error=error)
    article = given.to(one.article)
    return Outcome(one.name, writer.add(article, name=one.name, seen=one.seen, met=one.defects), article.id)


class _Visits:
    """Addresses -> what stands at them, with a pause between two visits to one host."""

    def __init__(self, settings: Settings, gate: Gate | None) -> None:
        self._settings = settings
        self._gate = gate
        self._manners = Manners()

    def follow(self, one: Found, deep: int = 0) -> Iterator[Found]:
        """What the address of ``one`` leads to, feeds and lists of feeds followed in turn. A failure is a Found with an error."""
        from volgens.articles.web.fetch import fetch

        address = one.link or one.name
        if not address.lower().startswith(("http://", "https://")):
            yield Found(one.name, error=Refused(one.name, "leads to no http or https address; only these are visited"))
            return
        try:
            page = fetch(address, self._settings, self._gate, manners=self._manners)
        except InputError as error:
            yield replace(one, article=None, link=None, error=error)
            return
        seen = datetime.now(UTC).isoformat(timespec="seconds")
        within = found_in(
            page.data, one.name, self._settings, url=page.url, charset=page.charset, media_type=page.media_type, seen=seen
        )
        for part in within:
            if part.link is not None and deep < _DEEP:
                yield from self.follow(part, deep + 1)
            elif part.article is not None:
                yield replace(part, article=with_told(part.article, one.article), seen=seen, link=None)
            else:
                yield part


def with_told(article: Article, by_feed: Article | None) -> Article:
    """``article`` with what it does not tell itself, and its feed does."""
    if by_feed is None:
        return article
    return replace(
        article,
        title=article.title or by_feed.title,
        outlet=article.outlet or by_feed.outlet,
        published=article.published or by_feed.published,
        authors=article.authors or by_feed.authors,
    )


def _fingerprint(what: str, wish: Wish) -> str:
    """What changes when a file or folder does, or what is asked of it; "" for what cannot be read twice."""
    path = Path(what)
    try:
        if what == "-" or not path.exists():
            return ""
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        parts = [f"{wish!r}"]
        for file in files:
            if file.is_file():
                about = file.stat()
                parts.append(f"{file} {about.st_size} {about.st_mtime_ns}")
        if path.is_file():
            with path.open("rb") as stream:
                parts.append(hashlib.sha256(stream.read(_SAMPLE)).hexdigest())
    except (OSError, ValueError):
        return ""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
