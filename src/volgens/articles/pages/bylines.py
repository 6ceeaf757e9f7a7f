"""Printed bylines -> the people in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from volgens.languages import domains, shared

_NOISE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|https?://\S+|\S*@\S+|©|®|\S+\.(?:com|org|net|nl|be|de|co\.uk)\b")
_BREAKS = re.compile(r"\s*(?:[,;|/•·\n\t、&+]|\s[-–—]\s|:)\s*")
_EDGES = " \t.,;:*\"“”«»„'’‘-–—_"
_NO_CASE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5}")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_WORDS = 6
_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}")


def plain(text: str) -> str:
    """``text`` as names are compared: letters and digits alone, in one case."""
    return re.sub(r"[\W_]", "", text).casefold()


def people(printed: Iterable[str], bodies: Iterable[str] = ()) -> tuple[str, ...]:
    """The people that bylines name, each once: no roles, places, agencies, addresses or outlets.

    ``bodies`` are other names that are nobody's, such as that of the page's own outlet.
    """
    nobody = _nobody() | {plain(body) for body in bodies if body}
    found: dict[str, str] = {}
    for line in printed:
        for part in _parts(line):
            if (name := _name(part)) and plain(name) not in nobody:
                found.setdefault(plain(name), name)
    return tuple(found.values())


@cache
def _nobody() -> frozenset[str]:
    names = (*shared("outlets", "agencies"), *shared("outlets", "outlets"), *domains().values(), *domains())
    return frozenset(plain(name) for name in names)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in shared("bylines", key))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(shared("bylines", key), key=lambda word: (-len(word), word)))
    if key == "and":
        # A capital makes it an initial ("Carlos E Lopez"), but for a line in capitals alone.
        return re.compile(rf"\s(?:{listed}|AND|EN|UND|ET)\s")
    return re.compile(rf"\s*(?:{listed})(?=[\s:])[\s:]*", re.IGNORECASE)


def _parts(line: str) -> Iterable[str]:
    line = _NOISE.sub(" ", line)
    for part in _BREAKS.split(line):
        for name in _pattern("and").split(f" {_after_by(part)} "):
            yield _after_by(name)


def _after_by(text: str) -> str:
    """``text`` without the word that says that a name follows: "Door", "Von", "Ein Kommentar von"."""
    text = text.strip(_EDGES)
    while found := _pattern("by").match(text):
        text = text[found.end() :].strip(_EDGES)
    # A name may begin with these: "Von Anna Sleegers", but also "Von der Leyen".
    found = _pattern("weak by").match(text)
    if found and len(rest := text[found.end() :].split()) >= 2 and not rest[0][0].islower():
        text = " ".join(rest)
    words = text.split()
    for i, word in enumerate(words[1:6], 1):
        by = word.casefold().rstrip(":") in _words("by") | _words("weak by")
        if by and any(before.casefold() in _words("genres") for before in words[:i]):
            return " ".join(words[i + 1 :])
    return text


def _name(part: str) -> str | None:
    """The person's name that ``part`` consists of, a role at either end apart; None where it is none."""
    words = [word.strip(',;:*"“”«»„()[]|') for word in part.split()]
    words = [word for word in words if word.strip(_EDGES)]
    folded = [word.casefold() for word in words]
    if any(word.strip(".") in _words("desk") for word in folded):
        return None
    roles = [i for i, word in enumerate(folded) if word.strip(".") in _words("roles")]
    if roles and roles[0] >= 2:
        words = words[: roles[0]]
    elif roles:
        words = words[roles[-1] + 1 :]
    for i, word in enumerate(words):
        # "Jan Kramer in Londen"; but "Maarten in 't Veld".
        if i and word[0].islower() and not _is_particle(words, i):
            words = words[:i]
            break
    name = " ".join(words).strip(_EDGES.replace(".", ""))
    return name if _is_name(name) else None


def _is_particle(words: list[str], at: int) -> bool:
    word = words[at].casefold()
    following = words[at + 1].casefold() if at + 1 < len(words) else ""
    if word in ("in", "op"):
        return following in ("'t", "’t", "het", "de", "den", "der")
    return bool(following) and (word in _words("particles") or word[:2] in ("d'", "d’", "o'", "l'"))


def _is_name(name: str) -> bool:
    if any(c.isdigit() or c in "@_#{}<>=?!…" for c in name) or len(name) > 60:
        return False
    words = name.split()
    if len(words) == 1:
        return bool(_NO_CASE.fullmatch(name))
    if not 2 <= len(words) <= _MOST_WORDS or not all(_LETTER.search(word) for word in words):
        return False
    if words[0].casefold() in ("the", "het", "die", "das", "der", "this", "deze", "onze", "our"):
        return False
    if words[0][0].islower() and words[0].casefold() not in _words("particles"):
        return False
    # In a name the last word is no particle, and one of the others at least is spelt out.
    return not words[-1][0].islower() and any(not _INITIALS.fullmatch(word) for word in words)
