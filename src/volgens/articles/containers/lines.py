"""A stream of bytes -> its lines, one at a time, none longer than a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

_PIECE = 1 << 20


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Each line with its newline; None for one that is longer than ``limit`` bytes, of which no more is kept."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)
        yield None
