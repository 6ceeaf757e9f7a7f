"""Where an archive is: a file, or a database that a server keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_TOLD = ("host", "port", "user", "dbname")  # of what stands behind the "?"; the rest may be a secret


class Place(Protocol):
    """What an archive may be in: a ``Path`` is one, a ``Server`` is another. ``str`` names it, without a password."""

    def exists(self) -> bool:
        """Whether an archive may be there already."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database at an address such as postgresql://user@host/name."""

    address: str = field(repr=False)

    def exists(self) -> bool:
        """Whether an archive may be there: connecting tells."""
        return True

    def __str__(self) -> str:
        """The address without password and options."""
        scheme, _, rest = self.address.partition("://")
        body, _, options = rest.partition("?")
        if "@" in options or "#" in rest:
            return f"{scheme}://..."  # a password with a character that ought to be escaped
        account, at, place = body.rpartition("@")
        told = "&".join(pair for pair in options.split("&") if pair.partition("=")[0] in _TOLD)
        return f"{scheme}://{account.partition(':')[0]}{at}{place}" + (f"?{told}" if told else "")


def place(given: str | Path) -> Place:
    """The place that a person gives as a path or as an address of a database."""
    scheme, mark, _ = str(given).partition("://")
    return Server(str(given)) if mark and scheme.lower() in _SERVERS else Path(given)
