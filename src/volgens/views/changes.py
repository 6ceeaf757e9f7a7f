"""What changed between two versions of an article, told as statements: who no longer says what, and who says it differently.

Statements of the two versions are paired by what they say and by whom; each pair is compared label by label. What changed without
a notice that bears on it was changed silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from volgens.articles.notices import is_notice
from volgens.codec import VERSION, encode_mention, encode_statement
from volgens.languages import words
from volgens.numbers import numbers
from volgens.records import Article, Mention, Span, Statement, Statements

ChangeKind = Literal[
    "headline",
    "added",
    "withdrawn",
    "source dropped",
    "source made anonymous",
    "source named",
    "source changed",
    "source added",
    "hedge removed",
    "hedge added",
    "turned round",
    "number changed",
    "reworded",
]
"""What happened to a statement. "source dropped": the article now says it itself; "turned round": what was said is now denied."""

_SAME = 0.55  # of their words that two statements share to be versions of one
_FLAT = 88.0  # rapidfuzz's token set ratio from which a sentence holds the words of a content
_SENTENCE_SAME = 0.75
_FIRMNESS = {"unknown": 0, "possible": 1, "probable": 2, "certain": 3}
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^\s.!?…][^\r\n]*?(?:[.!?…]+[\"”’'»)]*(?=\s|$)|(?=[\r\n])|$)")
_FEWEST = 4  # words; a shorter content stands in any text
_FIRST_LINE = re.compile(r"\s*(\S[^\r\n]{0,150}[^\s.!?…])[^\S\r\n]*(?:\r\n|\n|\r){2}")
_AROUND = 12  # characters beside a statement that must stand there in both versions
_BEARS = 2  # numbers and telling words that a notice shares with a change it tells of
_TELLING = 4  # letters; a shorter word does not tell what a notice is about


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``before`` and ``after`` are the statements in the old and the new version, None where there is none;

    ``was`` and ``now`` are the words that changed, each in its own version. ``notice`` is the place in the new version that tells
    of the change, None where nothing does.
    """

    kind: ChangeKind
    before: Statement | None
    after: Statement | None
    was: Mention | None
    now: Mention | None
    notice: Mention | None = None

    @property
    def silent(self) -> bool:
        """Whether readers were told something else before, and nothing tells them so. What is only added silences nothing."""
        return self.notice is None and self.kind not in ("added", "source added", "source named")


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes from the version with id ``old`` to the one with id ``new``, and the notices that only the new one has."""

    old: str
    new: str
    items: tuple[Change, ...]
    notices: tuple[Mention, ...]


Version = tuple[Article, Statements]


def changes(old: Version, new: Version) -> Changes:
    """What changed from ``old`` to ``new``: changes of the headline first, then in the order of the new text."""
    notices = _new_notices(old[0], new[0])
    found = [*_headline(old[0], new[0]), *_of_statements(old, new), *_numbers_outside(old, new)]
    whole = " ".join(old[0].text.split()), " ".join(new[0].text.split())
    found = [change for change in found if _is_in_the_words(change, (old[0].text, whole[1]), (new[0].text, whole[0]))]
    found.sort(key=_place)
    told = tuple(_told(change, notices, new[0].language) for change in found)
    return Changes(old[0].id, new[0].id, told, notices)


def _is_in_the_words(change: Change, old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Whether the words of the statements did change. A statement that is read otherwise only because something near it changed is
    no change of the article's. ``old`` and ``new`` are a version's own text, and the other's on one line."""
    sides = [(statement, *texts) for statement, texts in ((change.before, old), (change.after, new)) if statement is not None]
    return not sides or any(not _stands_in(*side) for side in sides)


def _stands_in(statement: Statement, own: str, other: str) -> bool:
    """Whether the other version has every word of a statement, and of where its speaker is named, with the words around them."""
    spans = [span for mention in (statement.source, statement.cue, statement.content) if mention for span in mention.spans]
    named = statement.speaker.mention.spans if statement.speaker is not None and statement.speaker.mention is not None else ()
    places = [(min(start for start, _ in spans), max(end for _, end in spans)), *named]
    return all(" ".join(own[max(0, start - _AROUND) : end + _AROUND].split()) in other for start, end in places)


def _place(change: Change) -> tuple[bool, int, int, str]:
    """Where a change stands in the new version, or else in the old one."""
    at = change.now or change.was
    start = at.spans[0][0] if at is not None and at.spans else 0
    return change.kind != "headline", start, change.now is None, change.kind


def _headline(old: Article, new: Article) -> Iterator[Change]:
    was, now = _title(old), _title(new)
    if was is not None and now is not None and was.text.split() != now.text.split():
        yield Change("headline", None, None, was, now)


def _title(article: Article) -> Mention | None:
    """The headline, with its place where the text holds it: of a plain text a first paragraph that is no sentence."""
    for block in article.blocks:
        if block.kind == "headline":
            return Mention.of(article.text, [block.span])
    first = _FIRST_LINE.match(article.text)
    if article.title:
        return Mention(article.title, ())
    return Mention.of(article.text, [first.span(1)]) if first is not None and not article.blocks else None


def _of_statements(old: Version, new: Version) -> Iterator[Change]:
    pairs, gone, come = _paired(_of_body(old), _of_body(new))
    for before, after in pairs:
        yield from _compared(old[0], new[0], before, after)
    for statement in gone:
        now = _flat(statement, new)
        dropped: ChangeKind = "source dropped" if statement.source is not None else "hedge removed"
        yield Change(dropped if now else "withdrawn", statement, None, _words(statement), now)
    for statement in come:
        was = _flat(statement, old)
        gained: ChangeKind = "source added" if statement.source is not None else "hedge added"
        yield Change(gained if was else "added", None, statement, was, _words(statement))


def _of_body(version: Version) -> list[Statement]:
    """The statements but those of the headline, whose changes are told as the headline's, and of notices."""
    article, statements = version
    title = _title(article)
    apart = [*(title.spans if title is not None else ()), *(span for notice in _notices(article) for span in notice.spans)]
    return [s for s in statements if not any(a <= start < b for start, _ in _words(s).spans[:1] for a, b in apart)]


def _words(statement: Statement) -> Mention:
    """The content, or where nothing is said ("declined to comment") the words that say so."""
    return statement.content if statement.content.spans or statement.cue is None else statement.cue


def _paired(
    old: Sequence[Statement], new: Sequence[Statement]
) -> tuple[list[tuple[Statement, Statement]], list[Statement], list[Statement]]:
    """The statements that are versions of one another, best pairs first, and those left over in the old and in the new version."""
    from rapidfuzz import fuzz, process

    if not old or not new:
        return [], list(old), list(new)
    plain_old, plain_new = [_plain(_words(s).text) for s in old], [_plain(_words(s).text) for s in new]
    alike = process.cdist(plain_old, plain_new, scorer=fuzz.token_sort_ratio)
    scored = []
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            said = float(alike[i][j]) / 100
            if said < _SAME:
                continue
            by = fuzz.token_sort_ratio(_named(before), _named(after)) / 100
            place = abs(i / len(old) - j / len(new))
            scored.append((-(said + 0.2 * by - 0.05 * place), i, j))
    pairs, left, right = [], dict(enumerate(old)), dict(enumerate(new))
    for _, i, j in sorted(scored):
        if i in left and j in right:
            pairs.append((left.pop(i), right.pop(j)))
    return pairs, list(left.values()), list(right.values())


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _named(statement: Statement) -> str:
    """Whom a statement is ascribed to, by name where the article gives one."""
    if statement.speaker is not None and statement.speaker.name:
        return _plain(statement.speaker.name)
    source = statement.source or statement.inferred
    return _plain(source.text) if source is not None else ""


def _compared(old: Article, new: Article, before: Statement, after: Statement) -> Iterator[Change]:
    source = _source_change(before, after)
    if source is not None:
        yield Change(source, before, after, before.source or _words(before), after.source or _words(after))
    was, now = _words(before), _words(after)
    if before.polarity != after.polarity:
        yield Change("turned round", before, after, was, now)
    hedge = _hedge_change(before, after, new.language)
    if hedge is not None:
        yield Change(hedge, before, after, was, now)
    pairs = _changed_numbers(old, before.content.spans, new, after.content.spans)
    for one, other in pairs:
        yield Change("number changed", before, after, one, other)
    if not pairs and hedge is None and _plain(was.text) != _plain(now.text):
        yield Change("reworded", before, after, was, now)


def _source_change(before: Statement, after: Statement) -> ChangeKind | None:
    if before.source is not None and after.source is None and after.inferred is None:
        return "source dropped"
    if before.source is None and before.inferred is None and after.source is not None:
        return "source added"
    if before.kind != after.kind and after.kind == "anonymous":
        return "source made anonymous"
    if before.kind == "anonymous" and after.kind in ("person", "organisation", "document", "outlet"):
        return "source named"
    one, other = _named(before), _named(after)
    shared = set(one.split()) & set(other.split())
    return "source changed" if one and other and not shared else None


def _hedge_change(before: Statement, after: Statement, language: str) -> ChangeKind | None:
    if before.reportative != after.reportative:
        return "hedge removed" if before.reportative else "hedge added"
    hedges = words(language, "certainty", "possible_words") | words(language, "certainty", "probable_words")
    hedged, still = (bool(hedges & set(_WORD.findall(s.content.text.lower()))) for s in (before, after))
    if hedged != still:
        return "hedge removed" if hedged else "hedge added"
    one, other = _FIRMNESS[before.certainty], _FIRMNESS[after.certainty]
    if not one or not other or one == other:  # a question or a demand is not hedged
        return None
    return "hedge removed" if other > one else "hedge added"


def _changed_numbers(old: Article, was: Iterable[Span], new: Article, now: Iterable[Span]) -> list[tuple[Mention, Mention]]:
    """The numbers of two wordings that differ, each with the one in its place. None where one wording has more of them."""
    one, other = _numbers(old, was), _numbers(new, now)
    if len(one) != len(other):
        return []
    return [(a[1], b[1]) for a, b in zip(one, other, strict=True) if a[0] != b[0]]


def _numbers(article: Article, spans: Iterable[Span]) -> list[tuple[tuple[float, str | None], Mention]]:
    found = []
    for start, end in spans:
        for number in numbers(article.text[start:end], article.language):
            place = (start + number.span[0], start + number.span[1])
            found.append(((number.value, number.unit), Mention.of(article.text, [place])))
    return found


def _flat(statement: Statement, other: Version) -> Mention | None:
    """The sentence in which ``other`` says by itself what ``statement`` ascribes to a source, or to hearsay."""
    from rapidfuzz import fuzz, process

    if len(_WORD.findall(statement.content.text)) < _FEWEST:
        return None
    text, spans = other[0].text, _own_sentences(other)
    plain = [_plain(text[a:b]) for a, b in spans]
    best = process.extractOne(_plain(statement.content.text), plain, scorer=fuzz.token_set_ratio, score_cutoff=_FLAT)
    return Mention.of(text, [spans[best[2]]]) if best is not None else None


def _numbers_outside(old: Version, new: Version) -> Iterator[Change]:
    """Numbers that changed in what the article says itself."""
    from rapidfuzz import fuzz, process

    before, after = _own_sentences(old), _own_sentences(new)
    kept = {old[0].text[a:b] for a, b in before} & {new[0].text[a:b] for a, b in after}
    before = [(a, b) for a, b in before if old[0].text[a:b] not in kept]
    after = [(a, b) for a, b in after if new[0].text[a:b] not in kept]
    said = [new[0].text[a:b] for a, b in after]
    for span in before:
        best = process.extractOne(old[0].text[span[0] : span[1]], said, scorer=fuzz.ratio, score_cutoff=100 * _SENTENCE_SAME)
        if best is not None:
            for was, now in _changed_numbers(old[0], [span], new[0], [after[best[2]]]):
                yield Change("number changed", None, None, was, now)


def _own_sentences(version: Version) -> list[Span]:
    """The sentences that hold nothing of a statement's content, and of no notice: what the article says itself."""
    article, statements = version
    taken = [span for mention in (*(s.content for s in statements), *_notices(article)) for span in mention.spans]
    sentences = [match.span() for match in _SENTENCE.finditer(article.text)]
    return [(start, end) for start, end in sentences if not any(a < end and b > start for a, b in taken)]


def _new_notices(old: Article, new: Article) -> tuple[Mention, ...]:
    known = {mention.text for mention in _notices(old)}
    return tuple(mention for mention in _notices(new) if mention.text not in known)


def _notices(article: Article) -> list[Mention]:
    """The notices of a correction or an update: marked as such, or paragraphs that begin as one does."""
    if article.blocks:
        return [Mention.of(article.text, [block.span]) for block in article.blocks if block.kind == "notice"]
    return [Mention.of(article.text, [m.span()]) for m in re.finditer(r"\S[^\r\n]*", article.text) if is_notice(m[0])]


def _told(change: Change, notices: Sequence[Mention], language: str) -> Change:
    """``change`` with the notice that bears on it: the one that shares most numbers and telling words with what changed."""
    about = _about(change, language)
    shared = [(len(about & _tellings(notice.text, language)), notice) for notice in notices]
    most, best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return replace(change, notice=best) if most >= _BEARS else change


def _about(change: Change, language: str) -> set[str]:
    mentions = [change.was, change.now]
    for statement in (change.before, change.after):
        if statement is not None:
            mentions += [statement.source, statement.content]
    return set().union(*(_tellings(m.text, language) for m in mentions if m is not None))


def _tellings(text: str, language: str) -> set[str]:
    """Numbers as values, and the longer words without their endings."""
    found = {str(number.value) for number in numbers(text, language)}
    return found | {word[:6] for word in _WORD.findall(text.lower()) if len(word) > _TELLING and not word.isdigit()}


def encode_changes(told: Changes) -> dict[str, Any]:
    """The JSON object of ``told``, described in docs/reference/json.md."""
    return {
        "volgens": VERSION,
        "old": told.old,
        "new": told.new,
        "changes": [
            {
                "kind": change.kind,
                "silent": change.silent,
                "before": encode_statement(change.before) if change.before else None,
                "after": encode_statement(change.after) if change.after else None,
                "was": encode_mention(change.was),
                "now": encode_mention(change.now),
                "notice": encode_mention(change.notice),
            }
            for change in told.items
        ],
        "notices": [encode_mention(notice) for notice in told.notices],
    }
