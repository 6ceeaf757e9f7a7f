"""The people and bodies that an article names: every place where a name stands, put together by whom it names.

Fuller forms come first and shorter ones join them, so that "De Kruif" finds "Mart de Kruif" whether that stands before or after.
What the article says right beside a name ("burgemeester", ", a plumber from Hull,") tells who is a person, of which sex, with what
function.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from volgens.records import Span
from volgens.statements.speakers.lexicon import Lexicon
from volgens.statements.speakers.runs import Run, Runs
from volgens.statements.speakers.tokens import Text, bare_word

_BRACKETS = re.compile(r"\s\(([A-Z][A-Za-z&.-]{0,9}[A-Z]\.?)\)")
_AGE = re.compile(r"\s\(\d{1,3}\)|,\s\d{1,3}(?=,)")
_MOST = 6  # words that a function beside a name has
_ALIKE = 50  # names with a word in common that are compared
_SEXES = ("male", "female")


@dataclass(eq=False)
class Named:
    """Somebody or something of whom the article speaks, with a name or (``described``) with a description only.

    ``weak``: a single word that only ever begins a sentence, so that it may be no name. ``definite``: a described body of which
    there is but one ("de politie"), or a document. ``full``: the places where the name stands in full.
    """

    name: str
    places: list[Span] = field(default_factory=list)
    full: list[Span] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    functions: list[str] = field(default_factory=list)
    organisation: str | None = None
    gender: str | None = None
    person: bool = False
    body: bool = False
    place: bool = False
    byline: bool = False
    weak: bool = False
    described: bool = False
    definite: bool = False

    @property
    def words(self) -> list[str]:
        """The words of the name in lower case."""
        return self.name.lower().split()

    def before(self, offset: int) -> Span | None:
        """The last place that ends at or before ``offset``."""
        at = bisect_right(self.places, (offset, offset)) - 1
        while at >= 0 and self.places[at][1] > offset:
            at -= 1
        return self.places[at] if at >= 0 else None

    def fullest(self, offset: int) -> Span | None:
        """Where the full name stands: the last such place before ``offset``, else the first; else the nearest place before."""
        at = bisect_right(self.full, (offset, offset))
        if self.full:
            return self.full[at - 1] if at and self.full[at - 1][1] <= offset else self.full[0]
        return self.before(offset)


class Names:
    """The names of one article."""

    def __init__(self, text: str, words: Lexicon, cues: frozenset[str] = frozenset()) -> None:
        """``words``: the lists of the article's language; ``cues``: words in lower case that are no part of a function."""
        self.text, self.words, self._cues = Text(text, words), words, cues
        self._runs = Runs(self.text, cues)
        self._bodies: set[str] = set()  # forms that are a body's by their words
        self._located: Counter[str] = Counter()  # how often a form follows "in" or "near"
        self._by_word: dict[str, list[Named]] = {}
        self.all: list[Named] = []
        self._gather()
        self._places = sorted(((place, n) for n in self.all for place in n.places), key=lambda pair: pair[0])
        self._starts = [place[0] for place, _ in self._places]
        for place, named in self._places:
            self._describe(named, place)
        for named in self.all:
            self._judge(named)

    def within(self, span: Span) -> list[tuple[Span, Named]]:
        """The places of names in ``span``, in the order of the text."""
        low, high = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        return [pair for pair in self._places[low:high] if pair[0][1] <= span[1]]

    def backwards(self, offset: int) -> Iterator[tuple[Span, Named]]:
        """The places of names that end at or before ``offset``, the last one first."""
        for at in range(bisect_left(self._starts, offset) - 1, -1, -1):
            if self._places[at][0][1] <= offset:
                yield self._places[at]

    def forwards(self, offset: int) -> Iterator[tuple[Span, Named]]:
        """The places of names that begin at or after ``offset``."""
        for at in range(bisect_left(self._starts, offset), len(self._places)):
            yield self._places[at]

    # Putting together

    def _gather(self) -> None:
        forms: dict[str, list[Span]] = {}
        weak: dict[str, bool] = {}
        taken = 0
        for run in self._runs.names():
            if self.text.tokens[run.start].start < taken:
                continue
            span, is_body = self._with_body(run)
            taken = span[1]
            printed = self.text.text[slice(*span)]
            forms.setdefault(printed, []).append(span)
            weak[printed] = weak.get(printed, True) and run.weak
            first = self.text.tokens[run.start].first
            self._located[printed] += not first and self.words.has(self.text.tokens[run.start - 1].word, "where")
            if is_body:
                self._bodies.add(printed)
        self._forms = forms
        self._short = {short: name for name, spans in forms.items() for span in spans if (short := self._bracketed(name, span[1]))}
        for printed, spans in sorted(forms.items(), key=lambda item: (-_fullness(item[0]), item[1][0])):
            fitting = self._fitting(printed) or [self._new(printed, weak[printed])]
            for span in spans:
                named = fitting[0] if len(fitting) == 1 else self._meant(fitting, span)
                named.places.append(span)
                named.forms[printed] += 1
                named.weak = named.weak and weak[printed]
        for named in self.all:
            named.places.sort()
            named.full = forms[named.name]
        self.all.sort(key=lambda n: (n.places or n.full)[0])

    def _new(self, printed: str, weak: bool) -> Named:
        named = Named(printed, weak=weak, body=printed in self._bodies)
        self.all.append(named)
        for word in {*named.words, *([self._initials(printed)] if " " in printed else [])}:
            self._by_word.setdefault(word, []).append(named)
        return named

    def _bracketed(self, name: str, end: int) -> str | None:
        """The abbreviation in brackets after a body's name."""
        found = None if self._is_given(name) else _BRACKETS.match(self.text.text, end)
        return found.group(1) if found else None

    def _is_given(self, name: str) -> bool:
        return self._runs.is_given(name.split()[0])

    def _with_body(self, run: Run) -> tuple[Span, bool]:
        """A name with the word that makes it a body's: "gemeente Zuiderhaven", "Hexley borough council", "ministry of Justice"."""
        tokens = self.text.tokens
        own = tokens[run.start : run.end]
        span = (own[0].start, own[0].start + len(self._runs.printed((run.start, run.end))))
        if self._runs.is_body(own):
            return span, True
        if self._is_given(own[0].word):
            return span, False
        if not own[0].first:
            before = run.start - 1
            while (
                before > max(0, run.start - 3)
                and self.words.has(tokens[before].word, "body_links")
                and self.text.gap(before) == " "
            ):
                before -= 1
            linked = before < run.start - 1
            if self.text.gap(before) == " " and self.words.has(tokens[before].word, "bodies" if linked else "institutions"):
                return (tokens[before].start, self._and_more(run.end) if linked else span[1]), True
        end = self._body_after(run) if span[1] == own[-1].end else None
        return ((span[0], end), True) if end else (span, False)

    def _body_after(self, run: Run) -> int | None:
        """Where "borough council" ends after the name, in a language that puts it there."""
        for at in range(run.end, min(run.end + 2, len(self.text.tokens))):
            token = self.text.tokens[at]
            if self.text.gap(at - 1) != " " or token.capital or self.words.has(token.word, "generic_bodies"):
                return None
            if self.words.has(token.word, "bodies"):
                return token.end if self.words.list("body_after") else None
            if self.words.has(token.word, "function_words") or token.word in self._cues:
                return None
        return None

    def _and_more(self, end: int) -> int:
        """Where a body's name ends that goes on with "en": "ministerie van Infrastructuur en Waterstaat"."""
        tokens, gap = self.text.tokens, self.text.gap
        goes_on = end + 1 < len(tokens) and self.words.has(tokens[end].word, "and_words") and tokens[end + 1].capital
        if goes_on and gap(end - 1) == gap(end) == " " and not self._is_given(tokens[end + 1].word):
            return tokens[end + 1].end
        return tokens[end - 1].start + len(bare_word(tokens[end - 1].word))

    def _fitting(self, printed: str) -> list[Named]:
        """Those whose names this form may stand for."""
        parts = printed.lower().split()
        full = self._short.get(printed)
        if full and (known := [n for n in self._by_word.get(full.lower().split()[0], [])[:_ALIKE] if n.name == full]):
            return known
        nearby = self._by_word.get(parts[-1], [])[:_ALIKE]
        found = [n for n in dict.fromkeys(nearby) if self._short_for(parts, n, printed)]
        exact = [n for n in found if n.words == parts]
        return exact or found

    def _short_for(self, parts: list[str], named: Named, printed: str) -> bool:
        whole = named.words
        if parts == whole:
            return True
        if (
            len(parts) == 1
            and len(whole) > 1
            and printed.isupper()
            and 2 <= len(printed) <= 6
            and self._initials(named.name) == parts[0]
        ):
            return True
        if len(parts) >= len(whole):
            # "V. Prins" for "Vera Prins"
            return len(parts) == len(whole) == 2 and parts[0][1:] == "." and parts[0][0] == whole[0][0] and parts[1] == whole[1]
        if printed in self._bodies or (len(parts) == 1 and self.words.has(parts[0], "bodies")):
            return False
        if named.name[0].islower():
            return False  # "Zuiderhaven" is not yet "gemeente Zuiderhaven"
        if whole[-len(parts) :] == parts:
            return True
        if len(parts) > 1 and parts[0] == whole[0] and parts[-1] == whole[-1]:
            return True
        if whole[: len(parts)] != parts or self._located[printed] or named.name.split()[-1].islower():
            return False  # "Trump" is not the "Trump administration"
        telling = self._is_given(parts[0]) or named.body or any(self.words.has(word, "company_forms") for word in whole)
        return telling or self._forms[printed][0] > self._forms[named.name][0]

    @staticmethod
    def _initials(name: str) -> str:
        return "".join(word[0] for word in name.split() if word[0].isupper()).lower()

    def _meant(self, fitting: list[Named], span: Span) -> Named:
        """Of several with that name the one named in full last before ``span``, else first after it."""

        def near(named: Named) -> tuple[bool, int]:
            full = self._forms[named.name]
            at = bisect_left(full, span)
            return (True, full[at - 1][0]) if at else (False, -full[0][0])

        return max(fitting, key=near)

    # Describing

    def _describe(self, named: Named, place: Span) -> None:
        """Take in what stands right before a name ("burgemeester", "the lobbyist, ") and right after (", wethouder van Marle,")."""
        at = self.text.at(place[0])
        front = self._front(at)
        self._take(named, front)
        if front and self.text.text[front[0] - 2 : front[0]] == ", ":
            self._take(named, self._front(self.text.at(front[0])))  # "zijn vader, schipper Jan Smit"
        age = _AGE.match(self.text.text, place[1])
        if age and " " in named.name and not named.body:
            named.person = True
        self._take(named, self._apposition(age.end() if age else place[1]))
        self._titled(named, place, at)
        self._belonging(named, place)

    def _titled(self, named: Named, place: Span, at: int) -> None:
        """ "Mevrouw" or "Mr" before the name; a byline."""
        lead = self.text.tokens[at - 1] if at else None
        if lead is None:
            return
        for gender in _SEXES:
            if place[0] - lead.end in (1, 2) and self.words.like(lead.word, gender):
                named.gender, named.person = named.gender or gender, True
        opens = lead.start == self.text.line_span(place[0])[0]
        named.byline = named.byline or (opens and lead.capital and self.words.has(lead.word, "byline"))

    def _belonging(self, named: Named, place: Span) -> None:
        """The body after a person's name: "Ada Bos (VUB)", "Ada Bos van de Reisbond"."""
        if named.organisation is not None or not self._is_given(named.name):
            return
        bracket = _BRACKETS.match(self.text.text, place[1])
        at = self.text.at(place[1])
        following = self.text.tokens[at : at + 3]
        if bracket:
            named.organisation = bracket.group(1)
        elif following and following[0].start == place[1] + 1 and self.words.has(following[0].word, "of"):
            reach = next((token.start for token in following[1:] if token.capital), -1)
            low = bisect_left(self._starts, reach)
            if low < len(self._starts) and self._starts[low] == reach:
                named.organisation = self._places[low][1].name

    def _take(self, named: Named, function: Span | None) -> None:
        if function is None:
            return
        said = self.text.text[slice(*function)]
        if said not in named.functions and len(named.functions) < _ALIKE:
            named.functions.append(said)
        words = said.split()
        if any(self.words.like(word, "people") for word in words) and not named.body and not self.words.like(words[-1], "bodies"):
            named.person = True
        elif (
            not named.person
            and any(self.words.like(word, "bodies") for word in (words[-1], *words[:2]))
            and not self._is_given(named.name)
        ):
            named.body = True
        for gender in _SEXES:
            if self.words.has(words[0], gender) or self.words.has(words[-1], gender):
                named.gender = named.gender or gender
        inside = [n for p, n in self.within(function) if n is not named]
        if inside and named.organisation is None:
            named.organisation = inside[0].name

    def _front(self, at: int) -> Span | None:
        """The words before the token ``at`` that may be a function: back to a determiner, a sentence's start or a function word."""
        tokens = self.text.tokens
        comma = at > 0 and self.text.gap(at - 1) == ", "
        first = at
        while first > 0 and at - first < _MOST and self._goes_on_back(first, at, comma):
            first -= 1
            if tokens[first].first:
                break
        possessed = any(token.word != bare_word(token.word) for token in tokens[first : at - 1])
        opened = possessed or (first > 0 and self.words.has(tokens[first - 1].word, "determiners"))
        while first < at and self.words.has(tokens[first].word, "of", "determiners", "function_words"):
            first += 1
        if not opened and first < at and not tokens[first].first:
            told = next((i for i in range(first, at) if self.words.like(tokens[i].word, "people")), first)
            while first < told and not tokens[first].capital and not self.words.has(tokens[first].word, "ranks"):
                first += 1  # "ontmoette burgemeester Ada Bos"
        if first == at or (comma and not opened) or not tokens[first].word[0].isalpha():
            return None
        return tokens[first].start, tokens[at - 1].end

    def _goes_on_back(self, first: int, at: int, comma: bool) -> bool:
        """Whether the word before the token ``first`` is of the function that stands before the token ``at`` too."""
        word, gap = self.text.tokens[first - 1].word, self.text.gap(first - 1)
        near = gap == " " or (first == at and comma) or (gap == ". " and self.words.has(word, "abbreviations"))
        if not near or word.lower() in self._cues:
            return False
        inner = first < at and self.words.has(word, "of", "determiners") and self._noun_before(first - 1)
        return inner or not self.words.has(word, "function_words", "determiners")

    def _noun_before(self, at: int) -> bool:
        """Whether "van" and "de" in front of a name go on from a function: "minister van Defensie Jan Smit"."""
        first = at
        while at >= max(0, first - _MOST) and self.words.has(self.text.tokens[at].word, "of", "determiners"):
            at -= 1
        return at >= 0 and bool(self.words.like(self.text.tokens[at].word, "people"))

    def _apposition(self, end: int) -> Span | None:
        """What stands between commas after a name and tells who it is; also "is burgemeester van Marle"."""
        tokens, at = self.text.tokens, self.text.at(end)
        gap = self.text.text[end : tokens[at].start] if at < len(tokens) else ""
        copula = gap == " " and self.words.has(tokens[at].word, "copula")
        if not copula and gap != ", ":
            return None
        at += copula
        article = at < len(tokens) and self.words.has(tokens[at].word, "determiners")
        first = last = at + article
        while last < min(len(tokens), first + _MOST + 2) and (last == first or self.text.gap(last - 1) == " "):
            word = tokens[last].word
            if word.lower() in self._cues or self.words.has(word, "relative"):
                break
            if last == first and (tokens[last].capital or self.words.has(word, "function_words")):
                break
            last += 1
        heads = [token.word for token in tokens[first : min(last, first + 4)]]
        told = any(self.words.like(word, "people") or self.words.like(word, "bodies") for word in heads)
        return (tokens[first].start, tokens[last - 1].end) if last > first and (told or (article and not copula)) else None

    def _judge(self, named: Named) -> None:
        """A person has a given name or was called one; a place is what most of its places follow "in" or "near"."""
        words = named.name.split()
        gender = self.words.gender(words[0]) if not named.body else None
        located = 2 * sum(self._located[form] for form in named.forms) >= len(named.places)
        if gender and (len(words) > 1 or not located):
            named.person = True
            named.gender = named.gender or (gender if gender != "either" else None)
        if (
            named.person
            and named.gender is None
            and len(words) > 1
            and words[0].lower().endswith(self.words.female_endings or ("\0",))
        ):
            named.gender = "female"
        if len(words) > 1 and len(words[-1]) == 2 and words[-1].endswith("."):
            named.person = True  # "Gerard K."
        if not named.person and named.name.isupper() and named.name.isalpha() and 2 <= len(named.name) <= 6:
            named.body = True
        named.body = named.body or (not named.person and any(self.words.has(word, "company_forms") for word in words))
        named.place = not named.person and not named.body and located


def _fullness(name: str) -> int:
    """The words of a name; an initial in front is less than a word."""
    words = name.split()
    return len(words) - (len(words[0]) == 2 and words[0][1] == ".")
