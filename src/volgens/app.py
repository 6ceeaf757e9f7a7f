"""The application: what every face calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from volgens.articles.given import NOTHING, Given
from volgens.articles.inputs import from_text, load
from volgens.config import Settings
from volgens.engines.local import in_order, workers
from volgens.errors import ArchiveError, InputError, TooLarge
from volgens.pipeline import read_article
from volgens.reader.network import Reader
from volgens.records import Article, Defect, Derivation, Statements, Story

if TYPE_CHECKING:
    from volgens.adding import Outcome, Wish
    from volgens.archive.store import Version
    from volgens.views.changes import Changes
    from volgens.watching import Event, Pace


class App:
    """Reads inputs, one with all threads or several with a thread each. Weights are loaded at the first text."""

    def __init__(self, settings: Settings | None = None, *, explain: bool = False) -> None:
        """``explain``: statements tell which words led to their labels, at about twice the time."""
        self._explain = explain
        self.settings = settings if settings is not None else Settings()
        self._reader = Reader(threads=self.settings.threads)
        self._one_thread_reader = Reader(threads=1)

    def read(self, input: str, *, stdin: BinaryIO | None = None, given: Given = NOTHING) -> tuple[Article, Statements]:
        """Read what ``input`` names: a path, an http(s) address, or "-" for ``stdin``.

        Raises InputError, which names the input and says what to do.
        """
        article, defects = load(input, self.settings, stdin=stdin)
        return self._read(input, given.to(article), defects, self._reader)

    def read_many(
        self, inputs: Sequence[str], *, stdin: BinaryIO | None = None, given: Given = NOTHING
    ) -> Iterator[tuple[str, Future[tuple[Article, Statements]]]]:
        """Each input, in the order given, with what ``read`` gives for it: ``result()`` waits for that, or raises InputError.

        An input that cannot be read costs none of the others. Faster than one by one.
        """
        reader = self._reader if len(inputs) == 1 else self._one_thread_reader

        def work(input: str) -> tuple[Article, Statements]:
            article, defects = load(input, self.settings, stdin=stdin)
            return self._read(input, given.to(article), defects, reader)

        return in_order(work, inputs, self._threads(len(inputs)))

    def read_texts(self, texts: Sequence[str]) -> Iterator[tuple[str, Future[tuple[Article, Statements]]]]:
        """As ``read_many``, of texts in hand."""

        def work(text: str) -> tuple[Article, Statements]:
            article, defects = from_text(text)
            return self._read("text", article, defects, self._one_thread_reader)

        return in_order(work, texts, self._threads(len(texts)))

    def _threads(self, count: int) -> int:
        """How many to read ``count`` inputs with: one more than cores, since what Python does for one holds up the others."""
        return min(workers(self.settings.threads) + 1, count) or 1

    def read_text(self, text: str, *, given: Given = NOTHING) -> tuple[Article, Statements]:
        """Read a text in hand, unchanged. Raises NotText where it is empty, TooLarge where it is longer than any article."""
        article, defects = from_text(text)
        return self._read("text", given.to(article), defects, self._reader)

    def add(self, inputs: Sequence[str], archive: Path, wish: Wish | None = None) -> Iterator[Outcome]:
        """Put every article of ``inputs`` into the archive at ``archive``, which is made where it is missing.

        Raises ArchiveError where that cannot be written; an input that cannot be read is an outcome.
        """
        from volgens.adding import ALL, add
        from volgens.archive.store import Archive

        with Archive(archive) as store:
            yield from add(store, inputs, self.settings, wish or ALL)

    def watch(self, inputs: Sequence[str], archive: Path, pace: Pace | None = None) -> Iterator[Event]:
        """Watch the feeds in ``inputs``, and those that the archive at ``archive`` knows, until the caller stops.

        Raises ArchiveError, and InputError where there is nothing to watch.
        """
        from volgens.archive.store import Archive
        from volgens.watching import EASY, watch

        with Archive(archive) as store:
            yield from watch(store, inputs, self.settings, pace or EASY)

    def stories(
        self, inputs: Sequence[str], archive: Path
    ) -> tuple[tuple[Article, ...], tuple[Story, ...], tuple[Derivation, ...], tuple[InputError, ...]]:
        """The articles of ``inputs``, or without any those of the archive in their newest versions; the stories that they tell;
        which has its text from which; and what could not be read.

        Raises ArchiveError.
        """
        from volgens.articles.containers import found
        from volgens.origins.derivations import derivations
        from volgens.stories.clustering import stories

        failures: list[InputError] = []
        articles: dict[str, Article] = {}
        if inputs:
            for one in (one for what in inputs for one in found(what, self.settings)):
                if one.article is not None and one.link is None:
                    articles[one.article.id] = one.article
                elif one.error is not None:
                    failures.append(one.error)
        else:
            from volgens.archive.store import Archive

            with Archive(archive, create=False) as store:
                articles = {article.id: article for article in store.newest()}
        kept = tuple(articles.values())
        told = stories(kept)
        return kept, told, derivations(kept, told), tuple(failures)

    def versions(self, which: str, archive: Path) -> tuple[Version, ...]:
        """The versions that an archive has of the article at an address, in a file or with an id, the oldest first.

        Raises ArchiveError where it has none.
        """
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            found = store.versions(which)
        if not found:
            raise ArchiveError(f"{archive}: nothing of {which}; volgens add puts it there")
        return found

    def diff(self, old: str, new: str | None, archive: Path) -> tuple[Article, Article, Changes]:
        """Two versions and what changed: of two inputs, of two ids in an archive, or of an article in it the last two.

        Raises InputError or ArchiveError.
        """
        from volgens.views.changes import changes

        if new is not None and not (_is_id(old) and _is_id(new)):
            before, after = self.read(old), self.read(new)
        else:
            before, after = self._kept(old, new, archive)
        return before[0], after[0], changes(before, after)

    def _kept(self, old: str, new: str | None, archive: Path) -> tuple[tuple[Article, Statements], tuple[Article, Statements]]:
        """Two versions in an archive, which keeps what is read of them."""
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            if new is None:
                found = store.versions(old)
                if len(found) < 2:
                    only = "only one version" if found else "nothing"
                    raise ArchiveError(f"{archive}: {only} of {old}; name two files, or add it again when it has changed")
                old, new = found[-2].article, found[-1].article
            pair = []
            for id in (old, new):
                article = store.article(id)
                kept = store.statements(article.id)
                if kept is None:
                    kept = self._read(id, article, (), self._reader)[1]
                    with store.writing() as writer:
                        writer.keep(article, kept)
                pair.append((article, kept))
        return pair[0], pair[1]

    def _read(self, name: str, article: Article, defects: tuple[Defect, ...], reader: Reader) -> tuple[Article, Statements]:
        limit = self.settings.max_characters
        if len(article.text) > limit:
            reason = (
                f"{len(article.text):,} characters are too many for one article (at most {limit:,}); split it into its articles"
            )
            raise TooLarge(name, reason)
        return article, read_article(article, reader, defects, explain=self._explain)


def _is_id(text: str) -> bool:
    """Whether ``text`` may be the beginning of an article's id, and names no file."""
    return re.fullmatch(r"[0-9a-f]{4,32}", text) is not None and not Path(text).exists()
