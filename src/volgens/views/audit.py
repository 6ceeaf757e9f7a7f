"""The audit: on whom articles rely. It counts who is quoted and in what way; it never scores whether what they say is so.

Every share has the 95% interval of Wilson (1927), and every count the places in the articles that it was counted at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import sqrt
from types import MappingProxyType
from typing import Any, Literal

from volgens.articles.credits import plain_name
from volgens.codec import VERSION, encode_mention
from volgens.languages import shared
from volgens.records import Article, Derivation, Mention, Statement, Statements, Story, Trace
from volgens.statements.times.calendar import bounds
from volgens.views.roles import OFFICIAL, Roles, anonymity, sexes

By = Literal["article", "outlet", "story", "month"]
"""What an audit is told apart by."""

Of = Literal["statements", "people", "articles", "stories"]
"""What is counted."""

_Z = 1.959963984540054  # of the normal distribution, for 95%
_NOT_TOLD = "not told"
_TITLE = 100  # characters shown of a text without a headline


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing was counted: the article by its id, the statement if it is one, and the words."""

    article: str
    statement: str | None
    mention: Mention


@dataclass(frozen=True, slots=True)
class Count:
    """How many of ``of`` are so, and the places behind that. ``low`` and ``high`` are the ends of the interval of the share."""

    name: str
    of: int
    places: tuple[Place, ...]
    count: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there was nothing to count."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of the share."""
        return wilson(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Section:
    """Counts that answer one question. ``whole`` is what ``of`` all of them are a part of, and ``counted`` what these are."""

    name: str
    counted: Of
    whole: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was counted in some articles. ``key`` tells which ones: an id, an outlet, a month, or None for all.

    ``copied`` is the share of an article's words that another article had before, on average; None where copies were not looked
    for.
    """

    key: str | None
    title: str | None
    articles: tuple[Article, ...]
    statements: int
    sections: tuple[Section, ...]
    copied: float | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What is counted in: articles, and what was read of them by their ids; their stories; and, each None where it was not asked
    for, who copied whom, and the claims of each story traced, by its id. ``labels`` are the ids that inputs give their articles;
    ``around`` are all articles at hand, which those that are counted in may have their text from."""

    articles: tuple[Article, ...]
    statements: Mapping[str, Statements]
    stories: tuple[Story, ...] = ()
    derivations: tuple[Derivation, ...] | None = None
    traces: Mapping[str, tuple[Trace, ...]] | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    around: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles: of an outlet, published on a day from ``first`` to ``last``."""

    outlet: str | None = None
    first: date | None = None
    last: date | None = None

    def holds(self, article: Article) -> bool:
        """Whether an article is meant. One without a date is in no period; one with a month only is in each that touches it."""
        if self.outlet is not None and plain_name(article.outlet or "") != plain_name(self.outlet):
            return False
        if self.first is None and self.last is None:
            return True
        days = bounds((article.published or "")[:10])
        return days is not None and (self.first is None or days[1] >= self.first) and (self.last is None or days[0] <= self.last)


WHOLE = Scope()


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927): (0, 1) where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, z2 = count / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def audits(material: Material, by: By | None = None) -> tuple[Audit, ...]:
    """One audit of all articles; or one for each article, outlet, story or month: articles and months in the order of time, the
    others with the most statements first."""
    articles = sorted(material.articles, key=lambda a: (a.published or "9", a.id))
    known = _Known(material)
    if by is None:
        return (_audit(None, None, articles, known),)
    groups: defaultdict[str, list[Article]] = defaultdict(list)
    titles: dict[str, str] = {}
    for article in articles:
        key = _key(article, by, known)
        if by in ("article", "story"):
            titles.setdefault(key, article.title or article.text.strip().partition("\n")[0][:_TITLE])
        groups[key].append(article)
    made = [_audit(key, titles.get(key), within, known) for key, within in groups.items()]
    return tuple(sorted(made, key=lambda audit: -audit.statements)) if by in ("outlet", "story") else tuple(made)


class _Known:
    """Material, with its parts by the articles that they are of."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.outlets = {article.id: article.outlet or "" for article in (*material.articles, *material.around)}
        self.story = {id: story for story in material.stories for id in story.articles}
        self.derived: defaultdict[str, list[Derivation]] = defaultdict(list)
        for derivation in material.derivations or ():
            self.derived[derivation.derived].append(derivation)


def _key(article: Article, by: By, known: _Known) -> str:
    if by == "article":
        return known.material.labels.get(article.id, article.id)
    if by == "story":
        return known.story[article.id].id if article.id in known.story else article.id
    return (article.outlet if by == "outlet" else (article.published or "")[:7]) or _NOT_TOLD


def _audit(key: str | None, title: str | None, articles: Sequence[Article], known: _Known) -> Audit:
    material = known.material
    told = [_Told(article, id, s) for article, id in ((a, a.id) for a in articles) for s in material.statements[id]]
    sections = [
        _kinds(told),
        *_roles(told),
        _anonymous(articles, material.statements),
        _women_and_men(articles, material.statements),
        _agencies(articles, known),
    ]
    if material.traces is not None:
        sections.append(_single(articles, known, material.traces))
    return Audit(key, title, tuple(articles), len(told), tuple(sections), _copied(articles, known))


@dataclass(frozen=True, slots=True)
class _Told:
    article: Article
    article_id: str
    statement: Statement

    @property
    def place(self) -> Place:
        s = self.statement
        mention = s.source or s.inferred or s.cue or s.content
        return Place(self.article_id, s.id, mention)


def _section(name: str, counted: Of, whole: str, names: Iterable[str], of: int, found: Mapping[str, Sequence[Place]]) -> Section:
    counts = ((n, tuple(found.get(n, ()))) for n in names)
    return Section(name, counted, whole, tuple(Count(n, of, places, len(places)) for n, places in counts))


def _sorted(told: Iterable[_Told], name: Callable[[_Told], str]) -> dict[str, list[Place]]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for one in told:
        found[name(one)].append(one.place)
    return found


# Sources

_KINDS = {
    "organisation": "organisations",
    "group": "groups",
    "anonymous": "anonymous sources",
    "document": "documents",
    "outlet": "outlets",
    "author": "the author",
    "none": "no source",
}


def _kinds(told: Sequence[_Told]) -> Section:
    def name(one: _Told) -> str:
        if one.statement.kind != "person":
            return _KINDS[one.statement.kind]
        return "named people" if _is_named(one.statement) else "people, not by name"

    names = ("named people", "people, not by name", *_KINDS.values())
    return _section("sources", "statements", "statements", names, len(told), _sorted(told, name))


def _is_named(statement: Statement) -> bool:
    return statement.kind == "person" and statement.speaker is not None and bool(statement.speaker.name)


def _roles(told: Sequence[_Told]) -> Iterator[Section]:
    """Who is an official, and who an expert, of those who can be: people and bodies."""
    asked: defaultdict[str, list[_Told]] = defaultdict(list)
    for one in told:
        if one.statement.kind in ("person", "organisation", "group", "anonymous"):
            asked[one.article_id].append(one)
    officials: defaultdict[str, list[Place]] = defaultdict(list)
    experts: defaultdict[str, list[Place]] = defaultdict(list)
    for within in asked.values():
        roles = Roles(within[0].article, [one.statement for one in within])
        for one in within:
            role = roles.official(one.statement)
            officials[role or "other people and bodies"].append(one.place)
            if role is not None:
                officials["officials"].append(one.place)
            experts["experts" if roles.is_expert(one.statement) else "others"].append(one.place)
    of, whole = sum(map(len, asked.values())), "statements of people and bodies"
    yield _section("officials", "statements", whole, ("officials", *OFFICIAL, "other people and bodies"), of, officials)
    yield _section("experts", "statements", whole, ("experts", "others"), of, experts)


def _anonymous(articles: Sequence[Article], statements: Mapping[str, Statements]) -> Section:
    found: dict[str, list[Place]] = {"reason told": [], "no reason told": []}
    for article in articles:
        id = article.id
        for statement, reason in anonymity(article, statements[id]):
            if reason is not None:
                found["reason told"].append(Place(id, statement.id, reason))
            else:
                found["no reason told"].append(_Told(article, id, statement).place)
    of = sum(map(len, found.values()))
    return _section("anonymity", "statements", "statements of anonymous sources", found, of, found)


def _women_and_men(articles: Sequence[Article], statements: Mapping[str, Statements]) -> Section:
    """Named people, each once in an article, where its own pronouns and titles tell; a given name tells nothing."""
    found: dict[str, list[Place]] = {"women": [], "men": [], _NOT_TOLD: []}
    of = 0
    for article in articles:
        id = article.id
        named = [s for s in statements[id] if _is_named(s)]
        for sex, statement, mention in sexes(article, named):
            of += 1
            place = _Told(article, id, statement).place
            found[sex or _NOT_TOLD].append(place if mention is None else Place(id, statement.id, mention))
    return _section("women and men", "people", "named people, each once in an article", found, of, found)


# Articles and stories


def _agencies(articles: Sequence[Article], known: _Known) -> Section:
    found: dict[str, list[Place]] = {"credit an agency": []}
    if known.material.derivations is not None:
        found |= {"cite an agency": [], "have text of an agency": [], "have text of another article": []}
    for article in articles:
        credit = next((c for c in article.credits if c.kind == "agency" and c.place != "photo"), None)
        if credit is not None:
            found["credit an agency"].append(Place(article.id, None, credit.mention))
        cites = [d for d in known.derived[article.id] if d.kind == "cites" and _is_agency(d.outlet)]
        copies = [d for d in known.derived[article.id] if d.kind == "copies"]
        of_agency = [d for d in copies if _is_agency(known.outlets.get(d.source or ""))]
        for name, shown in (
            ("cite an agency", cites),
            ("have text of an agency", of_agency),
            ("have text of another article", copies),
        ):
            if shown:
                spans = max(shown, key=lambda d: d.share).passages
                found[name].append(Place(article.id, None, Mention.of(article.text, {passage.copy for passage in spans})))
    return _section("agencies and copies", "articles", "articles", found, len(articles), found)


def _is_agency(outlet: str | None) -> bool:
    return outlet is not None and plain_name(outlet) in _agency_names()


@cache
def _agency_names() -> frozenset[str]:
    return frozenset(plain_name(name) for name in shared("outlets", "agencies"))


def _copied(articles: Sequence[Article], known: _Known) -> float | None:
    if known.material.derivations is None or not articles:
        return None
    shares = [max((d.share for d in known.derived[a.id] if d.kind == "copies"), default=0.0) for a in articles]
    return sum(shares) / len(articles)


def _single(articles: Sequence[Article], known: _Known, traces: Mapping[str, tuple[Trace, ...]]) -> Section:
    """Stories of several articles by how many independent origins the claim has that most of their articles carry."""
    found: dict[str, list[Place]] = {"one origin": [], "one or more": [], "several origins": [], "none known": []}
    stories = {known.story[article.id].id: known.story[article.id] for article in articles if article.id in known.story}
    for story in stories.values():
        if len(story.articles) > 1 and traces.get(story.id):
            main = max(traces[story.id], key=lambda trace: len({a.article for a in trace.claim.appearances}))
            first = main.claim.appearances[0]
            found[_origins(main)].append(Place(first.article, first.statement, first.mention))
    of = sum(map(len, found.values()))
    return _section("origins of the main claim", "stories", "stories of several articles", found, of, found)


def _origins(trace: Trace) -> str:
    if not trace.high:
        return "none known"
    return "one origin" if trace.high == 1 else "one or more" if trace.low < 2 else "several origins"


# JSON


def encode_audits(made: Sequence[Audit], by: By | None, labels: Mapping[str, str]) -> dict[str, Any]:
    """The JSON object of audits, described in docs/reference/json.md."""
    return {"volgens": VERSION, "by": by, "audits": [_encoded(audit, labels) for audit in made]}


def _encoded(audit: Audit, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": audit.key,
        "title": audit.title,
        "articles": [labels.get(article.id, article.id) for article in audit.articles],
        "statements": audit.statements,
        "copied": None if audit.copied is None else round(audit.copied, 4),
        "sections": [
            {
                "name": section.name,
                "counted": section.counted,
                "of": section.whole,
                "counts": [_count(count, labels) for count in section.counts],
            }
            for section in audit.sections
        ],
    }


def _count(count: Count, labels: Mapping[str, str]) -> dict[str, Any]:
    low, high = count.interval
    return {
        "name": count.name,
        "count": count.count,
        "of": count.of,
        "share": None if count.share is None else round(count.share, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "places": [
            {"article": labels.get(p.article, p.article), "statement": p.statement, **(encode_mention(p.mention) or {})}
            for p in count.places
        ],
    }
