"""Who says it: sources to the people and bodies that the article names.

Names, pronouns, functions ("de oud-commandant"), bodies ("the company"), spokespeople and quotations that go on are resolved
within one article, by rules over its names and the word lists of ``languages/``. Nothing outside the article is asked, and where
it does not tell, the speaker has no name. In a language without lists only the names themselves are told.

Whom a pronoun or "the company" stands for is weighed after Lappin & Leass (1994), ``salience.py``; whose a quotation without a
source is, after O'Keefe et al. (2012), ``turns.py``. Whoever is quoted is the "I" and not the "he" of whom he speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from volgens.records import Article, Mention, Span, Speaker, Statement, Statements
from volgens.statements.speakers.known import Known
from volgens.statements.speakers.lexicon import lexicon
from volgens.statements.speakers.names import Named, Names
from volgens.statements.speakers.phrases import Phrase, Phrases
from volgens.statements.speakers.salience import Here, Mentions
from volgens.statements.speakers.turns import Turns, place

_DEPTH = 20  # statements that may wait for one another
_LEAD = 600  # characters in which an article introduces whom it is about
_NEAR = 60  # names that are looked back over for a pair
_SENTENCE = 1000  # characters before and after a source in which its reason is looked for
_REACH = 120  # characters between a relative pronoun and whom it stands for
_WORDS = re.compile(r"[\w’'-]+")
_CLAUSE_ENDS = re.compile(r"[.;!?,\n\"”]")


def speakers(article: Article, statements: Statements) -> Statements:
    """The statements with their ``speaker``, as far as the article tells.

    None where there is no source and none is carried on; a speaker without a name where the article names nobody. Any text and any
    statements of it will do; nothing is raised.
    """
    resolver = Resolver(article, statements)
    found = {statement.id: resolver.speaker(statement) for statement in resolver.turns.order}
    return replace(statements, items=tuple(replace(s, speaker=found[s.id]) for s in statements))


@dataclass(frozen=True, slots=True)
class _Meant:
    """Whom a source stands for: one, several or nobody; ``said`` is what it calls those without a name."""

    who: tuple[Named, ...] = ()
    said: str | None = None


_NOBODY = _Meant()


class Resolver:
    """Resolves the sources of one article, each when it is asked for and the outer before the inner."""

    def __init__(self, article: Article, statements: Statements) -> None:
        self.words, self.text, self.outlet = lexicon(article.language), article.text, article.outlet
        cues = {word.lower() for s in statements if s.cue for word in _WORDS.findall(s.cue.text)}
        self.names = Names(article.text, self.words, frozenset(cues - self.words.list("people")))
        self.turns = Turns(self.names.text, tuple(statements))
        self.phrases = Phrases(self.names)
        self.known = Known(self.names)
        self.mentions = Mentions(self.known, self.phrases, self.turns.quotations)
        self._meant: dict[str, _Meant] = {}
        self._asked: set[str] = set()
        self._by_span: dict[tuple[Span, bool], _Meant] = {}
        for statement in self.turns.order:
            self._hear(statement)

    def _hear(self, statement: Statement) -> None:
        """What the kind of a source tells of the names in it: who is a person, and what is a body."""
        source = statement.source
        if source is None or statement.kind not in ("person", "organisation", "outlet"):
            return
        represented = self._represents(self.phrases.read(source.spans[0]), whole=True)
        for named in self.phrases.heads(source.spans[0]):
            if named.weak and not self.words.list("he"):
                continue  # where pronouns are not known, a word that begins a sentence may be one
            if statement.kind == "person" and not (named.place and " " in source.text):
                named.person, named.place, named.weak = not named.body, False, False
            elif not named.person and not represented:
                named.body, named.place, named.weak = True, False, False
                if statement.kind == "outlet":
                    self.known.outlets.add(id(named))

    # From a statement to its speaker

    def speaker(self, statement: Statement) -> Speaker | None:
        """Who a statement's source stands for; None where none is expressed or carried on."""
        source = statement.source or statement.inferred
        meant = self.resolve(statement)
        if source is not None and statement.kind == "author":
            return Speaker(name=self.outlet)
        if meant.who:
            return self._told(meant.who, source.spans[0] if source else place(statement))
        if source is None:
            return None
        return Speaker(function=meant.said, reason=self._reason(source.spans[0]) if statement.kind == "anonymous" else None)

    def _told(self, who: tuple[Named, ...], span: Span) -> Speaker:
        if len(who) > 1:
            places = sorted({found for n in who if (found := n.fullest(span[1]))})
            apart = [p for i, p in enumerate(places) if not i or places[i - 1][1] <= p[0]]
            return Speaker(" + ".join(n.name for n in who), mention=Mention.of(self.text, apart) if apart else None)
        (named,) = who
        found = named.fullest(span[1])
        mention = Mention.of(self.text, [found]) if found else None
        if named.described and not named.definite:
            return Speaker(function=named.name, mention=mention)
        functions = [f for f in named.functions if self.known.is_function(f)]
        body = self.known.organisation(named)
        aliases = tuple(sorted(form for form in named.forms if form != named.name))
        return Speaker(named.name, min(functions, key=len, default=None), body.name if body else None, aliases, mention)

    def resolve(self, statement: Statement) -> _Meant:
        """Whom the statement's source stands for."""
        if statement.id in self._meant:
            return self._meant[statement.id]
        if statement.id in self._asked or len(self._asked) - len(self._meant) > _DEPTH:
            return _NOBODY  # it waits for what depends on it
        self._asked.add(statement.id)
        source = statement.source or statement.inferred
        if source is not None:
            key = (source.spans[0], statement.kind in ("person", "anonymous"))
            meant = self._by_span.get(key) or self._source(statement, source.spans[0])
            self._by_span[key] = meant
            for named in meant.who:
                self.mentions.spoke(named, source.spans[0])
        else:
            meant = self._going_on(statement) if statement.cue is None else _NOBODY
        self._meant[statement.id] = meant
        return meant

    def _source(self, statement: Statement, span: Span) -> _Meant:
        if statement.kind in ("author", "none"):
            return _NOBODY
        tokens = self.names.text.tokens_in(span)
        alone = [t for t in tokens if not self.words.has(t.word, "selves")] or tokens
        if len(alone) == 1:
            if statement.kind in ("anonymous", "group"):
                return _NOBODY
            meant = self._pronoun(statement, span, alone[0].word.lower())
            if meant is not None:
                return meant
        phrase = self.phrases.read(span)
        if statement.kind in ("anonymous", "group"):
            return _Meant(said=phrase.text)
        if statement.kind == "document":
            return self._document(span, phrase)
        return self._person(statement, span, phrase) if statement.kind == "person" else self._body(statement, span, phrase)

    # People

    def _person(self, statement: Statement, span: Span, phrase: Phrase) -> _Meant:
        heads = [named for named in self.phrases.heads(span) if not named.weak]
        if heads:
            return _Meant(tuple(heads))
        if any(self.words.has(word, "couples") for word in phrase.text.lower().split()) and (pair := self._pair(span)):
            return pair
        possessive = self.phrases.possessive(phrase)
        if possessive and self._represents(phrase):
            return self._owner(statement, span, phrase)
        named = self._with_function(phrase, span[0])
        if named is not None:
            return _Meant((named,))
        if possessive and (owner := self._owner(statement, span, phrase)).who:
            return self._describe(replace(phrase, text=self._whose(phrase, owner)), span)
        return self._by_standing(statement, span, phrase) or self._describe(phrase, span)

    def _represents(self, phrase: Phrase, whole: bool = False) -> bool:
        """Whether it is a spokesman or the like, among the first words or in the whole phrase."""
        return any(self.words.like(token.word, "reps") for token in (phrase.words if whole else phrase.words[:4]))

    def _with_function(self, phrase: Phrase, offset: int) -> Named | None:
        return self.known.with_function(phrase.head, {t.word.lower() for t in phrase.words}, offset) if phrase.head else None

    def _by_standing(self, statement: Statement, span: Span, phrase: Phrase) -> _Meant | None:
        """ "The accused", "the 43-year-old": whoever stands out. In the first lines, "a roofer": whoever is named next."""
        sex = self.known.sex(phrase.head)
        if self.phrases.definite(phrase):
            if self.phrases.possessive(phrase):
                return None
            if any(token.word[0].isdigit() for token in phrase.words):
                return self._person_before(statement, span, sex)
            if self.words.has(phrase.head, "generic_people") and not phrase.after:
                return self._person_before(statement, span, sex)
            if self.words.has(phrase.head, "epithets") and len(phrase.words) == 1:
                return self._person_before(statement, span, sex, free=True)
            return None
        if span[0] < _LEAD:
            for found, named in self.names.forwards(span[1]):
                if found[0] > 2 * _LEAD:
                    break
                if _could_be(named, sex) and len(named.places) > 1 and not named.byline:
                    return _Meant((named,))
        return None

    def _describe(self, phrase: Phrase, span: Span) -> _Meant:
        """Somebody whom the article only describes: the same words, or the same head after "the", are the same person."""
        kind = "body" if self.words.like(phrase.head, "bodies") or self.words.has(phrase.head, "organs") else "person"
        again = self.phrases.definite(phrase)
        return _Meant((self.known.described(kind, phrase.head, phrase.text, span, again),), phrase.text)

    def _owner(self, statement: Statement, span: Span, phrase: Phrase) -> _Meant:
        """Whose: "his spokesman", "its chairman"."""
        if self.words.has(phrase.determiner, "it"):
            return self._body_before(statement, span) or _NOBODY
        return self._pronoun(statement, (span[0], span[0] + len(phrase.determiner)), phrase.determiner, owner=True) or _NOBODY

    def _whose(self, phrase: Phrase, owner: _Meant) -> str:
        """ "advocaat van Ada Bos" for "haar advocaat"."""
        of = self.words.text("of_whom")
        return f"{phrase.text} {of} {owner.who[0].name}" if of and len(owner.who) == 1 and not phrase.after else phrase.text

    # Bodies and documents

    def _body(self, statement: Statement, span: Span, phrase: Phrase) -> _Meant:
        heads = self.phrases.heads(span)
        if self._represents(phrase):
            return self._represented(statement, span, phrase, heads)
        if heads and heads[0].person:
            body = self._body_inside(span) or self.known.organisation(heads[0])
            return _Meant((body or heads[0],))
        capitals = self.words.pairs("capitals")
        if any(name in capitals for name in (self.text[slice(*span)], *(named.name for named in heads))):
            return _Meant(tuple(body for piece in self.phrases.pieces(span) for body in self._government(piece)))
        return _Meant(tuple(heads)) if heads else self._body_by_head(statement, span, phrase)

    def _body_inside(self, span: Span) -> Named | None:
        return next((n for _, n in self.names.within(span) if (n.body or not n.person) and not n.weak), None)

    def _represented(self, statement: Statement, span: Span, phrase: Phrase, heads: list[Named]) -> _Meant:
        """For whom a spokesman speaks."""
        if self.phrases.possessive(phrase) and (owner := self._owner(statement, span, phrase)).who:
            return owner
        if body := self._body_inside(span):
            return _Meant((body,))
        if word := self._body_of_rep(phrase):
            bare = replace(phrase, words=phrase.words[:1], determiner="", head=word, after=None, text=word)
            return self._body_by_head(statement, span, bare)
        if phrase.after and self.names.text.tokens_in(phrase.after):
            return self._body(statement, phrase.after, self.phrases.read(phrase.after))
        if heads:
            return _Meant((self.known.organisation(heads[0]) or heads[0],))
        inside = [named for _, named in self.names.within(span)]
        return _Meant((inside[0],)) if inside else self._body_before(statement, span) or _Meant(said=phrase.text)

    def _body_of_rep(self, phrase: Phrase) -> str | None:
        """ "hospital" of "a hospital spokesman", "regering" of "regeringswoordvoerder"."""
        for before, token in zip((None, *phrase.words), phrase.words, strict=False):
            if rep := self.words.like(token.word, "reps"):
                word = before.word.lower() if before else token.word.lower().removesuffix(rep).rstrip("-")
                return next((w for w in (word, word.removesuffix("s")) if w and self.words.like(w, "bodies")), None)
        return None

    def _government(self, piece: Span) -> tuple[Named, ...]:
        """For a capital that speaks, its government, by the words that the article itself uses if it does."""
        names = self.words.pairs("capitals").get(self.text[slice(*piece)].strip())
        if names is None:
            return tuple(self.phrases.heads(piece))
        said = next((name for name in names.split("|") if name in self.text), names.rpartition("|")[2])
        return (self.known.described("only body", said.lower(), said, piece, again=True),)

    def _body_by_head(self, statement: Statement, span: Span, phrase: Phrase) -> _Meant:
        """ "The company", "het ministerie": the body of the article with that head noun, else the one that it is about."""
        speaks_for = self.words.pairs("speaks_for").get(phrase.head, "")
        for body in filter(None, speaks_for.split("|")):
            if called := self.known.of_kind(body, span[0]):
                return _Meant((called,))
        organ = self.words.has("_".join(phrase.text.lower().split()), "organs")
        if not organ and phrase.after and self.words.has(phrase.head, "organs") and self.names.text.tokens_in(phrase.after):
            return self._body(statement, phrase.after, self.phrases.read(phrase.after))
        found = None if organ else self._body_of_kind(statement, span, phrase)
        found = found or (self._body_before(statement, span, described=False) if organ else None)
        if found is not None:
            return found
        if self.words.has(phrase.determiner, "numbers"):
            return _Meant(said=phrase.text)
        said = phrase.text
        if self.phrases.possessive(phrase) and (owner := self._owner(statement, span, phrase)).who:
            if (theirs := self.known.organisation(owner.who[0])) and self.words.like(phrase.head, "bodies"):
                return _Meant((theirs,))
            said = self._whose(phrase, owner)
        unique = (self.phrases.definite(phrase) or not phrase.determiner) and self.words.like(phrase.head, "institutions")
        return _Meant((self.known.described("only body" if unique else "body", said.lower(), said, span, again=True),))

    def _body_of_kind(self, statement: Statement, span: Span, phrase: Phrase) -> _Meant | None:
        """For a plain "the ministry": one that is called so; for a plain "the company" or "the paper", whichever stands out."""
        plain = len(phrase.words) == 1 and (self.phrases.definite(phrase) or not phrase.determiner)
        if not plain or self.phrases.possessive(phrase):
            return None
        if found := self.known.of_kind(phrase.head, span[0]):
            return _Meant((found,))
        if self.words.like(phrase.head, "generic_bodies") and (meant := self._body_before(statement, span, described=False)):
            return meant
        if self.words.like(phrase.head, "outlets"):
            return self._best(statement, span, lambda named: id(named) in self.known.outlets)
        return None

    def _document(self, span: Span, phrase: Phrase) -> _Meant:
        held = [named for found, named in self.names.within(span) if not self.phrases.governed(found, span)]
        if held and self.text[slice(*span)].strip().endswith(held[0].name):
            return _Meant((held[0],))
        again = len(phrase.words) == 1
        return _Meant((self.known.described("document", phrase.head, phrase.text, span, again),))

    # Pronouns

    def _pronoun(self, statement: Statement, span: Span, word: str, owner: bool = False) -> _Meant | None:
        """Whom a single word stands for; None where it is no pronoun. ``owner``: it is a "his" or "their"."""
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
        if not owner and statement.kind != "person":
            same = statement.kind == "document" or ((he or she) and not they and not it)
            meant = self._last_of_kind(statement) if same else _NOBODY
            return meant if meant.who or statement.kind == "document" else self._body_before(statement, span) or _NOBODY
        if they and not owner and not he and not (she and self._is_singular(statement)):
            return self._pair(span) or _NOBODY
        sex = "male" if he and not she else "female" if she and not he else None
        return self._person_before(statement, span, sex) or _NOBODY

    def _is_singular(self, statement: Statement) -> bool:
        """Whether "zij" is one woman: Dutch tells it by the verb."""
        verb = statement.cue.text.split()[0].lower() if statement.cue else ""
        return self.words.has(verb, "singular_verbs") or not any(map(verb.endswith, self.words.list("plural_verbs")))

    def _relative(self, statement: Statement, span: Span) -> _Meant:
        """ "Who": the one whose mention it stands in, else whoever is named right before."""
        around = self.turns.around(span)
        if around is not None:
            return self.resolve(around)
        start = max(self.names.text.sentence_span(span[0])[0], span[0] - _REACH)
        said = self.names.text.tokens_in((start, span[0]))
        if said and said[-1].word[0].islower() and self.text[said[-1].end : span[0]] == " ":
            return self._function_before(statement, span)  # "a man who", not "Smith, who"
        for found, named in self.names.backwards(span[0]):
            if found[0] < start:
                break
            if (named.body or not named.person) if statement.kind == "organisation" else not (named.body or named.place):
                return _Meant((named,))
        return self._function_before(statement, span)

    def _function_before(self, statement: Statement, span: Span) -> _Meant:
        """Who has the function that stands right before "who": "de wethouder die"."""
        if statement.kind != "person":
            return _NOBODY
        start = max(self.names.text.sentence_span(span[0])[0], span[0] - _REACH)
        before = reversed(self.names.text.tokens_in((start, span[0]))[-6:])
        word = next((t.word.lower() for t in before if self.words.like(t.word, "people")), None)
        named = self.known.with_function(word, (), span[0]) if word else None
        return _Meant((named,)) if named else _NOBODY

    def _narrator(self, statement: Statement) -> _Meant:
        """ "I": whoever speaks in the quotation around; at the outermost, whoever spoke last or is interviewed."""
        outer = self.turns.parent(statement)
        for _ in range(_DEPTH):
            if outer is None:
                break
            if (meant := self.resolve(outer)).who:
                return meant
            outer = self.turns.parent(outer)
        if statement.parent is not None:
            return _NOBODY
        return (None if self.turns.is_interview else self._before(statement)) or self._interviewee()

    def _we(self, statement: Statement) -> _Meant:
        """ "We": the "I", or where a body is said to speak, that person's body."""
        narrator = self._narrator(statement)
        if statement.kind != "organisation" or len(narrator.who) != 1 or not narrator.who[0].person:
            return narrator
        body = self.known.organisation(narrator.who[0])
        return (_Meant((body,)) if body else self._body_before(statement, place(statement))) or narrator

    def _interviewee(self) -> _Meant:
        """The person whom the article begins with."""
        early = []
        for found, named in self.names.forwards(0):
            if found[0] >= _LEAD:
                break
            if not (named.body or named.place or named.byline):
                early.append(named)
        first = max(early, key=lambda n: (n.person, " " in n.name, -n.places[0][0]), default=None)
        return _Meant((first,)) if first else _NOBODY

    def _last_of_kind(self, statement: Statement) -> _Meant:
        earlier = (self._meant.get(s.id, _NOBODY) for s in self.turns.earlier(statement) if s.kind == statement.kind)
        return next((meant for meant in earlier if meant.who), _NOBODY)

    def _pair(self, span: Span) -> _Meant | None:
        """The two who were named together last: "Gordon en Lucille Hatch"."""
        text = self.names.text
        after: tuple[Span, Named] | None = None
        for step, (found, named) in enumerate(self.names.backwards(span[0])):
            if step > _NEAR or text.sentence(span[0]) - text.sentence(found[0]) > 3:
                return None
            if after and named.person and self.words.has(self.text[found[1] : after[0][0]].strip(), "and_words"):
                return _Meant((named, after[1]))
            after = (found, named) if named.person else None
        return None

    # Weighing

    def _person_before(self, statement: Statement, span: Span, sex: str | None, free: bool = False) -> _Meant | None:
        """The person of that sex who stands out most before ``span``; with ``free`` one with a name and no function."""

        def fits(named: Named) -> bool:
            bound = free and (named.described or any(map(self.known.is_function, named.functions)))
            return _could_be(named, sex) and not bound

        return self._best(statement, span, fits)

    def _body_before(self, statement: Statement, span: Span, described: bool = True) -> _Meant | None:
        """The body that stands out most before ``span``, the news media left out; else what may be one."""

        def fits(named: Named) -> bool:
            return named.body and id(named) not in self.known.outlets and (described or not named.described)

        def may_fit(named: Named) -> bool:
            plain = not (named.person or named.place or named.described or id(named) in self.known.outlets)
            return plain and len(named.places) > 1

        return self._best(statement, span, fits) or self._best(statement, span, may_fit)

    def _best(self, statement: Statement, span: Span, fits: Callable[[Named], bool]) -> _Meant | None:
        fitting = (pair for pair in self.mentions.before(self._here(statement, span)) if fits(pair[0]))
        found = max(fitting, key=lambda pair: pair[1], default=None)
        return _Meant((found[0],)) if found else None

    def _here(self, statement: Statement, span: Span) -> Here:
        outer = self.turns.parent(statement)
        speak = self.resolve(outer).who if outer else ()
        last = next(self.turns.earlier(statement), None)
        level = next((s for s in self.turns.earlier(statement) if s.parent == statement.parent), None)
        return Here(
            span,
            statement.content.spans,
            outer.content.spans if outer else (),
            speak,
            self._meant.get(last.id, _NOBODY).who if last else (),
            self._meant.get(level.id, _NOBODY).who if level else (),
            speak if outer and self.turns.is_quoted(statement, outer) else (),
        )

    # Quotations that go on, and reasons

    def _before(self, statement: Statement) -> _Meant | None:
        """The speaker of the nearest statement of this kind and level before it; nobody where that has a source without a name."""
        for other in self.turns.before(statement):
            if (meant := self.resolve(other)).who or other.source:
                return meant
        return None

    def _going_on(self, statement: Statement) -> _Meant:
        """A quotation without cue and source."""
        if statement.kind not in ("person", "organisation"):
            return _NOBODY
        if self.turns.is_interview and statement.parent is None and statement.kind == "person":
            return self._interviewee()
        meant = None if self.turns.is_heading(statement) else self._before(statement)
        if meant is None and (echo := self.turns.echo(statement)):
            return self.resolve(echo)
        return meant or self._before(statement) or self._interviewee()

    def _because(self, offset: int) -> bool:
        token = next(iter(self.names.text.tokens_in((offset, min(len(self.text), offset + 20)))), None)
        return token is not None and self.words.has(token.word, "because")

    def _reason(self, span: Span) -> Mention | None:
        """The reason given for leaving the source without a name, from the sentence of the mention or the one after it."""
        pattern = self.words.text("reasons")
        start, stop = self.names.text.sentence_span(span[0], more=1)
        start, stop = max(start, span[0] - _SENTENCE), min(stop, span[0] + _SENTENCE)
        found = re.compile(pattern, re.I).search(self.text, start, stop) if pattern else None
        if found is None or found.end() == found.start():
            return None
        end = next((m.start() for m in _CLAUSE_ENDS.finditer(self.text, found.end(), stop) if not self._because(m.end())), stop)
        said = self.text[found.start() : max(found.end(), end)].rstrip()
        return Mention.of(self.text, [(found.start(), found.start() + len(said))])


def _could_be(named: Named, sex: str | None) -> bool:
    """Whether a pronoun for a person of that sex may stand for them."""
    perhaps = " " in named.name and not named.described and not named.name.isupper()
    return not (named.body or named.place) and (named.person or perhaps) and (sex is None or named.gender in (None, sex))
