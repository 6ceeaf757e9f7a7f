"""Text -> the language it is written in."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, cast

UNKNOWN = "und"

_SAMPLE = 4000
_LEAST_LETTERS = 12
_LEAST = 0.55
_LEAST_IF_AGREED = 0.3
_WORD = re.compile(r"['’]n\b|[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


def detect(text: str) -> str:
    """The ISO 639-1 code of the language of ``text``, judged by some thousand characters of it.

    "und" where it is too short or too unsure to tell, or a language without such a code.
    """
    sample = _ADDRESS.sub(" ", _sampled(text))
    letters = len(_LETTER.findall(sample))
    if letters < _LEAST_LETTERS:
        return UNKNOWN
    # Prose shows its language by its function words. Counting them takes a millisecond; the statistical model takes a
    # second to load, so it is asked only where the words do not settle it.
    return by_function_words(sample) or by_model(sample)


def _sampled(text: str) -> str:
    """Text from the start and from the middle: the start alone may be a headline, a menu or a quotation."""
    text_length = len(text)
    if text_length <= _SAMPLE:
        return text
    half = _SAMPLE // 2
    middle = max(half, text_length // 2 - half // 2)
    return f"{text[:half]} {text[middle : middle + half]}"


def by_function_words(text: str) -> str | None:
    """The language whose function words make up the text, where there are enough of them and no other comes near.

    None where that is not so, which says nothing about the language.
    """
    words = _words(text)
    (hits, code), (next_hits, _) = _ranking(words)[:2]
    kinds = len(_lists()[code].intersection(words))
    clear = hits >= 8 and kinds >= 6 and hits * 4 >= len(words) and hits * 2 >= next_hits * 3
    return code if clear and len(code) == 2 else None


def by_model(text: str) -> str:
    """The language that the statistical model gives the text; "und" where its probability is too low.

    A lower one will do where the function words speak for the same language: a short Dutch sentence shares most of its
    letters with Afrikaans and Frisian.
    """
    language, probability = _identifier().classify(text)
    (hits, leader), (next_hits, _) = _ranking(_words(text))[:2]
    agreed = leader == language and hits >= 3 and hits > next_hits
    # Codes of three letters are languages without an ISO 639-1 code, and "zxx" is no language at all.
    return language if len(language) == 2 and probability >= (_LEAST_IF_AGREED if agreed else _LEAST) else UNKNOWN


def _words(text: str) -> list[str]:
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]


def _ranking(words: list[str]) -> list[tuple[int, str]]:
    return sorted(((sum(word in listed for word in words), code) for code, listed in _lists().items()), reverse=True)


@cache
def _lists() -> dict[str, frozenset[str]]:
    listed = json.loads(files(__package__).joinpath("function_words.json").read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in listed.items()}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(Any, LanguageIdentifier).from_model_file(MODEL_FILE, norm_probs=True)
