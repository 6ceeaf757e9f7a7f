"""An article -> what it is about: its words, names and numbers, weighted by how rare they are in news."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from volgens.languages import table
from volgens.records import Article

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDS = re.compile(r"[.!?:…]['\"”’»)\]]*\s+[\W_]*\Z|\n[\W_]*\Z|\A[\W_]*\Z")
_IN_TITLE = 3  # times that a word of the headline counts
_NAME = 2.0  # times that a name or a number outweighs another word as rare
_MOST = 300
_SAMPLE = 40_000
_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an article in ``language`` is about: ``words`` with a weight each, and ``names`` (names and numbers) apart, for
    comparison with articles in other languages. Both are vectors of length one, heaviest first."""

    language: str
    words: dict[str, float]
    names: dict[str, float]


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, as they are printed."""
    return _WORD.findall(text)


def terms(article: Article) -> Terms:
    """What ``article`` is about, by the tf-idf of its words (Salton & Buckley 1988) with the idf of its language's news."""
    text, title = article.text[:_SAMPLE], article.title or ""
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for word, inside in (*_words(text), *_words(title)):
        key = word.lower()
        counts[key] += 1
        if word[0].isdigit() or (word[0].isupper() and inside and len(word) > 1):
            names.add(key)
    for word in tokens(title):
        counts[word.lower()] += _IN_TITLE - 1
    rare = rarity(article.language)
    weights = {word: (1 + log(count)) * rare(word) * (_NAME if word in names else 1.0) for word, count in counts.items()}
    return Terms(article.language, _unit(weights), _unit({word: weights[word] for word in names}))


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it stands inside a sentence: at the head of one a capital says nothing."""
    for found in _WORD.finditer(text):
        yield found[0], _ENDS.search(text, max(0, found.start() - 8), found.start()) is None


def _unit(weights: dict[str, float]) -> dict[str, float]:
    """The heaviest of ``weights``, as a vector of length one. Equal weights are in alphabetical order."""
    kept = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    length = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: weight / length for word, weight in kept}


@cache
def rarity(language: str) -> Callable[[str], float]:
    """word -> its inverse document frequency; of a language without a table, that of English news."""
    data = table(language, "rarity") or table(_DEFAULT, "rarity")
    articles = data["articles"]
    common = {
        word: log((articles + 1) / (2 ** (int(step) / 2) + 1)) for step, words in data["words"].items() for word in words.split()
    }
    rarest = log((articles + 1) / 2)
    return lambda word: common.get(word, rarest)
