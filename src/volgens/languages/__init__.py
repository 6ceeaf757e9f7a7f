"""What the stages know of a language: data, no logic. A new language is a new folder with the same files.

``nl/`` and ``en/`` hold JSON; whatever a language lacks is empty, so that every stage runs on every text and answers "unknown".
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


def known() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that have a folder, in alphabetical order."""
    return tuple(sorted(entry.name for entry in files(__package__).iterdir() if entry.is_dir() and len(entry.name) == 2))


@cache
def table(language: str, name: str) -> dict[str, Any]:
    """The data of ``name`` ("speakers", "certainty", "times") for a language; {} where there is none."""
    path = files(__package__) / language / f"{name}.json"
    if language not in known() or not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def shared(name: str, key: str) -> frozenset[str]:
    """A list of the table ``name`` that is the same in every language ("outlets"): phrases between bars."""
    listed: dict[str, str] = json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
    return frozenset(part.strip() for part in listed[key].split("|"))


@cache
def words(language: str, name: str, key: str) -> frozenset[str]:
    """A list of the table ``name`` as a set: in the file it is one string, words between spaces or phrases between bars."""
    listed: str = table(language, name).get(key, "")
    return frozenset(part.strip() for part in (listed.split("|") if "|" in listed else listed.split()) if part.strip())


@cache
def owners() -> dict[str, tuple[str, ...]]:
    """The names of outlets by who owns them."""
    listed: dict[str, str] = json.loads((files(__package__) / "owners.json").read_text(encoding="utf-8"))
    return {owner: tuple(part.strip() for part in names.split("|")) for owner, names in listed.items()}


@cache
def domains() -> dict[str, str]:
    """The names of well-known outlets by the domain that they publish at, without "www."."""
    found: dict[str, str] = json.loads((files(__package__) / "domains.json").read_text(encoding="utf-8"))
    return found
