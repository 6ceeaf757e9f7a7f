"""Where names stand: runs of words with a capital, without what stands in front of a name and is no part of it.

"Burgemeester Ada Bos van de Reisbond" holds two names and a function; "De Denen" none; "Food and Drug Administration" is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from volgens.statements.speakers.tokens import Text, Token, bare_word

_TITLE_CASE = 0.75  # share of the longer words of a line with a capital, above which capitals tell nothing
_SENTENCE = re.compile(r",|[.!?][\"'”’]?\s*$")  # what a headline has not
_HEADLINE = range(4, 26)  # longer words that such a line has
_LONGEST = 12  # words of a name

Range = tuple[int, int]
"""A half-open range of tokens."""


@dataclass(frozen=True, slots=True)
class Run:
    """The tokens of a name; ``weak`` where it may be a plain word that begins a sentence."""

    start: int
    end: int
    weak: bool


class Runs:
    """The runs of a text."""

    def __init__(self, text: Text, cues: frozenset[str]) -> None:
        self.text, self.tokens, self.words, self._cues = text, text.tokens, text.words, cues
        self._headlines: dict[int, bool] = {}

    # What the finding of names and the putting together of bodies share

    def printed(self, run: Range) -> str:
        """The words of a run, without the possessive ending."""
        return bare_word(self.text.text[self.tokens[run[0]].start : self.tokens[run[1] - 1].end])

    def is_given(self, word: str) -> bool:
        """Whether the word is a given name."""
        return self.words.gender(bare_word(word)) is not None

    def is_body(self, tokens: Sequence[Token]) -> bool:
        """Whether one of the words makes the name a body's."""
        return any(self.words.like(token.word, "bodies") for token in tokens)

    def names(self) -> Iterator[Run]:
        """The runs that are names, in the order of the text."""
        runs = [run for run in self._runs() if not self._in_headline(run)]
        single = {self.printed(run) for run in runs if run[1] - run[0] == 1 and not self.tokens[run[0]].first}
        runs = [part for run in runs for part in self._side_by_side(run, single)]
        sure = {self.printed(run) for run in runs if not self.tokens[run[0]].first}
        sure_words = {word for printed in sure for word in printed.split()}
        for run in runs:
            start, end = self._without_front(run, sure)
            if (
                start >= end
                or self.tokens[end - 1].end - self.tokens[start].start < 2
                or (end - start == 1 and self._demonym(start))
            ):
                continue
            weak = self.tokens[start].first and end - start == 1 and self.tokens[start].word not in sure_words
            if not weak or self.tokens[start].word.lower() not in self._lower:
                yield Run(start, end, weak)

    def _without_front(self, run: Range, sure: set[str]) -> Range:
        start, end = run
        while start < end and self._is_front(start, end, start == run[0], self.tokens[run[0]].first, sure):
            start += 1
        return start, end

    def _is_front(self, start: int, end: int, opening: bool, first: bool, sure: set[str]) -> bool:
        """Whether the first word of a run is no part of the name; ``first`` where the run began a sentence."""
        token, alone, has = self.tokens[start], end - start == 1, self.words.has
        word = bare_word(token.word)
        if token.word == "&" or not token.capital or self._title_within(start, end):
            return True  # what linked a word that is left out, or stands before a title
        if first and self.printed((start, end)) in sure and not (alone and has(word, "function_words")):
            return False
        titled = self._titles(start, end, first)
        if self.words.like(self._before(start), "people") and not has(word, "determiners") and not titled:
            return False  # "Prime Minister May"
        if has(word, "no_names", "male", "female") or self.words.like(word, "people") or titled:
            return True
        if has(word, "function_words", "determiners") and ((first and opening) or alone):
            return True
        # "Verfproducent Limax"; "Chocolatier Van Loocke", where Van Loocke stands by itself elsewhere
        return first and not alone and (bool(self.words.like(word, "generic_bodies")) or self._stands_alone(start, end, sure))

    @cached_property
    def _lower(self) -> set[str]:
        """Words that the article also writes without a capital."""
        return {token.word for token in self.tokens if token.word[0].islower()}

    def _in_headline(self, run: Range) -> bool:
        """Whether the run stands in a headline that writes most words with a capital."""
        line = self.text.line(self.tokens[run[0]].start)
        if line not in self._headlines:
            start, end = self.text.line_span(self.tokens[run[0]].start)
            longer = [t for t in self.text.tokens_in((start, min(end, start + 400))) if len(t.word) > 3]
            capitals = sum(t.capital for t in longer)
            shouts = len(longer) in _HEADLINE and capitals >= _TITLE_CASE * len(longer)
            self._headlines[line] = shouts and not _SENTENCE.search(self.text.text[start:end])
        return self._headlines[line]

    def _runs(self) -> Iterator[Range]:
        """Runs of words with a capital, as ranges of tokens."""
        at = 0
        while at < len(self.tokens):
            if self.tokens[at].capital and not self.words.has(bare_word(self.tokens[at].word), "i"):
                end = self._run_end(at)
                yield from self._split(at, end)
                at = end
            else:
                at += 1

    def _run_end(self, start: int) -> int:
        at, linked = start, False
        while at - start < _LONGEST:
            word = self.tokens[at].word
            if word != bare_word(word) and not self._body_follows(at):
                return at + 1
            ahead = at + 1
            while (
                ahead - at <= 3
                and ahead < len(self.tokens)
                and self._joined(ahead - 1)
                and not self.tokens[ahead].capital
                and self._links(start, at, ahead, linked)
            ):
                ahead += 1
            if ahead >= len(self.tokens) or not self._joined(ahead - 1) or not self.tokens[ahead].capital:
                return at + 1
            if self.words.has(bare_word(self.tokens[ahead].word), "i"):
                return at + 1
            linked = linked or ahead > at + 1
            at = ahead
        return at + 1

    def _joined(self, at: int) -> bool:
        """Whether the next word may be of one name with this one: only a space between, or "Workers' Union"."""
        gap = self.text.gap(at)
        return gap in (" ", "\xa0") or (gap in ("' ", "’ ") and self.tokens[at].word.endswith("s") and self._possessed(at))

    def _possessed(self, at: int) -> bool:
        return any(self.words.like(token.word, "bodies") for token in self.tokens[at + 1 : at + 6] if token.capital)

    def _links(self, start: int, at: int, ahead: int, linked: bool) -> bool:
        """Whether a word without a capital goes on with a name: "de" in De Kruif's, "of" and "and" in a body's."""
        word = self.tokens[ahead].word
        body = self.is_body(self.tokens[start : at + 1])
        if word == "&":
            return True
        if self.words.has(word, "and_words"):
            following = self.tokens[ahead + 1 : ahead + 4]
            ends_as_body = any(t.capital and self.words.like(t.word, "bodies") for t in following) and following[0].capital
            lead = start + self.words.has(self.tokens[start].word, "determiners")
            begins_as_body = at > lead and self.is_body(self.tokens[lead : lead + 1])
            return (body and linked) or begins_as_body or (ends_as_body and not self.is_given(self.tokens[start].word))
        return self.words.has(word, "particles") or (body and self.words.has(word, "body_links"))

    def _body_follows(self, at: int) -> bool:
        return any(token.capital and self.words.has(token.word, "bodies") for token in self.tokens[at + 1 : at + 3])

    def _split(self, start: int, end: int) -> Iterator[Range]:
        """A person and a body or place in one run are two names: "Arno Zeilmaker van de Reisbond", "van Marle Jan Smit"."""
        tokens = self.tokens[start:end]
        body = self.is_body(tokens)
        for i in range(1, len(tokens)):
            here = tokens[i]
            known = self.is_body(tokens[i:]) or any(self.is_given(token.word) for token in tokens[: min(2, i - 1)])
            if i >= 2 and known and self.words.has(here.word, "of") and tokens[1].capital and not self.is_body(tokens[:i]):
                if not self.is_given(tokens[i - 1].word):
                    yield start, start + i
                    after = next((j for j in range(i, len(tokens)) if tokens[j].capital), None)
                    if after is not None:
                        yield from self._split(start + after, end)
                    return
                break
            if i == 1 and len(tokens) > 2 and here.capital and not body and self._portfolio(start):
                yield start, start + 1
                yield start + 1, end
                return
            governed = start > 0 and self.words.has(self.tokens[start - 1].word, "of", "where")
            if here.capital and governed and not body and self.is_given(here.word) and not self.is_given(tokens[0].word):
                if i + 1 < len(tokens):
                    yield start, start + i
                    yield start + i, end
                    return
                break
        yield start, end

    def _portfolio(self, start: int) -> bool:
        """Whether "minister van" or the like stands before: "minister van Gezondheid Ada Bos"."""
        return (
            start > 1
            and self.words.has(self.tokens[start - 1].word, "of")
            and bool(self.words.like(self.tokens[start - 2].word, "people"))
        )

    def _side_by_side(self, run: Range, single: set[str]) -> list[Range]:
        """Two names that happen to stand together, as each stands by itself elsewhere: "geeft Biden Oekraïne"."""
        first, last = self.printed((run[0], run[0] + 1)), self.printed((run[1] - 1, run[1]))
        apart = run[1] - run[0] == 2 and first in single and last in single and not self.is_given(first)
        return [(run[0], run[0] + 1), (run[0] + 1, run[1])] if apart else [run]

    def _before(self, at: int) -> str:
        return self.tokens[at - 1].word if at and self.text.gap(at - 1) == " " else ""

    def _stands_alone(self, start: int, end: int, sure: set[str]) -> bool:
        """Whether the rest of the run stands elsewhere by itself, and the word only tells what it is: "Taxidienst Uber"."""
        word = self.tokens[start].word
        rest = next((i for i in range(start + 1, end) if self.tokens[i].capital), end)
        if rest == end or self.is_given(word) or self.printed((rest, end)) not in sure:
            return False
        kind = self.words.like(word, "bodies")
        return bool(kind and kind != word.lower()) or (not kind and end - start > 2)

    def _demonym(self, at: int) -> bool:
        """Whether a single word with a capital tells where the next word's bearer comes from: "Zweedse autoriteiten"."""
        follows = self.text.gap(at) == " " and not self.tokens[at + 1].capital
        ending = self.words.text("demonym")
        return bool(
            follows
            and ending
            and not self.words.has(self.tokens[at + 1].word, "function_words")
            and self.tokens[at + 1].word.lower() not in self._cues
            and re.search(ending + "$", self.tokens[at].word)
        )

    def _title_within(self, start: int, end: int) -> bool:
        """Whether the run holds a title before the name: "Criminologist Dr Alec Wren", "Marle County Sheriff Wade Hill"."""
        tokens = self.tokens[start:end]
        return any(self.words.has(token.word, "titles") for token in tokens[:-1]) or (
            any(self.words.like(token.word, "people") and self.is_given(tokens[i].word) for i, token in enumerate(tokens[1:-1], 2))
            or (
                len(tokens) > 2
                and any(self.words.has(token.word, "people") for token in tokens[1:-1])
                and not self.is_body(tokens[-2:])
            )
        )

    def _titles(self, start: int, end: int, first: bool) -> bool:
        """Whether an unknown word in front of a given name is a title: "Hofmaarschalk Egbert van Trautwiel"."""
        tokens = self.tokens[start:end]
        return (
            len(tokens) > (1 if first else 2)
            and self.is_given(tokens[1].word)
            and not self.is_given(tokens[0].word)
            and tokens[0].word.isalpha()
            and not self.is_body(tokens)
        )
