"""The body of a page, piece by piece: found by trafilatura, told apart by the elements it stands in."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from volgens.articles.notices import is_notice
from volgens.articles.pages.stated import tidy
from volgens.articles.pages.visible import in_aside, printed
from volgens.records import BlockKind

_TEXTUAL = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "figcaption",
    "div",
    "span",
    "td",
    "dd",
    "section",
    "article",
    "em",
    "cite",
)
_OWN_TEXT_ONLY = frozenset(("div", "span", "section", "article", "td", "em"))
_KINDS: dict[str, BlockKind] = {"head": "subhead", "quote": "quotation"}
_CONTAINERS = frozenset(("body", "div", "list", "table", "html", "section", "article", "main", "quote"))
_QUOTED = re.compile(r"pull-?quote|block-?quote|(?:^|[-_\s])quote(?:$|[-_\s])", re.IGNORECASE)
_CAPTION = re.compile(r"caption|bijschrift|legende|(?:^|[-_])credits?(?:$|[-_\s])", re.IGNORECASE)
_BYLINE = re.compile(r"by-?line|(?:^|[-_\s])(?:author|auteur|autor)s?(?:$|[-_\s])", re.IGNORECASE)
_DATED = re.compile(r"(?:^|[-_\s])(?:date|datum|time|timestamp|published|pubdate|dateline-time)(?:$|[-_\s])", re.IGNORECASE)
_SHORT = 160
_SENTENCE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the text to be, and the element of the page that it stands in, where that was found again."""

    kind: BlockKind
    text: str
    element: Any = None
    time: str | None = None


def extract(tree: Any, address: str | None) -> list[Piece]:
    """What trafilatura takes for the body, in the order of the page; nothing where it finds none."""
    from trafilatura import bare_extraction

    for precise in (True, False):
        try:
            found = bare_extraction(tree, url=address, include_comments=False, favor_precision=precise, with_metadata=False)
        except Exception:  # trafilatura trips over some broken pages; what is left of them is read otherwise
            continue
        body = getattr(found, "body", None)
        if body is not None and (pieces := [piece for piece in _pieces(body) if piece.text]):
            return pieces
    return []


def placed(pieces: Sequence[Piece], tree: Any) -> list[Piece]:
    """``pieces`` with the elements of ``tree`` that they came from, the kinds that these show, and the paragraphs like them that
    trafilatura passed over."""
    elements = [e for e in tree.iter(*_TEXTUAL) if e.tag not in _OWN_TEXT_ONLY or (e.text or "").strip()]
    words = [printed(element) for element in elements]
    places: dict[str, deque[int]] = {}
    for at, text in enumerate(words):
        places.setdefault(_key(text), deque()).append(at)
    found: list[tuple[int, Piece]] = []
    last = -1
    for piece in pieces:
        # The same words may stand in several places: one after the other, as they come.
        if standing := places.get(_key(piece.text)):
            last = standing.popleft() if len(standing) > 1 else standing[0]
            found.append((last, replace(piece, element=elements[last])))
        else:
            found.append((last, piece))
    taken = {at for at, _ in found}
    for at in _alike(elements, words, [at for at, piece in found if piece.element is not None]):
        if at not in taken:
            found.append((at, Piece("paragraph", words[at], elements[at])))
    return [_told(piece) for _, piece in sorted(found, key=lambda one: one[0])]


def _alike(elements: Sequence[Any], words: Sequence[str], taken: Sequence[int]) -> Iterator[int]:
    """The places of paragraphs and headings, from the first of those ``taken`` on, that stand as most of these do: in elements of
    the same names and classes. Some pages cut an article into several parts, of which trafilatura takes one."""
    forms = Counter(_form(elements[at]) for at in taken if elements[at].tag == "p" and len(words[at]) >= _SENTENCE)
    if not forms:
        return
    form, count = forms.most_common(1)[0]
    if count < 3:
        return
    for at in range(min(taken), len(elements)):
        element = elements[at]
        heads = element.tag in ("h2", "h3") and _form(element)[1:] == form[1:]
        if (
            (heads or (_form(element) == form and len(words[at]) >= _SENTENCE))
            and not in_aside(element)
            and not is_link(element, words[at])
        ):
            yield at


def _form(element: Any) -> tuple[str, ...]:
    """An element as its page styles it: its own name and class, and those of the three around it."""
    above = [one for _, one in zip(range(3), element.iterancestors(), strict=False)]
    return (f"{element.tag} {element.get('class')}", *(f"{one.tag} {one.get('class')}" for one in above))


def is_link(element: Any, text: str) -> bool:
    """Whether an element is a link to something else and hardly anything more."""
    linked = sum(len(printed(link)) for link in element.iter("a"))
    return linked >= 0.8 * len(text)


def _told(piece: Piece) -> Piece:
    """The piece with the kind that its element and its first words show."""
    kind = piece.kind
    if piece.element is not None:
        kind = _kind_of(piece)
    if kind == "paragraph" and is_notice(piece.text):
        kind = "notice"
    return replace(piece, kind=kind)


def _kind_of(piece: Piece) -> BlockKind:
    element, short = piece.element, len(piece.text) <= _SHORT
    above = [element, *_near(element)]
    marks = [f"{one.get('class') or ''} {one.get('id') or ''}" for one in above]
    if any(one.tag in ("figcaption", "figure") for one in above) or (short and any(map(_CAPTION.search, marks[:3]))):
        return "caption"
    if any(one.tag == "blockquote" for one in above) or any(map(_QUOTED.search, marks[:3])):
        return "quotation"
    if short and (any(map(_BYLINE.search, marks[:3])) or element.get("rel") == "author"):
        return "byline"
    return "subhead" if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6") else piece.kind


def is_dated_line(piece: Piece) -> bool:
    """Whether a piece is the line that tells when the page was published, and nothing of the article."""
    if piece.element is None or len(piece.text) > 80:
        return False
    marks = f"{piece.element.get('class') or ''}"
    times = piece.element.findall(".//time")
    return bool(_DATED.search(marks)) or (bool(times) and _key(piece.text) == _key("".join(map(printed, times))))


def _near(element: Any) -> Iterator[Any]:
    for depth, above in enumerate(element.iterancestors()):
        if depth >= 4 or above.tag in ("article", "main", "body"):
            return
        yield above


def _pieces(element: Any, kind: BlockKind = "paragraph") -> Iterator[Piece]:
    """The lines of trafilatura's tree: p, head, quote, list of items, table of rows."""
    kind = _KINDS.get(element.tag, kind)
    holds = [child for child in element if child.tag in ("p", "head", "quote", "list", "table", "item", "div", "row", "body")]
    if element.tag == "row":
        yield Piece(kind, " | ".join(text for cell in element if (text := tidy("".join(cell.itertext())))))
    elif element.tag in _CONTAINERS or (element.tag == "item" and holds):
        if text := tidy(element.text):
            yield Piece(kind, text)
        for child in element:
            yield from _pieces(child, kind)
            if text := tidy(child.tail):
                yield Piece(kind, text)
    elif element.tag != "graphic" and isinstance(element.tag, str):
        for line in _lines(element):
            yield Piece(kind, line)


def _lines(element: Any) -> Iterator[str]:
    """The text of an element, a line for each of its line breaks."""
    pieces = [element.text or ""]
    for child in element.iterdescendants():
        pieces += ["\n" if child.tag == "lb" else (child.text or "") * isinstance(child.tag, str)]
        pieces.append(child.tail or "")
    yield from filter(None, map(tidy, "".join(pieces).split("\n")))


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text)
