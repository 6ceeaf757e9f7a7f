"""The words and sentences of a text, and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from volgens.records import Span
from volgens.statements.speakers.lexicon import Lexicon

_TOKEN = re.compile(r"(?:[^\W\d_]\.)+|&|[^\W_](?:[^\W_]|[’'&.-](?=[^\W_]))*")
_ENDS = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s)|\n+")
_STARTS = re.compile(r"[.!?…:;\n\r\"“”‘„«»•*]|(?:^|\s)['’–—-]|^$")
_LINES = re.compile(r"\n\s*")
_ABBREVIATION = 12  # characters before a full stop that are looked at


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text; ``first`` where a sentence, line or quotation begins with it."""

    start: int
    end: int
    word: str
    first: bool

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


def bare_word(word: str) -> str:
    """A word without the possessive ending."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


class Text:
    """A text with its words, sentences and lines found once; every look-up is a bisection."""

    def __init__(self, text: str, words: Lexicon) -> None:
        """``words``: the language's lists, of which the abbreviations end no sentence."""
        self.text, self.words = text, words
        self.tokens = self._tokens()
        self._token_starts = [token.start for token in self.tokens]
        self._ends = [m.end() for m in _ENDS.finditer(text) if not self._abbreviated(m.start())]
        self._line_starts = [0, *(m.end() for m in _LINES.finditer(text))]
        self._line_ends = [*(m.start() for m in _LINES.finditer(text)), len(text)]

    def at(self, offset: int) -> int:
        """The number of the first token that begins at or after ``offset``."""
        return bisect_left(self._token_starts, offset)

    def tokens_in(self, span: Span) -> list[Token]:
        """The words in ``span``; of a word that it cuts ("I" of "I'll") the part within."""
        found = self.tokens[bisect_left(self._token_starts, span[0]) : bisect_left(self._token_starts, span[1])]
        if found and found[-1].end > span[1]:
            cut = found[-1]
            found[-1] = Token(cut.start, span[1], cut.word[: span[1] - cut.start], cut.first)
        return found

    def gap(self, at: int) -> str:
        """What stands between the token ``at`` and the next."""
        return self.text[self.tokens[at].end : self.tokens[at + 1].start] if at + 1 < len(self.tokens) else "\n"

    def sentence(self, offset: int) -> int:
        """The number of the sentence that ``offset`` stands in."""
        return bisect_right(self._ends, offset)

    def sentence_span(self, offset: int, more: int = 0) -> Span:
        """From where the sentence begins that ``offset`` stands in to where it ends, or the ``more`` sentences after it."""
        at = self.sentence(offset)
        return self._ends[at - 1] if at else 0, self._ends[at + more] if at + more < len(self._ends) else len(self.text)

    def line(self, offset: int) -> int:
        """The number of the line that ``offset`` stands in; empty ones do not count."""
        return bisect_right(self._line_starts, offset) - 1

    def line_span(self, offset: int) -> Span:
        """Where the line begins and ends that ``offset`` stands in."""
        at = self.line(offset)
        return self._line_starts[at], max(self._line_starts[at], self._line_ends[at])

    def _tokens(self) -> list[Token]:
        found: list[Token] = []
        last = 0
        for match in _TOKEN.finditer(self.text):
            gap = self.text[last : match.start()]
            first = not found or bool(_STARTS.search(gap))
            if first and found and gap == ". " and self.words.has(found[-1].word, "abbreviations"):
                first = False
            found.append(Token(match.start(), match.end(), match.group(), first))
            last = match.end()
        return found

    def _abbreviated(self, at: int) -> bool:
        if self.text[at] != ".":
            return False
        word = re.search(r"\w+$", self.text[max(0, at - _ABBREVIATION) : at])
        return bool(word and ((len(word.group()) == 1 and word.group().isupper()) or self.words.has(word.group(), "abbreviations")))
