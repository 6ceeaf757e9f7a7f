"""A claim and who has what from whom -> where the claim starts, and how many of its origins are independent of one another.

Each article that carries the claim says, or does not say, from whom it has it: a person or body on the record, a source without a
name, a document, another outlet. What it has from an article of the story is followed there, and so on, to where nothing leads
further. What is the same in the end is one origin; where it cannot be told, there is a lower and an upper bound.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from volgens.articles.credits import plain_name, usual_name
from volgens.articles.outlets import owner
from volgens.languages import known, words
from volgens.origins.copies import is_after
from volgens.origins.judged import NOTHING, Judged, are
from volgens.origins.propositions import PLANS
from volgens.origins.sentences import sentence_around
from volgens.records import (
    Appearance,
    Article,
    Claim,
    Derivation,
    DerivationKind,
    Kind,
    Mention,
    Origin,
    OriginStatus,
    Stance,
    Statement,
    Statements,
    Step,
)

_NAMED: tuple[Kind, ...] = ("person", "organisation", "group")
_NAMES = 0.6  # of the letters of a source that name an outlet: it is the outlet
_BESIDE = 7  # words before the name of an outlet that tell what it has seen
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the articles of a story: themselves, what was read of them, who has what from whom, and what people judged
    of it."""

    articles: Mapping[str, Article]
    statements: Mapping[str, Statements]
    derivations: Sequence[Derivation]
    judged: Judged = NOTHING


@dataclass(slots=True)
class _Start:
    """An origin in the making: the articles in which it was met, the statements that name it, and the ways to it."""

    kind: Kind
    status: OriginStatus
    name: str | None
    description: str | None
    outlet: str | None
    body: str | None = None
    met: set[str] = field(default_factory=set)
    steps: dict[str, Step] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    counted: bool = True
    aliases: tuple[str, ...] = ()
    said: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Via:
    """The article that something was had from, None for an unseen report, and whose it is."""

    source: str | None
    kind: DerivationKind | None
    outlet: str | None


@dataclass(frozen=True, slots=True)
class _Lead:
    """From whom an article says it has a claim: an origin, an article of the story, both, or nobody. ``mention`` shows it."""

    start: _Start | None
    source: str | None
    kind: DerivationKind | None
    mention: Mention


def fold(claim: Claim, told: Told, stance: Stance = "for") -> tuple[tuple[Origin, ...], int, int, tuple[tuple[str, ...], ...]]:
    """The origins of what puts ``claim`` forward (or contradicts it), the lower and upper bound of how many are independent, and
    the circles on which it came back."""
    folding = _Folding([a for a in claim.appearances if a.stance == stance], told)
    for article in folding.carriers:
        folding.follow(article, ())
    for article in folding.carriers:
        folding.note_returns((article,))
    starts = folding.starts()
    low, high = _bounds(starts, told.judged)
    made = (
        Origin(
            start.kind,
            start.status,
            start.name,
            start.description,
            start.outlet,
            stance,
            tuple(sorted(start.steps.values(), key=lambda step: folding.carriers.index(step.article))),
            tuple(dict.fromkeys(start.merged)),
            start.counted,
        )
        for start in starts
    )
    return tuple(made), low, high, tuple(folding.circles)


class _Folding:
    """Follows the appearances of one claim from article to article."""

    def __init__(self, appearances: Sequence[Appearance], told: Told) -> None:
        self._told = told
        self._of: defaultdict[str, list[Appearance]] = defaultdict(list)
        for appearance in appearances:
            self._of[appearance.article].append(appearance)
        self.carriers = list(self._of)
        self._derivations: defaultdict[str, list[Derivation]] = defaultdict(list)
        for derivation in told.derivations:
            self._derivations[derivation.derived].append(derivation)
        self._outlets = {plain_name(article.outlet) for article in told.articles.values() if article.outlet}
        self._leads = {article: self._leads_of(article) for article in self.carriers}
        self._starts: list[_Start] = []
        self._reached: dict[str, list[_Start]] = {}
        self.circles: list[tuple[str, ...]] = []

    def starts(self) -> list[_Start]:
        """The origins that were reached, what is the same folded into one."""
        return _merged(self._starts, self._told.judged)

    def follow(self, article: str, way: tuple[str, ...]) -> list[_Start]:
        """The origins of what ``article`` has, and the steps to them; ``way`` are the articles that led there."""
        if article in way:
            self._circle((*way[way.index(article) :], article))
            return []
        if article in self._reached:
            return self._reached[article]
        outlet = self._told.articles[article].outlet
        found: list[_Start] = []
        for lead in self._leads[article]:
            starts = []
            if lead.start is not None:
                starts = [self._known(lead, article)]
            elif lead.source is not None:
                starts = self.follow(lead.source, (*way, article))
            for start in starts:
                start.steps.setdefault(article, Step(article, lead.source, lead.kind, lead.mention))
                found.append(start)
        if not found and not way:
            found = [self._lost(article, outlet)]
        if found or not way:
            self._reached[article] = found
        return found

    def _known(self, lead: _Lead, article: str) -> _Start:
        """The origin that a lead names: if it is had from another article, that of the same kind there."""
        start = lead.start
        assert start is not None
        if lead.source is not None and (start.status in ("anonymous", "document") or lead.kind == "copies"):
            there = self.follow(lead.source, (article,))
            same = next((s for s in there if s.status == start.status), None)
            if same is None and there and there[0].status == "unknown" and there[0].name is None:
                # Who took it over tells from whom it is, and the first does not, or not in words that were understood.
                same = there[0]
                same.kind, same.status, same.name, same.counted = start.kind, start.status, start.name, True
                same.description, same.body, same.aliases = start.description, start.body, start.aliases
            if same is not None:
                return same
        for other in self._starts:
            if article in other.met and self._is_same(other, start):
                other.said |= start.said
                other.description = _fuller(other, start)
                return other
        start.met.add(article)
        self._starts.append(start)
        return start

    def _is_same(self, one: _Start, other: _Start) -> bool:
        judged = self._told.judged
        if are(judged.other_source, one.said, other.said):
            return False
        return are(judged.same_source, one.said, other.said) or (one.status == other.status and _same(one, other))

    def _lost(self, article: str, outlet: str | None) -> _Start:
        """The origin of an article whose leads go round in a circle, or nowhere."""
        start = _Start("none", "unknown", None, None, outlet, met={article})
        appearance = self._of[article][0]
        start.steps[article] = Step(article, None, None, appearance.mention)
        start.counted = False
        self._starts.append(start)
        return start

    def _circle(self, way: tuple[str, ...]) -> None:
        if all(set(way) != set(circle) for circle in self.circles):
            self.circles.append(way)

    def note_returns(self, way: tuple[str, ...]) -> None:
        """Note where a claim came back to the outlet from which it had set out: "now they report it too"."""
        outlets = [plain_name(self._told.articles[article].outlet or "") for article in way]
        if len(way) > 2 and outlets[0] and outlets[0] == outlets[-1] and outlets[1] != outlets[0]:
            self._circle(way)
            return
        for lead in self._leads[way[-1]]:
            if lead.source is not None and lead.source not in way:
                self.note_returns((*way, lead.source))

    def _leads_of(self, article: str) -> list[_Lead]:
        """From whom an article has the claim. What it says in its own voice counts where nothing else tells."""
        told = [lead for a in self._outermost(article) for lead in self._attributed(a)]
        if told:
            sourced = [lead for lead in told if lead.mention not in {a.mention for a in self._of[article]}]
            return sourced or told[:1]
        return [self._flat(a) for a in self._of[article]][:1]

    def _outermost(self, article: str) -> list[Appearance]:
        """The statements of an article that have the claim, but for those within another: what the outer one says holds them."""
        said = [a for a in self._of[article] if a.statement is not None]
        parents = {s.id: s.parent for s in self._told.statements[article]}
        ids = {a.statement for a in said}
        return [a for a in said if not any(outer in ids for outer in _above(a.statement or "", parents))]

    def _attributed(self, appearance: Appearance) -> Iterator[_Lead]:
        """The leads of a statement: its source, or the outlet that it is ascribed to."""
        article = self._told.articles[appearance.article]
        statements = self._told.statements[appearance.article]
        by_id = {s.id: s for s in statements}
        statement = by_id[appearance.statement or ""]
        line = [self._as_outlet(_as_document(link, article), article) for link in _links(statement, by_id)]
        copied = self._copied_from(appearance)
        outlets = [link for link in line if link.kind == "outlet"]
        # "Sources say that the minister offered to go": the sources put that forward, who are the outermost.
        sourced = [link for link in line if link.kind not in ("outlet", "none", "author") and link.act not in PLANS]
        sourced = [link for link in sourced if not _is_nobody(link)]
        outer = sourced[-1] if sourced else None
        proof = _proof(outer or statement)
        cited = self._cited(article, outlets or [statement])
        if outer is not None:
            via = cited or copied or _Via(None, None, article.outlet)
            start = _start(_introduced(outer, statements), via.outlet)
            start.said |= {outer.id, statement.id}
            yield _Lead(start, via.source, via.kind, proof)
        elif outlets:
            seen = next((v for v in (cited, copied) if v is not None and v.source is not None), None)
            if seen is not None:
                yield _Lead(None, seen.source, seen.kind, proof)
            else:
                yield _Lead(self._unseen(outlets[0], cited), None, "cites", proof)
        elif line and line[0].kind == "author":
            before = copied or self._own_report(article)
            own = None if before is not None else _Start("author", "own", article.outlet, None, article.outlet)
            yield _Lead(own, before.source if before else None, before.kind if before else None, proof)
        else:
            yield self._flat(appearance, line[0] if line and line[0].act in PLANS else None)

    def _as_outlet(self, link: Statement, article: Article) -> Statement:
        """A link whose source is, for the most part, the name of an outlet that is cited there, as an outlet."""
        if link.source is None or link.kind in ("outlet", "author"):
            return link
        if self._outlet_in(link.source.text) is not None:
            return replace(link, kind="outlet")
        named = [p.copy for d in self._derivations[article.id] if d.kind == "cites" for p in d.passages]
        whole = sum(end - start for start, end in link.source.spans)
        within = sum(max(0, min(b, end) - max(a, start)) for a, b in named for start, end in link.source.spans)
        return replace(link, kind="outlet") if within >= _NAMES * whole else link

    def _outlet_in(self, source: str) -> str | None:
        """The plain name of the outlet of the story that a source is, maybe with a word or two: "Ook de Dagdraad"."""
        said = plain_name(source)
        named = [outlet for outlet in self._outlets if outlet in said and len(outlet) >= _NAMES * len(said)]
        return max(named, key=lambda outlet: (len(outlet), outlet), default=None)

    def _own_report(self, article: Article) -> _Via | None:
        """The earlier article of the same outlet to which "this newspaper revealed" goes back."""
        own = [self._told.articles[id] for id in self.carriers if id != article.id]
        own = [a for a in own if a.outlet and a.outlet == article.outlet and is_after(article, a)]
        return _Via(own[0].id, "cites", article.outlet) if own else None

    def _unseen(self, link: Statement, cited: _Via | None) -> _Start:
        """A report that is not at hand: of an outlet by name, or of "media"."""
        name = cited.outlet if cited else None
        if name is None and link.speaker is not None and link.speaker.name:
            name = usual_name(link.speaker.name)[0]
        words = " ".join(link.source.text.split()) if link.source is not None else None
        if name is not None and cited is None and len(plain_name(name)) < _NAMES * len(plain_name(words or "")):
            name = None  # "Dutch and British titles" is not called Dutch
        return _Start("outlet", "unknown", name, words, name, counted=name is not None)

    def _cited(self, article: Article, places: Sequence[Statement]) -> _Via | None:
        """What is cited in the sentence of a statement; None where nothing is."""
        spans = [span for s in places for m in (s.source, s.cue) if m is not None for span in m.spans]
        if not spans:
            return None
        sentence = sentence_around(article.text, min(spans)[0], max(end for _, end in spans))
        cites = [d for d in self._derivations[article.id] if d.kind == "cites"]
        found = [d for d in cites if any(sentence[0] <= p.copy[0] < sentence[1] for p in d.passages)]
        if not found and places[0].kind == "outlet":
            if named := self._named(places[0], article):
                return named
            # "The paper also writes": the one that was named before.
            before = [(p.copy[0], d) for d in cites for p in d.passages if p.copy[0] < sentence[0]]
            found = [max(before, key=lambda pair: pair[0])[1]] if before else []
        best = next((d for d in found if d.source in self._of), found[0] if found else None)
        return None if best is None else _Via(best.source if best.source in self._of else None, "cites", best.outlet)

    def _named(self, link: Statement, article: Article) -> _Via | None:
        """The last earlier article that carries the claim, of an outlet of the story that is a source by its name."""
        name = self._outlet_in(link.source.text) if link.source is not None else None
        if name is None or name == plain_name(article.outlet or ""):
            return None
        theirs = [self._told.articles[id] for id in self._of if plain_name(self._told.articles[id].outlet or "") == name]
        theirs = [other for other in theirs if not is_after(other, article)]
        outlet = next(a.outlet for a in self._told.articles.values() if plain_name(a.outlet or "") == name)
        return _Via(theirs[-1].id if theirs else None, "cites", outlet)

    def _copied_from(self, appearance: Appearance) -> _Via | None:
        """The article from which the words of an appearance were copied, if it carries the claim."""
        first, last = appearance.mention.spans[0][0], appearance.mention.spans[-1][1]
        best: tuple[int, str] | None = None
        for d in self._derivations[appearance.article]:
            if d.kind != "copies" or d.source is None or d.source not in self._of:
                continue
            shared = sum(max(0, min(last, p.copy[1]) - max(first, p.copy[0])) for p in d.passages)
            if shared >= 0.5 * (last - first) and (best is None or (-shared, d.source) < (best[0], best[1])):
                best = (-shared, d.source)
        return None if best is None else _Via(best[1], "copies", self._told.articles[best[1]].outlet)

    def _flat(self, appearance: Appearance, plan: Statement | None = None) -> _Lead:
        """The lead of what an article says in its own voice: what it copied or credits; else whoever has the ``plan`` that it tells
        of, or itself."""
        article = self._told.articles[appearance.article]
        copied = self._copied_from(appearance)
        if copied is not None:
            return _Lead(None, copied.source, copied.kind, appearance.mention)
        credited = [d for d in self._derivations[article.id] if d.kind in ("credits", "cites")]
        for d in sorted(credited, key=lambda d: (d.source not in self._of, d.kind != "credits")):
            if d.source in self._of:
                return _Lead(None, d.source, d.kind, _at(article, d.passages[0].copy))
            if d.kind == "credits":
                start = _Start("outlet", "unknown", d.outlet, None, d.outlet)
                return _Lead(start, None, d.kind, _at(article, d.passages[0].copy))
        own = self._own(article)
        if own.counted and plan is not None and plan.source is not None and not _is_nobody(plan):
            own = _start(plan, article.outlet)
        return _Lead(own, None, None, appearance.mention)

    def _own(self, article: Article) -> _Start:
        """The outlet itself. If others had it before, it repeats what was reported, and is no origin."""
        others = [self._told.articles[id] for id in self.carriers if id != article.id and self._is_sourced(id)]
        repeats = any(not is_after(other, article) for other in others) and not all(is_after(o, article) for o in others)
        return _Start("none", "unknown", None, None, article.outlet, counted=not repeats)

    def _is_sourced(self, article: str) -> bool:
        return any(a.statement is not None for a in self._of[article])


def _above(statement: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """The ids of the statements that a statement lies in."""
    at = parents.get(statement)
    while at is not None:
        yield at
        at = parents.get(at)


def _links(statement: Statement, by_id: Mapping[str, Statement]) -> Iterator[Statement]:
    """A statement and those that it lies in, its own source first; a source that it inherits is looked up."""
    at: Statement | None = statement
    while at is not None:
        holder = by_id.get(at.parent) if at.parent else None
        if at.source is None and at.inferred is not None:
            inherited = next((s for s in by_id.values() if s.source == at.inferred and s.id != at.id), None)
            if inherited is not None:
                yield from _links(inherited, {k: v for k, v in by_id.items() if k != at.id})
                return
        yield at
        at = holder


def _as_document(link: Statement, article: Article) -> Statement:
    """A source that only has made what says it, or an outlet that has seen it, as that document: "in a letter of the council",
    "in a memo that the Courier has seen"."""
    if link.kind == "document" or link.source is None:
        return link
    start, end = link.source.spans[0]
    sentence, _ = sentence_around(article.text, start, end)
    content = min((first for first, _ in link.content.spans if first >= end), default=end)
    nouns = tuple(_listed("documents", "kinds"))
    before = list(_WORD.finditer(article.text, sentence, start))[-_BESIDE:]
    paper = next((n for n, word in reversed(list(enumerate(before))) if word[0].casefold().endswith(nouns)), None)
    if paper is None:
        return link
    between = {word[0].casefold() for word in before[paper + 1 :]}
    seen = {word.casefold() for word in _WORD.findall(article.text[before[paper].end() : content])} & _listed("seen")
    its = bool(between & _listed("of")) and between <= _listed("of") | _listed("little")
    if not (seen if link.kind in ("outlet", "author") else its):
        return link
    first = before[max(0, paper - 2)].start()
    return replace(link, kind="document", source=Mention.of(article.text, [(first, end)]), speaker=None)


def _introduced(link: Statement, statements: Sequence[Statement]) -> Statement:
    """A source without a name that is called only "he" or "the source", in the words with which the article brought it in."""
    if link.kind != "anonymous" or link.source is None or _content(link.source.text):
        return link
    before = [s for s in statements if s.kind == "anonymous" and s.source is not None and s.source.spans < link.source.spans]
    told = [s for s in before if s.source is not None and _content(s.source.text)]
    return replace(link, source=told[-1].source) if told else link


def _is_nobody(link: Statement) -> bool:
    """Whether a source is only a pronoun that stands for nobody who is known."""
    named = link.speaker is not None and (link.speaker.name or link.speaker.organisation)
    said = _WORD.findall(link.source.text.casefold()) if link.source is not None else []
    return link.kind != "anonymous" and not named and len(said) == 1 and said[0] in _listed("pronouns")


def _start(link: Statement, outlet: str | None) -> _Start:
    """The origin that a source is."""
    speaker = link.speaker
    words = " ".join(link.source.text.split()) if link.source is not None else None
    name = speaker.name if speaker is not None else None
    body = speaker.organisation if speaker is not None else None
    aliases = speaker.aliases if speaker is not None else ()
    if link.kind == "anonymous":
        return _Start("anonymous", "anonymous", None, words, outlet)
    if link.kind == "document":
        return _Start("document", "document", name, words, outlet)
    status: OriginStatus = "named" if name or body or link.kind != "group" else "anonymous"
    return _Start(link.kind, status, name or body, words, outlet, body, aliases=aliases)


def _merged(starts: Sequence[_Start], judged: Judged) -> list[_Start]:
    """The origins with those that are the same folded into one."""
    kept: list[_Start] = []
    for start in starts:
        for other in kept:
            reason = _judged_same(other, start, judged)
            if reason:
                other.met |= start.met
                other.said |= start.said
                for id, step in start.steps.items():
                    other.steps.setdefault(id, step)
                other.merged.append(reason)
                if start.status == "named" and other.status != "named":  # only a person can tell that these are one
                    other.kind, other.status = start.kind, start.status
                other.counted = other.counted or start.counted
                other.description = _fuller(other, start)
                other.name = max(other.name, start.name, key=len) if other.name and start.name else other.name or start.name
                break
        else:
            kept.append(
                replace(start, steps=dict(start.steps), met=set(start.met), merged=list(start.merged), said=set(start.said))
            )
    return kept


def _fuller(one: _Start, other: _Start) -> str | None:
    """Of two descriptions of one origin the one that tells more, the first where both tell as much."""
    return max(one.description, other.description, key=lambda d: len(_content(d or "")))


def _judged_same(one: _Start, other: _Start, judged: Judged) -> str | None:
    """As ``_sameness``, but for what a person judged."""
    if are(judged.other_source, one.said, other.said):
        return None
    return "a person says so" if are(judged.same_source, one.said, other.said) else _sameness(one, other)


def _sameness(one: _Start, other: _Start) -> str | None:
    """Why two origins are one; None where they are not, or it can't be told."""
    if one.status != other.status:
        return None
    if one.status == "named":
        return f"the same name: {one.name}" if _same(one, other) else None
    if one.status == "unknown":
        if one.name is None and other.name is None and not one.counted and not other.counted:
            return "neither says from whom"
        if one.name and other.name:
            return f"the same report: {one.name}" if plain_name(one.name) == plain_name(other.name) else None
        house = owner(one.outlet) if one.name is None and other.name is None else None
        return f"one house: {house}" if house and house == owner(other.outlet) else None
    if one.status == "own":
        return "the same outlet" if one.outlet == other.outlet else None
    if one.outlet and other.outlet and plain_name(one.outlet) == plain_name(other.outlet) and not _another(one, other):
        return f"both go back to {one.outlet}, which has it from “{one.description}”"
    if one.status == "document" and one.description and other.description:
        shared = _content(one.description) & _content(other.description)
        return f"the same document: {', '.join(sorted(shared))}" if len(shared) >= 2 else None
    return None


def _same(one: _Start, other: _Start) -> bool:
    """Whether two origins that are described in words are the same person, body or source."""
    if one.status != "named":
        first, second = _content(one.description or ""), _content(other.description or "")
        # "The source", "he": whom the article called something more before.
        return not _another(one, other) and (not first or not second or bool(first & second))
    names = [{*start.aliases, start.name or start.description or ""} for start in (one, other)]
    return any(_same_name(a, b) for a in names[0] for b in names[1] if a and b)


def _same_name(one: str, other: str) -> bool:
    """Whether two names may be one: all words of the shorter are words of the longer, its last one too."""
    first, second = ([w for w in _WORD.findall(n.casefold()) if w not in _little()] for n in sorted((one, other), key=len))
    if not first or not second:
        return False
    return set(first) <= set(second) and (first[-1] == second[-1] or len(first) > 1 or first[0] == second[0])


def _another(one: _Start, other: _Start) -> bool:
    """Whether one of two descriptions says that it is another source than the one before."""
    said = {w for s in (one, other) for w in _WORD.findall((s.description or "").casefold())}
    return one.description != other.description and bool(said & _listed("another"))


def _content(description: str) -> set[str]:
    """The words of a description that tell something."""
    told = {w for w in _WORD.findall(description.casefold()) if len(w) > 2}
    return told - _little() - _listed("sources") - _listed("pronouns")


def _little() -> frozenset[str]:
    return _listed("little")


def _listed(key: str, name: str = "origins") -> frozenset[str]:
    """Words of every language: one description may be Dutch and the other English."""
    return frozenset().union(*(words(language, name, key) for language in known()))


def _bounds(starts: Sequence[_Start], judged: Judged) -> tuple[int, int]:
    """How many origins are independent: at least, if all that may be one is; at most, if nothing more is."""
    if not starts:
        return 0, 0
    firm = [s for s in starts if s.status in ("named", "anonymous", "document", "own")]
    groups = list(range(len(firm)))
    for a, b in combinations(range(len(firm)), 2):
        if not are(judged.other_source, firm[a].said, firm[b].said) and _may_be_one(firm[a], firm[b]):
            groups = [groups[a] if g == groups[b] else g for g in groups]
    loose = sum(s.counted for s in starts if s.status == "unknown")
    low, high = len(set(groups)), len(firm) + loose
    return max(1, low), max(1, high)


def _may_be_one(one: _Start, other: _Start) -> bool:
    """Whether two origins that have not been found the same may be: two sources without a name in different outlets, two
    documents, two outlets of one house, a body and who speaks for it."""
    if one.status == other.status == "anonymous":
        return not (one.met & other.met) and not _another(one, other)
    if one.status == other.status == "document":
        return not (one.met & other.met)
    if one.status == other.status == "own":
        return owner(one.outlet) is not None and owner(one.outlet) == owner(other.outlet)
    if one.status == other.status == "named":
        return any(
            a.body is not None and b.kind != "person" and b.name is not None and _same_name(a.body, b.name)
            for a, b in ((one, other), (other, one))
        )
    return False


def _proof(statement: Statement) -> Mention:
    """The words that show who the source is."""
    return statement.source or statement.cue or statement.inferred or statement.content


def _at(article: Article, span: tuple[int, int]) -> Mention:
    return Mention.of(article.text, [span])


def carriers(origins: Iterable[Origin]) -> tuple[str, ...]:
    """The articles that carry what ``origins`` started, each once."""
    return tuple(dict.fromkeys(step.article for origin in origins for step in origin.steps))
