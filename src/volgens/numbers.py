"""Numbers in a text as values: "1.200", "twee miljoen" and "vijfentwintig", "1,200", "2m" and "twenty-five"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from volgens.languages import table
from volgens.records import Span

_DIGITS = re.compile(r"(?<![\w.,])\d{1,15}(?:[.,  ]\d{1,15})*(?![\d])")
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+")
_GAP = re.compile(r"[^\S\r\n]{0,2}|-")
_LONGEST = 40  # letters; a longer word is no number
_ABBREVIATED = 4  # letters; a shorter scale ("m", "mln") says nothing alone


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``span``. ``unit`` is "percent" or "percent point", or None."""

    value: float
    span: Span
    unit: str | None = None


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of ``text`` in its order. Small words that are mostly none ("een", "one") count only in front of a scale."""
    found = []
    pieces = sorted((*_in_digits(text, language), *_in_words(text, language)), key=lambda n: n.span)
    at = 0
    while at < len(pieces):
        number, at = _joined(text, pieces, at, language)
        if number is not None:
            found.append(number)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A number, or a scale ("million") that multiplies the one before it. ``small``: "one", no number when it stands alone."""

    value: float
    span: Span
    scale: bool = False
    small: bool = False
    word: bool = False


def _joined(text: str, pieces: list[_Piece], at: int, language: str) -> tuple[Number | None, int]:
    """The number that begins with piece ``at``, with the scales and smaller numbers behind it, and the first piece after it."""
    first = pieces[at]
    total, part, end = 0.0, first.value, first.span[1]
    least = first.value if first.scale else float("inf")
    after = at + 1
    while after < len(pieces) and _touch(text, end, pieces[after].span[0], language):
        piece = pieces[after]
        if piece.scale:
            part = max(part, 1.0) * piece.value
            if piece.value >= 1000:
                total, part = total + part, 0.0
            least = piece.value
        elif not piece.word or not _continues(part, piece.value, least):
            break
        else:
            part += piece.value
        end = piece.span[1]
        after += 1
    alone = after == at + 1
    if alone and (first.small or (first.scale and end - first.span[0] < _ABBREVIATED)):
        return None, after
    return Number(round(total + part, 6), (first.span[0], end), _unit(text, end, language)), after


def _continues(part: float, value: float, least: float) -> bool:
    """Whether a number word adds to what came before: "twenty" + "five", "hundred" + "fifty"."""
    if part == 0 or (part >= 100 and part % 100 == 0):
        return value < least and value < 100
    return part % 100 in (20, 30, 40, 50, 60, 70, 80, 90) and 0 < value < 10


def _touch(text: str, end: int, start: int, language: str) -> bool:
    between = text[end:start]
    if _GAP.fullmatch(between):
        return True
    return between.strip().lower() in str(table(language, "numbers").get("joint", "")).split() and len(between) <= 6


def _in_digits(text: str, language: str) -> Iterator[_Piece]:
    decimal = str(table(language, "numbers").get("decimal", ""))
    for match in _DIGITS.finditer(text):
        value = _value(match[0], decimal)
        if value is not None:
            yield _Piece(value, match.span())
        else:
            for part in re.finditer(r"\d+", match[0]):
                yield _Piece(float(part[0]), (match.start() + part.start(), match.start() + part.end()))


def _value(written: str, decimal: str) -> float | None:
    """What digits with signs between them amount to; None where they are no one number ("1,2,3", "3.4.2024")."""
    signs = re.sub(r"\d", "", written)
    if not signs:
        return float(written)
    last = signs[-1]
    whole, _, rest = written.rpartition(last)
    grouped = re.fullmatch(r"\d{1,3}(?:[.,  ]\d{3})+", written) is not None and len(set(signs)) == 1
    if grouped and (last != decimal or len(signs) > 1):
        return float(re.sub(r"\D", "", written))
    if last not in ".," or (len(signs) > 1 and not re.fullmatch(r"\d{1,3}(?:[.,  ]\d{3})+", whole)) or last in whole:
        return None
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{rest}")


def _in_words(text: str, language: str) -> Iterator[_Piece]:
    known = _words(language)
    if not known:
        return
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if len(word) > _LONGEST:
            continue
        piece = known.get(word)
        if piece is not None:
            yield _Piece(piece.value, match.span(), piece.scale, piece.small, word=True)
        elif (value := _compound(word, language)) is not None:
            yield _Piece(value, match.span(), word=True)


@cache
def _words(language: str) -> dict[str, _Piece]:
    data = table(language, "numbers")
    found = {word: _Piece(float(value), (0, 0)) for word, value in data.get("values", {}).items()}
    found |= {word: _Piece(float(value), (0, 0), small=True) for word, value in data.get("inside", {}).items()}
    return found | {word: _Piece(float(value), (0, 0), scale=True) for word, value in data.get("scales", {}).items()}


@cache
def _compound_parts(language: str) -> re.Pattern[str]:
    data = table(language, "numbers")
    parts = [*data.get("values", {}), *data.get("inside", {}), *(w for w, v in data.get("scales", {}).items() if v <= 1000)]
    joints = str(data.get("joint", "")).split()
    return re.compile("|".join(sorted(map(re.escape, {*parts, *joints}), key=len, reverse=True)) or r"(?!)")


def _compound(word: str, language: str) -> float | None:
    """What a word made of number words amounts to: "vijfentwintig", "tweehonderdvijftig"; None where it is none."""
    known, pattern = _words(language), _compound_parts(language)
    total = part = 0.0
    at = count = 0
    while at < len(word):
        match = pattern.match(word, at)
        if match is None:
            return None
        piece = known.get(match[0])
        if piece is not None:
            count += 1
            if piece.scale:
                part = max(part, 1.0) * piece.value
                total, part = (total + part, 0.0) if piece.value >= 1000 else (total, part)
            else:
                part += piece.value
        at = match.end()
    return total + part if count > 1 else None


def _unit(text: str, end: int, language: str) -> str | None:
    units: dict[str, str] = table(language, "numbers").get("units", {"%": "percent"})
    after = text[end : end + 24].lstrip("-").lstrip()
    for word in sorted(units, key=len, reverse=True):
        if after.lower().startswith(word) and not after[len(word) : len(word) + 1].isalpha():
            return units[word]
    return None
