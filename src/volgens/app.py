"""The application: what every face calls."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from volgens.articles.given import NOTHING, Given
from volgens.articles.inputs import from_text, load
from volgens.config import Settings
from volgens.engines.local import in_order, workers
from volgens.errors import InputError, ModelError, NotKept, TooLarge
from volgens.pipeline import read_article
from volgens.places import Place
from volgens.reader.comparer import Comparer
from volgens.reader.network import Reader
from volgens.records import Article, Correction, CorrectionKind, Defect, Derivation, Statements, Story

if TYPE_CHECKING:
    from volgens.adding import Outcome, Wish
    from volgens.archive.health import Finding
    from volgens.archive.store import Archive, Version
    from volgens.views.audit import Material, Scope
    from volgens.views.changes import Changes
    from volgens.views.exports.reading import Reading
    from volgens.views.ledger import Ledger
    from volgens.views.search import Answer, Question
    from volgens.views.stories import StoryLine
    from volgens.views.traces import StoryTrace
    from volgens.watching import Event, Pace

_PAIRS: tuple[CorrectionKind, ...] = ("same source", "other source", "same claim", "other claim")
_VECTORS = 512  # that are made at a time
_GROUP = 32  # articles that are read at a time where each is handed on when it is done


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

    def add(self, inputs: Sequence[str], archive: Place, wish: Wish | None = None) -> Iterator[Outcome]:
        """Put every article of ``inputs`` into the archive at ``archive``, which is made where it is missing.

        Raises ArchiveError where that cannot be written; an input that cannot be read is an outcome.
        """
        from volgens.adding import ALL, add
        from volgens.archive.store import Archive

        with Archive(archive) as store:
            yield from add(store, inputs, self.settings, wish or ALL)

    def watch(self, inputs: Sequence[str], archive: Place, pace: Pace | None = None) -> Iterator[Event]:
        """Watch the feeds in ``inputs``, and those that the archive at ``archive`` knows, until the caller stops.

        Raises ArchiveError, and InputError where there is nothing to watch.
        """
        from volgens.archive.store import Archive
        from volgens.watching import EASY, watch

        with Archive(archive) as store:
            yield from watch(store, inputs, self.settings, pace or EASY)

    def stories(
        self, inputs: Sequence[str], archive: Place
    ) -> tuple[tuple[Article, ...], tuple[Story, ...], tuple[Derivation, ...], tuple[InputError, ...]]:
        """The articles of ``inputs``, or without any those of the archive in their newest versions; the stories that they tell;
        which has its text from which; and what could not be read.

        Raises ArchiveError.
        """
        from volgens.origins.derivations import derivations
        from volgens.stories.clustering import stories

        gathered = self._gathered(inputs, archive)
        told = stories(gathered.articles)
        return gathered.articles, told, derivations(gathered.articles, told), gathered.failures

    def story_lines(self, archive: Place, *, least: int = 2, limit: int = 50, offset: int = 0) -> tuple[int, tuple[StoryLine, ...]]:
        """How many stories of at least so many articles an archive has, and some of them, the last begun first.

        Raises ArchiveError.
        """
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            self._tell(store)
            return store.story_lines(least, limit, offset)

    def trace(
        self, what: Sequence[str], archive: Place, *, least: int = 1, watched: Callable[[int, int], None] | None = None
    ) -> tuple[tuple[StoryTrace, ...], tuple[InputError, ...]]:
        """Stories with their claims, each followed to its origins; and what could not be read.

        ``what`` are inputs that hold articles; or the ids, or the beginnings of ids, of stories, claims or articles in the archive,
        or addresses of articles there: then only the stories meant, and of a claim that one alone. ``least``: only stories of so
        many articles. ``watched`` is told how many articles have been read, of how many.

        Raises ArchiveError where the archive has nothing of what is meant.
        """
        meant = _meant(what, archive)
        if what and not meant:
            traced, failures = self._traced_inputs(what, least, watched)
        else:
            traced, failures = self._traced_archive(meant, archive, least, watched), ()
        return tuple(sorted(traced, key=lambda view: -len(view.articles))), failures

    def _traced_inputs(
        self, inputs: Sequence[str], least: int, watched: Callable[[int, int], None] | None
    ) -> tuple[tuple[StoryTrace, ...], tuple[InputError, ...]]:
        from volgens.origins.copies import copies
        from volgens.origins.derivations import outlets_of
        from volgens.stories.clustering import stories

        gathered = self._gathered(inputs, None)
        found = [story for story in stories(gathered.articles) if len(story.articles) >= least]
        by_id = {article.id: article for article in gathered.articles}
        needed = [by_id[id] for story in found for id in story.articles]
        read = self._statements(needed, None, watched)
        copied, outlets = copies(needed), outlets_of(gathered.articles)
        views = self._traced([(story, copied) for story in found], by_id, read, outlets, gathered.labels)
        return tuple(views), gathered.failures

    def _traced_archive(
        self, meant: Sequence[str], archive: Place, least: int, watched: Callable[[int, int], None] | None
    ) -> tuple[StoryTrace, ...]:
        """The stories of the archive that are meant, or all; of a claim or an article only what is its own."""
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            self._tell(store)
            ids = sorted({id for one in meant for id in store.stories_of(one)})
            if not ids:  # a claim is found by its id once its story has been traced
                ids = [one.story.id for one in store.told(least)]
            self._trace_missing(store, archive, ids, watched)
            traced = tuple(self._kept_trace(store, archive, id) for id in ids)
        if meant:
            traced = tuple(view for one in meant for view in _of(traced, one))
            if not traced:
                raise NotKept(f"{archive}: no story, claim or article {', '.join(meant)}; volgens stories lists what there is")
        return traced

    def _tell(self, store: Archive) -> None:
        """Tell the stories of the archive anew where articles came in since it was done."""
        from volgens.archive.told import KeptStory
        from volgens.origins.copies import copies
        from volgens.stories.clustering import stories

        if store.is_told():
            return
        state, outlets = store.state(), store.outlets()
        articles = {article.id: article for article in store.newest()}
        copied: defaultdict[str, list[Derivation]] = defaultdict(list)
        for derivation in copies(tuple(articles.values())):
            copied[derivation.derived].append(derivation)
        told = []
        for story in stories(tuple(articles.values())):
            first = min((articles[id] for id in story.articles), key=lambda article: (article.published or "9", article.id))
            told.append(KeptStory.of(story, tuple(d for id in story.articles for d in copied[id]), first, outlets))
        with store.writing() as writer:
            writer.tell(told, state)

    def _trace_missing(
        self, store: Archive, archive: Place, ids: Iterable[str], watched: Callable[[int, int], None] | None
    ) -> None:
        """Trace the stories of which no traces are kept, and keep them, each as soon as it is done."""
        from volgens.archive.told import KeptTraces

        missing = [told for told, kept in map(store.story, ids) if kept is None]
        by_id = {id: store.article(id) for told in missing for id in told.story.articles}
        read = self._statements(tuple(by_id.values()), archive, watched)
        of = [(told.story, told.copied) for told in missing]
        for told, view in zip(missing, self._traced(of, by_id, read, store.outlets(), {}, store.corrections(by_id)), strict=True):
            with store.writing() as writer:
                writer.keep_trace(told, KeptTraces(view.derivations, view.traces))

    def _kept_trace(self, store: Archive, archive: Place, id: str) -> StoryTrace:
        from volgens.archive.told import KeptTraces
        from volgens.views.traces import StoryTrace

        told, kept = store.story(id)
        kept = kept or KeptTraces((), ())  # told otherwise by another program in the meantime
        articles = tuple(map(store.article, told.story.articles))
        read = self._statements(articles, archive, None)
        return StoryTrace(told.story, articles, read, kept.derivations, kept.traces, {})

    def search(
        self, question: Question, archive: Place, *, read: bool = True, watched: Callable[[int, int], None] | None = None
    ) -> Answer:
        """The statements of the archive that answer ``question``.

        ``read``: first read the articles that were not yet, and keep what is read; what it is to be like is compared with what
        statements mean, which is kept too. ``watched`` is told how many were read or compared, of how many. Raises ArchiveError.
        """
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            unread = [store.article(id) for id in store.unread()] if read else []
        if unread:
            self._statements(unread, archive, watched)
        with Archive(archive, create=False) as store:
            if not question.like.strip():
                return store.search(question)
            self._place(store, watched)
            return store.search(question, self._comparer.meanings([question.like])[0])

    def _place(self, store: Archive, watched: Callable[[int, int], None] | None) -> None:
        """Make the vectors of statements that have none, each part kept as soon as it is made."""
        waiting = store.without_vector()
        for begun in range(0, len(waiting), _VECTORS):
            if watched is not None:
                watched(begun, len(waiting))
            ids, texts = zip(*waiting[begun : begun + _VECTORS], strict=True)
            made = self._comparer.meanings(texts)
            self._comparer.forget()
            with store.writing() as writer:
                writer.keep_vectors(ids, made)

    def ledger(
        self, inputs: Sequence[str], archive: Place, on: date, *, watched: Callable[[int, int], None] | None = None
    ) -> tuple[Ledger, tuple[InputError, ...]]:
        """What the articles of ``inputs``, or without any those of the archive, tell of promises, predictions, threats, ultimatums
        and plans, as it stands on a day; and what could not be read. ``watched`` as in ``trace``.

        Raises ArchiveError.
        """
        from volgens.stories.clustering import stories
        from volgens.views.ledger import ledger

        gathered = self._gathered(inputs, archive)
        read = self._statements(gathered.articles, None if inputs else archive, watched)
        said = self.corrections(archive) if not inputs else ()
        return ledger(gathered.articles, read, stories(gathered.articles), on, gathered.labels, said), gathered.failures

    def audit(
        self,
        what: Sequence[str],
        archive: Place,
        scope: Scope | None = None,
        *,
        traced: bool = False,
        watched: Callable[[int, int], None] | None = None,
    ) -> tuple[Material, tuple[InputError, ...]]:
        """What an audit counts in, of the articles that ``scope`` holds; and what could not be read.

        ``what`` are inputs that hold articles; or ids, beginnings of ids or addresses of stories or articles in the archive;
        without any it is the whole archive. ``traced``: with the claims of the stories, which takes longer. ``watched`` as in
        ``trace``.

        Raises ArchiveError where the archive has nothing of what is meant.
        """
        from volgens.origins.copies import copies
        from volgens.origins.derivations import outlets_of, within_story
        from volgens.stories.clustering import stories
        from volgens.views.audit import Material

        meant = _meant(what, archive)
        gathered = self._gathered([] if meant else what, archive)
        told = stories(gathered.articles)
        chosen = _chosen(gathered.articles, told, meant) if meant else gathered.articles
        if meant and not chosen:
            raise NotKept(f"{archive}: no story or article {', '.join(meant)}; volgens stories lists what there is")
        articles = tuple(article for article in chosen if scope is None or scope.holds(article))
        ids = {article.id for article in articles}
        within = [story for story in told if not ids.isdisjoint(story.articles)]
        whole = [story for story in within if traced and len(story.articles) > 1]
        needed = ids | {id for story in whole for id in story.articles}
        by_id = {article.id: article for article in gathered.articles}
        read = self._statements([by_id[id] for id in by_id if id in needed], None if what and not meant else archive, watched)
        copied, outlets = copies(gathered.articles), outlets_of(gathered.articles)
        of_stories = (within_story([by_id[id] for id in story.articles], copied, outlets, read) for story in within)
        derived = tuple(derivation for of_story in of_stories for derivation in of_story)
        said = self.corrections(archive) if not what or meant else ()
        views = self._traced([(story, copied) for story in whole], by_id, read, outlets, gathered.labels, said)
        traces = {view.story.id: view.traces for view in views} if traced else None
        return Material(articles, read, tuple(within), derived, traces, gathered.labels, gathered.articles), gathered.failures

    def readings(
        self, what: Sequence[str], archive: Place, *, watched: Callable[[int, int], None] | None = None
    ) -> tuple[tuple[Article, ...], Iterator[Reading], tuple[InputError, ...]]:
        """Articles, each of them with its statements as soon as it is read, and what could not be read.

        ``what`` are inputs that hold articles; or ids of articles in the archive, their beginnings, or addresses there. Without any
        it is all of the archive, in the newest versions. ``watched`` as of ``trace``.

        Raises ArchiveError where the archive has nothing of what is meant.
        """
        meant = [one for one in what if _is_id(one) or (_is_address(one) and archive.exists())]
        gathered = self._of_archive(meant, archive) if meant else self._gathered(what, archive)
        fitting = tuple(article for article in gathered.articles if len(article.text) <= self.settings.max_characters)
        large = tuple(self._too_large(a.url or a.id, a) for a in gathered.articles if len(a.text) > self.settings.max_characters)
        store = None if what and not meant else archive
        return fitting, self._each(fitting, gathered.labels, store, watched), gathered.failures + large

    def _of_archive(self, meant: Sequence[str], archive: Place) -> _Gathered:
        """Of each id that version, of each address the newest one."""
        from volgens.archive.store import Archive

        ids = [one if _is_id(one) else self.versions(one, archive)[-1].article for one in meant]
        with Archive(archive, create=False) as store:
            found = {article.id: article for article in map(store.article, ids)}
        return _Gathered(tuple(found.values()), {}, ())

    def _each(
        self,
        articles: Sequence[Article],
        labels: Mapping[str, str],
        archive: Place | None,
        watched: Callable[[int, int], None] | None,
    ) -> Iterator[Reading]:
        """The articles with their statements, of which no more than a group is in memory at a time."""
        from volgens.views.exports.reading import Reading

        for begun in range(0, len(articles), _GROUP):
            group = articles[begun : begun + _GROUP]
            if watched is not None:
                watched(begun, len(articles))
            read = self._statements(group, archive, None)
            yield from (Reading(article, read[article.id], labels.get(article.id, article.id)) for article in group)

    def _traced(
        self,
        stories: Sequence[tuple[Story, Sequence[Derivation]]],
        by_id: Mapping[str, Article],
        read: Mapping[str, Statements],
        outlets: frozenset[str],
        labels: Mapping[str, str],
        corrections: Sequence[Correction] = (),
    ) -> Iterator[StoryTrace]:
        """Stories, each with the copies among its articles and maybe others, traced. ``outlets``: the names of all that may be
        cited. ``corrections``: those that hold."""
        from volgens.origins.derivations import within_story
        from volgens.origins.folding import Told
        from volgens.origins.judged import Judged
        from volgens.tracing import traced
        from volgens.views.traces import StoryTrace

        bare = []
        for story, copied in stories:
            articles = tuple(by_id[id] for id in story.articles)
            statements = {article.id: read[article.id] for article in articles}
            derived = within_story(articles, copied, outlets, statements)
            bare.append(StoryTrace(story, articles, statements, derived, (), labels))
        told = (
            Told({article.id: article for article in v.articles}, v.statements, v.derivations, Judged.of(corrections, v.statements))
            for v in bare
        )
        for view, traces in zip(bare, traced(told, self._comparer, workers(self.settings.threads)), strict=True):
            yield replace(view, traces=traces)

    def _gathered(self, inputs: Sequence[str], archive: Place | None) -> _Gathered:
        """The articles of ``inputs``, or without any those of the archive."""
        from volgens.articles.containers import found

        failures: list[InputError] = []
        articles: dict[str, Article] = {}
        labels: dict[str, str] = {}
        if inputs:
            for one in (one for what in inputs for one in found(what, self.settings)):
                if one.article is not None and one.link is None:
                    articles[one.article.id] = one.article
                    if one.label is not None:
                        labels.setdefault(one.article.id, one.label)
                elif one.error is not None:
                    failures.append(one.error)
        elif archive is not None:
            from volgens.archive.store import Archive

            with Archive(archive, create=False) as store:
                articles = {article.id: article for article in store.newest()}
        if len(set(labels.values())) < len(labels):
            labels = {}  # ids that two articles share name none
        return _Gathered(tuple(articles.values()), labels, tuple(failures))

    def _statements(
        self, articles: Sequence[Article], archive: Place | None, watched: Callable[[int, int], None] | None
    ) -> dict[str, Statements]:
        """The statements of ``articles`` by their ids: those that the archive keeps, the others read, and kept there."""
        from contextlib import ExitStack

        from volgens.archive.store import Archive
        from volgens.statements.corrected import corrected

        with ExitStack() as stack:
            store = stack.enter_context(Archive(archive, create=False)) if archive is not None else None
            kept = {} if store is None else {a.id: s for a in articles if (s := store.statements(a.id)) is not None}
            missing = [article for article in articles if article.id not in kept]
            reader = self._reader if len(missing) == 1 else self._one_thread_reader

            def work(article: Article) -> Statements:
                return self._read(article.url or article.id, article, (), reader)[1]

            for number, (article, pending) in enumerate(in_order(work, missing, self._threads(len(missing)))):
                if watched is not None:
                    watched(number, len(missing))
                kept[article.id] = pending.result()
                if store is not None:
                    with store.writing() as writer:
                        writer.keep(article, kept[article.id])
                    kept[article.id] = corrected(kept[article.id], store.corrections([article.id]))
        return kept

    @cached_property
    def _comparer(self) -> Comparer:
        return Comparer(self._one_thread_reader)

    def correct(
        self,
        kind: CorrectionKind,
        about: str,
        by: str,
        archive: Place,
        *,
        other: str | None = None,
        name: str | None = None,
        note: str | None = None,
    ) -> Correction:
        """Say something of a statement in the archive, and of an ``other`` one where ``kind`` is about two; both are ids, or their
        beginnings. ``by`` is who says it. What follows from it is as it says from then on.

        Raises NotKept where the archive has no such statement, InputError where something is missing that ``kind`` needs.
        """
        from volgens.archive.store import Archive
        from volgens.statements.corrected import anchor

        if kind in _PAIRS and other is None:
            raise InputError(kind, "name the other statement too")
        if kind == "named" and not (name or "").strip():
            raise InputError(kind, "say who the source turned out to be")
        with Archive(archive, create=False) as store:
            places = [anchor(*store.statement(id)) for id in (about, other) if id is not None]
            if len(places) == 2 and places[0] == places[1]:
                raise InputError(kind, "the two are one statement")
            beside = places[1] if len(places) > 1 else None
            made = Correction(kind, places[0], by, _now(), beside, name.strip() if name else None, note)
            with store.writing() as writer:
                writer.correct(made)
        return made

    def corrections(self, archive: Place, *, all: bool = False) -> tuple[Correction, ...]:
        """The corrections in the archive that hold, or ``all``, the oldest first. Raises ArchiveError."""
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            return store.every_correction() if all else store.corrections()

    def take_back(self, id: str, by: str, archive: Place) -> Correction:
        """Take the correction back that has this id, or one that begins so. Raises NotKept where none does, or several."""
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            found = [one for one in store.corrections() if one.id.startswith(id.lower())]
            if len(found) != 1:
                raise NotKept(
                    f"{archive}: {'more than one correction begins' if found else 'no correction that holds'} with id {id}"
                )
            with store.writing() as writer:
                writer.undo(found[0], by, _now())
        return found[0]

    def versions(self, which: str, archive: Place) -> tuple[Version, ...]:
        """The versions that an archive has of the article at an address, in a file or with an id, the oldest first.

        Raises ArchiveError where it has none.
        """
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            found = store.versions(which)
        if not found:
            raise NotKept(f"{archive}: nothing of {which}; volgens add puts it there")
        return found

    def examine(self, archive: Place, *, mend: bool = False) -> tuple[Finding, ...]:
        """Whether the program's weights and the archive at ``archive`` are sound, and what to do where they are not.

        ``mend``: first make anew what can be. Raises ArchiveError where the archive cannot be opened at all.
        """
        from volgens.archive.health import Finding
        from volgens.archive.store import Archive

        try:
            self.read_text("De brug gaat dicht, zegt wethouder Ine Roosdael.")
            weights = Finding("weights", "well", "they read")
        except ModelError as error:
            weights = Finding("weights", "ill", str(error), "install volgens again")
        with Archive(archive, create=False) as store:
            return (weights, *store.examine(mended=mend))

    def backup(self, archive: Place, to: Path, *, watched: Callable[[int, int], None] | None = None) -> None:
        """Copy the archive to a new file, while others read and write. ``watched`` is told how many pages, of how many.

        Raises ArchiveError.
        """
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            store.backup(to, watched)

    def diff(self, old: str, new: str | None, archive: Place) -> tuple[Article, Article, Changes]:
        """Two versions and what changed: of two inputs, of two ids in an archive, or of an article in it the last two.

        Raises InputError or ArchiveError.
        """
        from volgens.views.changes import changes

        if new is not None and not (_is_id(old) and _is_id(new)):
            before, after = self.read(old), self.read(new)
        else:
            before, after = self._kept(old, new, archive)
        return before[0], after[0], changes(before, after)

    def _kept(self, old: str, new: str | None, archive: Place) -> tuple[tuple[Article, Statements], tuple[Article, Statements]]:
        """Two versions in an archive, which keeps what is read of them."""
        from volgens.archive.store import Archive

        with Archive(archive, create=False) as store:
            if new is None:
                found = store.versions(old)
                if len(found) < 2:
                    only = "only one version" if found else "nothing"
                    raise NotKept(f"{archive}: {only} of {old}; name two files, or add it again when it has changed")
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
        if len(article.text) > self.settings.max_characters:
            raise self._too_large(name, article)
        return article, read_article(article, reader, defects, explain=self._explain)

    def _too_large(self, name: str, article: Article) -> TooLarge:
        limit = self.settings.max_characters
        return TooLarge(
            name, f"{len(article.text):,} characters are too many for one article (at most {limit:,}); split it into its articles"
        )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Articles, the ids that their inputs give them, and what could not be read."""

    articles: tuple[Article, ...]
    labels: Mapping[str, str]
    failures: tuple[InputError, ...]


def _meant(what: Sequence[str], archive: Place) -> list[str]:
    """Those of ``what`` that name something in the archive, and no input."""
    return [one for one in what if _is_id(one) or (_is_address(one) and archive.exists())]


def _chosen(articles: Sequence[Article], told: Sequence[Story], meant: Sequence[str]) -> tuple[Article, ...]:
    """The articles that are named, or lie in a story that is."""
    ids = {id for story in told if any(story.id.startswith(one) for one in meant) for id in story.articles}
    return tuple(a for a in articles if a.id in ids or any(a.id.startswith(one) or one in (a.url, *a.twins) for one in meant))


def _of(views: Sequence[StoryTrace], what: str) -> Iterator[StoryTrace]:
    """The stories that ``what`` names; of a claim only that, of an article only the claims that it carries."""
    for view in views:
        if view.story.id.startswith(what):
            yield view
            continue
        own = {a.id for a in view.articles if a.id.startswith(what) or what in (a.url, *a.twins)}
        kept = tuple(t for t in view.traces if t.claim.id.startswith(what) or any(a.article in own for a in t.claim.appearances))
        if kept:
            yield replace(view, traces=kept)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _is_id(text: str) -> bool:
    """Whether ``text`` may be the beginning of an article's id, and names no file."""
    return re.fullmatch(r"[0-9a-f]{4,32}", text) is not None and not Path(text).exists()
