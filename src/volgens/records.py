"""The records that every stage shares: frozen, typed, with ids derived from their content.

All offsets count Unicode code points of ``Article.text``; a span is a half-open pair (start, end).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, overload

Span = tuple[int, int]

Kind = Literal["person", "organisation", "group", "anonymous", "outlet", "document", "author", "none"]
"""Kind of source, as the annotation guideline defines it."""

Act = Literal[
    "decline", "deny", "confirm", "threaten", "promise", "warn", "predict", "demand", "decide", "intend", "ask", "believe", "state"
]
"""Speech act, as the annotation guideline defines it."""


Certainty = Literal["certain", "probable", "possible", "unknown"]
"""How firmly a source puts its content forward, as FactBank tells it; "unknown" where it does not commit itself."""

Polarity = Literal["positive", "negative"]
"""Whether a source says that it is so, or that it is not."""


def content_id(*parts: object) -> str:
    """The first 128 bits of the SHA-256 of the parts' canonical JSON, as 32 hexadecimal digits.

    ``parts`` are JSON values. The same on every machine and run.
    """
    canonical = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of an article: the pieces that ``spans`` point at, in the order of the text. ``text`` joins them by spaces."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, spans: Iterable[Span]) -> Mention:
        """The mention at ``spans`` of an article's ``text``.

        Raises ValueError where a span is empty, lies outside the text, or overlaps another.
        """
        ordered = tuple(sorted((int(start), int(end)) for start, end in spans))
        last = 0
        for start, end in ordered:
            if not last <= start < end <= len(text):
                raise ValueError(f"span {(start, end)} does not fit a text of {len(text)} characters and the spans before it")
            last = end
        return cls(" ".join(text[start:end] for start, end in ordered), ordered)


BlockKind = Literal[
    "headline", "standfirst", "byline", "paragraph", "subhead", "quotation", "entry", "notice", "caption", "photo credit"
]
"""What a piece of an article is. An "entry" heads a part of a live blog; a "notice" tells of a correction or an update."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article's text, at ``span``. ``time`` is the entry's own, ISO 8601, for what lies in a live blog's entry."""

    kind: BlockKind
    span: Span
    time: str | None = None


CreditKind = Literal["agency", "outlet"]
CreditPlace = Literal["byline", "dateline", "tail", "text", "photo"]


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency or outlet that an article says it was taken from, or made with; ``mention`` shows where it says so.

    ``name`` is the usual one ("AP" for "The Associated Press"). ``place`` is "text" where a sentence tells it ("AFP contributed
    to this report"), "photo" where only a picture is credited.
    """

    name: str
    kind: CreditKind
    place: CreditPlace
    mention: Mention


@dataclass(frozen=True, slots=True)
class Choice:
    """Which voice gave a field of an article: ``origin`` is "json-ld", "opengraph", "dublin core", "meta", "visible", "address",
    "feed", "record" (a row, a news item, a message), "outlets" (the shipped table), "given" or "guess".
    """

    field: str
    origin: str


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one published text. ``text`` never changes, and every offset points into it.

    ``language`` is an ISO 639-1 code, or "und" where it could not be told; ``published`` and ``modified`` are ISO 8601 dates or
    times, as precise as they are known ("2024-11", "2024-11-18T19:25:00+01:00"). ``url`` is the canonical address, ``twins`` its
    other ones (AMP, print). ``domain`` is the outlet's. ``authors`` are people. ``blocks``, in the order of the text, do not
    overlap; there are none where the text came as it is. ``choices`` tell which voice won for a field that several may give.
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    language: str = "und"
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    domain: str | None = None
    twins: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    credits: tuple[Credit, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def day(self) -> date | None:
        """The day of publication; None where no full date is known."""
        try:
            return date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None

    @property
    def id(self) -> str:
        """Derived from what makes it this version: its address, outlet, title, date of publication and text."""
        return content_id("article", self.url, self.outlet, self.title, self.published, self.text)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source stands for, as far as the article itself tells.

    ``name`` is the fullest that the article gives ("Mart de Kruif", "A Ltd + B Ltd" for several), None where it names nobody.
    ``function`` and ``organisation`` are the article's words, ``aliases`` the other names it uses. ``mention`` points at the words
    that named the speaker, ``reason`` at those that say why a source stays without a name.
    """

    name: str | None = None
    function: str | None = None
    organisation: str | None = None
    aliases: tuple[str, ...] = ()
    mention: Mention | None = None
    reason: Mention | None = None


TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
"""Type of a time expression, as TIMEX3 has it (TimeML 1.2.1)."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with its normalised TIMEX3 ``value``: "2024-11-18", "2024-W47", "PT24H", "FUTURE_REF"."""

    mention: Mention
    type: TimeType
    value: str


Precision = Literal["minute", "hour", "day", "week", "month", "quarter", "season", "half-year", "year", "decade", "century"]
"""How finely a due date is told."""


@dataclass(frozen=True, slots=True)
class Due:
    """By when a promise, prediction, threat, demand or plan can be checked.

    It falls due from ``earliest`` to ``latest``, ISO 8601 dates. ``precision`` is the grain of the words at ``mention``.
    """

    earliest: str
    latest: str
    precision: Precision
    mention: Mention


@dataclass(frozen=True, slots=True)
class Reason:
    """The words that led to one of a statement's labels: ``label`` names the field ("kind", "act", "due")."""

    label: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution in one article.

    ``source`` is None where none is expressed, ``cue`` where a quotation stands alone. ``content`` has no spans
    where nothing is said ("declined to comment"). ``parent`` is the id of the statement that this one lies in.
    ``confidence`` is the calibrated probability that source and content are right, ``kind_confidence`` and ``act_confidence`` that
    kind and act are, where source and content are. ``certainty`` and ``polarity`` are the source's,
    as the text gives them; ``reportative`` tells that the article keeps its distance ("zou", "reportedly"). ``inferred`` is the
    source that a statement without one inherits from the sentences before it. ``times`` stand in its content.
    ``why`` is filled only where it was asked for. ``corrected`` are the ids of what people corrected in it.
    """

    id: str
    source: Mention | None
    cue: Mention | None
    content: Mention
    kind: Kind
    act: Act
    parent: str | None
    confidence: float
    certainty: Certainty = "unknown"
    polarity: Polarity = "positive"
    reportative: bool = False
    inferred: Mention | None = None
    speaker: Speaker | None = None
    times: tuple[Time, ...] = ()
    due: Due | None = None
    why: tuple[Reason, ...] = ()
    kind_confidence: float = 1.0
    act_confidence: float = 1.0
    corrected: tuple[str, ...] = ()


def statement_id(article: str, source: Mention | None, cue: Mention | None, content: Mention) -> str:
    """The id of the statement with these mentions in the article with id ``article``."""
    return content_id("statement", article, *(mention.spans if mention else None for mention in (source, cue, content)))


@dataclass(frozen=True, slots=True)
class Defect:
    """Something in an input that could not be read as meant, and what was done about it.

    ``stage`` is where it was met ("articles", "reader", "statements"); ``span`` points at the place, if it is in the text.
    """

    stage: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statements(Sequence[Statement]):
    """The statements of one article in the order of the text, its time expressions, and the defects met on the way."""

    items: tuple[Statement, ...] = ()
    defects: tuple[Defect, ...] = ()
    times: tuple[Time, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Statement, ...]: ...
    def __getitem__(self, index: int | slice) -> Statement | tuple[Statement, ...]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell of the same events, by their ids, the earliest first; what is of one day in the order of the ids.

    ``id`` stays while the story grows. ``merged`` are the ids of stories that were apart until an article joined them.
    """

    id: str
    articles: tuple[str, ...]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that show a derivation: ``copy`` is their place in the derived article; ``source`` that of the same words in the other,
    None where the article only says so."""

    copy: Span
    source: Span | None = None


DerivationKind = Literal["copies", "credits", "cites", "quotes"]
Precedence = Literal["credit", "date", "unknown"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One article has something from another (PROV: wasDerivedFrom). ``derived`` and ``source`` are ids of articles.

    ``source`` is None where the article names an ``outlet`` of which no article is at hand: an unseen report. ``reason`` is what
    tells which of the two is the source: a credit or citation, the dates, or nothing ("unknown": they may be the other way round).
    ``passages`` are the words that show it, ``share`` how much of the derived article was copied, from 0 to 1. "quotes" only says
    that both have the same quotation, which both may have heard. ``owner`` is who owns both outlets: a reprint within a house.
    """

    derived: str
    source: str | None
    kind: DerivationKind
    reason: Precedence
    passages: tuple[Passage, ...]
    share: float = 0.0
    outlet: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """An outlet or agency that an article says it has something from: its usual ``name``, and the words that name it."""

    name: str
    mention: Mention


Stance = Literal["for", "against"]
"""Whether a claim is put forward or contradicted."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A claim in an article, at ``mention``: put there by the statement with the id ``statement``, or by the article in its own
    voice (None).

    ``flat``: without distance ("zou", "possibly", a source without a name). ``value``: the number or date in it that other
    appearances of the claim have otherwise, as printed.
    """

    article: str
    mention: Mention
    statement: str | None
    stance: Stance = "for"
    flat: bool = False
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition and where it appears, the earliest first. ``text`` are the words of one of its appearances.

    ``reasons`` tell of each appearance but the first why it was taken for the same claim.
    """

    id: str
    text: str
    appearances: tuple[Appearance, ...]
    reasons: tuple[str, ...] = ()


OriginStatus = Literal["named", "anonymous", "document", "own", "unknown"]
"""Where a claim starts: a person or body on the record, a source without a name, a document, the outlet's own observation."""


@dataclass(frozen=True, slots=True)
class Step:
    """How an article came by a claim: from the article ``source``, or where that is None from the origin itself.

    ``kind`` is the derivation, None where it has it from the origin, or does not say from whom. ``mention`` are words of the
    article that show it.
    """

    article: str
    source: str | None
    kind: DerivationKind | None
    mention: Mention


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim starts, and the way it went from there.

    ``name`` is None where none is known, ``description`` are the words of an article, ``outlet`` is who reported it first.
    ``merged`` are the reasons why mentions in several articles were taken for one origin. ``counted``: it may be an origin of its
    own; an outlet that repeats a thing without saying from whom is none.
    """

    kind: Kind
    status: OriginStatus
    name: str | None
    description: str | None
    outlet: str | None
    stance: Stance
    steps: tuple[Step, ...]
    merged: tuple[str, ...] = ()
    counted: bool = True


TurnKind = Literal["reported", "repeated", "hedge dropped", "confirmed", "denied", "corrected", "withdrawn"]
"""What an article does to a claim."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn in the course of a claim, in ``article`` at ``mention``. ``before`` is the article that is repeated, or whose hedge
    was dropped."""

    kind: TurnKind
    article: str
    mention: Mention
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """A claim followed to where it starts. From ``low`` to ``high`` of its origins are independent of one another: it is a range
    where it cannot be told whether two are the same. ``circles`` are ways on which a claim came back to who had brought it."""

    claim: Claim
    origins: tuple[Origin, ...]
    low: int
    high: int
    circles: tuple[tuple[str, ...], ...] = ()
    course: tuple[Turn, ...] = ()


CorrectionKind = Literal["wrong", "named", "same source", "other source", "same claim", "other claim", "kept", "broken"]
"""What a person says: that a statement is none; who its source turned out to be; that two statements have the same source, or not;
that they make the same claim, or not; that a promise, threat or prediction was kept, or broken."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A statement that a correction is about, found again by its place when its article is read anew: the first and last offset of
    what it says, and these words."""

    article: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person, ``by``, said ``at`` a time (ISO 8601, UTC) about a statement, and, where the kind needs one, an ``other``
    (of a promise: that which shows how it ended). ``name`` is who a source turned out to be. It is never changed; ``undone`` tells
    when and by whom it was taken back."""

    kind: CorrectionKind
    about: Anchor
    by: str
    at: str
    other: Anchor | None = None
    name: str | None = None
    note: str | None = None
    undone: tuple[str, str] | None = None

    @property
    def id(self) -> str:
        """Derived from all of it but whether it was taken back."""
        parts = [None if a is None else [a.article, *a.span, a.text] for a in (self.about, self.other)]
        return content_id("correction", self.kind, *parts, self.name, self.by, self.at, self.note)
