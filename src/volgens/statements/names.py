"""The people and bodies that an article names: every place where a name stands, put together by whom it names.

A name is a run of words with a capital ("Mart de Kruif", "Food and Drug Administration", "gemeente Zuiderhaven"). Fuller forms come
first and shorter ones join them, so that "De Kruif" finds "Mart de Kruif" whether that stands before or after. What the article says
right beside a name ("burgemeester", ", a plumber from Hull,") tells who is a person, of which sex, and with what function.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from volgens.records import Span
from volgens.statements.lexicon import lexicon

_TOKEN = re.compile(r"(?:[^\W\d_]\.)+|&|[^\W_](?:[^\W_]|[’'&.-](?=[^\W_]))*")
_ENDS = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s)|\n+")
_STARTS = re.compile(r"[.!?…:;\n\r\"“”‘„«»•*]|(?:^|\s)['’–—-]|^$")
_BRACKETS = re.compile(r"\s\(([A-Z][A-Za-z&.-]{0,9}[A-Z]\.?)\)")
_AGE = re.compile(r"\s\(\d{1,3}\)|,\s\d{1,3}(?=,)")
_TITLE_CASE = 0.75  # share of the longer words of a line with a capital, above which capitals tell nothing
_MOST = 6  # words that a function beside a name has


@dataclass(eq=False)
class Named:
    """Somebody or something of whom the article speaks, with a name or (``described``) with a description only."""

    name: str
    places: list[Span] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    functions: list[str] = field(default_factory=list)
    organisation: str | None = None
    person: bool = False
    body: bool = False
    place: bool = False
    byline: bool = False
    weak: bool = False  # a single word that only ever begins a sentence: it may be no name
    described: bool = False
    definite: bool = False  # a described body of which there is but one
    gender: str | None = None  # "male" or "female", where the text tells

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

    def fullest(self, text: str, offset: int) -> Span | None:
        """Where the full name stands: the last such place before ``offset``, else the first; else the nearest place before."""
        full = [place for place in self.places if text[slice(*place)] == self.name]
        return next((place for place in reversed(full) if place[1] <= offset), full[0] if full else self.before(offset))


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


class Names:
    """The names of one article."""

    def __init__(self, text: str, language: str, cues: frozenset[str] = frozenset()) -> None:
        """``language``: the ISO 639-1 code of the lists to use; ``cues``: words in lower case that are no part of a function."""
        self.text, self.words, self._cues = text, lexicon(language), cues
        self.tokens = self._tokens()
        self._starts = [token.start for token in self.tokens]
        self.ends = [m.end() for m in _ENDS.finditer(text) if not self._abbreviated(m.start())]
        self.all: list[Named] = []
        self._by_word: dict[str, list[Named]] = {}
        self._cluster(self._kept())
        for named in self.all:
            named.places.sort()
        self.index()
        for named in self.all:
            for place in named.places:
                self._describe(named, place)
        for named in self.all:
            self._judge(named)

    def index(self) -> None:
        """Put the places in order, for looking up what is named where."""
        self.places = sorted(((place, n) for n in self.all for place in n.places), key=lambda pair: pair[0])
        self._place_starts = [place[0] for place, _ in self.places]

    # Looking up

    def within(self, span: Span) -> list[tuple[Span, Named]]:
        """The places of names in ``span``, in the order of the text."""
        low, high = bisect_left(self._place_starts, span[0]), bisect_left(self._place_starts, span[1])
        return [pair for pair in self.places[low:high] if pair[0][1] <= span[1]]

    def backwards(self, offset: int) -> Iterator[tuple[Span, Named]]:
        """The places of names that end at or before ``offset``, the last one first."""
        for at in range(bisect_left(self._place_starts, offset) - 1, -1, -1):
            if self.places[at][0][1] <= offset:
                yield self.places[at]

    def forwards(self, offset: int) -> Iterator[tuple[Span, Named]]:
        """The places of names that begin at or after ``offset``."""
        for at in range(bisect_left(self._place_starts, offset), len(self.places)):
            yield self.places[at]

    def sentence(self, offset: int) -> int:
        """The number of the sentence that ``offset`` stands in."""
        return bisect_right(self.ends, offset)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence begins that ``offset`` stands in."""
        at = self.sentence(offset)
        return self.ends[at - 1] if at else 0

    def tokens_in(self, span: Span) -> list[Token]:
        """The words in ``span``; of a word that it cuts ("I" of "I'll") the part within."""
        found = self.tokens[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]
        if found and found[-1].end > span[1]:
            cut = found[-1]
            found[-1] = Token(cut.start, span[1], cut.word[: span[1] - cut.start], cut.first)
        return found

    # Finding

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
        word = re.search(r"\w+$", self.text[max(0, at - 12) : at])
        return bool(word and ((len(word.group()) == 1 and word.group().isupper()) or self.words.has(word.group(), "abbreviations")))

    @cached_property
    def _lower(self) -> set[str]:
        """Words that the article also writes without a capital."""
        return {token.word for token in self.tokens if token.word[0].islower()}

    def _gap(self, at: int) -> str:
        """What stands between the token ``at`` and the next."""
        return self.text[self.tokens[at].end : self.tokens[at + 1].start] if at + 1 < len(self.tokens) else "\n"

    def _runs(self) -> Iterator[tuple[int, int]]:
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
        while True:
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

    def _joined(self, at: int) -> bool:
        """Whether the next word may be of one name with this one: only a space between, or "Workers' Union"."""
        gap = self._gap(at)
        return gap in (" ", "\xa0") or (gap in ("' ", "’ ") and self.tokens[at].word.endswith("s") and self._possessed(at))

    def _possessed(self, at: int) -> bool:
        return any(self.words.like(token.word, "bodies") for token in self.tokens[at + 1 : at + 6] if token.capital)

    def _links(self, start: int, at: int, ahead: int, linked: bool) -> bool:
        """Whether a word without a capital goes on with a name: "de" in De Kruif's, "of" and "and" in a body's."""
        word = self.tokens[ahead].word
        body = self._is_body(self.tokens[start : at + 1])
        if word == "&":
            return True
        if self.words.has(word, "and_words"):
            following = self.tokens[ahead + 1 : ahead + 4]
            ends_as_body = any(t.capital and self.words.like(t.word, "bodies") for t in following) and following[0].capital
            lead = start + self.words.has(self.tokens[start].word, "determiners")
            begins_as_body = at > lead and self._is_body(self.tokens[lead : lead + 1])
            return (body and linked) or begins_as_body or (ends_as_body and not self._given(self.tokens[start].word))
        return self.words.has(word, "particles") or (body and self.words.has(word, "body_links"))

    def _body_follows(self, at: int) -> bool:
        return any(token.capital and self.words.has(token.word, "bodies") for token in self.tokens[at + 1 : at + 3])

    def _given(self, word: str) -> bool:
        return self.words.gender(bare_word(word)) is not None

    def _split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A person and a body or place in one run are two names: "Arno Zeilmaker van de Reisbond", "van Marle Jan Smit"."""
        tokens = self.tokens[start:end]
        body = self._is_body(tokens)
        for i in range(1, len(tokens)):
            here = tokens[i]
            known = any(self._given(token.word) for token in tokens[: min(2, i - 1)])
            if known and self.words.has(here.word, "of") and tokens[1].capital and not self._is_body(tokens[:i]):
                if not self._given(tokens[i - 1].word):
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
            if here.capital and governed and not body and self._given(here.word) and not self._given(tokens[0].word):
                if i + 1 < len(tokens):
                    yield start, start + i
                    yield start + i, end
                    return
                break
        yield start, end

    def _side_by_side(self, run: tuple[int, int], single: set[str]) -> list[tuple[int, int]]:
        """Two names that happen to stand together, as each stands by itself elsewhere: "geeft Biden Oekraïne"."""
        first, last = self._printed((run[0], run[0] + 1)), self._printed((run[1] - 1, run[1]))
        apart = run[1] - run[0] == 2 and first in single and last in single and not self._given(first)
        return [(run[0], run[0] + 1), (run[0] + 1, run[1])] if apart else [run]

    def _before(self, at: int) -> str:
        return self.tokens[at - 1].word if at and self._gap(at - 1) == " " else ""

    def _stands_alone(self, start: int, end: int, sure: set[str]) -> bool:
        """Whether the rest of the run stands elsewhere by itself, and what precedes it may only tell what it is: "Taxidienst Uber"."""
        word = self.tokens[start].word
        rest = next((i for i in range(start + 1, end) if self.tokens[i].capital), end)
        if rest == end or self._given(word) or self._printed((rest, end)) not in sure:
            return False
        kind = self.words.like(word, "bodies")
        return bool(kind and kind != word.lower()) or (not kind and end - start > 2)

    def _portfolio(self, start: int) -> bool:
        """Whether "minister van" or the like stands before: "minister van Gezondheid Ada Bos"."""
        return (
            start > 1
            and self.words.has(self.tokens[start - 1].word, "of")
            and bool(self.words.like(self.tokens[start - 2].word, "people"))
        )

    def _kept(self) -> list[tuple[int, int, bool]]:
        """The runs that are names, without what stands in front and is none; and whether nothing but a sentence's start gave the
        capital."""
        runs = [run for run in self._runs() if not self._in_title_case(run)]
        single = {self._printed(run) for run in runs if run[1] - run[0] == 1 and not self.tokens[run[0]].first}
        runs = [part for run in runs for part in self._side_by_side(run, single)]
        sure = {self._printed(run) for run in runs if not self.tokens[run[0]].first}
        sure_words = {word for printed in sure for word in printed.split()}
        kept = []
        for start, end in runs:
            opening, first = start, self.tokens[start].first
            while start < end:
                token = self.tokens[start]
                word = bare_word(token.word)
                alone = end - start == 1
                if token.word == "&" or not token.capital or self._title_within(start, end):
                    start += 1  # what linked a word that is left out, or stands before a title
                elif first and self._printed((start, end)) in sure and not (alone and self.words.has(word, "function_words")):
                    break
                elif (
                    self.words.like(self._before(start), "people")
                    and not self.words.has(word, "determiners")
                    and not self._titles(start, end, first)
                ):
                    break  # "Prime Minister May"
                elif (
                    (
                        self.words.has(word, "function_words", "determiners", "no_names", "male", "female")
                        and ((first and start == opening) or alone or self.words.has(word, "no_names", "male", "female"))
                    )
                    or self.words.like(word, "people")
                    or self._titles(start, end, first)
                ):
                    start += 1
                elif first and not alone and self.words.like(word, "generic_bodies"):
                    start += 1  # "Verfproducent Limax"
                elif first and not alone and self._stands_alone(start, end, sure):
                    start += 1  # "Chocolatier Van Loocke", where Van Loocke stands alone elsewhere
                else:
                    break
            if start >= end or self.tokens[end - 1].end - self.tokens[start].start < 2:
                continue
            if end - start == 1 and self._demonym(start):
                continue
            weak = self.tokens[start].first and end - start == 1 and self.tokens[start].word not in sure_words
            if weak and self.tokens[start].word.lower() in self._lower:
                continue  # a word with a capital because a sentence begins with it
            kept.append((start, end, weak))
        return kept

    def _demonym(self, at: int) -> bool:
        """Whether a single word with a capital tells where the next word's bearer comes from: "Zweedse autoriteiten"."""
        follows = self._gap(at) == " " and not self.tokens[at + 1].capital
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
            any(self.words.like(token.word, "people") and self._given(tokens[i].word) for i, token in enumerate(tokens[1:-1], 2))
            or (
                len(tokens) > 2
                and any(self.words.has(token.word, "people") for token in tokens[1:-1])
                and not self._is_body(tokens[-2:])
            )
        )

    def _is_body(self, tokens: Sequence[Token]) -> bool:
        return any(self.words.like(token.word, "bodies") for token in tokens)

    def _titles(self, start: int, end: int, first: bool) -> bool:
        """Whether an unknown word in front of a given name is a title: "Hofmaarschalk Egbert van Trautwiel"."""
        tokens = self.tokens[start:end]
        return (
            len(tokens) > (1 if first else 2)
            and self._given(tokens[1].word)
            and not self._given(tokens[0].word)
            and tokens[0].word.isalpha()
            and not self._is_body(tokens)
        )

    def _in_title_case(self, run: tuple[int, int]) -> bool:
        """Whether the run stands in a headline that writes most words with a capital."""
        line = self.text.rfind("\n", 0, self.tokens[run[0]].start) + 1
        stop = self.text.find("\n", line)
        if (line, stop) not in self._lines:
            written = [t for t in self.tokens_in((line, stop if stop >= 0 else min(len(self.text), line + 400))) if len(t.word) > 3]
            capitals = sum(t.capital for t in written)
            self._lines[line, stop] = (
                4 <= len(written) <= 25 and capitals >= _TITLE_CASE * len(written) and "," not in self.text[line:stop]
            )
        return self._lines[line, stop]

    @cached_property
    def _lines(self) -> dict[tuple[int, int], bool]:
        return {}

    def _printed(self, run: tuple[int, int]) -> str:
        return bare_word(self.text[self.tokens[run[0]].start : self.tokens[run[1] - 1].end])

    # Putting together

    def _cluster(self, kept: Sequence[tuple[int, int, bool]]) -> None:
        by_form: dict[str, list[Span]] = {}
        weak: dict[str, bool] = {}
        self._located: Counter[str] = Counter()
        taken = 0
        for start, end, is_weak in kept:
            if self.tokens[start].start < taken:
                continue
            span, is_body = self._with_body((start, end))
            taken = span[1]
            printed = self.text[slice(*span)]
            by_form.setdefault(printed, []).append(span)
            weak[printed] = weak.get(printed, True) and is_weak
            before = self.tokens[start - 1].word if start and not self.tokens[start].first else ""
            self._located[printed] += self.words.has(before, "where")
            if is_body:
                self._bodies.add(printed)
        self._bracketed = {
            m.group(1): name
            for name, spans in by_form.items()
            for s in spans
            if not self._given(name.split()[0]) and (m := _BRACKETS.match(self.text, s[1]))
        }
        self._firsts = {printed: spans[0] for printed, spans in by_form.items()}
        for printed, spans in sorted(by_form.items(), key=lambda item: (-len(item[0].split()), item[1][0])):
            fitting = self._fitting(printed)
            if not fitting:
                named = Named(printed, weak=weak[printed], body=printed in self._bodies)
                self.all.append(named)
                for word in {*named.words, *([self._initials(printed)] if len(named.words) > 1 else [])}:
                    self._by_word.setdefault(word, []).append(named)
                fitting = [named]
            for span in spans:
                named = fitting[0] if len(fitting) == 1 else self._meant(fitting, span)
                named.places.append(span)
                named.forms[printed] += 1
                named.weak = named.weak and weak[printed]
        self.all.sort(key=lambda n: min(n.places, default=(0, 0)))

    @cached_property
    def _bodies(self) -> set[str]:
        return set()

    def _with_body(self, run: tuple[int, int]) -> tuple[Span, bool]:
        """A name with the word that makes it a body's: "gemeente Zuiderhaven", "Hexley borough council", "the ministry of Justice"."""
        start, end = run
        span = (self.tokens[start].start, self.tokens[start].start + len(self._printed(run)))
        if self._is_body(self.tokens[start:end]) or self._given(self.tokens[start].word):
            return span, self._is_body(self.tokens[start:end])
        if not self.tokens[start].first:
            before = start - 1
            while (
                before > start - 3
                and before > 0
                and self.words.has(self.tokens[before].word, "body_links")
                and self._gap(before) == " "
            ):
                before -= 1
            word = self.tokens[before].word
            near = self._gap(before) == " " and before >= 0
            if near and self.words.has(word, "bodies" if before < start - 1 else "institutions"):
                return (self.tokens[before].start, self._and_more(end) if before < start - 1 else span[1]), True
        for after in (end, end + 1):
            if (
                after >= len(self.tokens)
                or self._gap(after - 1) != " "
                or self.tokens[after].capital
                or span[1] != self.tokens[end - 1].end
            ):
                break
            if self.words.has(self.tokens[after].word, "generic_bodies"):
                break
            if self.words.has(self.tokens[after].word, "bodies") and self.words.list("body_after"):
                return (span[0], self.tokens[after].end), True
            if self.words.has(self.tokens[after].word, "function_words") or self.tokens[after].word in self._cues:
                break
        return span, False

    def _and_more(self, end: int) -> int:
        """Where a body's name ends that goes on with "en": "ministerie van Infrastructuur en Waterstaat"."""
        if end + 1 < len(self.tokens) and self.words.has(self.tokens[end].word, "and_words") and self.tokens[end + 1].capital:
            if self._gap(end - 1) == self._gap(end) == " " and not self._given(self.tokens[end + 1].word):
                return self.tokens[end + 1].end
        return self.tokens[end - 1].start + len(bare_word(self.tokens[end - 1].word))

    def _fitting(self, printed: str) -> list[Named]:
        """Those whose names this form may stand for."""
        parts = printed.lower().split()
        if printed in self._bracketed and (found := [n for n in self.all if n.name == self._bracketed[printed]]):
            return found
        nearby = self._by_word.get(parts[-1], [])[:50] + (self._by_word.get(parts[0], [])[:50] if len(parts) == 1 else [])
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
        telling = self._given(parts[0]) or named.body or any(self.words.has(word, "company_forms") for word in whole)
        return telling or self._firsts[printed] > self._firsts[named.name]

    @staticmethod
    def _initials(name: str) -> str:
        return "".join(word[0] for word in name.split() if word[0].isupper()).lower()

    @staticmethod
    def _meant(fitting: list[Named], span: Span) -> Named:
        """Of several with that name the one named in full last before ``span``, else first after it."""
        before = [(max((p for p in n.places if p < span), default=(-1, -1)), i) for i, n in enumerate(fitting)]
        last = max(before)
        return fitting[last[1]] if last[0][0] >= 0 else min(fitting, key=lambda n: min(n.places, default=(0, 0)))

    # Describing

    def _describe(self, named: Named, place: Span) -> None:
        """Take in what stands right before the name ("burgemeester", "the lobbyist, ") and right after (", wethouder van Marle,")."""
        at = bisect_left(self._starts, place[0])
        front = self._front(at)
        self._take(named, front)
        if front and self.text[front[0] - 2 : front[0]] == ", ":
            self._take(named, self._front(bisect_left(self._starts, front[0])))  # "zijn vader, schipper Jan Smit"
        age = _AGE.match(self.text, place[1])
        if age and " " in named.name and not named.body:
            named.person = True
        self._take(named, self._apposition(age.end() if age else place[1], named))
        lead = self.tokens[at - 1].word if at else ""
        if at and self.tokens[at - 1].end in (place[0] - 1, place[0] - 2):
            for gender in ("male", "female"):
                if self.words.like(lead, gender):
                    named.gender, named.person = named.gender or gender, True
        line = self.tokens[at - 1] if at else None
        if (
            line
            and line.first
            and line.capital
            and self.words.has(line.word, "byline")
            and self.text.rfind("\n", 0, place[0]) + 1 == line.start
        ):
            named.byline = True
        bracket = _BRACKETS.match(self.text, place[1])
        if bracket and self._given(named.name.split()[0]):
            named.organisation = named.organisation or bracket.group(1)
        following = self.tokens[bisect_left(self._starts, place[1]) :][:3]
        if (
            named.organisation is None
            and following
            and self.words.has(following[0].word, "of")
            and self._given(named.name.split()[0])
        ):
            reach = next((t for t in following[1:] if t.capital), None)
            inside = self.within((reach.start, reach.start + 80)) if reach and following[0].start == place[1] + 1 else []
            if reach and inside and inside[0][0][0] == reach.start:
                named.organisation = inside[0][1].name

    def _take(self, named: Named, function: Span | None) -> None:
        if function is None:
            return
        said = self.text[slice(*function)]
        named.functions.append(said)
        words = said.split()
        if any(self.words.like(word, "people") for word in words) and not named.body and not self.words.like(words[-1], "bodies"):
            named.person = True
        elif (
            not named.person
            and any(self.words.like(word, "bodies") for word in (words[-1], *words[:2]))
            and not self._given(named.words[0])
        ):
            named.body = True
        for gender in ("male", "female"):
            if self.words.has(said.split()[0], gender) or self.words.has(said.split()[-1], gender):
                named.gender = named.gender or gender
        inside = [n for p, n in self.within(function) if n is not named]
        if inside and named.organisation is None:
            named.organisation = inside[0].name

    def _front(self, at: int) -> Span | None:
        """The words before the token ``at`` that may be a function: back to a determiner, a sentence's start or a function word."""
        comma = at > 0 and self._gap(at - 1) == ", "
        first = at
        while first > 0 and at - first < _MOST:
            token = self.tokens[first - 1]
            gap = self._gap(first - 1)
            if (
                gap != " " and not (first == at and comma) and not (gap == ". " and self.words.has(token.word, "abbreviations"))
            ) or (token.word.lower() in self._cues):
                break
            if self.words.has(token.word, "function_words", "determiners") and not (
                first < at and self.words.has(token.word, "of", "determiners") and self._noun_before(first - 1)
            ):
                break
            first -= 1
            if token.first:
                break
        opened = (first > 0 and self.words.has(self.tokens[first - 1].word, "determiners")) or any(
            token.word != bare_word(token.word) for token in self.tokens[first : at - 1]
        )
        while first < at and self.words.has(self.tokens[first].word, "of", "determiners", "function_words"):
            first += 1
        if first == at or (comma and not opened) or not self.tokens[first].word[0].isalpha():
            return None
        return self.tokens[first].start, self.tokens[at - 1].end

    def _noun_before(self, at: int) -> bool:
        """Whether "van" and "de" in front of a name go on from a function: "minister van Defensie Jan Smit"."""
        while at >= 0 and self.words.has(self.tokens[at].word, "of", "determiners"):
            at -= 1
        return at >= 0 and bool(self.words.like(self.tokens[at].word, "people"))

    def _apposition(self, end: int, named: Named) -> Span | None:
        """What stands between commas after a name and tells who it is; also "is burgemeester van Marle"."""
        at = bisect_left(self._starts, end)
        if at >= len(self.tokens):
            return None
        gap = self.text[end : self.tokens[at].start]
        if gap == " " and self.words.has(self.tokens[at].word, "copula"):
            at, copula = at + 1, True
        elif gap == ", ":
            copula = False
        else:
            return None
        if at < len(self.tokens) and self.words.has(self.tokens[at].word, "determiners"):
            at, article = at + 1, True
        else:
            article = False
        last = at
        while last < len(self.tokens) and last - at < _MOST + 2:
            token = self.tokens[last]
            if (
                token.word.lower() in self._cues
                or self.words.has(token.word, "relative")
                or (last > at and self._gap(last - 1) != " ")
            ):
                break
            if last == at and (token.capital or self.words.has(token.word, "function_words")):
                break
            last += 1
        if last == at:
            return None
        span = (self.tokens[at].start, self.tokens[last - 1].end)
        heads = self.text[slice(*span)].split()[:4]
        if (copula or not article) and not any(
            self.words.like(word, "people") or self.words.like(word, "bodies") for word in heads
        ):
            return None
        return span

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
