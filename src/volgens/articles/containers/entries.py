"""What readers of containers get and give: a Source to read from, and an Entry for each article in it, not read yet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from volgens.articles.containers.columns import ANY_COLUMNS, Columns
from volgens.articles.files import limited, unreadable
from volgens.articles.found import Found
from volgens.articles.packed import Unpacked
from volgens.config import Settings
from volgens.errors import InputError, NotText, VolgensError
from volgens.records import Article, Defect

UNEXPECTED = "cannot be read, by a fault in volgens; please report it"
"""The reason of an error that was not foreseen. Whoever tests volgens looks for it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A stream of bytes with what is known of it: the name it was given, its address, its charset and media type."""

    name: str
    stream: BinaryIO
    settings: Settings
    columns: Columns = ANY_COLUMNS
    url: str | None = None
    charset: str | None = None
    seen: str | None = None
    """When it was fetched, ISO 8601."""
    hinted: bool = False
    """Whether its name or a header calls it a page."""

    def data(self) -> tuple[bytes, tuple[Defect, ...]]:
        """All of it, and a Defect where its packing is damaged. Raises TooLarge."""
        data = limited(self.stream, self.settings.max_bytes, self.name)
        damage = self.damage()
        if damage and not data:
            raise NotText(self.name, "packed data that cannot be unpacked; get the file again")
        return data, damage

    def damage(self) -> tuple[Defect, ...]:
        """A Defect where the packing is damaged, as far as it was read."""
        unpacked = getattr(self.stream, "raw", None)
        if isinstance(unpacked, Unpacked) and unpacked.damage:
            return (Defect("articles", f"the packed data is damaged ({unpacked.damage}); what could be unpacked was read"),)
        return ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One article, link or failure of a container: its name, and what to call to get it. Most of the work is in that call.

    ``read`` must be called, if at all, before the next entry is asked for. It may raise InputError.
    """

    name: str
    read: Callable[[], Found]


@dataclass(slots=True)
class Places:
    """Names for the places in one input: each is given once, a second one of the same gets a number."""

    input: str
    _given: dict[str, int] = field(default_factory=dict)

    def name(self, place: object) -> str:
        """The name of ``place``, "day.jsonl#12"."""
        name = f"{self.input}#{place}"
        count = self._given[name] = self._given.get(name, 0) + 1
        return name if count == 1 else f"{name}#{count}"


def failing(name: str, reason: str | InputError) -> Entry:
    """An entry that gives nothing but this error."""
    error = reason if isinstance(reason, InputError) else InputError(name, reason)
    return Entry(name, lambda: Found(name, error=error))


def entry(name: str, read: Callable[[], tuple[Article, tuple[Defect, ...]]]) -> Entry:
    """The entry of one article that ``read`` gives."""

    def made() -> Found:
        article, defects = read()
        return Found(name, article=article, defects=defects)

    return Entry(name, made)


def guarded(name: str, entries: Iterator[Entry]) -> Iterator[Entry]:
    """``entries``, with one that fails at the end where what holds them can be read no further."""
    try:
        yield from entries
    except Exception as error:  # what one container holds must not cost those of the others
        yield failing(name, _as_input_error(name, error))


def made(one: Entry) -> Found:
    """What an entry gives. Nothing is raised: an error is a Found like the others."""
    try:
        return one.read()
    except Exception as error:  # one article must not cost the others
        return Found(one.name, error=_as_input_error(one.name, error))


def _as_input_error(name: str, error: Exception) -> InputError:
    if isinstance(error, InputError):
        return error
    if isinstance(error, VolgensError):
        return InputError(name, str(error))
    if isinstance(error, OSError):
        return unreadable(name, error)
    if isinstance(error, RecursionError):
        return InputError(name, "nested too deeply; give its text")
    logging.getLogger(__name__).debug("%s", name, exc_info=error)
    return InputError(name, f"{UNEXPECTED} ({type(error).__name__}: {str(error)[:200]})")
