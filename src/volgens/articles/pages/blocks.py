"""Pieces of a page -> one text, with a typed block for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from volgens.articles.pages.body import Piece
from volgens.articles.pages.bylines import plain
from volgens.articles.plain import without_surrogates
from volgens.records import Block

_CONTROLS = dict.fromkeys([*range(32), 127], " ")


def compose(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """One line for each piece, in their order, and a block at each line."""
    lines: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        # Characters written as numbers (&#xD83D;) can name half a pair.
        line = " ".join(without_surrogates(piece.text.translate(_CONTROLS))[0].split())
        if not line:
            continue
        lines.append(line)
        blocks.append(Block(piece.kind, (at, at + len(line)), piece.time))
        at += len(line) + 1
    return "\n".join(lines), tuple(blocks)


def without_repeats(head: Sequence[Piece], body: Sequence[Piece]) -> list[Piece]:
    """``body`` without the lines that only repeat one of ``head``, and without a line that is there twice in a row."""
    said = {plain(piece.text) for piece in head}
    kept: list[Piece] = []
    for piece in body:
        if plain(piece.text) not in said and not (kept and kept[-1].text == piece.text):
            kept.append(piece)
    return kept
