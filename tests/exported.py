"""Records made by hand that the tests of exports share: two articles on one event, and what they say as a hostile page might."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from volgens.records import (
    Appearance,
    Article,
    Block,
    Claim,
    Derivation,
    Due,
    Mention,
    Origin,
    Passage,
    Speaker,
    Statement,
    Statements,
    Step,
    Story,
    Trace,
    statement_id,
)
from volgens.views.exports.reading import Reading
from volgens.views.traces import StoryTrace


def at(text: str, *pieces: str) -> Mention:
    return Mention.of(text, [(text.index(piece), text.index(piece) + len(piece)) for piece in pieces])


def made(article: Article, source: str | None, cue: str | None, content: Sequence[str], **fields: Any) -> Statement:
    """A statement of these words, each of which the text has once."""
    parts = (at(article.text, source) if source else None, at(article.text, cue) if cue else None, at(article.text, *content))
    known = {"kind": "person", "act": "state", "parent": None, "confidence": 0.875, "certainty": "certain"}
    return Statement(statement_id(article.id, *parts), *parts, **(known | fields))


FIRST = Article(
    "Sluis dicht\n\n“De sluis,” zei havenmeester Dora Vink, “gaat 🚢 in mei dicht.” De gemeente Kade gaf geen commentaar.",
    url="https://kadekrant.example/sluis?a=1&b=2",
    outlet="De Kadekrant",
    title='Sluis <dicht> & "klaar"',
    language="nl",
    published="2026-03-14T08:30:00+01:00",
    authors=("Tessa Orij",),
    blocks=(Block("headline", (0, 11)), Block("paragraph", (13, 113))),
)
SECOND = Article(
    "De sluis gaat in mei dicht, meldt De Kadekrant. Ada Roos en Bo Dorn ontkennen dat.",
    outlet="Het Tij",
    language="nl",
    published="2026-03-15",
)
SAID = made(
    FIRST,
    "havenmeester Dora Vink",
    "zei",
    ("“De sluis,”", "“gaat 🚢 in mei dicht.”"),
    speaker=Speaker("Dora Vink", "havenmeester", aliases=("Vink",), mention=at(FIRST.text, "Dora Vink")),
    act="promise",
    due=Due("2026-05-01", "2026-05-31", "month", at(FIRST.text, "in mei")),
)
REFUSED = made(
    FIRST, "De gemeente Kade", "gaf geen", ("commentaar",), kind="organisation", act="decline", speaker=Speaker("gemeente Kade")
)
CITED = made(
    SECOND,
    "De Kadekrant",
    "meldt",
    ("De sluis gaat in mei dicht",),
    kind="outlet",
    reportative=True,
    speaker=Speaker("De Kadekrant"),
)
DENIED = made(
    SECOND, "Ada Roos en Bo Dorn", "ontkennen", ("dat",), act="deny", polarity="negative", speaker=Speaker("Ada Roos + Bo Dorn")
)
READ = {FIRST.id: Statements((SAID, REFUSED)), SECOND.id: Statements((CITED, DENIED))}
READINGS = (Reading(FIRST, READ[FIRST.id], "a-1"), Reading(SECOND, READ[SECOND.id], SECOND.id))

_CLAIM = Claim(
    "c" * 32,
    SAID.content.text,
    (
        Appearance(FIRST.id, SAID.content, SAID.id),
        Appearance(SECOND.id, CITED.content, CITED.id, flat=True),
        Appearance(SECOND.id, DENIED.content, DENIED.id, stance="against"),
    ),
)
_FOR = Origin(
    "person",
    "named",
    "Dora Vink",
    "havenmeester Dora Vink",
    "De Kadekrant",
    "for",
    (
        Step(FIRST.id, None, None, at(FIRST.text, "zei")),
        Step(SECOND.id, FIRST.id, "cites", at(SECOND.text, "meldt De Kadekrant")),
    ),
)
_AGAINST = Origin(
    "person", "anonymous", None, "Ada Roos", "Het Tij", "against", (Step(SECOND.id, None, None, at(SECOND.text, "ontkennen")),)
)
_UNKNOWN = Origin(
    "none", "unknown", None, None, "Het Tij", "for", (Step(SECOND.id, None, None, at(SECOND.text, "gaat")),), counted=False
)
DERIVED = (
    Derivation(SECOND.id, FIRST.id, "cites", "credit", (Passage((28, 46)),)),
    Derivation(SECOND.id, FIRST.id, "copies", "date", (Passage((0, 8), (15, 23)), Passage((0, 26))), share=0.25),
    Derivation(FIRST.id, None, "credits", "credit", (Passage((0, 5)),), outlet="LNB"),
    Derivation(FIRST.id, SECOND.id, "quotes", "unknown", (Passage((0, 5)),)),
    Derivation(FIRST.id, SECOND.id, "copies", "unknown", (Passage((0, 5)),), share=0.1),
)
VIEW = StoryTrace(
    Story("5" * 32, (FIRST.id, SECOND.id)),
    (FIRST, SECOND),
    READ,
    DERIVED,
    (Trace(_CLAIM, (_FOR, _AGAINST, _UNKNOWN), 1, 2),),
    {FIRST.id: "a-1"},
)
