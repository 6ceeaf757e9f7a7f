"""A claim and its origins -> its course: who reported it first, who repeated it, when a hedge was dropped, who confirmed or denied
it, and what was corrected or withdrawn."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from volgens.articles.credits import plain_name
from volgens.articles.notices import is_notice
from volgens.languages import known, words
from volgens.origins.folding import Told
from volgens.origins.sentences import sentences
from volgens.records import Appearance, Article, Claim, Mention, Origin, Span, Step, Turn, TurnKind

_WORD = re.compile(r"[^\W\d_]{5,}|\d+")
_SHARED = 2  # words of a claim that a notice has to have


def course(claim: Claim, origins: Sequence[Origin], told: Told) -> tuple[Turn, ...]:
    """The turns of ``claim`` in the order of time: one for each article that carries it, and one for each sentence in which it is
    corrected or withdrawn."""
    steps = {step.article: step for origin in origins for step in origin.steps}
    turns: list[Turn] = []
    hearsay: dict[str, bool] = {}
    appearances = _by_article(claim)
    for article, here in appearances.items():
        kind, before, at = _turn(article, here, told, origins, steps.get(article), hearsay)
        turns.append(Turn(kind, article, at.mention, before))
        if any(a.stance == "for" for a in here):
            hearsay[article] = not _is_firm(article, here, origins)
    order = sorted(told.articles, key=lambda id: (told.articles[id].published or "9", id))
    carried: list[str] = []
    for id in order:
        turns += _taken_back(told.articles[id], claim, [told.articles[other] for other in carried])
        carried += [id] if id in appearances else []
    return tuple(sorted(turns, key=lambda turn: (order.index(turn.article), turn.mention.spans, turn.kind)))


def _by_article(claim: Claim) -> dict[str, list[Appearance]]:
    found: dict[str, list[Appearance]] = {}
    for appearance in claim.appearances:
        found.setdefault(appearance.article, []).append(appearance)
    return found


def _turn(
    article: str,
    here: Sequence[Appearance],
    told: Told,
    origins: Sequence[Origin],
    step: Step | None,
    hearsay: Mapping[str, bool],
) -> tuple[TurnKind, str | None, Appearance]:
    """What ``article`` does to the claim, the article before it that this concerns, and the appearance that shows it."""
    acts = {s.id: s.act for s in told.statements[article]}
    against = next((a for a in here if a.stance == "against" and a.statement is not None), None)
    if against is not None:
        return "denied", None, against
    confirms = next((a for a in here if acts.get(a.statement or "") == "confirm"), None)
    if confirms is not None and hearsay:
        return "confirmed", None, confirms
    shown = next((a for a in here if a.statement is not None), here[0])
    brings = any(o.steps and o.steps[0].article == article and o.counted for o in origins)
    if not hearsay or (brings and shown.statement is not None):
        return "reported", None, shown
    before = step.source if step is not None and step.source in hearsay else None
    looked_at = [before] if before is not None else list(hearsay)
    if all(a.statement is None and a.flat for a in here) and all(hearsay[id] for id in looked_at):
        return "hedge dropped", looked_at[-1], here[0]
    return "repeated", before, shown


def _is_firm(article: str, here: Sequence[Appearance], origins: Sequence[Origin]) -> bool:
    """Whether an article states a thing flatly, or has it from somebody on the record who does."""
    on_record = any(
        o.status in ("named", "document", "own") and any(s.article == article for s in o.steps)
        for o in origins
        if o.stance == "for"
    )
    return any(a.flat and (a.statement is None or on_record) for a in here)


def _taken_back(article: Article, claim: Claim, carriers: Collection[Article]) -> Iterator[Turn]:
    """The sentences in which an article corrects or withdraws what it, its outlet, or an outlet that it names had of the claim."""
    if not carriers:
        return
    about = {w.casefold() for a in claim.appearances for w in _WORD.findall(a.mention.text)}
    for line in _notices(article.text):
        for span, withdrawn in line:
            sentence = article.text[slice(*span)]
            named = [c for c in carriers if c.outlet and plain_name(c.outlet) in plain_name(sentence)]
            own = [c for c in carriers if c.outlet and c.outlet == article.outlet]
            shared = about & {w.casefold() for w in _WORD.findall(sentence)}
            if (named and withdrawn) or (own and len(shared) >= _SHARED):
                before = (named or own)[-1].id
                yield Turn("withdrawn" if withdrawn else "corrected", article.id, Mention.of(article.text, [span]), before)
                break


@lru_cache(maxsize=256)  # each claim of a story asks for those of every article
def _notices(text: str) -> tuple[tuple[tuple[Span, bool], ...], ...]:
    """Of each line the sentences that may correct or withdraw something, and whether they withdraw it."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        notice = is_notice(line[0])
        if notice or _withdraws().search(line[0]):
            told = ((span, _withdraws().search(text[slice(*span)]) is not None) for span in sentences(text, *line.span()))
            found.append(tuple((span, withdrawn) for span, withdrawn in told if notice or withdrawn))
    return tuple(found)


@cache
def _withdraws() -> re.Pattern[str]:
    listed = sorted({cue for language in known() for cue in words(language, "origins", "withdraws")})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)
