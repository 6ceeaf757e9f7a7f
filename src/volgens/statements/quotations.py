"""Quotation marks of every habit: where a quoted stretch opens and closes, and pieces that lost a mark."""

from __future__ import annotations

import re

from volgens.records import Span

OPENING = re.compile(r"``|,,|[“‘„‚«‹»›\"'”]")
_OPENS_AT_END = re.compile(r"(?:``|,,|(?<![\w])[“‘„‚«‹»›\"'”])[^\S\r\n]?\Z")
_CLOSES_AFTER = re.compile(r"[^\S\r\n]?[.,!?…]?(?:''|[”’“»›«\"'](?!\w))")
_CLOSES_AT_END = re.compile(r"(?:''|[”’“»›«\"'])\Z")
_CLOSERS = {"``": ("''", '"'), ",,": ("''", "”", '"'), "“": ("”",), "‘": ("’",), "„": ("”", "“"), "‚": ("’", "‘"), "«": ("»",),
            "‹": ("›",), "»": ("«",), "›": ("‹",), '"': ('"',), "'": ("'",), "”": ("”",)}  # fmt: skip
_REACH = 6000  # characters; a quotation that runs on for longer was never closed
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|[\r\n]")


def _closers(opening: str) -> re.Pattern[str]:
    """What closes a quotation that ``opening`` opens. An apostrophe inside a word closes nothing."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, _CLOSERS[opening]))})(?!\w)")


def close(text: str, span: Span) -> int | None:
    """Where the quotation that ``span`` opens with is closed, after its mark; None if it opens none or is never closed.

    A mark that opens the next paragraph again, as English style has it, closes nothing.
    """
    opening = OPENING.match(text, span[0])
    if opening is None:
        return None
    for mark in _closers(opening[0]).finditer(text[span[0] : span[0] + _REACH]):
        at = span[0] + mark.start()
        if at >= opening.end() and not text[at - 1].isspace():
            return span[0] + mark.end()
    return None


def mend(text: str, span: Span) -> Span:
    """``span`` with the quotation marks that belong to it: what opens inside is closed, what closes inside is opened.

    Only marks that stand right at its edges are taken in (a full stop or comma may stand between).
    """
    start, end = span
    inside = text[start:end]
    opened = OPENING.match(inside)
    after = _CLOSES_AFTER.match(text, end)
    before = _OPENS_AT_END.search(text[max(0, start - 3) : start])
    if opened and after and len(inside) > 1:
        if not _closers(opened[0]).search(inside, opened.end()):
            end = after.end()
    elif before and not opened:
        opening = before[0].strip()
        closing = _CLOSES_AT_END.search(inside)
        if closing and closing[0] in _CLOSERS[opening] and len(_closers(opening).findall(inside)) == 1:
            start -= len(before[0])
        elif after and after[0].strip(" .,!?…") in _CLOSERS[opening]:
            start, end = start - len(before[0]), after.end()
    return start, end


def run_on(text: str, span: Span) -> Span:
    """A content that the reader's reach cut off, carried on to where its quotation or else its sentence ends."""
    closed = close(text, span)
    if closed is not None and closed > span[1]:
        return span[0], closed
    ending = _SENTENCE_END.search(text, max(span[1] - 1, span[0]), span[0] + _REACH)
    return (span[0], max(span[1], ending.start())) if ending else span
