"""Files and streams, opened and read within limits; what can go wrong with them is an InputError that says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from volgens.errors import InputError, NotFound, TooLarge

_PIECE = 1 << 20


def open_file(name: str) -> BinaryIO:
    """The file at path ``name``, to be read. Raises InputError, which says why it cannot be."""
    if not name:
        raise NotFound(name, "no input given; give a path, an address, or - for standard input")
    try:
        path = Path(name)
        if path.is_dir():
            raise InputError(name, "a directory; give the files in it")
        return path.open("rb")
    except FileNotFoundError as error:
        hint = "; addresses begin with http:// or https://" if "://" in name or name.lower().startswith("www.") else ""
        raise NotFound(name, f"no such file{hint}") from error
    except (OSError, ValueError) as error:
        # A name with a NUL, one that is too long, a disk that fails.
        raise unreadable(name, error) from error


def unreadable(name: str, error: Exception) -> InputError:
    """The InputError for what the system says of a file."""
    if isinstance(error, PermissionError):
        return InputError(name, "may not be read; ask for permission to it, or copy it")
    return InputError(name, f"cannot be read: {getattr(error, 'strerror', None) or error}")


def limited(stream: BinaryIO, limit: int, name: str) -> bytes:
    """All that is left of ``stream``. Raises TooLarge where that is more than ``limit`` bytes, or another InputError."""
    try:
        data = at_most(stream, limit + 1)
    except OSError as error:
        raise unreadable(name, error) from error
    if len(data) > limit:
        raise TooLarge(name, f"larger than {limit:,} bytes, the limit (max_bytes); give it in parts")
    return data


def at_most(stream: BinaryIO, size: int) -> bytes:
    """The next ``size`` bytes of ``stream``, or all that is left of it."""
    pieces: list[bytes] = []
    # A pipe may give less than it is asked for.
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
