"""Units: the grid of words and punctuation marks on which the reader labels, and their encoding into pieces.

A unit is a run of letters and digits, a number with its separators, one punctuation mark, or one character of a
script that writes no spaces. Every span the reader makes begins and ends at a unit's edge, so that no span can
cut a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

_SPACELESS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNIT = re.compile(rf"\d+(?:[.,]\d+)*|[{_SPACELESS}]|[^\W_{_SPACELESS}]+|[^\w\s]|_")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
# Characters that a tokenizer would take for unknown words are blanked one by one, which keeps every offset.
_BLANK = dict.fromkeys((*range(32), *range(127, 161), 173, *range(8192, 8208), 8239, 8287, 8288, 65279), " ")
_BLANK |= dict.fromkeys((*range(8234, 8239), *range(8294, 8298), *range(55296, 57344)), " ")
_BLANK |= dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x85), "\n")

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as units and pieces.

    ``starts``, ``ends``: offsets of each unit in the text (code points). ``lines``: which line of the text each unit
    stands on. ``pieces``: vocabulary ids; a line break is one piece. ``first``: for each unit, the index of
    its first piece; it never falls.
    """

    starts: IntArray
    ends: IntArray
    lines: IntArray
    pieces: IntArray
    first: IntArray

    def __len__(self) -> int:
        return len(self.starts)


def encode(text: str, tokenizer: Tokenizer, *, line_break: int) -> Encoded:
    """Split ``text`` into units and pieces.

    ``line_break`` is the id of the piece that stands for the end of a line. Never raises, whatever the text.
    """
    clean = text.translate(_BLANK)
    found = [match.span() for match in _LINE.finditer(clean)]
    spans = [(start, end) for start, end in found if not clean[start:end].isspace()]
    encodings = tokenizer.encode_batch([clean[start:end] for start, end in spans], add_special_tokens=False)
    starts: list[int] = []
    ends: list[int] = []
    lines: list[IntArray] = []
    pieces: list[IntArray] = []
    first: list[IntArray] = []
    base = 0
    for line, ((offset, end), encoding) in enumerate(zip(spans, encodings, strict=True)):
        unit_starts = []
        for match in _UNIT.finditer(clean, offset, end):
            unit_starts.append(match.start())
            ends.append(match.end())
        starts.extend(unit_starts)
        ids = np.array([*encoding.ids, line_break], np.int32)
        begins = np.array([begin for begin, _ in encoding.offsets], np.int64) + offset
        index = np.searchsorted(begins, np.array(unit_starts, np.int64), side="right") - 1
        first.append((np.maximum(index, 0) + base).astype(np.int32))
        lines.append(np.full(len(unit_starts), line, np.int32))
        pieces.append(ids)
        base += len(ids)
    empty = np.zeros(0, np.int32)
    return Encoded(
        np.array(starts, np.int32),
        np.array(ends, np.int32),
        np.concatenate(lines) if lines else empty,
        np.concatenate(pieces) if pieces else empty,
        np.concatenate(first) if first else empty,
    )
