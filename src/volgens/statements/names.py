"""The people and bodies that an article names: every place where a name stands, put together by whom it names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from volgens.languages import table, words
from volgens.records import Span

_CAPITAL = r"(?:(?:[^\W\d_a-zß-öø-ÿ]\.)+(?=\s|,|$)|[^\W\d_a-zß-öø-ÿ][\w’'&-]*(?:\.[\w’'&-]+)*(?<!['’]))"
_BEFORE = re.compile(r"(?:[^\W\d_][\w’'-]*\.?\s+){1,6}$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\r]|[.!?]?[\"'“”‘’„«»])\s*[\"'“”‘’„«»(–—-]*\s*$")
_APPOSITION = re.compile(r",\s+((?:[^\W\d_][\w’'-]*\s*){1,8})(?=[,.;)]|$)")
_IN_BRACKETS = re.compile(r"\s\(([A-Z][\w.&-]{1,11})\)")


@dataclass
class Named:
    """Somebody or something with a name: its places in the text, and what the article says of it beside the name."""

    name: str
    places: list[Span] = field(default_factory=list)
    texts: Counter[str] = field(default_factory=Counter)
    functions: list[str] = field(default_factory=list)
    organisation: str | None = None
    body: bool = False
    person: bool = False
    place: bool = False
    gender: str | None = None  # "male" or "female", where a word of the text says so

    def before(self, offset: int) -> Span | None:
        """The last place that ends at or before ``offset``."""
        return max((place for place in self.places if place[1] <= offset), default=None)


class Names:
    """The names of one article."""

    def __init__(self, text: str, language: str) -> None:
        """``language``: the ISO 639-1 code whose data tell titles, functions and bodies."""
        self._text, self._language = text, language
        particles = "|".join(map(re.escape, sorted(self._words("particles"), key=len, reverse=True))) or "van"
        self._name = re.compile(rf"{_CAPITAL}(?:(?:\s+(?:{particles})){{0,3}}[ ]{_CAPITAL})*")
        bodies = "|".join(map(re.escape, sorted(self._words("bodies"), key=len, reverse=True)))
        of = "|".join(map(re.escape, sorted(self._words("of"))))
        self._body_before = re.compile(rf"((?:{bodies})(?:\s+(?:{of})(?:\s+(?:de|het|the))?)?\s+)$", re.I) if bodies else None
        self._body_after = re.compile(rf"\s(?:{bodies})\b") if bodies else None
        self._more_of_body = re.compile(rf"(?:,?\s(?:en|and|&)\s{_CAPITAL})+")
        self._merged: set[int] = set()
        self.all: list[Named] = []
        self._gather()

    def _words(self, key: str) -> frozenset[str]:
        return words(self._language, "speakers", key)

    def _gather(self) -> None:
        found = [place for match in self._name.finditer(self._text) if (place := self._cut(match.span()))]
        surely = {self._text[a:b] for a, b in found if not _SENTENCE_START.search(self._text[max(0, a - 8) : a])}
        kept = []
        for start, end in found:
            printed = self._text[start:end]
            first = _SENTENCE_START.search(self._text[max(0, start - 8) : start])
            if first and " " not in printed and not any(printed in other.split() or printed == other for other in surely):
                continue  # a word with a capital because a sentence begins with it
            kept.append((start, end))
        # The fullest forms first, so that shorter ones find them whether they stand before or after.
        for start, end in sorted(kept, key=lambda s: (-len(self._text[s[0] : s[1]].split()), s)):
            self._add((start, end))
        for named in self.all:
            named.places.sort()
            for place in named.places:
                self._describe(named, place)
        self.all = [named for named in self.all if id(named) not in self._merged]
        for named in self.all:
            self._judge(named)
        self.all.sort(key=lambda n: n.places[0])

    def _cut(self, span: Span) -> Span | None:
        """The span without titles, functions and other words in front that are no part of a name."""
        start, end = span
        left_out = self._words("no_names") | self._words("people") | self._words("determiners") | {"mr", "mrs", "ms", "dr", "sir"}
        left_out |= (
            self._words("male") | self._words("female") | self._words("spokespeople") | self._words("he") | self._words("she")
        )
        left_out |= (
            self._words("they")
            | self._words("we")
            | self._words("it")
            | self._words("i")
            | self._words("relative")
            | self._words("of")
        )
        while start < end:
            word = re.match(r"[\w’'.&-]+", self._text[start:end])
            if word is None or word.group().lower().rstrip(".") not in left_out:
                break
            start += word.end()
            while start < end and self._text[start].isspace():
                start += 1
        if self._text[start:end].endswith(("'s", "’s")):
            end -= 2
        return (start, end) if end - start > 1 else None

    def _add(self, place: Span) -> None:
        printed = self._text[place[0] : place[1]]
        body = self._body_before.search(self._text[max(0, place[0] - 50) : place[0]]) if self._body_before else None
        parts = printed.lower().split()
        for named in self.all:
            whole = named.name.lower().split()
            if parts == whole or (
                not body and len(parts) < len(whole) and (whole[-len(parts) :] == parts or whole[: len(parts)] == parts)
            ):
                break
            initials = "".join(word[0] for word in named.name.split() if word[0].isupper())
            if len(printed) > 1 and printed.isupper() and printed == initials:
                break
        else:
            named = Named(printed)
            after = self._body_after.match(self._text, place[1]) if self._body_after else None
            if body:
                more = self._more_of_body.match(self._text, place[1])
                place = (place[0] - len(body.group(1)), more.end() if more else place[1])
            elif after:
                place = (place[0], after.end())
            if body or after:
                named.name, named.body = self._text[place[0] : place[1]], True
            self.all.append(named)
        named.places.append(place)
        named.texts[self._text[place[0] : place[1]]] += 1

    def _describe(self, named: Named, place: Span) -> None:
        """Take in what stands just before the name ("burgemeester", "mevrouw") and just after it (", wethouder van Marle,")."""
        people = self._words("people")
        before = _BEFORE.search(self._text[max(0, place[0] - 80) : place[0]])
        if before:
            run = before.group().split()
            cut = max((i for i, w in enumerate(run) if w.lower() in self._words("determiners")), default=-1)
            run = run[cut + 1 :]
            if (any(self._is(word, people) for word in run) and not {w.lower() for w in run} & self._words("of")) or (
                run and self._is(run[-1], people)
            ):
                first = next(i for i, word in enumerate(run) if self._is(word, people))
                named.functions.append(" ".join(run[min(first, max(0, first - 1) if cut >= 0 else first) :]))
                named.person = True
            for gender in ("male", "female"):
                if run and run[-1].lower().rstrip(".") in self._words(gender):
                    named.gender, named.person = named.gender or gender, True
        after = _APPOSITION.match(self._text, place[1])
        if after and any(self._is(word, people) for word in after.group(1).split()[:3]):
            function = after.group(1).strip()
            named.functions.append(function)
            named.person = True
            within = self._name.search(self._text, after.start(1), after.end(1))
            if within:
                named.organisation = named.organisation or within.group()
        short = _IN_BRACKETS.match(self._text, place[1])
        if short:
            for other in self.all:
                if other is not named and other.name == short.group(1):
                    named.places = sorted({*named.places, *other.places})
                    named.texts += other.texts
                    self._merged.add(id(other))

    def _judge(self, named: Named) -> None:
        """A person has a given name, or was called one; a place is what most of its places follow "in" or "near"."""
        first = named.name.split()[0].lower()
        if " " in named.name and not named.body:
            for gender in ("male", "female"):
                if first in words(self._language, "given_names", gender):
                    named.person, named.gender = True, named.gender or gender
            endings = tuple(words(self._language, "given_names", "female_endings"))
            if named.person and named.gender is None and endings:
                named.gender = "female" if first.endswith(endings) else None
        where = [self._text[max(0, a - 12) : a].split()[-1:] for a, _ in named.places]
        located = sum(bool(w) and w[0].lower() in self._words("where") for w in where)
        named.place = not named.person and located * 2 >= len(named.places)

    def _is(self, word: str, listed: frozenset[str]) -> bool:
        """Whether the word is listed, as it stands or as the last part of a compound ("partijvoorzitter", "oud-wethouder")."""
        low = word.lower()
        return low in listed or any(low.endswith(other) for other in listed if len(other) > 5)

    def at(self, span: Span) -> list[Named]:
        """Whom the words in ``span`` name, in the order of the text."""
        held = [(place, named) for named in self.all for place in named.places if span[0] <= place[0] and place[1] <= span[1]]
        return [named for _, named in sorted(held, key=lambda pair: pair[0])]

    def with_function(self, word: str, offset: int) -> Named | None:
        """Who has the function ``word``: the one named last before ``offset``, else the first one after it."""
        low = word.lower()
        having = [n for n in self.all if any(low == w.lower() or w.lower().endswith(low) for f in n.functions for w in f.split())]
        earlier = [(place, n) for n in having if (place := n.before(offset))]
        if earlier:
            return max(earlier, key=lambda pair: pair[0])[1]
        return min(having, key=lambda n: n.places[0], default=None)

    def capital(self, text: str) -> str | None:
        """The body that the name of a capital stands for where a capital speaks."""
        listed: dict[str, str] = table(self._language, "speakers").get("capitals", {})
        return listed.get(text)
