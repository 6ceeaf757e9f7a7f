"""The words of a language that tell names from other words, as the stage asks for them."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache

from volgens.languages import table, words

_COMPOUND = 4  # letters that the last part of a compound has at least
_LONGEST = 60  # letters of a compound


class Lexicon:
    """The lists of ``languages/XX/speakers.json`` and ``given_names.json``; all empty for a language that has none."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._given = {sex: words(language, "given_names", sex) for sex in ("male", "female")}
        self.list = cache(self._list)
        self.synonyms = lru_cache(maxsize=20_000)(self._synonyms)
        self._all = cache(self._joined)
        self.like = lru_cache(maxsize=20_000)(self._like)
        self.gender = lru_cache(maxsize=20_000)(self._gender)

    def _list(self, key: str) -> frozenset[str]:
        """The words under ``key``; none where the language lacks it."""
        return words(self._language, "speakers", key)

    def text(self, key: str) -> str:
        """The entry under ``key`` as it is written, such as a regular expression; "" where the language lacks it."""
        found: str = table(self._language, "speakers").get(key, "")
        return found

    def pairs(self, key: str) -> dict[str, str]:
        """The entries under ``key`` by their word."""
        found: dict[str, str] = table(self._language, "speakers").get(key, {})
        return found

    def _joined(self, keys: tuple[str, ...]) -> frozenset[str]:
        return frozenset().union(*map(self.list, keys))

    def has(self, word: str, *keys: str) -> bool:
        """Whether the word, in whatever case, stands in one of the lists."""
        return word.lower() in self._all(keys)

    def _like(self, word: str, key: str) -> str | None:
        """The listed word that this one is or, as a compound, ends with: "oud-wethouder" is a "wethouder"."""
        low = word.lower().replace("’", "'").removesuffix("'s")
        listed = self.list(key)
        if low in listed:
            return low
        if len(low) > _LONGEST:
            return None
        tails = (low[i:] for i in range(1, len(low) - _COMPOUND + 1))
        return next((tail for tail in tails if tail in listed), None)

    def _gender(self, given: str) -> str | None:
        """ "male" or "female" for a given name; "either" for one that is both, None for a word that is none."""
        names = {given.lower(), given.lower().split("-")[0]}
        found = {sex for sex, listed in self._given.items() if names & listed}
        return found.pop() if len(found) == 1 else "either" if found else None

    def _synonyms(self, word: str) -> frozenset[str]:
        """The words that may stand for the same function, this one among them."""
        groups = (group.split() for group in self.list("synonyms"))
        return frozenset(other for group in groups if word in group for other in group) | {word}

    @cached_property
    def female_endings(self) -> tuple[str, ...]:
        """Endings that tell an unlisted given name of a woman."""
        return tuple(words(self._language, "given_names", "female_endings"))


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language, read once."""
    return Lexicon(language)
