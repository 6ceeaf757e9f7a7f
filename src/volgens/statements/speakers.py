"""Who says it: sources to the people and bodies that the article names.

Names, pronouns, functions ("de oud-commandant"), bodies ("the company"), spokespeople and quotations that go on are resolved within
one article, by rules over its own names (``names.py``) and the word lists of ``languages/``. Nothing outside the article is asked, and
where it does not tell, the speaker has no name.

Candidates for a pronoun are weighed as in Lappin & Leass (1994): the sentences between count against a mention, standing first in
its sentence or being a source counts for it, and whoever does not fit in sex, kind or as the outer speaker is left out. That a
quotation without a cue goes on from the speaker before is what O'Keefe et al. (2012) found for most of them.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from volgens.records import Article, Mention, Span, Speaker, Statement, Statements
from volgens.statements.lexicon import lexicon
from volgens.statements.names import Named, Names
from volgens.statements.tokens import Token, bare_word
from volgens.statements.salience import Candidate, best

_NEAR = 60  # mentions that are looked back over
_SENTENCES = 40  # sentences that a pronoun may lie away from whom it stands for
_DEPTH = 20
_LEAD = 600  # characters in which an interview introduces whom it is with
_HEADING = 90  # characters that a heading has at most
_ANSWERS = 4  # quotations without cue and source that make an interview
_QUOTES = "\"“”„‘’'«»"
_OPEN, _CLOSE = "“„«‘‚", "”»"


def speakers(article: Article, statements: Statements) -> Statements:
    """The statements with their ``speaker``, as far as the article tells.

    None where there is no source and none is carried on; a speaker without a name where the article names nobody. Raises nothing:
    any text and any statements of it will do.
    """
    resolver = Resolver(article, statements)
    found = {statement.id: resolver.speaker(statement) for statement in resolver.order}
    return replace(statements, items=tuple(replace(s, speaker=found[s.id]) for s in statements))


@dataclass(frozen=True, slots=True)
class _Meant:
    """Whom a mention stands for: one or several, nobody with a name, or ``said``, what it calls somebody without a name."""

    who: tuple[Named, ...] = ()
    said: str | None = None


_NOBODY = _Meant()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase: "zijn advocaat van het kantoor" has the determiner "zijn", the head "advocaat" and goes on after "van"."""

    words: tuple[Token, ...]
    determiner: str
    head: str
    after: Span | None
    text: str


class Resolver:
    def __init__(self, article: Article, statements: Statements) -> None:
        self.text, self.article = article.text, article
        self.words = lexicon(article.language)
        self.statements = {s.id: s for s in statements}
        cues = {w.lower() for s in statements if s.cue for w in re.findall(r"[\w’'-]+", s.cue.text)}
        self.names = Names(article.text, self.words, frozenset(cues - self.words.list("people")))
        self.order = sorted(statements, key=lambda s: (_place(s), s.id))
        self.position = {s.id: i for i, s in enumerate(self.order)}
        self.meant: dict[str, _Meant] = {}
        self.asked: set[str] = set()
        self.by_span: dict[tuple[Span, bool], _Meant] = {}
        self.spoken: list[tuple[int, int, int]] = []  # start, end of a resolved source, and whose it is, as an index of names.all
        self.described: dict[str, Named] = {}
        self.outlets: set[int] = set()
        self.lower = {token.word for token in self.names.text.tokens}
        answers = [s for s in self.order if s.parent is None and s.source is None and s.cue is None and s.kind == "person"]
        outermost = sum(s.parent is None and s.source is not None for s in self.order)
        self.interview = len(answers) >= _ANSWERS and 2 * len(answers) >= outermost
        spans = (span for s in self.order if s.parent is None for span in s.content.spans)
        self.quoted = sorted(span for span in spans if self.text[span[0]] in _QUOTES)
        self.log: list[tuple[str, str, list[Candidate]]] | None = None  # what was weighed, for training
        self._hear_kinds()

    def _hear_kinds(self) -> None:
        """What the kinds of the sources tell of the names in them: who is a person, and what is a body."""
        for s in self.order:
            if s.source is None or s.kind not in ("person", "organisation", "outlet"):
                continue
            heads = self._heads(s.source.spans[0])
            for named in heads:
                if s.kind == "person" and not (named.place and " " in s.source.text):
                    named.person, named.place, named.weak = not named.body, False, False
                elif not named.person and not any(self.words.like(t.word, "reps") for t in self.names.text.tokens_in(s.source.spans[0])):
                    named.body, named.place, named.weak = True, False, False
                    if s.kind == "outlet":
                        self.outlets.add(id(named))
        for named in self.names.all:
            if any(self.words.like(word, "outlets") for function in named.functions for word in function.split()[-1:]):
                self.outlets.add(id(named))
        self.index = {id(n): i for i, n in enumerate(self.names.all)}

    # From a statement to a speaker

    def speaker(self, statement: Statement) -> Speaker | None:
        source = statement.source or statement.inferred
        meant = self.resolve(statement)
        if statement.kind == "author" and (source or meant.who):
            return Speaker(name=self.article.outlet)
        if meant.who:
            return self._speaker(meant.who, source.spans[0] if source else _place(statement))
        if source is None:
            return None
        if statement.kind == "anonymous":
            return Speaker(function=meant.said, reason=self._reason(source.spans[0]))
        return Speaker(function=meant.said)

    def _speaker(self, who: tuple[Named, ...], span: Span) -> Speaker:
        if len(who) > 1:
            places = sorted({place for n in who if (place := n.fullest(span[1]))})
            apart = [p for i, p in enumerate(places) if not i or places[i - 1][1] <= p[0]]
            return Speaker(" + ".join(n.name for n in who), mention=Mention.of(self.text, apart) if apart else None)
        (named,) = who
        place = named.fullest(span[1])
        mention = Mention.of(self.text, [place]) if place else None
        if named.described and not self._stands_for_itself(named):
            return Speaker(function=named.name, mention=mention)
        body = self._organisation(named)
        function = max(named.functions, key=lambda f: (self._is_function(f), -len(f)), default=None)
        return Speaker(
            named.name,
            function if function and self._is_function(function) else None,
            body.name if body else None,
            tuple(sorted(form for form in named.forms if form != named.name)),
            mention,
        )

    def _stands_for_itself(self, named: Named) -> bool:
        """Whether a description does for a name: a document's, or a body's of which there is one ("de politie")."""
        if named.person:
            return False
        return not named.body or named.definite

    def _is_function(self, said: str) -> bool:
        return any(self.words.like(word, "people") for word in said.split())

    def resolve(self, statement: Statement) -> _Meant:
        """Whom the statement's source stands for."""
        if statement.id in self.meant:
            return self.meant[statement.id]
        if statement.id in self.asked or len(self.asked) - len(self.meant) > _DEPTH:
            return _NOBODY  # it is being asked for what depends on it
        self.asked.add(statement.id)
        source = statement.source or statement.inferred
        if source is not None:
            key = (source.spans[0], statement.kind in ("person", "anonymous"))
            meant = self.by_span.get(key) or self._source(statement, source.spans[0])
            self.by_span[key] = meant
            for named in meant.who:
                if id(named) in self.index:
                    insort(self.spoken, (*source.spans[0], self.index[id(named)]))
        else:
            meant = self._going_on(statement) if statement.cue is None else _NOBODY
        self.meant[statement.id] = meant
        return meant

    def parent(self, statement: Statement) -> Statement | None:
        return self.statements.get(statement.parent) if statement.parent else None

    def _source(self, statement: Statement, span: Span) -> _Meant:
        words = self.names.text.tokens_in(span)
        alone = [t for t in words if not self.words.has(t.word, "selves")] or words
        if statement.kind in ("author", "none"):
            return _NOBODY
        if len(alone) == 1 and statement.kind in ("anonymous", "group"):
            return _NOBODY
        if len(alone) == 1 and (meant := self._pronoun(statement, span, alone[0].word.lower())) is not None:
            return meant
        phrase = self._phrase(span)
        if statement.kind in ("anonymous", "group"):
            return _Meant(said=phrase.text)
        if statement.kind == "document":
            return self._document(statement, span, phrase)
        if statement.kind == "person":
            return self._person(statement, span, phrase)
        return self._body(statement, span, phrase)

    # Names in a source

    def _heads(self, span: Span) -> list[Named]:
        """Whom the mention itself names, and not only beside: "De Kruif" in "oud-commandant De Kruif van het leger"."""
        heads: list[Named] = []
        for piece in self._pieces(span):
            free = [n for place, n in self.names.within(piece) if not self._governed(place, piece)]
            heads += [n for n in free if n.person][:1] or free[:1]
        return list(dict.fromkeys(heads))

    def _pieces(self, span: Span) -> Iterator[Span]:
        """The mention between its "and"s, where every part names somebody by itself."""
        held = self.names.within(span)
        cuts = [
            token
            for token in self.names.text.tokens_in(span)
            if self.words.has(token.word, "joining") and not any(p[0] <= token.start < p[1] for p, _ in held)
        ]
        edges = [span[0], *(edge for t in cuts for edge in (t.start, t.end)), span[1]]
        pieces = list(zip(edges[::2], edges[1::2], strict=True))
        if all(any(not self._governed(p, piece) for p, _ in self.names.within(piece)) for piece in pieces) and len(pieces) > 1:
            for piece in pieces:
                listed = [p for p, _ in self.names.within(piece)]
                between = [self.text[a[1] : b[0]].strip() for a, b in zip(listed, listed[1:], strict=False)]
                yield from listed if listed and between and set(between) == {","} else [piece]
        else:
            yield span

    def _governed(self, place: Span, span: Span) -> bool:
        """Whether the name only says whose or of where: "a lawyer for Smith", "Smith's lawyer", "the Smith campaign"."""
        before = [t for t in self.names.text.tokens_in((span[0], place[0]))]
        for token in reversed(before):
            if "," in self.text[token.end : place[0]] or self.text[place[0] - 1] in _QUOTES:
                break
            if self.words.has(token.word, "of", "where", "relative"):
                return True
            if self.words.has(token.word, "function_words") and not self.words.has(token.word, "determiners", "numbers", "joining"):
                return token.word[0].islower()
            if self.words.like(token.word, "people") or token.word[0].isupper():
                break
        after = self.text[place[1] : span[1]]
        if re.match(r"['’]s?\s", after) or (
            re.match(r"['’]s?$", after) is None and self.text[place[1] - 1 : place[1]] in ("'", "’")
        ):
            return True
        following = self.names.text.tokens_in((place[1], span[1]))
        return bool(
            following
            and self.text[place[1] : following[0].start] == " "
            and following[0].word[0].islower()
            and not self.words.has(following[0].word, "function_words", "determiners", "of", "relative", "joining")
            and following[0].word.lower() not in self.words.list("selves")
        )

    # Phrases without a name

    def _phrase(self, span: Span) -> _Phrase:
        words = self.names.text.tokens_in(span)
        determiner = ""
        if (
            len(words) > 2
            and self.words.has(words[1].word, "determiners")
            and not self.words.has(words[0].word, "determiners", "numbers")
        ):
            words = words[self.words.has(words[0].word, "function_words") :]  # "zelfs de directeur"
        if words and self.words.has(words[0].word, "determiners", "numbers"):
            determiner = words[0].word.lower()
            words = words[1:] or words
        core: list[Token] = []
        after: Span | None = None
        end = span[1]
        for i, token in enumerate(words):
            gap = self.text[words[i - 1].end : token.start] if i else " "
            relative = core and self.words.has(token.word, "relative") and not self.words.has(core[-1].word, "of")
            if core and ("," in gap or relative or (gap != " " and not gap.startswith(("'", "’")))):
                end = core[-1].end
                break
            if core and self.words.has(token.word, "of"):
                after = after or (token.end, span[1])
            core.append(token)
        while len(core) > 1 and self.words.has(core[-1].word, "selves"):
            end = core.pop().start
        if after:
            after = (after[0], max(end, after[0]))
        first = [t for t in core if not after or t.end < after[0]]
        first = first[:-1] if after and len(first) > 1 and self.words.has(first[-1].word, "of") else first
        head = bare_word(first[-1].word).lower() if first else ""
        text = self.text[core[0].start : end].strip(" ,.;:\"'“”‘’") if core else self.text[slice(*span)]
        return _Phrase(tuple(core), determiner, head, after, text or self.text[slice(*span)])

    def _person(self, statement: Statement, span: Span, phrase: _Phrase) -> _Meant:
        heads = self._heads(span)
        if heads:
            return _Meant(tuple(heads))
        low = phrase.text.lower()
        if any(self.words.has(w, "couples") for w in low.split()):
            return self._pair(span) or self._describe(phrase, span)
        if any(self.words.like(t.word, "reps") for t in phrase.words[:3]) and self._possessive(phrase):
            return self._owner(statement, span, phrase)
        named = self._with_function(phrase, span)
        if named is not None:
            return _Meant((named,))
        if (
            phrase.determiner
            and self.words.has(phrase.determiner, "definite")
            and not self._possessive(phrase)
            and not phrase.after
        ):
            gender = self._sex(phrase.head)
            if gender and self.words.has(phrase.head, "generic_people"):
                return self._person_before(statement, span, gender) or self._describe(phrase, span)
        if self._possessive(phrase) and (owner := self._owner(statement, span, phrase)).who:
            return self._describe(replace(phrase, text=self._whose(phrase, owner)), span)
        return self._by_standing(statement, span, phrase) or self._describe(phrase, span)

    def _by_standing(self, statement: Statement, span: Span, phrase: _Phrase) -> _Meant | None:
        """ "the accused": whoever stands out and has no other function in the article. In its first lines, whoever comes next."""
        gender = self._sex(phrase.head)

        if span[0] < _LEAD and not self.words.has(phrase.determiner, "definite") and not self._possessive(phrase):
            for place, named in self.names.forwards(span[1]):
                if place[0] > 2 * _LEAD:
                    break
                if _could_be(named, gender) and len(named.places) > 1 and not named.byline:
                    return _Meant((named,))
        aged = any(token.word[0].isdigit() for token in phrase.words)
        if aged and self.words.has(phrase.determiner, "definite"):
            return self._person_before(statement, span, gender)
        alone = len(phrase.words) == 1 and self.words.has(phrase.determiner, "definite") and not self._possessive(phrase)
        if alone and self.words.has(phrase.head, "epithets"):
            return self._person_before(statement, span, gender, free=True)
        return None

    def _possessive(self, phrase: _Phrase) -> bool:
        return self.words.has(phrase.determiner, "possessive")

    def _owner(self, statement: Statement, span: Span, phrase: _Phrase) -> _Meant:
        """Whose: "his spokesman", "haar advocaat"."""
        at = (span[0], span[0] + len(phrase.determiner))
        if self.words.has(phrase.determiner, "it"):
            return self._body_before(statement, span) or _NOBODY
        return self._pronoun(statement, at, phrase.determiner, owner=True) or _NOBODY

    def _whose(self, phrase: _Phrase, owner: _Meant) -> str:
        """ "advocaat van Femke Oostra" for "haar advocaat"."""
        of = self.words.text("of_whom")
        return f"{phrase.text} {of} {owner.who[0].name}" if of and len(owner.who) == 1 and not phrase.after else phrase.text

    def _with_function(self, phrase: _Phrase, span: Span) -> Named | None:
        """Who has that function by the article's words: named last before the phrase, else first after it."""
        if not phrase.head or not phrase.head.isascii() and len(phrase.head) < 2:
            return None
        others = {t.word.lower() for t in phrase.words} - {phrase.head}
        alike = self.words.synonyms(phrase.head)
        scored: list[tuple[int, int, Named]] = []
        for i, named in enumerate(self.names.all):
            if not named.person or named.body or named.byline:
                continue
            for function in named.functions:
                parts = [bare_word(w).lower() for w in re.findall(r"[\w’'-]+", function)]
                same = any(self._same_function(phrase.head, part) for part in parts)
                if same or not alike.isdisjoint(parts):
                    before = named.before(span[0])
                    fit = 4 * same + 3 * len(others & set(parts)) + 2 * (before is not None)
                    scored.append((fit, before[0] if before else -i, named))
        return max(scored, key=lambda s: s[:2])[2] if scored else None

    def _same_function(self, one: str, other: str) -> bool:
        if one == other:
            return True
        short, long = sorted((one, other), key=len)
        return len(short) > 3 and (long.endswith("-" + short) or (long.endswith(short) and self.words.has(short, "people")))

    def _describe(self, phrase: _Phrase, span: Span) -> _Meant:
        """Somebody whom the article only describes: the same words, or the same head after "the", are the same person."""
        named = self.described.get(phrase.head)
        if named is None or (not self.words.has(phrase.determiner, "definite") and named.name.lower() != phrase.text.lower()):
            person = not self.words.like(phrase.head, "bodies") and not self.words.has(phrase.head, "organs")
            named = Named(phrase.text, person=person, described=True, gender=self._sex(phrase.head))
            self.described[phrase.head] = named
            self.index[id(named)] = len(self.names.all)
            self.names.all.append(named)
        insort(named.places, self._span_of(phrase, span))
        return _Meant((named,), phrase.text)

    def _span_of(self, phrase: _Phrase, span: Span) -> Span:
        start = self.text.find(phrase.text, *span)
        return (start, start + len(phrase.text)) if start >= 0 else span

    def _sex(self, head: str) -> str | None:
        return next((g for g in ("male", "female") if self.words.like(head, g)), None)

    # Bodies and documents

    def _body(self, statement: Statement, span: Span, phrase: _Phrase) -> _Meant:
        heads = self._heads(span)
        rep = any(self.words.like(t.word, "reps") for t in phrase.words[:4])
        if rep or (heads and heads[0].person and statement.kind == "organisation"):
            if rep and self._possessive(phrase) and (owner := self._owner(statement, span, phrase)).who:
                return owner
            inside = [n for _, n in self.names.within(span) if (not n.person or n.body) and not n.weak]
            if inside:
                return _Meant((inside[0],))
            body = self._body_of_rep(phrase)
            if body:
                return self._body_by_head(
                    statement, span, replace(phrase, determiner="", head=body, words=phrase.words[:1], text=body, after=None)
                )
            if phrase.after and self.names.text.tokens_in(phrase.after):
                return self._body(statement, phrase.after, self._phrase(phrase.after))
            if heads:
                return _Meant((self._organisation(heads[0]) or heads[0],))
            if any(n.person for _, n in self.names.within(span)):
                return _Meant(tuple(n for _, n in self.names.within(span))[:1])
            return self._body_before(statement, span) or _Meant(said=phrase.text)
        capitals = self.words.pairs("capitals")
        if any(name in capitals for name in (self.text[slice(*span)], *(n.name for n in heads))):
            pieces = [self.text[slice(*piece)].strip() for piece in self._pieces(span)]
            return _Meant(tuple(who for piece in pieces for who in self._government(piece, span)))
        if heads:
            return _Meant(tuple(heads))
        return self._body_by_head(statement, span, phrase)

    def _body_of_rep(self, phrase: _Phrase) -> str | None:
        """ "hospital" of "a hospital spokesman", "regering" of "regeringswoordvoerder"."""
        for before, token in zip((None, *phrase.words), phrase.words, strict=False):
            rep = self.words.like(token.word, "reps")
            if rep:
                word = before.word.lower() if before else token.word.lower().removesuffix(rep).rstrip("-")
                return next((w for w in (word, word.removesuffix("s")) if w and self.words.like(w, "bodies")), None)
        return None

    def _government(self, capital: str, span: Span) -> tuple[Named, ...]:
        """For a capital that speaks, its government, by the name that the article itself uses if it does."""
        names = self.words.pairs("capitals").get(capital)
        if names is None:
            return tuple(self._heads(span))
        listed = names.split("|")
        return self._described_body(next((name for name in listed if name in self.text), listed[-1]), span).who

    def _body_by_head(self, statement: Statement, span: Span, phrase: _Phrase) -> _Meant:
        """ "the company", "het ministerie": the body of the article with that head noun, else the one that it is about."""
        head = phrase.head
        bodies = self.words.pairs("speaks_for").get(head)
        if bodies:
            for n in self.names.all:
                if not n.person and any(body in n.words for body in bodies.split("|")):
                    return _Meant((n,))
            body = bodies.split("|")[0]
            if body in self.lower:
                return self._described_body(body, span)
        if self.words.has("_".join(phrase.text.lower().split()), "organs") or (phrase.after and self.words.has(head, "organs")):
            if phrase.after and not self.words.has("_".join(phrase.text.lower().split()), "organs"):
                return self._body(statement, phrase.after, self._phrase(phrase.after))
            return self._body_before(statement, span, described=False) or self._described_body(phrase.text, span, False)
        definite = self.words.has(phrase.determiner, "definite") or not phrase.determiner
        modified = len(phrase.words) > 1
        if definite and not modified and not self._possessive(phrase):
            having = [n for n in self.names.all if not n.person and self._is_a(n, head)]
            before = [(place, n) for n in having if (place := n.before(span[0]))]
            if before:
                return _Meant((max(before, key=lambda pair: pair[0])[1],))
            if having:
                return _Meant((having[0],))
            if self.words.like(head, "generic_bodies"):
                found = self._body_before(statement, span, described=False)
                if found:
                    return found
            if self.words.like(head, "outlets"):
                return self._best(statement, span, "body", lambda n: id(n) in self.outlets) or self._described_body(
                    phrase.text, span
                )
        if self.words.has(phrase.determiner, "numbers"):
            return _Meant(said=phrase.text)
        if self._possessive(phrase) and (owner := self._owner(statement, span, phrase)).who:
            body = self._organisation(owner.who[0])
            return (
                _Meant((body,))
                if body and self.words.like(head, "bodies")
                else self._described_body(self._whose(phrase, owner), span)
            )
        unique = definite and bool(self.words.like(head, "institutions"))
        return self._described_body(phrase.text, span, unique)

    def _is_a(self, named: Named, head: str) -> bool:
        """Whether the article calls a body that: in its name, before or after it."""
        if len(head) < 3:
            return False
        if named.described:
            return named.words[-1] == head
        calls = [*named.words, *(w.lower() for f in named.functions for w in re.findall(r"[\w’'-]+", f))]
        return any(call == head or (len(head) > 4 and call.endswith(head)) for call in calls)

    def _described_body(self, said: str, span: Span, definite: bool = True) -> _Meant:
        key = " ".join(said.lower().split())
        named = self.described.get(key)
        if named is None:
            named = self.described[key] = Named(said, body=True, described=True, definite=definite)
            self.index[id(named)] = len(self.names.all)
            self.names.all.append(named)
        start = self.text.find(said, *span)
        insort(named.places, (start, start + len(said)) if start >= 0 else span)
        return _Meant((named,))

    def _document(self, statement: Statement, span: Span, phrase: _Phrase) -> _Meant:
        held = [n for p, n in self.names.within(span) if not self._governed(p, span)]
        if held and self.text[span[0] : span[1]].strip().endswith(held[0].name):
            return _Meant((held[0],))
        return self._described_document(phrase, span)

    def _described_document(self, phrase: _Phrase, span: Span) -> _Meant:
        key = "document " + phrase.head
        named = self.described.get(key)
        if named is None or (len(phrase.words) > 1 and phrase.text.lower() != named.name.lower()):
            named = Named(phrase.text, described=True)
            self.described[key] = named
            self.index[id(named)] = len(self.names.all)
            self.names.all.append(named)
        insort(named.places, self._span_of(phrase, span))
        return _Meant((named,))

    # Pronouns

    def _pronoun(self, statement: Statement, span: Span, word: str, owner: bool = False) -> _Meant | None:
        """Whom a single word stands for; None where it is no pronoun."""
        has = self.words.has
        if has(word, "relative") and not owner:
            return self._relative(statement, span)
        if has(word, "i"):
            return self._narrator(statement)
        if has(word, "we"):
            return self._we(statement)
        if has(word, "you") and statement.kind == "person":
            return self._interviewee() if statement.parent is None else _NOBODY
        he, she, it, they = (has(word, key) for key in ("he", "she", "it", "they"))
        if not (he or she or it or they):
            return None
        if statement.kind == "document" and not owner:
            return self._last_like(statement, "document")
        if statement.kind in ("organisation", "outlet") and not owner:
            if (he or she) and not they and not it and (meant := self._last_like(statement, statement.kind)).who:
                return meant
            return self._last_body(statement, span)
        if they and not (she and self._singular(statement)) and not owner and not he:
            return self._pair(span) or _NOBODY
        gender = "male" if he and not she else "female" if she and not he else None
        return self._person_before(statement, span, gender) or _NOBODY

    def _singular(self, statement: Statement) -> bool:
        """Whether "zij" is one woman: Dutch tells it by the verb."""
        verb = statement.cue.text.split()[0].lower() if statement.cue else ""
        return self.words.has(verb, "singular_verbs") or not verb.endswith(tuple(self.words.list("plural_verbs")) or ("\0",))

    def _relative(self, statement: Statement, span: Span) -> _Meant:
        holders = [
            s
            for s in self.order
            if s.source and s.id != statement.id and s.source.spans[0][0] < span[0] and span[1] <= s.source.spans[0][1]
        ]
        if holders:
            return self.resolve(holders[-1])
        start = self.names.text.sentence_span(span[0])[0]
        wanted = (lambda n: n.body or not n.person) if statement.kind == "organisation" else (lambda n: not n.body and not n.place)
        said = self.names.text.tokens_in((max(0, span[0] - 40), span[0]))
        if said and said[-1].word[0].islower() and self.text[said[-1].end : span[0]] == " ":
            return self._described_before(statement, span)  # "a man who", not "Smith, who"
        for place, named in self.names.backwards(span[0]):
            if place[0] < start or span[0] - place[1] > 120:
                break
            if wanted(named):
                return _Meant((named,))
        return self._described_before(statement, span)

    def _described_before(self, statement: Statement, span: Span) -> _Meant:
        """Who has the function that stands right before "who": "de wethouder die"."""
        before = self.names.text.tokens_in((self.names.text.sentence_span(span[0])[0], span[0]))[-6:]
        token = next((t for t in reversed(before) if self.words.like(t.word, "people")), None)
        if token is None or statement.kind != "person":
            return _NOBODY
        named = self._with_function(_Phrase((token,), "", token.word.lower(), None, token.word), span)
        return _Meant((named,)) if named else _NOBODY

    def _narrator(self, statement: Statement) -> _Meant:
        """ "I": whoever speaks in the quotation around; at the outermost, whoever is interviewed."""
        outer = self.parent(statement)
        steps = 0
        while outer is not None and steps < _DEPTH:
            meant = self.resolve(outer)
            if meant.who:
                return meant
            outer, steps = self.parent(outer), steps + 1
        if statement.parent is None:
            return (None if self.interview else self._before(statement)) or self._interviewee()
        return _NOBODY

    def _we(self, statement: Statement) -> _Meant:
        outer = self._narrator(statement)
        if statement.kind == "organisation" and len(outer.who) == 1 and outer.who[0].person:
            body = self._organisation(outer.who[0])
            meant = _Meant((body,)) if body else self._body_before(statement, _place(statement))
            return meant or outer
        return outer

    def _organisation(self, named: Named) -> Named | None:
        """The body that somebody belongs to, by the article's words beside the name."""
        if named.organisation is None:
            return None
        return next((n for n in self.names.all if n.name == named.organisation and not (n.person or n.weak)), None)

    def _interviewee(self) -> _Meant:
        """The person whom the article begins with."""
        early = [
            n for n in self.names.all if not (n.body or n.place or n.byline or n.described) and n.places and n.places[0][0] < _LEAD
        ]
        best = max(early, key=lambda n: (n.person, " " in n.name, -n.places[0][0]), default=None)
        return _Meant((best,)) if best else _NOBODY

    def _last_like(self, statement: Statement, kind: str) -> _Meant:
        for other in self._earlier(statement):
            if other.kind == kind and (meant := self.meant.get(other.id)) and meant.who:
                return meant
        return _NOBODY

    def _last_body(self, statement: Statement, span: Span) -> _Meant:
        return self._body_before(statement, span) or _NOBODY

    def _pair(self, span: Span) -> _Meant | None:
        """The two who were named together last: "Gordon en Lucille Hatch"."""
        sentence = self.names.text.sentence(span[0])
        after: tuple[Span, Named] | None = None
        for step, (place, named) in enumerate(self.names.backwards(span[0])):
            if step > _NEAR or sentence - self.names.text.sentence(place[0]) > 3:
                return None
            if after and self.words.has(self.text[place[1] : after[0][0]].strip(), "and_words") and named.person:
                return _Meant((named, after[1]))
            after = (place, named) if named.person else None
        return None

    # Weighing

    def _person_before(self, statement: Statement, span: Span, gender: str | None, free: bool = False) -> _Meant | None:
        """The person of that sex who stands out most before ``span``; with ``free`` one without a name or function is left out."""

        def fits(named: Named) -> bool:
            bound = free and (named.described or any(self._is_function(f) for f in named.functions))
            return _could_be(named, gender) and not bound

        return self._best(statement, span, "person", fits)

    def _body_before(self, statement: Statement, span: Span, described: bool = True) -> _Meant | None:
        """The body that stands out most before ``span``, the news media left out."""

        def fits(named: Named) -> bool:
            return named.body and id(named) not in self.outlets and (described or not named.described)

        def may_fit(named: Named) -> bool:
            neither = not (named.person or named.place or named.described)
            return neither and len(named.places) > 1 and id(named) not in self.outlets

        return self._best(statement, span, "body", fits) or self._best(statement, span, "body", may_fit)

    def _best(self, statement: Statement, span: Span, kind: str, fits: Callable[[Named], bool]) -> _Meant | None:
        candidates = [c for c in self._candidates(statement, span) if fits(c.named)]
        if self.log is not None and len(candidates) > 1:
            self.log.append((statement.id, kind, candidates))
        named = best(candidates, kind)
        return _Meant((named,)) if named else None

    def _candidates(self, statement: Statement, span: Span) -> Iterator[Candidate]:
        """Those mentioned before, as a name or by a resolved source."""
        last: dict[int, tuple[Span, bool]] = {}
        at = bisect_right(self.spoken, (span[0], 0, 0))
        times: Counter[int] = Counter()
        own = statement.content.spans
        for start, end, who in self.spoken[max(0, at - _NEAR) : at]:
            if end <= span[0] and not _inside(start, own):
                last[who] = ((start, end), True)
                times[who] += 1
        for place, named in islice(self.names.backwards(span[0]), _NEAR):
            who = self.index[id(named)]
            if _inside(place[0], own):
                continue  # nobody calls himself by his name
            if who not in last or last[who][0] < place:
                last[who] = (place, who in last and last[who][0][1] > place[0])
        outer = self.parent(statement)
        excluded = self._outer(statement)
        speaker = self.resolve(outer).who if outer else ()
        earlier = next(iter(self._earlier(statement)), None)
        level = next((s for s in self._earlier(statement) if s.parent == statement.parent), None)
        said_last = self.meant[earlier.id].who if earlier and earlier.id in self.meant else ()
        said_level = self.meant[level.id].who if level and level.id in self.meant else ()
        here = self.names.text.sentence(span[0])
        for who, (place, spoke) in last.items():
            named = self.names.all[who]
            between = here - self.names.text.sentence(place[0])
            if named in excluded or named.byline or named.weak or between > _SENTENCES:
                continue
            start = self.names.text.sentence_span(place[0])[0]
            yield Candidate(
                named,
                (
                    min(between, 10),
                    min(self.names.text.line(span[0]) - self.names.text.line(place[0]), 5),
                    between == 0,
                    place[0] - start < 25,
                    self._governed(place, (start, place[1] + 20)),
                    spoke,
                    named in said_last,
                    named in said_level,
                    named in speaker,
                    outer is not None and _inside(place[0], outer.content.spans),
                    outer is None and self._in_quotation(place[0]),
                    math.log1p(bisect_right(named.places, (span[0], 0)) + times[who]),
                    bool(named.places) and named.places[0][0] < _LEAD // 2,
                    named.gender is not None,
                    named.described,
                    named.body or (named.person and " " in named.name),
                ),
            )

    def _in_quotation(self, offset: int) -> bool:
        """Whether the offset stands in the content of a direct quotation that is not inside another."""
        at = bisect_right(self.quoted, (offset, len(self.text))) - 1
        return at >= 0 and offset < self.quoted[at][1]

    def _outer(self, statement: Statement) -> tuple[Named, ...]:
        """Whoever speaks of somebody in a direct quotation is not the one he speaks of."""
        outer = self.parent(statement)
        if outer is None or not self._quoted(_place(statement)[0], outer):
            return ()
        return self.resolve(outer).who

    def _quoted(self, offset: int, outer: Statement) -> bool:
        """Whether ``offset`` stands between quotation marks within the content of ``outer``."""
        for start, end in outer.content.spans:
            if start <= offset < end:
                before = self.text[start:offset]
                opened = sum(before.count(mark) for mark in _OPEN) - sum(before.count(mark) for mark in _CLOSE)
                return opened > 0 or before.count('"') % 2 == 1 or before[:1] in ("'", "’")
        return False

    # Quotations that go on

    def _earlier(self, statement: Statement) -> Iterator[Statement]:
        at = self.position[statement.id]
        yield from reversed(self.order[max(0, at - _NEAR) : at])

    def _before(self, statement: Statement) -> _Meant | None:
        """The speaker of the nearest statement before it, on the same level and in this paragraph or the one before."""
        start = _place(statement)[0]
        for other in self._earlier(statement):
            if other.parent != statement.parent or other.kind != statement.kind:
                continue
            if self.names.text.line(start) - self.names.text.line(_place(other)[1]) > 2:
                return None
            meant = self.resolve(other)
            if meant.who or other.source:
                return meant
        return None

    def _going_on(self, statement: Statement) -> _Meant:
        """A quotation without cue and source."""
        if statement.kind not in ("person", "organisation"):
            return _NOBODY
        if self.interview and statement.parent is None and statement.kind == "person":
            return self._interviewee()
        heading = self._echoed(statement) if self._is_heading(statement) else None
        return heading or self._before(statement) or self._echoed(statement) or self._interviewee()

    def _is_heading(self, statement: Statement) -> bool:
        """Whether a short quotation is all that stands on its line."""
        if len(statement.content.spans) != 1:
            return False
        start, end = statement.content.spans[0]
        alone = self.text[max(0, start - 1) : start].strip() == "" and self.text[end : end + 1].strip() == ""
        before, after = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end)
        line = self.text[before : after if after >= 0 else len(self.text)].strip()
        return alone and len(line) <= _HEADING and len(line) - (end - start) <= 2

    def _echoed(self, statement: Statement) -> _Meant | None:
        """A headline's quotation belongs to whoever says it in the article."""
        said = set(re.findall(r"\w+", statement.content.text.lower()))
        at = self.position[statement.id]
        following = [s for s in self.order[at + 1 : at + 1 + _NEAR] if s.kind == statement.kind and (s.source or s.cue is None)]
        shares = [(len(said & set(re.findall(r"\w+", s.content.text.lower()))), -i) for i, s in enumerate(following)]
        most = max(shares, default=(0, 0))
        if not following or 2 * most[0] < len(said):
            return None
        return self.resolve(following[-most[1]])

    def _reason(self, span: Span) -> Mention | None:
        """The reason given for leaving the source without a name, from the sentence of the mention or the one after it."""
        pattern = self.words.text("reasons")
        if not pattern:
            return None
        start, stop = self.names.text.sentence_span(span[0], more=1)
        found = re.compile(pattern, re.I).search(self.text, start, stop)
        if not found:
            return None
        end = re.compile(r"[.;!?\n\"”]|,(?!\s*(?:omdat|want|because|as|since))").search(self.text, found.end(), stop)
        return Mention.of(self.text, [(found.start(), max(found.end(), end.start() if end else stop))])


def _place(statement: Statement) -> Span:
    """Where a statement stands: its source, else its cue, else its content."""
    for mention in (statement.source, statement.cue, statement.content):
        if mention is not None and mention.spans:
            return mention.spans[0]
    return (0, 0)


def _inside(offset: int, spans: Iterable[Span]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _could_be(named: Named, gender: str | None) -> bool:
    """Whether a pronoun for a person of that sex may stand for them."""
    perhaps = " " in named.name and not named.described and not named.name.isupper()
    if named.body or named.place or not (named.person or perhaps):
        return False
    return gender is None or named.gender in (None, gender)
