"""Noun phrases that stand as a source: whom they name, and what is their head where they name nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from volgens.records import Span
from volgens.statements.speakers.names import Named, Names
from volgens.statements.speakers.tokens import Token, bare_word

QUOTES = "\"“”„‘’'«»"
_POSSESSIVE = re.compile(r"['’]s?\s")
_EDGES = " ,.;:\"'“”‘’"
_BACK = 80  # characters before a name in which the word stands that governs it


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: "zijn advocaat van het kantoor" has the determiner "zijn", the head "advocaat" and goes on ``after`` "van".

    ``text`` is without the determiner and what follows a comma.
    """

    words: tuple[Token, ...]
    determiner: str
    head: str
    after: Span | None
    text: str


class Phrases:
    """The noun phrases of one article."""

    def __init__(self, names: Names) -> None:
        self.names, self.words, self.text = names, names.words, names.text.text

    def read(self, span: Span) -> Phrase:
        """The phrase in ``span``."""
        words, determiner = self._determined(self.names.text.tokens_in(span))
        core: list[Token] = []
        after: Span | None = None
        end = span[1]
        for token in words:
            if core and self._ends_before(token, core[-1]):
                end = core[-1].end
                break
            if core and after is None and self.words.has(token.word, "of"):
                after = (token.end, span[1])
            core.append(token)
        while len(core) > 1 and self.words.has(core[-1].word, "selves"):
            end = core.pop().start  # "de wethouder zelf"
        if after:
            after = (after[0], max(end, after[0]))
        front = [t for t in core if not after or t.end < after[0]] or core[:1]
        head = bare_word(front[-1].word).lower() if front else ""
        text = self.text[core[0].start : end].strip(_EDGES) if core else ""
        return Phrase(tuple(core), determiner, head, after, text or self.text[slice(*span)])

    def _determined(self, words: list[Token]) -> tuple[list[Token], str]:
        has = self.words.has
        if len(words) > 2 and has(words[1].word, "determiners") and not has(words[0].word, "determiners", "numbers"):
            words = words[has(words[0].word, "function_words") :]  # "zelfs de directeur"
        if len(words) > 1 and has(words[0].word, "determiners", "numbers"):
            return words[1:], words[0].word.lower()
        return words, ""

    def _ends_before(self, token: Token, last: Token) -> bool:
        gap = self.text[last.end : token.start]
        relative = self.words.has(token.word, "relative") and not self.words.has(last.word, "of")
        return relative or "," in gap or (gap != " " and not gap.startswith(("'", "’")))

    def possessive(self, phrase: Phrase) -> bool:
        """Whether it begins with "his" or the like."""
        return self.words.has(phrase.determiner, "possessive")

    def definite(self, phrase: Phrase) -> bool:
        """Whether it begins with "the" or the like, "his" among them."""
        return self.words.has(phrase.determiner, "definite")

    def heads(self, span: Span) -> list[Named]:
        """Whom the mention itself names, and not only beside: "De Kruif" in "oud-commandant De Kruif van het leger"."""
        heads: list[Named] = []
        for piece in self.pieces(span):
            free = [n for place, n in self.names.within(piece) if not self.governed(place, piece)]
            heads += [n for n in free if n.person][:1] or free[:1]
        return list(dict.fromkeys(heads))

    def pieces(self, span: Span) -> Iterator[Span]:
        """The mention between its "and"s and commas, where every part names somebody by itself."""
        held = [place for place, _ in self.names.within(span)]
        tokens = self.names.text.tokens_in(span)
        cuts = [t for t in tokens if self.words.has(t.word, "joining") and not any(a <= t.start < b for a, b in held)]
        edges = [span[0], *(edge for t in cuts for edge in (t.start, t.end)), span[1]]
        pieces = list(zip(edges[::2], edges[1::2], strict=True))
        if len(pieces) == 1 or not all(any(not self.governed(p, piece) for p, _ in self.names.within(piece)) for piece in pieces):
            yield span
            return
        for piece in pieces:
            listed = [place for place, _ in self.names.within(piece)]
            commas = {self.text[one[1] : other[0]].strip() for one, other in pairwise(listed)} == {","}
            yield from listed if commas else [piece]

    def governed(self, place: Span, span: Span) -> bool:
        """Whether a name in ``span`` only says whose or of where: "a lawyer for Smith", "Smith's lawyer", "the Smith campaign"."""
        return self._governed_before(place, span[0]) or self._governed_after(place, span[1])

    def _governed_before(self, place: Span, start: int) -> bool:
        has = self.words.has
        if start == place[0] or self.text[place[0] - 1] in QUOTES:
            return False
        for token in reversed(self.names.text.tokens_in((max(start, place[0] - _BACK), place[0]))):
            if "," in self.text[token.end : place[0]]:
                return False
            if has(token.word, "of", "where", "relative"):
                return True
            if has(token.word, "function_words") and not has(token.word, "determiners", "numbers", "joining"):
                return token.word[0].islower()
            if self.words.like(token.word, "people") or token.word[0].isupper():
                return False
        return False

    def _governed_after(self, place: Span, end: int) -> bool:
        if _POSSESSIVE.match(self.text, place[1], end) or (place[1] < end and self.text[place[1] - 1] in "'’"):
            return True
        following = self.names.text.tokens_in((place[1], min(end, place[1] + _BACK)))[:1]
        if not following or self.text[place[1] : following[0].start] != " ":
            return False
        plain = not self.words.has(following[0].word, "function_words", "determiners", "of", "relative", "joining", "selves")
        return plain and following[0].word[0].islower()
