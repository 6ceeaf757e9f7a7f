"""The lines between headline and body that sum the article up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from volgens.articles.pages.body import Piece
from volgens.articles.pages.bylines import plain
from volgens.articles.pages.stated import Stated
from volgens.articles.pages.visible import Head, in_aside, printed

_MARK = re.compile(
    r"stand-?first|(?:^|[-_\s])(?:intro(?:text|duction)?|lead(?:text)?|lede|chapo|chapeau|deck|dek|sub-?head(?:line|ing)?|sub-?title|summary|"
    r"excerpt|abstract|entradilla|bajada|sottotitolo|sommario|teaser-?text|preamble|ingress|vorspann|anreisser)(?:$|[-_\s])|"
    r"__(?:intro|lead|summary|dek|description|subtitle|subheadline)",
    re.IGNORECASE,
)
_LONGEST = 700
_SHORTEST = 25


def standfirst(stated: Stated, head: Head, body: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The standfirst, and ``body`` without it: what a page marks as one, or prints below its headline and describes itself with.

    Only what the page shows is taken, never a description that is for machines alone.
    """
    described = {plain(voice.value) for voice in stated.descriptions()}
    first = [piece for piece in body[:2] if _is_standfirst(piece)]
    if first:
        return [replace(piece, kind="standfirst") for piece in first], [piece for piece in body if piece not in first]
    if not head.headings:
        return [], list(body)
    there = {plain(piece.text) for piece in body}
    heading = head.headings[0][0]
    for element in heading.xpath("following::*[self::p or self::h2 or self::div or self::span][position() <= 25]"):
        text = printed(element)
        if plain(text) in there:
            break
        marked = _MARK.search(element.get("class") or "") and len(element.findall(".//p")) <= 1
        if _SHORTEST <= len(text) <= _LONGEST and (marked or plain(text) in described) and not in_aside(element):
            return [Piece("standfirst", text, element)], list(body)
    return [], list(body)


def _is_standfirst(piece: Piece) -> bool:
    if piece.element is None or not _SHORTEST <= len(piece.text) <= _LONGEST:
        return False
    above = piece.element.getparent()
    marks = (piece.element.get("class") or "", (above.get("class") or "") if above is not None and len(above) <= 2 else "")
    return any(map(_MARK.search, marks))
