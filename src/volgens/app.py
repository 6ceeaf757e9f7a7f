"""The application: what every face calls."""

from __future__ import annotations

from typing import BinaryIO

from volgens.articles.inputs import from_text, load
from volgens.config import Settings
from volgens.errors import TooLarge
from volgens.pipeline import read_article
from volgens.reader.network import Reader
from volgens.records import Article, Defect, Statements


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
        return self._read(input, article, defects)

    def read_text(self, text: str) -> tuple[Article, Statements]:
        """Read a text in hand, unchanged. Raises NotText where it is empty, TooLarge where it is longer than any article."""
        article, defects = from_text(text)
        return self._read("text", article, defects)

    def _read(self, name: str, article: Article, defects: tuple[Defect, ...]) -> tuple[Article, Statements]:
        limit = self.settings.max_characters
        if len(article.text) > limit:
            reason = (
                f"{len(article.text):,} characters are too many for one article (at most {limit:,}); split it into its articles"
            )
            raise TooLarge(name, reason)
        return article, read_article(article, self._reader, defects)
