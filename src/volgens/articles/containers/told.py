"""What a container tells of an article, and the article that comes of it and of a text or a piece of HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from volgens.articles.completed import completed
from volgens.articles.dates import iso
from volgens.articles.pages.bounded import lines_of, read_any_page
from volgens.articles.plain import require_prose, without_surrogates
from volgens.errors import NotText
from volgens.records import Article, Choice, Defect

Read = tuple[Article, tuple[Defect, ...]]

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,20})(?:\s[^<>]{0,2000})?/?>")
_WITHIN_WORDS = frozenset(("a", "b", "em", "i", "span", "strong", "sub", "sup", "u"))
_LANGUAGE = re.compile(r"([a-zA-Z]{2})(?:[-_].*)?")
_LONGEST_NAME = 200
_LEAST_KEPT = 0.6
"""Which part of a fragment's letters must come through the reading of pages; it has no menu or footer that would be left out."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a container tells of one article, with ``origin`` as in Choice ("feed", "record"). Dates are ISO 8601."""

    origin: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None

    def over(self, article: Article) -> Article:
        """``article`` with what is told here in the place of what it told itself, and the choices that shows."""
        told = {
            field: value
            for field in ("title", "url", "outlet", "published", "modified", "authors", "section")
            if (value := getattr(self, field))
        }
        if self.language and article.language == "und":
            told["language"] = self.language
        chosen = tuple(Choice(field, self.origin) for field in told)
        kept = tuple(choice for choice in article.choices if choice.field not in told)
        return replace(article, **told, choices=kept + chosen)


def telling(
    origin: str, *, dates: tuple[object, object] = (None, None), authors: object = None, language: object = None, **texts: object
) -> Told:
    """What is told by values that may be anything: text where they are text, and nothing where they are not.

    ``dates`` are those of publication and of modification; ``texts`` the fields of Told that hold a line of text.
    """
    lines = {field: line(value) for field, value in texts.items()}
    if len(lines.get("outlet") or "") > _LONGEST_NAME:
        lines["outlet"] = None  # in a broken feed the title can swallow all that follows
    published, modified = map(iso, dates)
    changed = modified if modified != published else None
    return Told(origin, published=published, modified=changed, authors=names(authors), language=language_code(language), **lines)


def line(value: object) -> str | None:
    """``value`` as one line of text without HTML; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)[:10_000]
    text = without_surrogates(" ".join(html.unescape(_TAG.sub(_gap, html.unescape(text))).replace("\0", " ").split()))[0]
    return text or None


def names(value: object) -> tuple[str, ...]:
    """The names in a value: a string, with ";" or "|" between several, or a list of strings or of objects with a "name"."""
    pending: list[object] = list(value) if isinstance(value, list | tuple) else [value]
    found: dict[str, None] = {}
    for entry in pending[:100]:
        if isinstance(entry, dict):
            entry = entry.get("name") or entry.get("literal")
        for part in re.split(r"[;|]", entry) if isinstance(entry, str) else ():
            if name := line(part):
                found[name] = None
    return tuple(found)


def language_code(value: object) -> str | None:
    """The ISO 639-1 code at the head of a language tag ("nl-BE"), None where there is none."""
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found.group(1).lower() if found else None


def from_text(text: str, told: Told, name: str) -> Read:
    """The article with ``text`` as it stands, but for NULs and lone surrogates. Raises NotText where it is no prose."""
    clean, defects = without_surrogates(text)
    if "\0" in clean:
        clean = clean.replace("\0", "\ufffd")
        defects += (Defect("articles", "NUL characters replaced by U+FFFD"),)
    require_prose(clean, name)
    return completed(told.over(Article(text=clean)), defects)


def from_page(data: bytes, told: Told, name: str, *, charset: str | None = None) -> Read:
    """The article in a whole page, as ``read_any_page`` reads it, with what is told over it. Raises NotText."""
    article, defects = read_any_page(data, name, url=told.url, charset=charset)
    return completed(told.over(article), defects)


def from_fragment(fragment: str, told: Told, name: str) -> Read:
    """The article in a piece of HTML without a page around it. Raises NotText where there is no prose in it, or TooLarge."""
    plain = lines_of(fragment)
    if not is_markup(fragment):
        return from_text(plain, told, name)
    require_prose(plain, name)
    # A date that is told is one that need not be looked for, which takes as long as the rest.
    date = f'<meta property="article:published_time" content="{told.published}">' if told.published else ""
    page = f'<html><head><meta charset="utf-8">{date}</head><body><article>{fragment}</article></body></html>'
    try:
        article, defects = read_any_page(page.encode("utf-8", "replace"), name, url=told.url)
    except NotText:
        return from_text(plain, told, name)
    # The reading of pages is made to leave things out; of a fragment all belongs to the article.
    if letters(article.text) < _LEAST_KEPT * letters(plain):
        return from_text(plain, told, name)
    return completed(told.over(article), defects)


def is_markup(text: str) -> bool:
    """Whether ``text`` holds tags of HTML."""
    return _TAG.search(text[:20_000]) is not None


def _gap(tag: re.Match[str]) -> str:
    return "" if (tag.group(1) or "").lstrip("/").lower() in _WITHIN_WORDS else "\n"


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(map(str.isalnum, text))
