"""What a robots.txt allows, after RFC 9309: the longest matching rule decides, with * and $ in paths.

The standard library's parser takes the first rule that matches and knows no wildcards, and so visits pages that a site
closed, and stays away from pages that it opened.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

Rule = tuple[str, bool]
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,3})?")
_LONGEST_DELAY = 60.0  # seconds; a longer one would be no different from a closed door


def allowed(robots: str, agent: str, path: str) -> bool:
    """Whether ``robots``, the text of a robots.txt, lets ``agent`` (a product name such as "volgens") visit ``path``.

    ``path`` is what follows the host, with the query. Lines that mean nothing are passed over.
    """
    rules = _rules(robots, agent)
    path = _normal(path or "/")
    matching = [(len(pattern), allow) for pattern, allow in rules if _matches(pattern, path)]
    # Of two rules of the same length the one that allows wins.
    return max(matching, default=(0, True))[1]


def crawl_delay(robots: str, agent: str) -> float:
    """The seconds between two visits that ``robots`` asks of ``agent``: 0 where it asks for none, at most a minute."""
    asked = [value for key, value in _lines(robots, agent) if key == "crawl-delay" and _SECONDS.fullmatch(value)]
    return min(float(asked[-1]), _LONGEST_DELAY) if asked else 0.0


def _rules(robots: str, agent: str) -> list[Rule]:
    # An empty "Disallow:" closes nothing.
    return [(_normal(value), key == "allow") for key, value in _lines(robots, agent) if value and key in ("allow", "disallow")]


def _lines(robots: str, agent: str) -> list[tuple[str, str]]:
    """The lines for ``agent``, from all groups that name it; where none does, those for everybody."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    naming = False
    for line in robots.removeprefix("\ufeff").splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            names = [*names, value.lower()] if naming else [value.lower()]
            naming = True
            for name in names:
                groups.setdefault(name, [])
        elif key in ("allow", "disallow", "crawl-delay"):
            naming = False
            for name in names:
                groups[name].append((key, value))
    return groups.get(agent.lower(), groups.get("*", []))


def _normal(path: str) -> str:
    return quote(unquote(path, errors="surrogateescape"), safe="/?&=*$+,;:@!~'()%", errors="surrogateescape")


def _matches(pattern: str, path: str) -> bool:
    ended = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if ended:
        if not rest:
            return place == len(path)
        last = rest.pop()
        if not path.endswith(last) or len(path) - len(last) < place:
            return False
        path = path[: len(path) - len(last)]
    # Taking each piece at its first place is enough, and unlike a regular expression never goes back.
    for piece in rest:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True
