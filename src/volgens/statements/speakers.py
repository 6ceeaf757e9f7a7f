"""Who a source stands for: pronouns, functions, short names, bodies and their spokespeople, within one article.

Rules over the article's own names (``names.py``) and the lists of ``languages/``. Nothing outside the article is asked: where it
does not tell, the speaker has no name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from volgens.languages import table, words
from volgens.records import Article, Mention, Span, Speaker, Statement, Statements
from volgens.statements.names import Named, Names

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SENTENCE = re.compile(r"[.!?]+[\"'”’»]*\s+|\n+")
_AND = re.compile(r"\s+(?:en|and|&|und|et|y|e)\s+|,\s+")


def speakers(article: Article, statements: Statements) -> Statements:
    """The statements with their ``speaker``; None where no source is expressed."""
    resolver = _Resolver(article, statements)
    # Outer statements first: whoever speaks there cannot be the "he" of whom he speaks, and is the "I".
    depth = sorted(statements, key=lambda s: (resolver.depth(s), (s.cue or s.content).spans[0]))
    for statement in depth:
        resolver.found[statement.id] = resolver.resolve(statement)
    return replace(statements, items=tuple(replace(s, speaker=resolver.found[s.id]) for s in statements))


class _Resolver:
    def __init__(self, article: Article, statements: Statements) -> None:
        self.text, self.language = article.text, article.language
        self.outlet = article.outlet
        self.names = Names(article.text, article.language)
        self.statements = {s.id: s for s in statements}
        self.found: dict[str, Speaker | None] = {}
        self.known: dict[str, Named] = {}  # of the statements resolved so far: whom they name
        self.spoken: dict[int, list[Span]] = {}  # where they speak under whatever name or pronoun
        self.ends = [m.end() for m in _SENTENCE.finditer(article.text)]
        for statement in statements:
            if statement.source and statement.kind in ("organisation", "outlet"):
                for named in self.names.at(statement.source.spans[0]):
                    named.body = named.body or not named.person

    def _words(self, key: str) -> frozenset[str]:
        return words(self.language, "speakers", key)

    def depth(self, statement: Statement) -> int:
        depth, parent = 0, statement.parent
        while parent is not None and depth < 20:
            depth, parent = depth + 1, self.statements[parent].parent
        return depth

    def resolve(self, statement: Statement) -> Speaker | None:
        if statement.source is None:
            return self._going_on(statement) if statement.cue is None else None
        span, said = statement.source.spans[0], statement.source.text
        run = [w.lower() for w in _WORD.findall(said)]
        if statement.kind == "author":
            return Speaker(name=self.outlet)
        if statement.kind == "anonymous":
            return Speaker(reason=self._reason(span))
        if statement.kind == "group":
            return Speaker()
        if len(run) == 1:
            pronoun = self._pronoun(statement, span, run[0])
            if pronoun is not None:
                return pronoun
        named = self.names.at(span)
        if statement.kind == "document":
            return (
                self._of(statement, named[0], span)
                if len(run) == 1 and named
                else Speaker(name=_bare(said, self._words("determiners")))
            )
        capital = self.names.capital(said)
        if statement.kind == "organisation" and capital is not None:
            return Speaker(name=capital, aliases=(said,), mention=statement.source)
        if statement.kind == "person" and named:
            return self._people(statement, span, named)
        if named:
            return self._body(statement, span, run, named)
        return self._by_function(statement, span, run)

    def _pronoun(self, statement: Statement, span: Span, word: str) -> Speaker | None:
        """Whom a single word stands for; None where it is no pronoun."""
        if word in self._words("relative"):
            before = [(place, n) for n in self.names.all if (place := n.before(span[0])) and span[0] - place[1] < 60]
            nearest = max(before, key=lambda pair: pair[0][1], default=None)
            return self._of(statement, nearest[1], nearest[0]) if nearest else Speaker()
        if word in self._words("i") | self._words("we"):
            holder = self.found.get(statement.parent) if statement.parent else None
            if holder is not None and holder.name:
                return holder
            if word in self._words("i"):
                return self._last(statement, span, lambda n: n.person and not n.body) or Speaker()
            return Speaker(name=self.outlet) if statement.parent is None else Speaker()
        he, she, it = (word in self._words(key) for key in ("he", "she", "it"))
        if not (he or she or it or word in self._words("they")):
            return None
        if statement.kind == "organisation":
            return self._last(statement, span, lambda n: n.body) or Speaker()
        if not he and not it and self._is_plural(statement, word):
            return Speaker()
        other = "female" if he else "male" if she else None
        return (
            self._last(statement, span, lambda n: not n.body and not n.place and (n.person or " " in n.name) and n.gender != other)
            or Speaker()
        )

    def _is_plural(self, statement: Statement, word: str) -> bool:
        """Whether "zij" or "they" are several; Dutch tells it by the verb."""
        if word not in self._words("she"):
            return True
        verb = statement.cue.text.split()[0].lower() if statement.cue else ""
        return verb.endswith(tuple(words(self.language, "speakers", "plural_verbs"))) if verb else False

    def _last(self, statement: Statement, span: Span, fits: Callable[[Named], bool]) -> Speaker | None:
        """Whoever was named last before ``span``, with some favour for those who speak and those with whom a sentence begins."""
        outer = self.known.get(statement.parent) if statement.parent else None
        sources = {s.source.spans[0][0] for s in self.statements.values() if s.source and s.parent == statement.parent}
        best: tuple[float, Span, Named] | None = None
        for named in self.names.all:
            place = max((p for p in (*named.places, *self.spoken.get(id(named), ())) if p[1] <= span[0]), default=None)
            if place is None or named is outer or not fits(named):
                continue
            between = sum(place[1] <= end <= span[0] for end in self.ends)
            score = -float(between)
            score += 0.8 if any(place[0] - 40 <= start <= place[1] for start in sources) else 0.0
            score += 0.4 if any(0 <= place[0] - end < 30 for end in (0, *self.ends)) else 0.0
            if best is None or (score, place) > (best[0], best[1]):
                best = (score, place, named)
        return self._of(statement, best[2], best[1]) if best else None

    def _people(self, statement: Statement, span: Span, named: list[Named]) -> Speaker:
        """A mention that holds a name: "oud-wethouder Jan Smit", "Jan Smit van Marle", "Smit en De Boer"."""
        text = self.text[span[0] : span[1]]
        parts = _AND.split(text)
        heads = []
        at = span[0]
        for part in parts:
            start = self.text.find(part, at, span[1])
            at = start + len(part)
            inside = [n for n in self.names.at((start, at)) if not n.body]
            if inside:
                heads.append(next((n for n in inside if n.person), inside[0]))
        heads = (list(dict.fromkeys(map(id, heads))) and list({id(n): n for n in heads}.values())) or named[:1]
        if len(heads) > 1:
            return Speaker(name=" + ".join(n.name for n in heads), mention=statement.source)
        place = heads[0].before(span[1]) or span
        return self._of(statement, heads[0], place)

    def _body(self, statement: Statement, span: Span, run: list[str], named: list[Named]) -> Speaker:
        """A mention of a body that holds a name: "een woordvoerder van Calder Freight", "het ministerie van Justitie"."""
        head = named[0]
        if run and any(self.names._is(word, self._words("spokespeople")) for word in run):
            of = re.search(r"\b(?:" + "|".join(self._words("of")) + r")\s", self.text[span[0] : span[1]])
            after = self.names.at((span[0] + of.end(), span[1])) if of else []
            head = after[0] if after else next((n for n in named if not n.person), named[0])
        place = head.before(span[1]) or span
        if not head.body and re.match(r"\s[^\W\d_A-Z]", self.text[place[1] : span[1]]) and len(run) < 6:
            # "de Zweedse autoriteiten", "a Tolliver County jury": the name only says which.
            return Speaker(name=_bare(self.text[span[0] : span[1]], self._words("determiners")), mention=statement.source)
        return self._of(statement, head, place)

    def _by_function(self, statement: Statement, span: Span, run: list[str]) -> Speaker:
        """A mention without a name: "de oud-commandant", "zijn advocaat", "the company", "een woordvoerder van de gemeente"."""
        of = self._words("of")
        head_run = run[: next((i for i, w in enumerate(run) if w in of), len(run))]
        spoken = [w for w in head_run if self.names._is(w, self._words("spokespeople"))]
        if statement.kind == "organisation" and spoken and len(head_run) < len(run):
            head_run = run[len(head_run) + 1 :]
        for word in reversed(head_run):
            if statement.kind == "person" and self.names._is(word, self._words("people")):
                named = self.names.with_function(word, span[0])
                if named is not None:
                    return self._of(statement, named, named.before(span[0]) or named.places[0])
            if statement.kind in ("organisation", "outlet") and self.names._is(
                word, self._words("bodies") | self._words("outlets")
            ):
                low = word.lower()
                having = [n for n in self.names.all if n.body and low in n.name.lower().split() and n.before(span[0])]
                bodies = having or [n for n in self.names.all if n.body and n.before(span[0])]
                if bodies:
                    named = max(bodies, key=lambda n: n.before(span[0]) or (0, 0))
                    return self._of(statement, named, named.before(span[0]) or named.places[0])
        if statement.kind in ("organisation", "outlet"):
            return Speaker(name=_bare(self.text[span[0] : span[1]], self._words("determiners")))
        return Speaker(function=_bare(self.text[span[0] : span[1]], self._words("determiners")))

    def _going_on(self, statement: Statement) -> Speaker | None:
        """A quotation without cue and source: it goes on from the statement before it in the same paragraph."""
        start = statement.content.spans[0][0] if statement.content.spans else 0
        line = self.text.rfind("\n", 0, start) + 1
        before = [
            s
            for s in self.statements.values()
            if s.id in self.found and s.source and s.parent == statement.parent and line <= s.source.spans[0][0] < start
        ]
        last = max(before, key=lambda s: s.source.spans[0] if s.source else (0, 0), default=None)
        return self.found[last.id] if last else None

    def _of(self, statement: Statement, named: Named, place: Span) -> Speaker:
        self.known[statement.id] = named
        if statement.source:
            self.spoken.setdefault(id(named), []).append(statement.source.spans[0])
        aliases = tuple(sorted(text for text in named.texts if text != named.name))
        function = max(named.functions, key=len, default=None)
        return Speaker(named.name, function, named.organisation, aliases, Mention.of(self.text, [place]))

    def _reason(self, span: Span) -> Mention | None:
        """The reason given for leaving the source without a name, from the sentence of the mention or the one after it."""
        pattern = table(self.language, "speakers").get("reasons")
        if not pattern:
            return None
        start = max((end for end in self.ends if end <= span[0]), default=0)
        ends = [end for end in (*self.ends, len(self.text)) if end > span[0]]
        found = re.compile(pattern, re.I).search(self.text, start, ends[min(1, len(ends) - 1)])
        if not found:
            return None
        stop = re.compile(r"[.;!?]|,(?!\s*(?:omdat|want|because|as|since))|\"|”").search(self.text, found.end())
        end = stop.start() if stop else ends[0]
        return Mention.of(self.text, [(found.start(), max(found.end(), min(end, ends[-1])))])


def _bare(text: str, determiners: frozenset[str]) -> str:
    """The words without a determiner in front and without what follows a comma."""
    text = text.split(",")[0]
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in determiners else text
