"""Whom an article knows: by name, by function ("de oud-commandant"), as a body of a kind ("the company"), or by a description."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator

from volgens.records import Span
from volgens.statements.speakers.names import Named, Names

_WORD = re.compile(r"[^\W_][\w’'-]*")
_LAST = 200  # people with one function that are compared


class Known:
    """The named and the described of one article; described ones come in while its sources are read."""

    def __init__(self, names: Names) -> None:
        self.names, self.words = names, names.words
        self.all = list(names.all)
        self.outlets: set[int] = set()  # by id(): the news media among them
        self.index: dict[int, int] = {}
        self._described: dict[tuple[str, str], Named] = {}
        self._by_name: dict[str, Named] = {}
        self._by_function: dict[str, list[tuple[Named, frozenset[str]]]] = {}
        self._by_kind: dict[str, list[Named]] = {}
        for number, named in enumerate(self.all):
            self.index[id(named)] = number
            self._by_name.setdefault(named.name, named)
            self._file(named)

    def _file(self, named: Named) -> None:
        functions = [[word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(f)] for f in named.functions]
        for parts in functions:
            for key in {key for part in parts for key in self._keys(part, "people")}:
                self._by_function.setdefault(key, []).append((named, frozenset(parts)))
            if self.words.like(parts[-1] if parts else "", "outlets"):
                self.outlets.add(id(named))
        called = set(named.words[-1:]) if named.described else {*named.words, *(part for parts in functions for part in parts)}
        for key in {key for word in called for key in self._keys(word, "bodies")}:
            self._by_kind.setdefault(key, []).append(named)

    def _keys(self, word: str, listed: str) -> Iterator[str]:
        """What a word is called by: itself, its last part after a hyphen, and the listed word that it ends with."""
        yield word
        if "-" in word:
            yield word.rpartition("-")[2]
        tail = self.words.like(word, listed)
        if tail:
            yield tail

    def with_function(self, head: str, beside: Iterable[str], offset: int) -> Named | None:
        """The person with the function ``head`` by the article's words: who fits the words ``beside`` it best, named last before
        ``offset``, else first after it. A synonym does where nobody has the very word.
        """
        others = set(beside) - {head}
        scored: list[tuple[int, int, Named]] = []
        for word in sorted(self.words.synonyms(head)):
            for named, parts in self._by_function.get(word, ())[-_LAST:]:
                if named.person and not named.body and not named.byline:
                    before = named.before(offset)
                    fit = 4 * (word == head) + 3 * len(others & parts) + 2 * (before is not None)
                    scored.append((fit, before[0] if before else -named.places[0][0], named))
        return max(scored, key=lambda s: s[:2])[2] if scored else None

    def of_kind(self, head: str, offset: int) -> Named | None:
        """The body that the article calls ``head`` in or beside its name: named last before ``offset``, else first."""
        having = [n for n in self._by_kind.get(head, ()) if not n.person]
        before = [(place, i) for i, n in enumerate(having[-_LAST:]) if (place := n.before(offset))]
        return having[-_LAST:][max(before)[1]] if before else having[0] if having else None

    def organisation(self, named: Named) -> Named | None:
        """The body that somebody belongs to, by the article's words beside the name."""
        body = self._by_name.get(named.organisation) if named.organisation else None
        return body if body and not (body.person or body.weak) else None

    def is_function(self, said: str) -> bool:
        """Whether words beside a name tell what somebody is."""
        return any(self.words.like(word, "people") for word in said.split())

    def sex(self, head: str) -> str | None:
        """ "male" or "female" where a noun tells."""
        return next((gender for gender in ("male", "female") if self.words.like(head, gender)), None)

    def described(self, kind: str, key: str, said: str, span: Span, again: bool) -> Named:
        """Who is described by ``said``: with ``again`` whoever was so under ``key``, else somebody new unless the words are the
        same. ``kind``: "person", "body", "only body" (of which there is one) or "document".
        """
        sort = kind.split()[-1]
        named = self._described.get((sort, key))
        if named is None or not (again or named.name.lower() == said.lower()):
            person, body = sort == "person", sort == "body"
            named = Named(said, described=True, person=person, body=body, definite=kind != "body" and not person)
            named.gender = self.sex(key) if person else None
            self._described[sort, key] = named
            self.index[id(named)] = len(self.all)
            self.all.append(named)
            if body:
                self._file(named)
        start = self.names.text.text.find(said, *span)
        insort(named.places, (start, start + len(said)) if start >= 0 else span)
        return named
