"""Windows over a text's pieces that overlap, so that no statement is cut at an edge."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Window = tuple[int, int]


def cut(length: int, *, size: int, overlap: int) -> list[Window]:
    """Windows [start, end) of at most ``size`` pieces that cover ``length`` pieces, near to equally long.

    Neighbours share at least ``overlap`` pieces. Empty for an empty text.
    """
    if length <= size:
        return [(0, length)] if length else []
    count = math.ceil((length - overlap) / (size - overlap))
    width = math.ceil((length + (count - 1) * overlap) / count)
    starts = [round(index * (length - width) / (count - 1)) for index in range(count)]
    return [(start, start + width) for start in starts]


def owners(windows: list[Window]) -> npt.NDArray[np.int64]:
    """For each window the first piece that is its own: the middle of what it shares with the one before it.

    Own pieces run up to the next window's first. A piece is owned by the window in which it stands farthest from an edge.
    """
    firsts = [0] + [(start + end) // 2 for (_, end), (start, _) in pairwise(windows)]
    return np.array(firsts, np.int64)
