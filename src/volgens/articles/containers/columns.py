"""Which column of a table, or key of a JSON object, holds what of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """For each field of an article the names of the columns that may hold it; the first that is there and not empty counts.

    Capitals, spaces, hyphens and underscores make no difference. "meta.url" is the key "url" of the object "meta". ``html`` is a
    column with the page, or the body of it, and is read where there is no ``text``.
    """

    text: tuple[str, ...] = (
        "text", "body", "content", "article", "article text", "article body", "full text", "body text", "maintext", "plaintext",
        "tekst", "artikel", "inhoud",
    )  # fmt: skip
    html: tuple[str, ...] = ("html", "body html", "content html", "raw html", "page", "source html")
    title: tuple[str, ...] = ("title", "headline", "kop", "titel")
    url: tuple[str, ...] = ("url", "link", "uri", "canonical url", "source url", "article url", "web url", "permalink", "href")
    published: tuple[str, ...] = (
        "published", "published at", "publication date", "date published", "publish date", "pub date", "date publish", "date",
        "datetime", "timestamp", "time", "created", "created at", "datum",
    )  # fmt: skip
    modified: tuple[str, ...] = ("modified", "modified at", "date modified", "updated", "updated at", "date modify")
    outlet: tuple[str, ...] = (
        "outlet", "source", "publisher", "publication", "site name", "sitename", "newspaper", "medium", "source name",
        "source domain", "domain", "bron",
    )  # fmt: skip
    authors: tuple[str, ...] = ("authors", "author", "byline", "creator", "auteur", "auteurs")
    section: tuple[str, ...] = ("section", "category", "rubriek")
    language: tuple[str, ...] = ("language", "lang", "taal")

    def choosing(self, chosen: Mapping[str, str]) -> Columns:
        """These columns, with the one named for each field in ``chosen`` alone. Raises ValueError where there is no such field."""
        known = [field.name for field in fields(self)]
        for field in chosen:
            if field not in known:
                raise ValueError(f"{field!r} is no field of an article; choose from {', '.join(known)}")
        return replace(self, **{field: (column,) for field, column in chosen.items()})

    def holds_article(self, names: Iterable[str]) -> bool:
        """Whether columns of these names can hold an article: its text, or a page."""
        there = {plain(name) for name in names}
        return any(plain(name) in there or plain(name.partition(".")[0]) in there for name in (*self.text, *self.html))

    def all_names(self) -> set[str]:
        """Every name that is looked for, without what makes no difference; of "meta.url" also "meta"."""
        listed = [name for field in fields(self) for name in getattr(self, field.name)]
        return {plain(part) for name in listed for part in (name, name.partition(".")[0])}

    def known(self, names: Iterable[str]) -> int:
        """How many of these names are those of columns that are looked for."""
        listed = self.all_names()
        return sum(plain(name) in listed for name in names)


ANY_COLUMNS = Columns()


def plain(name: str) -> str:
    """A column's name without what makes no difference."""
    return _SIGNS.sub("", name).casefold()
