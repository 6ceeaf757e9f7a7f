"""A grammar of time expressions, made from the data of a language: words with kinds, and rules over kinds.

A text becomes a string with one character for each token, its code: tokens whose word has the same kinds share a code, and a
token that the language's table does not know is a full stop. So a rule is a regular expression over codes, matching is linear,
and what is found in a run of known tokens depends on their codes alone and can be remembered.

A rule is written as words between spaces:

    MONTH DAY ,? YEAR        a token of that kind; its value is kept under the kind's name
    MONTH_                   the same, and the value is not kept
    ago|later                one of these words (kinds may stand among them)
    MONTH?  ( ... | ... )?   may be missing; alternatives
    om [ HOUR uur ]          only what stands in brackets is the expression, the rest is needed around it
    < YEAR_ - > [ YY ]       the same for what may belong to the expression before
    @clock                   a part that the table names under "parts"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from volgens.languages import table

Values = dict[str, list[str]]
"""What a rule found, by kind, in the order of the text."""

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*[^\W\d_]*|[^\W\d_]\w*|\n|[^\w\s]|_")
_PIECE = re.compile(r"\d+(?:[.,:]\d+)*[^\W\d_]*|[-/]|\d+")
_SAME = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-"}
_DATE = re.compile(r"(?:(\d{4})[-/](\d\d?)[-/](\d\d?)t?|(\d\d?)([-/.])(\d\d?)\5(\d{4}|\d\d))")
_CLOCK = re.compile(r"([01]?\d|2[0-4])([:.])([0-5]\d)(?::([0-5]\d))?")
_WRAPPED = 60
"""A line of so many characters that ends no sentence goes on in the next one."""
_BRACKETS = {"(", ")", "[", "]", "<", ">", "|"}
_LONGEST = 80
"""Runs of known tokens are cut at this length: no expression is that long, and texts that are one run stay cheap."""
_RUN = re.compile(rf"[^.]{{1,{_LONGEST}}}")


@dataclass(frozen=True, slots=True)
class Word:
    """A known word or phrase: its code, and its value for each of its kinds."""

    code: str
    values: Mapping[str, str]


@dataclass(slots=True)
class Tokens:
    """The tokens of a text as four lists of the same length, since there are so many of them; ``forms`` are lower case."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    words: list[Word | None] = field(default_factory=list)

    def add(self, start: int, end: int, form: str, word: Word | None) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.forms.append(form)
        self.words.append(word)


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that matched: the tokens [first, last) are the expression."""

    first: int
    last: int
    make: str
    values: Values


@dataclass(frozen=True, slots=True)
class _Rule:
    make: str
    pattern: re.Pattern[str]
    kinds: tuple[tuple[str, str], ...]
    """The pattern's groups and the kind that each of them is for."""


@dataclass(frozen=True, slots=True)
class Tenses:
    """How a language's words tell tense: forms of the past and the future, words that point ahead when they stand right before a
    time, endings
    of past forms with the words that end so and are none, and beginning and endings of participles, which tell the past where
    nothing else tells a tense."""

    past: frozenset[str]
    future: frozenset[str]
    forward: frozenset[str]
    past_endings: tuple[str, ...]
    no_past: frozenset[str]
    participle: tuple[tuple[str, ...], tuple[str, ...]]

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Tenses:
        """From the table's "tense", where words stand between bars."""
        past, future, forward, no_past = (frozenset(data[key].split("|")) for key in ("past", "future", "forward", "no past"))
        endings, begins, ends = (tuple(data[key].split("|")) for key in ("past endings", "participle", "participle endings"))
        return cls(past, future, forward, endings, no_past, (begins, ends))


class Grammar:
    """The words and rules of one language. Raises ValueError where a rule of the table cannot be read."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.tenses = Tenses.of(data["settings"]["tense"])
        self.decades_in_years = data["settings"].get("decades", "") == "in years"
        self._kinds: dict[str, dict[str, str]] = {}
        self._codes: dict[frozenset[str], str] = {}
        self._cased: set[str] = set()
        self._cased_phrases: set[str] = set()
        self._suffixes = data["settings"].get("number suffixes", {})
        self._month_first = data["settings"].get("numeric dates") == "month first"
        for kind, values in data["words"].items():
            for value, forms in values.items():
                for form in forms.split("|"):
                    self._add(form.strip(" "), kind, value)
        for kind, value, form in _made(data):
            self._add(form, kind, value)
        parts = {f"@{name}": pattern for name, pattern in data["parts"].items()}
        sources = [
            (make.partition(":")[0], _expanded(source, parts)) for make, listed in data["rules"].items() for source in listed
        ]
        for _, source in sources:
            for literal in _literals(source):
                self._add(literal, literal, literal)
        self._words: dict[str, Word] = {}
        self._phrases: dict[str, list[tuple[list[str], Word]]] = {}
        for form, values in self._kinds.items():
            word = Word(self._code(frozenset(values)), values)
            first, *rest = (m.group() for m in _TOKEN.finditer(form))
            if rest:
                if form in self._cased:
                    self._cased_phrases.add(" ".join((first, *rest)))
                self._phrases.setdefault(first, []).append((rest, word))
            else:
                self._words[form] = word
        for listed in self._phrases.values():
            listed.sort(key=lambda phrase: -len(phrase[0]))
        for sample in _SAMPLES + tuple(f"1{suffix}" for suffix in self._suffixes) + tuple(f"21.15{s}" for s in self._suffixes):
            self._code(frozenset(self._number(sample)))
        self._rules: dict[str, list[_Rule]] = {}
        for make, source in sources:
            self._compile(make, source)
        self._parse = lru_cache(maxsize=1 << 14)(self._parsed)
        self._numeral = lru_cache(maxsize=1 << 12)(self._numeral_of)

    def _add(self, form: str, kind: str, value: str) -> None:
        lower = form.lower()
        if form != lower:
            self._cased.add(lower)
        self._kinds.setdefault(lower, {}).setdefault(kind, value)

    def _code(self, kinds: frozenset[str]) -> str:
        if not kinds:
            return "."
        return self._codes.setdefault(kinds, chr(0x4E00 + len(self._codes)))

    def _compile(self, make: str, source: str) -> None:
        reader = _Reader(source, self._codes)
        rule = _Rule(make, re.compile(reader.pattern), tuple(reader.kinds))
        for code in reader.first:
            self._rules.setdefault(code, []).append(rule)

    def tokens(self, text: str) -> Tokens:
        """The tokens of ``text``; words that make a known phrase are one token."""
        plain = Tokens()
        words, cased, phrases = self._words, self._cased, self._phrases
        add_start, add_end, add_form, add_word = plain.starts.append, plain.ends.append, plain.forms.append, plain.words.append
        heads: list[int] = []
        line = 0
        for match in _TOKEN.finditer(text):
            form = match.group()
            if form[0].isdecimal():
                self._add_number(plain, match.start(), form.lower())
                continue
            lower = form.lower()
            word = words.get(lower)
            start, end = match.span()
            if word is not None:
                if lower in cased and form == lower:
                    word = None
            elif form in _SAME:
                lower = _SAME[form]
                word = words.get(lower)
            if form == "\n":
                wrapped = start - line > _WRAPPED and text[start - 1] not in ".!?:\r"
                line = end
                if wrapped and text[end : end + 1].strip():
                    continue
            if lower in phrases:
                heads.append(len(plain.starts))
            add_start(start)
            add_end(end)
            add_form(lower)
            add_word(word)
        return self._joined(text, plain, heads)

    def _add_number(self, tokens: Tokens, start: int, form: str) -> None:
        """The tokens of what begins with a digit: one where it is a date, a clock time or a number, else its pieces."""
        word = self._numeral(form)
        if word or not ("-" in form or "/" in form):
            tokens.add(start, start + len(form), form, word)
            return
        for match in _PIECE.finditer(form):
            piece = match.group()
            word = self._words.get(piece) if piece in "-/" else self._numeral(piece)
            tokens.add(start + match.start(), start + match.end(), piece, word)

    def _numeral_of(self, form: str) -> Word | None:
        values = self._number(form)
        code = self._codes.get(frozenset(values)) if values else None
        return Word(code, values) if code else None

    def _number(self, form: str) -> dict[str, str]:
        """The kinds and values of a token that begins with a digit."""
        digits = form.rstrip("abcdefghijklmnopqrstuvwxyz")
        if not digits.isascii():
            return {}
        suffix = form[len(digits) :]
        if date := _DATE.fullmatch(digits + suffix[:1] * (suffix == "t")):
            return self._date(date)
        clock = _CLOCK.fullmatch(digits)
        if suffix:
            return _suffixed(digits, self._suffixes.get(suffix, ""), clock)
        if digits.isdecimal():
            return _integer(digits)
        values: dict[str, str] = {}
        if clock:
            hour, separator, minute, second = clock.groups()
            values["CLOCK" if separator == ":" or second else "DOTCLOCK"] = f"{int(hour):02}:{minute}" + (
                f":{second}" if second else ""
            )
        if re.fullmatch(r"\d{1,6}[.,]\d{1,2}", digits):
            values["NUMBER"] = digits.replace(",", ".")
        elif re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
            values["NUMBER"] = re.sub("[.,]", "", digits)
        elif re.fullmatch(r"\d\d?[-/]\d\d?", digits):
            first, second = (int(part) for part in re.split("[-/]", digits))
            day, month = (second, first) if self._month_first else (first, second)
            day, month = (month, day) if month > 12 else (day, month)
            if 1 <= day <= 31 and 1 <= month <= 12 and "/" in digits:
                values["DAYMONTH"] = f"{month:02}-{day:02}"
        return values

    def _date(self, match: re.Match[str]) -> dict[str, str]:
        if match[1]:
            year, month, day = int(match[1]), int(match[2]), int(match[3])
        else:
            year, month, day = int(match[7]), int(match[6]), int(match[4])
            if len(match[7]) == 2:
                if match[5] == ".":  # a version or a sum as soon as a date
                    return {}
                year += 1900 if year > 50 else 2000
            if (self._month_first and match[5] == "/") or month > 12:
                month, day = day, month
        if 1 <= month <= 12 and 1 <= day <= 31:
            return {"FULLDATE": f"{year:04}-{month:02}-{day:02}"}
        return {}

    def _joined(self, text: str, plain: Tokens, heads: Sequence[int]) -> Tokens:
        """``plain`` with its phrases made one token each; ``heads`` are the places of tokens that begin one."""
        joined = Tokens()
        done = 0
        for head in heads:
            if head < done:
                continue
            for rest, word in self._phrases[plain.forms[head]]:
                last = head + len(rest) + 1
                if plain.forms[head + 1 : last] != rest:
                    continue
                start, end = plain.starts[head], plain.ends[last - 1]
                form = " ".join(plain.forms[head:last])
                if form in self._cased_phrases and text[start:end].islower():
                    continue
                self._copy(plain, joined, done, head)
                joined.add(start, end, form, word)
                done = last
                break
        if not done:
            return plain
        self._copy(plain, joined, done, len(plain.starts))
        return joined

    @staticmethod
    def _copy(source: Tokens, target: Tokens, first: int, last: int) -> None:
        target.starts += source.starts[first:last]
        target.ends += source.ends[first:last]
        target.forms += source.forms[first:last]
        target.words += source.words[first:last]

    def find(self, tokens: Tokens) -> Iterator[Found]:
        """The expressions in ``tokens``, from left to right, the longest rule at each place; none overlap."""
        words = tokens.words
        codes = "".join([word.code if word else "." for word in words])
        for run in _RUN.finditer(codes):
            offset = run.start()
            for make, first, last, kinds in self._parse(run.group()):
                values: Values = {}
                for kind, at in kinds:
                    word = words[offset + at]
                    assert word is not None
                    values.setdefault(kind, []).append(word.values[kind])
                yield Found(offset + first, offset + last, make, values)

    def _parsed(self, run: str) -> tuple[tuple[str, int, int, tuple[tuple[str, int], ...]], ...]:
        """What the rules find in a run of codes: (make, first, last, where each kind stands)."""
        found = []
        at = 0
        while at < len(run):
            best, rule = None, None
            for candidate in self._rules.get(run[at], ()):
                match = candidate.pattern.match(run, at)
                if match and (best is None or match.end() > best.end()):
                    best, rule = match, candidate
            if best is None or rule is None:
                at += 1
                continue
            first, last = best.span("at")
            if rule.make != "none":
                kinds = sorted(((kind, best.start(group)) for group, kind in rule.kinds if best[group]), key=lambda pair: pair[1])
                found.append((rule.make, first, last, tuple(kinds)))
            at = max(last, at + 1)
        return tuple(found)


def _literals(source: str) -> set[str]:
    """The words of a rule that are no kinds."""
    items = (item for item in source.split() if item.rstrip("?") not in _BRACKETS)
    return {name for item in items for name in _names(item) if name and not name.isupper()}


def _names(item: str) -> list[str]:
    return (item.removesuffix("?") if len(item) > 1 else item).split("|")


def _expanded(source: str, parts: Mapping[str, str]) -> str:
    """``source`` with its parts (@name) put in."""
    for _ in range(5):
        source = re.sub(r"@\w+", lambda name: f"( {parts[name.group()]} )", source)
    return source


_OPENED = {"(": (")", "(?:"), "[": ("]", "(?P<at>"), "<": (">", "(?<=")}
"""For each bracket of a rule the one that closes it, and what it is in a regular expression."""


class _Reader:
    """Reads one rule into a regular expression over codes, with the codes that it can begin with."""

    def __init__(self, source: str, codes: Mapping[frozenset[str], str]) -> None:
        self.kinds: list[tuple[str, str]] = []
        self._codes = codes
        self._source = source
        self._items = iter(source.split())
        body, self.first, nullable = self._alternatives(None)
        self.pattern = body if "(?P<at>" in body else f"(?P<at>{body})"
        if nullable:
            raise ValueError(f"this rule matches nothing at all: {source}")

    def _alternatives(self, closing: str | None) -> tuple[str, set[str], bool]:
        branches: list[str] = [""]
        first: set[str] = set()
        nullable = [True]
        for item in self._items:
            if closing and item.rstrip("?") == closing:
                self._closed = item
                return "|".join(branches), first, any(nullable)
            if item == "|":
                branches.append("")
                nullable.append(True)
                continue
            if item in _OPENED:
                closed_by, opened = _OPENED[item]
                body, starts, empty = self._alternatives(closed_by)
                optional = self._closed.endswith("?")
                piece = f"{opened}{body})" + "?" * optional
                empty = empty or optional or item == "<"
            else:
                piece, starts = self._class(item)
                empty = len(item) > 1 and item.endswith("?")
                piece += "?" * empty
            branches[-1] += piece
            if nullable[-1]:
                first |= starts
            nullable[-1] = nullable[-1] and empty
        if closing:
            raise ValueError(f"a bracket is not closed in the rule: {self._source}")
        return "|".join(branches), first, any(nullable)

    def _class(self, item: str) -> tuple[str, set[str]]:
        names = _names(item)
        wanted = {name.rstrip("_") for name in names}
        codes = {code for kinds, code in self._codes.items() if kinds & wanted}
        if not codes:
            return "(?!)", codes
        piece = f"[{''.join(sorted(codes))}]"
        kind = names[0]
        if len(names) == 1 and kind.isupper() and not kind.endswith("_"):
            group = f"g{len(self.kinds)}"
            self.kinds.append((group, kind))
            piece = f"(?P<{group}>{piece})"
        return piece, codes


def _integer(digits: str) -> dict[str, str]:
    number, length = int(digits[:9]), len(digits)
    if length > 8:
        return {}
    recent = length == 4 and 1980 <= number <= 2035 and number != 2000
    values = {} if recent else {"NUMBER": str(number)}
    if length <= 2:
        if 1 <= number <= 31:
            values["DAY"] = str(number)
        if number <= 24:
            values["HOUR"] = str(number)
        if length == 2:
            values["YY"] = digits
            if number < 60:
                values["MINUTE"] = digits
    if length == 4 and 1000 <= number < 2200:
        values["YEAR"] = digits
        if recent:
            values["RECENT"] = digits
    return values


def _suffixed(digits: str, role: str, clock: re.Match[str] | None) -> dict[str, str]:
    """A number with letters behind it: "2nd", "1990s", "7pm", "20.15u"; ``role`` is what the language's table says of the
    letters."""
    whole = digits.isdecimal() and len(digits) <= 4
    if role == "ordinal" and whole:
        return {"ORDINAL": digits, "NTH": digits} | ({"DAY": str(int(digits))} if 1 <= int(digits) <= 31 else {})
    if role == "decade" and whole and digits.endswith("0") and len(digits) in (2, 4):
        return {"DECADE": digits[:-1]}
    if role in ("am", "pm", "clock") and (clock or (whole and int(digits) <= 24)):
        hour, _, rest = digits.replace(".", ":").partition(":")
        value = f"{_hour(int(hour), role):02}" + (f":{rest}" if rest else "")
        return {"CLOCK": value}
    return {}


def _hour(hour: int, role: str) -> int:
    return hour + 12 if role == "pm" and hour < 12 else 0 if role == "am" and hour == 12 else hour


_SAMPLES = (
    *map(str, range(100)),
    *(f"{n:02}" for n in range(10)),
    "123",
    "1234",
    "1800",
    "2000",
    "2020",
    "12345",
    "1990s",
    "1.5",
    "1.000",
)
_SAMPLES += (
    "1:30",
    "1.30",
    "30.30",
    "13.30",
    "1.30.30",
    "1:30:30",
    "2020-01-01",
    "1-1-2020",
    "3/4",
    "01.45",
    "35th",
    "1:305",
    "1.3",
)


def _made(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Words that the table makes of others, as (kind, value, form): compound numbers and ordinals, "dinsdagavond", "driejarig"."""
    words, made = data["words"], data["made"]
    small = [(int(value), form) for value, forms in words["NUMBER"].items() if value.isdecimal() for form in forms.split("|")]
    numbers: dict[str, str] = {}
    for template in made.get("numbers", {}):
        for tens, tens_form in small:
            for ones, form in small:
                if tens in range(20, 100, 10) and 1 <= ones <= 9:
                    numbers[template.format(tens=tens_form, ones=form)] = str(tens + ones)
    yield from (("NUMBER", value, form) for form, value in numbers.items())
    counted = [(str(value), form) for value, form in small] + [(value, form) for form, value in numbers.items()]
    for template in made.get("ordinals", {}):
        for form, value in numbers.items():
            yield "ORDINAL", value, template.format(number=form)
            if int(value) <= 31:
                yield "DAY", value, template.format(number=form)
    for template, add in made.get("halves", {}).items():
        for value, form in counted:
            if int(value) < 20:
                yield "NUMBER", f"{int(value) + float(add)}", template.format(number=form)
    for template, rule in made.get("counted", {}).items():
        kind, unit = rule.split()
        for value, form in counted:
            yield kind, f"{value}{unit}", template.format(number=form)
    for template, rule in made.get("joined", {}).items():
        outer, inner, kind = rule.split()
        for outer_value, outer_forms in words[outer].items():
            for inner_value, inner_forms in words[inner].items():
                for one in outer_forms.split("|"):
                    for other in inner_forms.split("|"):
                        yield kind, f"{outer_value} {inner_value}", template.format(one, other)


@cache
def grammar(language: str) -> Grammar | None:
    """The grammar of an ISO 639-1 language, made at its first use; None where the language has no table of times."""
    data = table(language, "times")
    return Grammar(data) if data else None
