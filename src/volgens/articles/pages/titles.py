"""Several headlines of a page -> its title, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from volgens.articles.pages.bylines import plain
from volgens.articles.pages.stated import Voice

_SEPARATOR = re.compile(r"\s+[|\-–—»·•/]\s+|\s*(?:::|\|)\s*|(?<=\S): (?=\S+$)|[：｜]")
_KICKER = re.compile(r":\s+")
_SHORTEST = 15
_DATE = re.compile(r"[\d\s./-]{6,12}")
# The headline on the page and the ones made for machines weigh alike; what is made for sharing and searching is often reworded.
_WEIGHTS = {"json-ld": 1.0, "opengraph": 1.0, "visible": 1.0, "dublin core": 0.6, "meta": 0.6, "title": 0.6}


def choose_title(voices: Iterable[Voice], names: Iterable[str]) -> Voice | None:
    """The headline that most voices give, by their weights; of equal ones the first.

    ``names`` are those of the site. A voice that adds something to another's words, set off by a sign, speaks for the shorter:
    that is how pages add a site's name, a section, or a kicker.
    """
    sites = {plain(name) for name in names} - {""}
    said = [Voice(voice.origin, title) for voice in voices if (title := without_site(voice.value, sites))]
    weights: dict[str, float] = {}
    given: dict[str, Voice] = {}
    seen: set[tuple[str, str]] = set()
    shorter = {plain(voice.value) for voice in said}
    # On the page a kicker often stands apart: that the heading lacks it says little. A field for machines holds the whole headline.
    bare = {plain(voice.value) for voice in said if voice.origin in ("json-ld", "opengraph")}
    for voice in said:
        key = _core(voice.value, shorter, bare)
        if (voice.origin, key) not in seen:
            seen.add((voice.origin, key))
            weights[key] = weights.get(key, 0.0) + _WEIGHTS[voice.origin]
        if plain(voice.value) == key:
            given.setdefault(key, voice)
    best = max(weights, key=lambda key: weights[key], default=None)
    if best is None:
        return None
    found = given[best]
    return Voice("meta" if found.origin == "title" else found.origin, found.value)


def without_site(title: str, sites: Iterable[str]) -> str:
    """``title`` without the names of the site at its end or its beginning, with what stands between the two and a date.

    ``sites`` are as ``plain`` gives them. A title that is the site's name alone stays.
    """
    names = set(sites)
    marks = [(found.start(), found.end()) for found in _SEPARATOR.finditer(title)]
    for start, end in marks[-3:]:
        tail = _SEPARATOR.split(title[end:])
        if start and any(_is_site(part, names) for part in tail) and all(_is_furniture(part, names) for part in tail):
            return without_site(title[:start].strip(), names)
    for start, end in marks[:1]:
        if end < len(title) and _is_site(title[:start], names):
            return title[end:].strip()
    return title.strip()


def _is_site(part: str, names: set[str]) -> bool:
    return plain(part) in names


def _is_furniture(part: str, names: set[str]) -> bool:
    """A site's name, a date, or a section: one word, or two."""
    return _is_site(part, names) or bool(_DATE.fullmatch(part.strip())) or len(part.split()) <= 2


def _core(title: str, shorter: Collection[str], bare: Collection[str]) -> str:
    """The shortest headline that ``title`` consists of but for something set off at its end or its beginning.

    ``shorter`` are all headlines, ``bare`` those that have their kicker where there is one.
    """
    found = [plain(part) for mark in _SEPARATOR.finditer(title) for part in (title[: mark.start()], title[mark.end() :])]
    cores = [part for part in found if part in shorter]
    cores += [rest for mark in _KICKER.finditer(title) if (rest := plain(title[mark.end() :])) in bare]
    return min((core for core in cores if len(core) >= _SHORTEST), key=len, default=plain(title))
