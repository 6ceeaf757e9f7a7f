"""The application: what every face calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from typing import BinaryIO

from volgens.articles.given import NOTHING, Given
from volgens.articles.inputs import from_text, load
from volgens.config import Settings
from volgens.engines.local import in_order, workers
from volgens.errors import TooLarge
from volgens.pipeline import read_article
from volgens.reader.network import Reader
from volgens.records import Article, Defect, Statements


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

    def _read(self, name: str, article: Article, defects: tuple[Defect, ...], reader: Reader) -> tuple[Article, Statements]:
        limit = self.settings.max_characters
        if len(article.text) > limit:
            reason = (
                f"{len(article.text):,} characters are too many for one article (at most {limit:,}); split it into its articles"
            )
            raise TooLarge(name, reason)
        return article, read_article(article, reader, defects, explain=self._explain)
