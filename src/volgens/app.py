"""The application: what every face calls."""

from __future__ import annotations

from typing import BinaryIO

from volgens.articles.inputs import from_text, load
from volgens.config import Settings
from volgens.pipeline import read_article
from volgens.reader.network import Reader
from volgens.records import Article, Statements


class App:
    """Reads inputs with one reader, whose weights are loaded once, at the first text."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings if settings is not None else Settings()
        self._reader = Reader(threads=self.settings.threads)

    def read(self, input: str, *, stdin: BinaryIO | None = None) -> tuple[Article, Statements]:
        """Read what ``input`` names: a path, an http(s) address, or "-" for ``stdin``.

        Raises InputError, which names the input and says what to do.
        """
        article, defects = load(input, self.settings, stdin=stdin)
        return article, read_article(article, self._reader, defects)

    def read_text(self, text: str) -> tuple[Article, Statements]:
        """Read a text in hand, unchanged. Raises NotText where it is empty."""
        article, defects = from_text(text)
        return article, read_article(article, self._reader, defects)
