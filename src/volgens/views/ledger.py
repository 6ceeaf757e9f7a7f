"""The ledger: promises, predictions, threats, ultimatums and plans, with the time by which they can be checked.

What several articles of a story tell in the same words, or nearly, is one entry. Later statements that share telling words with an
entry are proposed beside it; whether they bear on it, a person decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from volgens.codec import VERSION, encode_mention
from volgens.numbers import numbers
from volgens.origins.copies import is_after
from volgens.records import Act, Article, Correction, Due, Span, Statement, Statements, Story
from volgens.statements.corrected import find
from volgens.stories.terms import rarity, tokens
from volgens.views.corrections import encode_correction
from volgens.views.traces import encode_article_line

LedgerAct = Literal["promise", "predict", "threaten", "demand", "intend", "decide", "warn"]
"""The acts that the ledger holds."""

State = Literal["due", "overdue", "open", "kept", "broken"]
"""Where the time of an entry lies: around the day asked for, before it, or after it; "open" too where there is none. Or how it
ended, as a person said."""

_ALWAYS = ("promise", "predict", "threaten")
_TIMED = ("demand", "intend", "decide", "warn")  # a wish or a warning without a time cannot be held to one
_FAMILIES: tuple[tuple[Act, ...], ...] = (("promise", "intend", "decide", "predict", "warn"), ("threaten",), ("demand",))
"""Acts that one and the same saying is retold as: a plan as a promise, and not as another's demand."""
_SAME = 0.7  # of the weight of their words that two contents share to be one entry
_WITHIN = 0.9  # of the shorter one, where one stands within the other in one article
_TELLING = 3.0  # rarity from which a word tells what a statement is about: about one article in twenty has it
_NAME = 1.5  # times that a name or number outweighs another word as rare
_STEM = 7  # letters by which words are compared: "passagiers", "passagiersvluchten"
_SHARED = 2  # words that a later statement of the same story shares, and one more elsewhere
_COMMON = 0.15  # of the statements of a story: a word that so many have is what the story is about, and tells no more
_MANY = 500  # statements of other stories: a word that so many have tells nothing
_FEWEST = 3  # statements that may have a word in any case
_MOST = 5  # later statements proposed for an entry
_SMALLEST = 10  # a smaller number tells nothing
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement in the article that carries it. ``article_id`` is the id of that, which takes time to make again."""

    article: Article
    article_id: str
    statement: Statement

    @property
    def name(self) -> str | None:
        """Who says it: the speaker's name, or the words of the source; None where none is told."""
        speaker, source = self.statement.speaker, self.statement.source or self.statement.inferred
        named = speaker.name if speaker is not None else None
        return named or (" ".join(source.text.split()) if source is not None else None)


@dataclass(frozen=True, slots=True)
class Bearing:
    """A later statement that may bear on an entry: ``words`` are those that both have; ``story``: it is of the same story."""

    telling: Telling
    words: tuple[str, ...]
    story: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """What a person said of how an entry ended, and the statement that shows it, where it is at hand."""

    correction: Correction
    shown: Telling | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be checked. ``lead`` is the earliest telling that has a time, or else the earliest one; ``tellings`` are
    all, the earliest first, one for each article. ``value`` is the TIMEX3 value of the due time. ``later`` are proposals, no
    judgement.
    """

    lead: Telling
    tellings: tuple[Telling, ...]
    state: State
    value: str | None = None
    later: tuple[Bearing, ...] = ()
    ending: Ending | None = None

    @property
    def id(self) -> str:
        """That of the statement that leads it."""
        return self.lead.statement.id

    @property
    def act(self) -> Act:
        """What the source does by saying it."""
        return self.lead.statement.act

    @property
    def due(self) -> Due | None:
        """When it can be checked."""
        return self.lead.statement.due

    @property
    def first(self) -> date | None:
        """The first day that the due time covers."""
        return date.fromisoformat(self.due.earliest) if self.due is not None else None

    @property
    def last(self) -> date | None:
        """The last day that it covers."""
        return date.fromisoformat(self.due.latest) if self.due is not None else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: those that fall due before a day, or on a day from ``first`` to ``last``; of a speaker; of an act; in a
    state."""

    before: date | None = None
    first: date | None = None
    last: date | None = None
    speaker: str | None = None
    act: LedgerAct | None = None
    state: State | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries as they stand on the day ``on``. ``labels`` are the ids that the inputs give their articles, by the ids of
    these."""

    on: date
    entries: tuple[Entry, ...]
    labels: Mapping[str, str]

    def only(self, wanted: Wanted) -> Ledger:
        """The ledger with the entries that are wanted."""
        return Ledger(self.on, tuple(entry for entry in self.entries if _is_wanted(entry, wanted)), self.labels)


def state(due: Due | None, on: date) -> State:
    """How a due time stands on a day: "due" on its first and last day and between, "overdue" after, else "open"."""
    if due is None or on < date.fromisoformat(due.earliest):
        return "open"
    return "due" if on <= date.fromisoformat(due.latest) else "overdue"


def ledger(
    articles: Sequence[Article],
    statements: Mapping[str, Statements],
    stories: Iterable[Story],
    on: date,
    labels: Mapping[str, str] | None = None,
    corrections: Sequence[Correction] = (),
) -> Ledger:
    """The ledger of ``articles`` (with what was read of them, by their ids) on a day. ``corrections``, the oldest first, tell what
    was kept and what broken.

    What is due stands first, the soonest before the rest; then what is overdue, the latest first; then what is open, that without a
    time last; and then what ended.
    """
    story_of = {id: story.id for story in stories for id in story.articles}
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    everything: list[Telling] = []
    known = [(article, article.id) for article in articles]
    for article, id in sorted(known, key=lambda pair: (pair[0].published or "9", pair[1])):
        read = statements[id]
        everything += [Telling(article, id, s) for s in read if s.content.spans]
        told[story_of.get(id, id)] += [Telling(article, id, s) for s in _held(read)]
    words = _Words(everything, story_of)
    endings = _endings(corrections, {article.id: article for article in articles}, statements)
    entries = []
    for group in (group for within in told.values() for group in _grouped(within, words)):
        lead = next((t for t in group if t.statement.due is not None), group[0])
        value = _value(lead.statement, statements[lead.article_id])
        of_article = {t.article_id: t for t in reversed(group)} | {lead.article_id: lead}
        tellings = tuple(of_article[id] for id in dict.fromkeys(t.article_id for t in group))
        ending = next((endings[t.statement.id] for t in group if t.statement.id in endings), None)
        stands = _ended(ending) or state(lead.statement.due, on)
        entries.append(Entry(lead, tellings, stands, value, words.bearing(lead, group), ending))
    return Ledger(on, tuple(sorted(entries, key=_order)), labels or {})


def _endings(
    corrections: Iterable[Correction], articles: Mapping[str, Article], statements: Mapping[str, Statements]
) -> dict[str, Ending]:
    """What people said of how things ended, by the ids of the statements that they said it of; what was said last counts."""
    found: dict[str, Ending] = {}
    for correction in corrections:
        about = find(correction.about, statements.get(correction.about.article, ()))
        if correction.kind in ("kept", "broken") and about is not None:
            other = correction.other
            shown = find(other, statements.get(other.article, ())) if other is not None else None
            telling = Telling(articles[other.article], other.article, shown) if other is not None and shown is not None else None
            found[about.id] = Ending(correction, telling)
    return found


def _ended(ending: Ending | None) -> State | None:
    if ending is None:
        return None
    return "kept" if ending.correction.kind == "kept" else "broken"


def _held(statements: Statements) -> Iterator[Statement]:
    """The statements that can be held to something: none that the source denies, and none that has nothing to check."""
    acts = {s.id: s.act for s in statements}
    for s in statements:
        kept = s.act in _ALWAYS or (s.act in _TIMED and s.due is not None)
        if kept and s.content.spans and acts.get(s.parent or "") != "deny" and len(tokens(s.content.text)) > 1:
            yield s


def _order(entry: Entry) -> tuple[int, int, str, int]:
    rank = get_args(State).index(entry.state)
    last = entry.last.toordinal() if entry.last is not None else date.max.toordinal()
    lead = entry.lead
    return rank, -last if entry.state == "overdue" else last, lead.article.published or "9", lead.statement.content.spans[0][0]


def _value(statement: Statement, read: Statements) -> str | None:
    if statement.due is None:
        return None
    times = (*statement.times, *read.times)
    return next((time.value for time in times if time.mention == statement.due.mention), None)


def _is_wanted(entry: Entry, wanted: Wanted) -> bool:
    if wanted.state not in (None, entry.state) or wanted.act not in (None, entry.act):
        return False
    if wanted.speaker is not None and not any(_is_by(telling, wanted.speaker) for telling in entry.tellings):
        return False
    if wanted.before is None and wanted.first is None and wanted.last is None:
        return True
    first, last = entry.first, entry.last
    if first is None or last is None:
        return False
    after = wanted.first is None or last >= wanted.first
    return after and (wanted.last is None or first <= wanted.last) and (wanted.before is None or last < wanted.before)


def _is_by(telling: Telling, name: str) -> bool:
    speaker, source = telling.statement.speaker, telling.statement.source
    known = (speaker.name, speaker.organisation, *speaker.aliases) if speaker is not None else ()
    called = (*known, source.text if source is not None else None)
    return any(name.casefold() in one.casefold() for one in called if one)


# The same promise in several articles


def _grouped(told: Sequence[Telling], words: _Words) -> list[list[Telling]]:
    """Tellings of one story put together where they are of the same thing: in their words like the first of a group, and at odds
    with none of it about who says it or when it is due."""
    groups: list[list[Telling]] = []
    for telling in told:
        same = next((g for g in groups if all(_may_be_one(t, telling) for t in g) and _is_same(g[0], telling, words)), None)
        if same is None:
            groups.append([telling])
        else:
            same.append(telling)
    return groups


def _is_same(one: Telling, other: Telling, words: _Words) -> bool:
    """Whether two tellings are nearly in the same words."""
    a, b = words.weights(one), words.weights(other)
    shared = sum(a[word] for word in a if word in b)
    shorter, both = min(sum(a.values()), sum(b.values())), sum(a.values()) + sum(b.values())
    if one.article_id == other.article_id and _overlap(one.statement.content.spans, other.statement.content.spans):
        return shared >= _WITHIN * shorter
    return 2 * shared >= _SAME * both


def _may_be_one(one: Telling, other: Telling) -> bool:
    """Whether one act of one speaker may be meant: one name holds the other or is not told, and the times touch or are not told."""
    acts, due = {one.statement.act, other.statement.act}, (one.statement.due, other.statement.due)
    if not any(acts <= set(family) for family in _FAMILIES):
        return False
    if due[0] is not None and due[1] is not None and (due[0].earliest > due[1].latest or due[1].earliest > due[0].latest):
        return False
    names = [t.statement.speaker.name if t.statement.speaker is not None else None for t in (one, other)]
    told = [{word.casefold() for word in tokens(name)} for name in names if name]
    return len(told) < len(names) or told[0] <= told[1] or told[1] <= told[0]


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


# Later statements


class _Words:
    """The words by which statements are compared: those of their contents, and the names of their speakers."""

    def __init__(self, told: Sequence[Telling], story_of: Mapping[str, str]) -> None:
        self._told, self._story = told, story_of
        self._weights: dict[str, dict[str, float]] = {}
        self._keys = [self._telling(telling) for telling in told]
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for at, keys in enumerate(self._keys):
            for key in keys:
                self._having[key].append(at)
        self._in_story: dict[str, Counter[str]] = defaultdict(Counter)
        self._sizes: Counter[str] = Counter()
        for telling, keys in zip(told, self._keys, strict=True):
            story = self._story_of(telling)
            self._in_story[story].update(keys.keys())
            self._sizes[story] += 1

    def _story_of(self, telling: Telling) -> str:
        return self._story.get(telling.article_id, telling.article_id)

    def weights(self, telling: Telling) -> dict[str, float]:
        """The words of a content with their rarity."""
        id = telling.statement.id
        if id not in self._weights:
            rare = rarity(telling.article.language)
            self._weights[id] = {word.lower(): rare(word.lower()) for word in tokens(telling.statement.content.text)}
        return self._weights[id]

    def _telling(self, telling: Telling) -> dict[str, tuple[float, str]]:
        """What tells what a statement is about, by a key that its forms share: how much it weighs, and as it is printed."""
        article, content = telling.article, " ".join(telling.statement.content.text.split())
        rare = rarity(article.language)
        found: dict[str, tuple[float, str]] = {}
        for number in numbers(content, article.language):
            printed = content[slice(*number.span)]
            if number.value >= _SMALLEST and not _YEAR.fullmatch(printed):
                found[f"{number.value:g}"] = (_NAME * _TELLING, printed)
        for at, word in enumerate(tokens(content)):
            weight = rare(word.lower())
            if word[0].isdigit() or weight < _TELLING:
                continue
            named = at > 0 and word[0].isupper() and len(word) > 1
            found.setdefault(word.lower()[:_STEM], (weight * (_NAME if named else 1.0), word))
        if telling.statement.speaker is not None and telling.statement.speaker.name:
            name = telling.statement.speaker.name
            found.setdefault(f"={name.casefold()}", (_NAME * _TELLING, name))
        return found

    def bearing(self, lead: Telling, group: Sequence[Telling]) -> tuple[Bearing, ...]:
        """Statements of articles later than the first of ``group`` that share telling words with its ``lead``, the most telling
        first, one for each article."""
        story = self._story_of(lead)
        shared: defaultdict[int, list[str]] = defaultdict(list)
        for key in self._telling(lead):
            in_story = self._in_story[story][key]
            if in_story <= max(_FEWEST, _COMMON * self._sizes[story]) and len(self._having[key]) - in_story <= _MANY:
                for at in self._having[key]:
                    shared[at].append(key)
        found: dict[str, tuple[float, Bearing]] = {}
        for at, keys in sorted(shared.items()):
            later = self._told[at]
            same = self._story_of(later) == story
            if len(keys) < _SHARED + (not same) or not is_after(later.article, group[0].article):
                continue
            if any(_nested(telling, later) for telling in group):
                continue  # the same words, in other hands
            keys.sort(key=lambda key: -self._keys[at][key][0])
            weight = sum(self._keys[at][key][0] for key in keys)
            if later.article_id not in found or found[later.article_id][0] < weight:
                bearing = Bearing(later, tuple(self._keys[at][key][1] for key in keys), same)
                found[later.article_id] = (weight, bearing)
        best = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].telling.statement.id))
        return tuple(bearing for _, bearing in best[:_MOST])


def _nested(one: Telling, other: Telling) -> bool:
    """Whether one statement's content stands in the other's, in one article."""
    same = one.article_id == other.article_id
    return same and _overlap(one.statement.content.spans, other.statement.content.spans)


# JSON


def encode_ledger(told: Ledger) -> dict[str, Any]:
    """The JSON object of a ledger, described in docs/reference/json.md."""
    return {"volgens": VERSION, "on": told.on.isoformat(), "entries": [_entry(entry, told.labels) for entry in told.entries]}


def _entry(entry: Entry, labels: Mapping[str, str]) -> dict[str, Any]:
    due = entry.due
    return {
        "id": entry.id,
        "state": entry.state,
        **_encoded(entry.lead, labels),
        "due": None
        if due is None
        else {
            "value": entry.value,
            "precision": due.precision,
            "earliest": due.earliest,
            "latest": due.latest,
            "mention": encode_mention(due.mention),
        },
        "tellings": [_encoded(telling, labels) for telling in entry.tellings],
        "ending": _ending(entry.ending, labels),
        "later": [
            {**_encoded(bearing.telling, labels), "words": list(bearing.words), "same_story": bearing.story}
            for bearing in entry.later
        ],
    }


def _ending(ending: Ending | None, labels: Mapping[str, str]) -> dict[str, Any] | None:
    if ending is None:
        return None
    shown = _encoded(ending.shown, labels) if ending.shown is not None else None
    return {**encode_correction(ending.correction), "shown_by": shown}


def _encoded(telling: Telling, labels: Mapping[str, str]) -> dict[str, Any]:
    article, statement = telling.article, telling.statement
    return {
        "statement": statement.id,
        "article": encode_article_line(article, labels.get(telling.article_id, telling.article_id)),
        "speaker": telling.name,
        "kind": statement.kind,
        "act": statement.act,
        "source": encode_mention(statement.source),
        "cue": encode_mention(statement.cue),
        "content": encode_mention(statement.content),
    }
