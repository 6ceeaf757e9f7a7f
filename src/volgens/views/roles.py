"""Who the sources of an article are, as its own words tell: officials, experts, women and men, and why some have no name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from volgens.languages import words
from volgens.records import Article, Mention, Statement
from volgens.statements.speakers.lexicon import lexicon

OFFICIAL = ("government", "police", "courts", "spokespeople")
"""What officials are told apart into: the lists of ``languages/XX/audit.json``. Spokespeople are those of any other body."""

Sex = Literal["women", "men"]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_POSSESSIVE = ("'s", "’s")
_PARTS = 2  # of a source, between commas: "Ada Bos, minister of Justice"
_COMPOUND = 4  # letters that the last part of a compound has at least
_LONGEST = 4  # words of a listed phrase


class Roles:
    """The roles of the sources of one article. A person has the one that any of the statements tells."""

    def __init__(self, article: Article, statements: Sequence[Statement]) -> None:
        self._language = article.language
        self._official: dict[str, str] = {}
        self._experts: set[str] = set()
        for s in statements:
            name = _person(s)
            if name is not None:
                role = self._own(s)
                if role is not None:
                    self._official.setdefault(name, role)
                if self._is_expert(s):
                    self._experts.add(name)

    def official(self, statement: Statement) -> str | None:
        """Which of OFFICIAL the source is; None where it is none, or the article does not tell."""
        name = _person(statement)
        return self._official.get(name) if name is not None else self._own(statement)

    def is_expert(self, statement: Statement) -> bool:
        """Whether the source is called a professor, a researcher, an analyst or the like."""
        name = _person(statement)
        return name in self._experts if name is not None else self._is_expert(statement)

    def _own(self, statement: Statement) -> str | None:
        return next((role for text in _said(statement) if (role := _official(text, self._language))), None)

    def _is_expert(self, statement: Statement) -> bool:
        parts = (part for text in _said(statement) for part in _phrases(text, self._language))
        return any(_found(said, end, "experts", self._language) for said, end in parts)


def _person(statement: Statement) -> str | None:
    return statement.speaker.name if statement.kind == "person" and statement.speaker is not None else None


def _said(statement: Statement) -> Iterator[str]:
    """What a source is called, without the name of a person: a surname tells no role."""
    speaker, source = statement.speaker, statement.source or statement.inferred
    name = speaker.name or "" if speaker is not None else ""
    if source is not None:
        text = " ".join(source.text.split())
        if statement.kind == "person":
            for part in _WORD.findall(name):
                text = re.sub(rf"\b{re.escape(part)}\b", "", text)
        yield text
    if speaker is not None and speaker.function:
        yield speaker.function
    if statement.kind == "organisation" and name:
        yield name


def _phrases(text: str, language: str) -> Iterator[tuple[list[str], int]]:
    """The words of each part of a source, and how many of them say who it is; after these come those that say whose or of what:
    what follows a preposition, or stands before "'s"."""
    for part in text.split(",")[:_PARTS]:
        found = _WORD.findall(part)
        if found and lexicon(language).has(found[0], "relative"):
            return
        stop = next((i for i, w in enumerate(found) if lexicon(language).has(w, "relative") and i), len(found))
        found = found[:stop]
        owner = next((i for i, w in enumerate(found[:-1], 1) if w.endswith(_POSSESSIVE)), 0)
        if owner:
            yield [*found[owner:], *found[: owner - 1], found[owner - 1][: -len(_POSSESSIVE[0])]], len(found) - owner
            continue
        prepositions = words(language, "kinds", "prepositions")
        yield found, next((i for i, w in enumerate(found) if i and w in prepositions), len(found))


def _official(text: str, language: str) -> str | None:
    for said, end in _phrases(text, language):
        ranked = [(role, _found(said, end, role, language)) for role in OFFICIAL]
        role, longest = max(ranked, key=lambda pair: pair[1])
        if longest and role != "spokespeople":
            return role
        if longest or _found(said, end, "posts", language):
            # Whose spokesman, and of what the head.
            whose = [(role, _found(said[end:], len(said) - end, role, language)) for role in OFFICIAL[:-1]]
            best, length = max(whose, key=lambda pair: pair[1])
            if length:
                return best
        if longest:
            return _front(said[:end], language) or "spokespeople"
    return None


def _found(said: Sequence[str], end: int, key: str, language: str) -> int:
    """How many letters the longest phrase of a list has that begins among the first ``end`` words; 0 where none does.

    What is no more ("former minister") does not count.
    """
    listed = words(language, "audit", key)
    off = words(language, "audit", "off")
    longest = 0
    for at in range(end):
        if at and said[at - 1].lower() in off:
            continue
        for count in range(1, _LONGEST + 1):
            printed = " ".join(said[at : at + count])
            low = printed.lower().removesuffix("'s").removesuffix("’s")
            if low in listed or printed in listed:
                longest = max(longest, len(low))
        longest = max(longest, _tail(said[at].lower(), key, language))
    return longest


@lru_cache(maxsize=20_000)
def _tail(word: str, key: str, language: str) -> int:
    """How many letters of a compound are a listed word at its end: "regeringswoordvoerder"; none of "oud-minister"."""
    if not words(language, "audit", "compounds") or word in words(language, "audit", "not"):
        return 0
    tails = (w for w in words(language, "audit", key) if len(w) >= _COMPOUND and w != word and word.endswith(w))
    best = max(tails, key=len, default="")
    return 0 if word.removesuffix(best).rstrip("-") in words(language, "audit", "off") else len(best)


def _front(said: Sequence[str], language: str) -> str | None:
    """Whose spokesman a compound names: "politiewoordvoerder"."""
    for word in said:
        length = _tail(word.lower(), "spokespeople", language)
        front = word.lower()[: len(word) - length].rstrip("-") if length else ""
        for role in OFFICIAL[:-1]:
            if {front, front.removesuffix("s")} & words(language, "audit", role):
                return role
    return None


# Sources without a name


def anonymity(article: Article, statements: Sequence[Statement]) -> Iterator[tuple[Statement, Mention | None]]:
    """The statements of anonymous sources, each with the words that say why there is no name.

    A reason that is told once goes for "the source" and "he" after it too.
    """
    known = lexicon(article.language)
    last: Mention | None = None
    for s in statements:
        if s.kind != "anonymous":
            continue
        own = s.speaker.reason if s.speaker is not None else None
        source = _WORD.findall(s.source.text) if s.source is not None else []
        alone = len(source) == 1 and known.has(source[0], "he", "she", "they", "relative")
        again = not source or alone or known.has(source[0], "definite")
        last = own or (last if again else None)
        yield s, last


# Women and men


def sexes(article: Article, named: Sequence[Statement]) -> Iterator[tuple[Sex | None, Statement, Mention | None]]:
    """The people whom an article names as sources, each once with a statement of theirs: "women" or "men", with the words that
    tell, a pronoun as their source or a title before their name; None where none does, or both do."""
    by_name: defaultdict[str, list[Statement]] = defaultdict(list)
    for s in named:
        if s.speaker is not None and s.speaker.name and " + " not in s.speaker.name:
            by_name[s.speaker.name].append(s)
    surnames = [name.split()[-1] for name in by_name]
    for name, theirs in by_name.items():
        forms = {form for s in theirs if s.speaker is not None for form in (name, *s.speaker.aliases)}
        if surnames.count(name.split()[-1]) == 1:
            forms.add(name.split()[-1])
        found: dict[Sex, tuple[Statement, Mention]] = {}
        for sex in _BOTH:
            told = _by_pronoun(article, theirs, sex) or _by_title(article, theirs[0], forms, sex)
            if told is not None:
                found[sex] = told
        if len(found) == 1:
            ((sex, (statement, mention)),) = found.items()
            yield sex, statement, mention
        else:
            yield None, theirs[0], None


_BOTH: tuple[Sex, ...] = ("women", "men")


def _by_pronoun(article: Article, theirs: Sequence[Statement], sex: Sex) -> tuple[Statement, Mention] | None:
    known = lexicon(article.language)
    own = known.list("she" if sex == "women" else "he") - known.list("relative")
    return next(((s, s.source) for s in theirs if s.source is not None and s.source.text.lower() in own), None)


def _by_title(article: Article, statement: Statement, forms: set[str], sex: Sex) -> tuple[Statement, Mention] | None:
    titles = words(article.language, "audit", sex)
    if not titles:
        return None
    called = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    match = re.search(rf"{_titles(titles)}\.?\s+(?:{called})\b", article.text)
    return (statement, Mention.of(article.text, [match.span()])) if match else None


@cache
def _titles(listed: frozenset[str]) -> str:
    """A pattern of titles, which may begin with a capital, and of which another may follow ("mevrouw dr.")."""
    each = "|".join(re.escape(title) for title in sorted(listed, key=len, reverse=True))
    return rf"\b(?i:{each})"
