"""What a page shows: its headings, bylines, and the times at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from volgens.articles.pages.stated import tidy

_HEAD = (
    "h1",
    "time",
    "a",
    "span",
    "div",
    "p",
    "li",
    "ul",
    "section",
    "header",
    "footer",
    "address",
    "b",
    "strong",
    "em",
    "cite",
    "h2",
    "h3",
    "h4",
)
_MARKS = ("class", "id", "itemprop", "data-testid")
_MARKED = re.compile(r"by-?line|author|auteur|autor|creator|date|datum|publi|timestamp|modified|time", re.IGNORECASE)
_BYLINE = re.compile(r"by-?line|(?:^|[-_\s\d])(?:author|auteur|autor)|(?:Author|Byline|Auteur)", re.MULTILINE)
_NO_BYLINE = re.compile(
    r"avatar|image|img|photo|icon|media|video|audio|caption|figure|copyright|bio\b|-bio|comment|share|follow|popup|tooltip|description|job|social|about",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"related|teaser|(?:^|[-_\s])card|comment|recommend|sidebar|promo|most-?(?:read|popular)|newsletter|read-?(?:more|next)|lees-?ook|"
    r"footer|trending|carousel|more-(?:from|on|stories)|further|outbrain|taboola|popular|widget",
    re.IGNORECASE,
)
_TIMED = re.compile(r"date|datum|publi|time", re.IGNORECASE)
_CHANGED = re.compile(r"modif|update|changed|gewijzigd|aangepast", re.IGNORECASE)
_LONGEST_BYLINE = 240
_PROFILE = re.compile(r"/(?:authors?|auteurs?|autor(?:es|en|in)?|redactie|profiles?|people|journalists?|by)/", re.IGNORECASE)


class Head:
    """The elements of a page that name its makers and its times, from its headline on."""

    def __init__(self, tree: Any) -> None:
        self.headings: list[tuple[Any, str]] = []
        self._marked: list[Any] = []
        self._first = 0
        for element in tree.iter(*_HEAD):
            if element.tag == "h1":
                if text := tidy(element.text_content()):
                    self.headings.append((element, text))
                    # What stands above the first heading may be its own as well: some pages put the byline there.
                    self._first = self._first or len(self._marked)
            elif element.tag == "time" or element.get("rel") == "author" or _is_marked(element) or _is_profile(element):
                self._marked.append(element)

    def bylines(self) -> Iterator[tuple[Any, str]]:
        """The elements that are marked as a byline, those after the headline first, with their words."""
        for element in (*self._marked[self._first :], *self._marked[: self._first]):
            marks = " ".join(element.get(key) or "" for key in ("class", "id", "data-testid"))
            marked = _is_author(element) or _is_profile(element) or (_BYLINE.search(marks) and not _NO_BYLINE.search(marks))
            if marked and not in_aside(element) and next(element.iterancestors("figure", "figcaption"), None) is None:
                text = printed(element)
                if text and len(text) <= _LONGEST_BYLINE:
                    yield element, text

    def times(self) -> Iterator[tuple[str | None, str, bool]]:
        """The times near the headline: the machine's value, the words, and whether these tell of a change."""
        for element in (*self._marked[self._first :], *self._marked[: self._first]):
            if element.tag != "time" and not tells_time(element):
                continue
            words = printed(element)
            value = element.get("datetime") or element.get("content")
            if (value or (words and len(words) <= 160)) and not in_aside(element):
                yield value, words, bool(_CHANGED.search(_marks(element)))


def printed(element: Any) -> str:
    """The words of an element, set apart where its parts are."""
    return tidy(" ".join(piece for piece in element.itertext() if isinstance(piece, str))) or ""


def in_aside(element: Any) -> bool:
    """Whether an element stands in what is no part of the article: lists of other articles, comments, menus."""
    for depth, above in enumerate(element.iterancestors()):
        if above.tag in ("aside", "nav", "footer"):
            return True
        if above.tag in ("body", "main") or depth > 7:
            return False
        if above.tag != "article" and _ASIDE.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
    return False


def tells_time(element: Any) -> bool:
    """Whether an element is marked as a date or a time."""
    return bool(_TIMED.search(_marks(element)))


def _marks(element: Any) -> str:
    return f"{element.get('itemprop') or ''} {element.get('class') or ''}"


def _is_marked(element: Any) -> bool:
    return any((value := element.get(mark)) and _MARKED.search(value) for mark in _MARKS)


def _is_author(element: Any) -> bool:
    prop = (element.get("itemprop") or "").split()
    return element.get("rel") == "author" or "author" in prop or "creator" in prop


def _is_profile(element: Any) -> bool:
    """Whether an element links to an author's own page, and not from the middle of a paragraph."""
    if element.tag != "a" or not _PROFILE.search(element.get("href") or ""):
        return False
    around = element.getparent()
    return around is None or len(around.text_content()) <= _LONGEST_BYLINE
