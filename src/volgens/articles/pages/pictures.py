"""The captions and photo credits of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from volgens.articles.pages.body import Piece
from volgens.articles.pages.bylines import plain
from volgens.articles.pages.visible import in_aside, printed
from volgens.languages import shared

_CREDIT = re.compile(
    r"credit|copyright|photographer|fotograaf|fotograf|(?:image|photo|media)-?_*(?:source|by|author|agency)|rights", re.IGNORECASE
)
_LONGEST = 600
_MOST = 40


def captions(tree: Any, body: Sequence[Piece]) -> list[Piece]:
    """The captions around ``body`` and the credits of their pictures, in the order of the page, each once."""
    found: dict[str, Piece] = {}
    for element in _around(tree, body).iter("figcaption"):
        if not in_aside(element) and len(found) < _MOST:
            for piece in _told(element):
                found.setdefault(plain(piece.text), piece)
    return list(found.values())


def _around(tree: Any, body: Sequence[Piece]) -> Any:
    """The element that the article stands in: the nearest <article> or <main> around most of the body."""
    placed = [piece.element for piece in body if piece.element is not None]
    if placed:
        for above in placed[len(placed) // 2].iterancestors("article", "main"):
            if placed[0] in above.iterdescendants():
                return above
    return tree


def _told(element: Any) -> Iterator[Piece]:
    """The caption and the credit in one element: the credit is marked, or set off by a word such as "Foto:"."""
    credits = [child for child in element.iterdescendants() if _CREDIT.search(child.get("class") or "")]
    whole = printed(element)
    if len(whole) > _LONGEST:
        return
    credit = printed(credits[0]) if credits else ""
    if credit and whole.endswith(credit):
        whole = whole[: -len(credit)]
    elif found := _set_off().search(whole):
        whole, credit = whole[: found.start()], whole[found.start() :]
    caption, credit = whole.strip(" |-–—"), credit.strip(" |-–—")
    if caption and any(c.isalpha() for c in caption):
        yield Piece("caption", caption, element)
    if credit and any(c.isalpha() for c in credit):
        yield Piece("photo credit", credit, element)


@cache
def _set_off() -> re.Pattern[str]:
    words = "|".join(
        re.escape(word) for word in sorted(shared("bylines", "photo"), key=lambda word: (-len(word), word)) if word != "©"
    )
    return re.compile(rf"(?:©|\(?\b(?:{words})\s*(?::|©|/))[^:]{{2,80}}$", re.IGNORECASE)
