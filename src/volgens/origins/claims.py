"""Propositions of a story -> claims: those that say the same thing, or its contrary, in whatever words and language.

Vectors propose which may be the same; the comparer decides for each pair whether it is, and which way round; and average linkage
(Sokal & Michener 1958) joins them, so that one pair too many does not make one claim of two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Protocol

import numpy as np
import numpy.typing as npt

from volgens.origins.folding import Told
from volgens.origins.judged import Judged
from volgens.origins.propositions import Proposition, assertions, is_generic, propositions
from volgens.records import Appearance, Article, Claim, Mention, Stance, Statement, content_id

SAME = 0.5
"""Probability from which two propositions are one claim, and the mean probability from which two groups are."""
_NEAR = 0.25  # cosine from which two may be the same
_NEIGHBOURS = 24  # of a proposition that it is compared with
_APPEARS = 12  # words of a claim's text, at least, if it has an appearance so long
_DIGIT = re.compile(r"\d")
_BACK = 3  # statements before a bare denial among which the claim is looked for

Floats = npt.NDArray[np.float32]
Pair = tuple[int, int]


class Comparer(Protocol):
    """Tells whether texts say the same."""

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text: (texts, width). Near in meaning is near in angle, across languages."""

    def compare(self, texts: Sequence[str], pairs: Sequence[Pair]) -> Floats:
        """For each pair of texts, by their numbers, the probabilities that they say different things, the same, and the contrary:
        (pairs, 3)."""

    def forget(self) -> None:
        """Let go of what is kept of the texts seen so far."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What is known of pairs of propositions: how probable it is that they are one claim, and that one contradicts the other."""

    same: Mapping[Pair, float]
    contrary: Mapping[Pair, float]

    def of(self, one: int, other: int) -> float:
        return self.same.get((min(one, other), max(one, other)), 0.0)

    def opposed(self, one: int, other: int) -> float:
        """From -1 (they agree) to 1 (they contradict one another)."""
        return self.contrary.get((min(one, other), max(one, other)), 0.0)


def claims(told: Told, comparer: Comparer) -> tuple[Claim, ...]:
    """The claims of the articles of a story, those that most articles carry first."""
    said, own = _put_forward(told)
    everything = [*said, *own]
    if not said:
        return ()
    likeness = _likeness(everything, comparer, len(said))
    groups = _grouped(len(said), likeness)
    _take_in(groups, range(len(said), len(everything)), likeness)
    made = []
    for group in _judged(groups, everything, likeness, told.judged):
        members = sorted(group, key=lambda n: _place(everything[n], told))
        made.append(_claim(members, everything, likeness))
    made = _with_bare_denials(made, told)
    return tuple(sorted(made, key=lambda c: (-len({a.article for a in c.appearances}), -len(c.appearances), c.id)))


def texts(told: Told) -> list[str]:
    """The texts that ``claims`` has compared."""
    said, own = _put_forward(told)
    return [p.text for p in (*said, *own)] if said else []


def _put_forward(told: Told) -> tuple[list[Proposition], list[Proposition]]:
    """What statements put forward, and what the articles do in their own voice."""
    articles = sorted(told.articles.values(), key=lambda a: (a.published or "9", a.id))
    said = [p for article in articles for p in propositions(article, told.statements[article.id])]
    return said, [p for article in articles for p in assertions(article, told.statements[article.id])]


def _place(proposition: Proposition, told: Told) -> tuple[str, str, int]:
    article = told.articles[proposition.article]
    return article.published or "9", article.id, proposition.mention.spans[0][0]


def _likeness(everything: Sequence[Proposition], comparer: Comparer, said: int) -> _Likeness:
    """Compare what vectors say may be the same: statements with one another, and an article's own sentences with statements."""
    texts = [p.text for p in everything]
    vectors = comparer.vectors(texts)
    near = vectors @ vectors[:said].T
    pairs: set[Pair] = set()
    for n in range(len(texts)):
        row = near[n].copy()
        row[[m for m in range(said) if m == n]] = -1
        best = np.argsort(-row, kind="stable")[:_NEIGHBOURS]
        pairs |= {(min(n, int(m)), max(n, int(m))) for m in best if row[m] >= _NEAR}
    ordered = sorted(pairs)
    told = comparer.compare(texts, ordered)
    same, contrary = {}, {}
    for pair, (_, alike, opposed) in zip(ordered, told.tolist(), strict=True):
        flipped = everything[pair[0]].denied != everything[pair[1]].denied
        same[pair] = alike + opposed
        contrary[pair] = (alike - opposed if flipped else opposed - alike) / max(alike + opposed, 1e-6)
    return _Likeness(same, contrary)


def _grouped(count: int, likeness: _Likeness) -> list[list[int]]:
    """Average linkage over the pairs of the first ``count``; a pair that was not compared is not alike."""
    groups = {n: [n] for n in range(count)}
    sums: defaultdict[int, dict[int, float]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for (a, b), same in likeness.same.items():
        if b < count:
            sums[a][b] = sums[b][a] = same
            if same >= SAME:
                heap.append((-same, a, b))
    heapify(heap)
    after = count
    while heap:
        value, a, b = heappop(heap)
        if a not in groups or b not in groups or -value != _mean(sums, groups, a, b):
            continue
        groups[after] = sorted([*groups[a], *groups[b]])
        for c in sorted({*sums[a], *sums[b]} - {a, b}):
            if c in groups:
                total = sums[a].get(c, 0.0) + sums[b].get(c, 0.0)
                sums[after][c] = sums[c][after] = total
        del groups[a], groups[b]
        for c in sums[after]:
            if c in groups and (mean := _mean(sums, groups, after, c)) >= SAME:
                heappush(heap, (-mean, c, after))
        after += 1
    return list(groups.values())


def _mean(sums: Mapping[int, Mapping[int, float]], groups: Mapping[int, Sequence[int]], a: int, b: int) -> float:
    return sums[a].get(b, 0.0) / (len(groups[a]) * len(groups[b]))


def _take_in(groups: list[list[int]], own: Sequence[int], likeness: _Likeness) -> None:
    """Add to each group the sentences that articles state in their own voice and that say what it says."""
    cores = [tuple(group) for group in groups]
    of = {n: number for number, core in enumerate(cores) for n in core}
    near: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (a, b), same in likeness.same.items():
        if b in own and a in of:
            near[b][of[a]] += same
    for n in own:
        scored = [(total / len(cores[g]), -g) for g, total in near[n].items()]
        if scored and max(scored)[0] >= SAME:
            groups[-max(scored)[1]].append(n)


def _judged(groups: Sequence[list[int]], everything: Sequence[Proposition], likeness: _Likeness, judged: Judged) -> list[list[int]]:
    """The groups, those put together of which a person says that they are one claim, and those apart of which one is two."""
    found = [list(group) for group in groups]

    def of(group: Sequence[int]) -> set[str | None]:
        return {everything[n].statement for n in group}

    for pair in sorted(judged.same_claim, key=sorted):
        meant = [group for group in found if pair & of(group)]
        if len(meant) == 2:
            found = [group for group in found if group not in meant] + [sorted(n for group in meant for n in group)]
    for pair in sorted(judged.other_claim, key=sorted):
        group = next((group for group in found if pair <= of(group)), None)
        if group is not None:
            one, other = ([n for n in group if everything[n].statement == id] for id in sorted(pair))
            near = [max((likeness.of(n, m), 0) for m in one) < max((likeness.of(n, m), 0) for m in other) for n in group]
            away = {n for n, is_near in zip(group, near, strict=True) if n in other or (is_near and n not in one)}
            found = [g for g in found if g is not group] + [[n for n in group if n not in away], sorted(away)]
    return found


def _claim(members: Sequence[int], everything: Sequence[Proposition], likeness: _Likeness) -> Claim:
    """The claim of a group, its stance set so that most put it forward."""
    centre = max(members, key=lambda n: (sum(likeness.of(n, m) for m in members if m != n), -n))
    against = {n for n in members if n != centre and likeness.opposed(centre, n) > 0}
    against = {n for n in members if (n in against) != everything[centre].denied}
    if 2 * len(against) > len(members):
        against = set(members) - against
    rivals = _rivals(members, everything)
    appearances = tuple(
        Appearance(p.article, p.mention, p.statement, "against" if n in against else "for", p.firm, rivals.get(n))
        for n in members
        for p in [everything[n]]
    )
    reasons = tuple(_reason(n, members, everything, likeness) for n in members[1:])
    first = everything[members[0]]
    text = _text([everything[n] for n in members if n not in against], everything[centre])
    return Claim(content_id("claim", first.article, first.mention.spans), text, appearances, reasons)


def _text(members: Sequence[Proposition], centre: Proposition) -> str:
    """The words that stand for a claim: those of its centre, unless they are few and others tell more."""
    if len(centre.text.split()) >= _APPEARS // 2 and not centre.denied:
        return centre.text
    return min((m.text for m in members), key=lambda text: (abs(len(text.split()) - _APPEARS), text), default=centre.text)


def _rivals(members: Sequence[int], everything: Sequence[Proposition]) -> dict[int, str]:
    """The numbers or dates, as printed, of members that give the same thing different values."""
    alone = {n: everything[n].numbers[0] for n in members if len(everything[n].numbers) == 1}
    found: dict[int, str] = {}
    for unit in sorted({number.unit for number in alone.values()}, key=str):
        of = {n: number for n, number in alone.items() if number.unit == unit}
        if len({number.value for number in of.values()}) > 1:
            found |= {n: everything[n].mention.text[slice(*number.span)] for n, number in of.items()}
    dated = {n: everything[n].dates[0] for n in members if len(everything[n].dates) == 1 and n not in found}
    for form in sorted({_DIGIT.sub("0", time.value) for time in dated.values()}):
        # A month is no rival of a day in it, nor of a year.
        told = {n: time for n, time in dated.items() if _DIGIT.sub("0", time.value) == form}
        if len({time.value for time in told.values()}) > 1:
            found |= {n: " ".join(time.mention.text.split()) for n, time in told.items()}
    return found


def _reason(n: int, members: Sequence[int], everything: Sequence[Proposition], likeness: _Likeness) -> str:
    """Why a proposition was taken for the claim: the member it is most like, and what it shares with that."""
    other = max((m for m in members if m != n), key=lambda m: (likeness.of(n, m), -m))
    one, two = everything[n], everything[other]
    shared = sorted({x.value for x in one.numbers} & {x.value for x in two.numbers})
    names = sorted(_names(one.text) & _names(two.text))
    told = [f"{likeness.of(n, other):.2f} that it says what “{two.text}” says"]
    told += [f"names in both: {', '.join(names)}"] if names else []
    told += [f"numbers in both: {', '.join(f'{v:g}' for v in shared)}"] if shared else []
    return "; ".join(told)


def _names(text: str) -> set[str]:
    words = text.split()
    return {w.strip(".,;:“”\"'’()") for w in words[1:] if w[:1].isupper()}


def _with_bare_denials(made: Sequence[Claim], told: Told) -> list[Claim]:
    """Give "he denied the report" to the claim that stands before it in its article."""
    extra: defaultdict[str, list[Appearance]] = defaultdict(list)
    of = {(a.article, a.statement): c for c in made for a in c.appearances if a.statement is not None}
    sizes = {c.id: len({a.article for a in c.appearances}) for c in made}
    for id, statements in told.statements.items():
        items = list(statements)
        for at, statement in enumerate(items):
            if not is_generic(statement) or sizes.get(getattr(of.get((id, statement.id)), "id", ""), 0) > 1:
                continue
            before = [of[id, s.id] for s in items[max(0, at - _BACK) : at] if (id, s.id) in of]
            before += _flat_before(made, id, statement)
            if before:
                best = max(before, key=lambda c: sizes[c.id])
                stance: Stance = "against" if statement.act == "deny" else "for"
                mention = Mention.of(told.articles[id].text, _all_spans(statement))
                extra[best.id].append(Appearance(id, mention, statement.id, stance, True))
    moved = {(a.article, a.statement) for rows in extra.values() for a in rows}
    result = []
    for claim in made:
        kept = [a for a in claim.appearances if (a.article, a.statement) not in moved] + extra.get(claim.id, [])
        if kept:
            kept.sort(key=lambda a: _when(told.articles[a.article], a))
            reasons = claim.reasons if len(kept) == len(claim.appearances) else ()
            result.append(Claim(claim.id, claim.text, tuple(kept), reasons))
    return result


def _when(article: Article, appearance: Appearance) -> tuple[str, str, int]:
    return article.published or "9", article.id, appearance.mention.spans[0][0]


def _flat_before(made: Sequence[Claim], article: str, statement: Statement) -> Iterator[Claim]:
    """The claims that an article states in its own voice before a statement."""
    start = _all_spans(statement)[0][0]
    for claim in made:
        if any(a.article == article and a.statement is None and a.mention.spans[0][0] < start for a in claim.appearances):
            yield claim


def _all_spans(statement: Statement) -> list[tuple[int, int]]:
    return sorted(span for m in (statement.cue, statement.content) if m is not None for span in m.spans)
