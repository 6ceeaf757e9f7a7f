"""Who an article says it was taken from or made with: agencies and outlets in bylines, datelines, tails and under pictures.

What a credit looks like is data: patterns in languages/credits.json and languages/xx/credits.json, in which {name} stands for an
agency or outlet of the tables, {agency} for an agency, {names} for several, {any} for any proper name, {place} for a place. A
statement ("told Reuters", "meldt het ANP") is no credit.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from volgens.languages import known, shared, table
from volgens.records import Article, Credit, CreditKind, CreditPlace, Mention, Span

_HEAD = 900  # characters in which a dateline or byline of a text without blocks stands
_TAIL = 500
# Words are possessive (*+): a row of hyphens could be cut into words in more ways than there is time for.
_PLACE = r"(?:[A-Z\d][\w.’'-]*+|[–—-])(?:[,/ ]{1,2}(?:[A-Z\d][\w.’'-]*+|[–—-]|de|den|der|van|of|the|la|le|el|al|aan|op|am)){0,8},?"
_ANY = (
    r"(?P<any>[AO]|(?:The |De |Het )?[A-Z][\w’'&-]*+(?:\.(?:com|nl|org|net|be|co\.uk|eu))?(?: ?’ ?s)?"
    r"(?:[ -](?:of|the|and|for|voor|van|de|het|en|magazine|newspaper|’ s|[A-Z0-9][\w’'&-]*+)){0,7})"
)
_LOOSE = ("of", "the", "and", "for", "voor", "van", "de", "het", "en")
_AGENCY, _OUTLET = "\ue001", "\ue002"  # stand for a known name where patterns are matched: private use, so in no text of ours
_WORD = re.compile(r"\w+")
_NO_NAME = re.compile(r"\w|-(?!foto\b)[a-z]|\.(?!com|nl|org)\w")  # what follows a name that is part of another word


@dataclass(frozen=True, slots=True)
class _Shortened:
    """A text in which every known name is one character: so patterns stay short and quick. ``names`` are where these were."""

    text: str
    places: tuple[int, ...]
    names: tuple[Span, ...]

    def original(self, at: int) -> int:
        """The place in the original text."""
        before = bisect_left(self.places, at)
        return at + sum(end - start - 1 for start, end in self.names[:before])


def credits(article: Article) -> tuple[Credit, ...]:
    """The credits of ``article`` in the order of its text, each with the words that name the agency or outlet.

    The article's own outlet is no credit. Never raises.
    """
    text = article.text
    found: dict[Span, CreditPlace] = {}
    for place, span in _all(article, _shortened(text)):
        if not any(start < span[1] and span[0] < end for start, end in found):
            found[span] = place
    own = {plain_name(article.outlet or ""), plain_name((article.domain or "").split(".")[0])} - {""}
    made = []
    for span, place in sorted(found.items()):
        name, kind = usual_name(text[span[0] : span[1]])
        if plain_name(name) not in own:
            made.append(Credit(name, kind, place, Mention.of(text, [span])))
    return tuple(made)


def _all(article: Article, short: _Shortened) -> Iterator[tuple[CreditPlace, Span]]:
    """What may be a credit, the surest first."""
    for block in article.blocks:
        if block.kind in ("byline", "caption", "photo credit"):
            place: CreditPlace = "byline" if block.kind == "byline" else "photo"
            yield from ((place, span) for span in short.names if block.span[0] <= span[0] and span[1] <= block.span[1])
    tail = len(article.text) - _TAIL
    for key in ("dateline", "text", "tail", "photo", "byline"):
        for language in dict.fromkeys((article.language, "en")):
            for pattern in _patterns(key, language):
                for match in _found(pattern, short.text, everywhere=key == "photo"):
                    for start, end in _names_in(match):
                        span = short.original(start), short.original(end)
                        if key == "text":
                            yield ("tail" if span[0] >= tail else "text"), span
                        elif key == "photo":
                            yield "photo", span
                        elif span[1] <= _HEAD and key in ("dateline", "byline"):
                            yield ("dateline" if key == "dateline" else "byline"), span
                        elif span[0] >= tail and key != "dateline":
                            yield "tail", span


def _found(pattern: re.Pattern[str], text: str, *, everywhere: bool) -> Iterator[re.Match[str]]:
    """What ``pattern`` finds at the beginning and the end of ``text``, where credits stand; pictures stand anywhere."""
    if everywhere or len(text) <= 2 * _HEAD:
        yield from pattern.finditer(text)
    else:
        yield from pattern.finditer(text, 0, _HEAD)
        yield from pattern.finditer(text, max(text.rfind("\n", 0, len(text) - _HEAD) + 1, len(text) - 2 * _HEAD))


def _names_in(match: re.Match[str]) -> Iterator[Span]:
    """The names in what a pattern found: the one that it allows to be any, the ones it lists, or else all."""
    groups = match.groupdict()
    if groups.get("any"):
        start, end = match.span("any")
        words = match["any"].split(" ")
        while words and (words[-1] in _LOOSE or not words[-1]):
            end -= len(words.pop()) + 1
        if end > start:
            yield start, end
    which = "names" if groups.get("names") else 0 if not groups.get("any") else None
    if which is not None:
        offset = match.start(which)
        yield from ((offset + i, offset + i + 1) for i, c in enumerate(match[which]) if c in (_AGENCY, _OUTLET))


def outlet_names(text: str) -> tuple[Span, ...]:
    """Where ``text`` names an agency or outlet of the tables."""
    return _shortened(text).names


def _shortened(text: str) -> _Shortened:
    by_first = _by_first_word()
    pieces: list[str] = []
    places, names = [], []
    at = length = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < at or word[0] not in by_first:
            continue
        for name in by_first[word[0]]:
            end = start + len(name)
            if not text.startswith(name, start):
                continue
            if not _NO_NAME.match(text, end):
                sign = _AGENCY if usual_name(name)[1] == "agency" else _OUTLET
                pieces += [text[at:start].replace(_AGENCY, " ").replace(_OUTLET, " "), sign]
                length += start - at
                places.append(length)
                names.append((start, end))
                length += 1
                at = end
            break
    return _Shortened("".join([*pieces, text[at:]]), tuple(places), tuple(names))


@cache
def _agencies() -> dict[str, str]:
    """Every name of an agency -> its usual one."""
    rows = json.loads((files("volgens.languages") / "agencies.json").read_text(encoding="utf-8"))
    return {alias: row["name"] for row in rows for alias in (row["name"], *row.get("also", ()))}


@cache
def _byplain_name() -> dict[str, str]:
    return {plain_name(alias): usual for alias, usual in _agencies().items() if len(alias) > 3}


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    """The names of the tables by their first words, longer ones first."""
    found: dict[str, set[str]] = {}
    for name in (*_agencies(), *shared("outlets", "outlets")):
        for form in (name, name.upper()) if len(name) > 3 else (name,):
            first = _WORD.match(form)
            if first is not None and len(name) > 1:
                found.setdefault(first[0], set()).add(form)
    return {first: tuple(sorted(forms, key=lambda n: (-len(n), n))) for first, forms in found.items()}


@cache
def usual_name(printed: str) -> tuple[str, CreditKind]:
    """The usual name of what is printed as ``printed``, and whether the tables know it as an agency."""
    name = " ".join(printed.split())
    usual = _agencies().get(name) or (_byplain_name().get(plain_name(name)) if len(name) > 3 else None)
    return (usual, "agency") if usual else (name, "outlet")


def plain_name(name: str) -> str:
    """An outlet's name as names are compared: letters and digits, in one case, without an article before it."""
    return re.sub(r"[\W_]", "", re.sub(r"^(?:the|de|het) ", "", name.casefold()))


@cache
def _patterns(key: str, language: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a key, those of every language and of this one, ready for use."""
    every = json.loads((files("volgens.languages") / "credits.json").read_text(encoding="utf-8"))
    own = table(language, "credits") if language in known() else {}
    one = f"[{_AGENCY}{_OUTLET}]"
    filled = {
        "{names}": rf"(?P<names>{one}(?:\s?(?:/|,|&|\+|and|en)\s?{one})*)",
        "{name}": one,
        "{agency}": _AGENCY,
        "{any}": _ANY.replace("[AO]", one),
        "{place}": _PLACE,
        "{role}": f"(?:{own.get('role', 'By')})",
    }
    found = []
    for template in [*every.get(key, ()), *own.get(key, ())]:
        for sign, pattern in filled.items():
            template = template.replace(sign, pattern)
        found.append(re.compile(template))
    return tuple(found)
