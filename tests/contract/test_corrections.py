"""What people correct in every archive: it holds, all that is made of statements follows it, and it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from volgens.app import App
from volgens.archive.store import Archive
from volgens.codec import decode, encode
from volgens.errors import ArchiveError, InputError, NotKept
from volgens.places import Place
from volgens.records import Article, Statement, Statements, statement_id
from volgens.views.search import Question
from volgens.views.traces import StoryTrace, encode_traces

TEXTS = (
    "Bronnen rond de gemeente zeggen dat de sluis van Kadeveen in mei dichtgaat.\n\nDe sluis ligt in de Kade en is heel oud.",
    "Volgens een ingewijde gaat de sluis van Kadeveen in mei dicht.\n\nSchippers varen daar elke dag met hun boten langs Kadeveen.",
    "Wethouder Ine Roosdael van Kadeveen belooft op 4 juni 2025 drie banken te schilderen.\n\nHet regende in Kadeveen.",
)
ARTICLES = tuple(
    Article(text, f"https://{n}.example/sluis", f"Krant {n}", "Sluis van Kadeveen dicht", "nl", f"2025-03-0{n + 4}")
    for n, text in enumerate(TEXTS)
)
DAY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def app() -> App:
    return App()


@pytest.fixture
def place(where: Place, app: App) -> Place:
    with Archive(where) as archive, archive.writing() as writer:
        for article in ARTICLES:
            writer.add(article, name=article.url or "")
    app.trace([], where)
    return where


def _said(place: Place, words: str, number: int) -> Statement:
    with Archive(place) as archive:
        read = archive.statements(ARTICLES[number].id)
    assert read is not None
    return next(s for s in read if s.source is not None and words in s.source.text)


def _story(app: App, place: Place) -> StoryTrace:
    ((view,), _) = app.trace([], place)
    return view


def _closing(view: StoryTrace) -> Any:
    """The claim of the two articles that the lock closes."""
    ids = {ARTICLES[0].id, ARTICLES[1].id}
    found = [t for t in view.traces if ids & {a.article for a in t.claim.appearances} and "dicht" in t.claim.text]
    return max(found, key=lambda t: len(t.claim.appearances))


def test_two_nameless_sources_are_one_or_two_until_somebody_knows(app: App, place: Place) -> None:
    one, other = _said(place, "Bronnen", 0).id, _said(place, "ingewijde", 1).id
    before = _story(app, place)
    assert (_closing(before).low, _closing(before).high) == (1, 2)

    same = app.correct("same source", one, "Ada", place, other=other)
    trace = _closing(_story(app, place))
    assert (trace.low, trace.high) == (1, 1)
    assert any("a person says so" in origin.merged for origin in trace.origins)

    app.correct("other source", other[:10], "Bob", place, other=one[:10], note="I asked")
    trace = _closing(_story(app, place))
    assert (trace.low, trace.high) == (2, 2)

    app.take_back(app.corrections(place)[1].id[:8], "Bob", place)
    assert _closing(_story(app, place)).high == 1
    app.take_back(same.id, "Ada", place)
    assert encode_traces([_story(app, place)]) == encode_traces([before])
    assert app.corrections(place) == ()
    assert [(c.by, c.undone[1] if c.undone else None) for c in app.corrections(place, all=True)] == [("Ada", "Ada"), ("Bob", "Bob")]


def test_a_source_that_turned_out_to_be_somebody_is_named_everywhere(app: App, place: Place) -> None:
    id = _said(place, "Bronnen", 0).id
    made = app.correct("named", id, "Ada", place, name="Kees Ommelander")
    statement = next(s for s in _story(app, place).statements[ARTICLES[0].id] if s.id == id)
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.kind, statement.corrected) == ("Kees Ommelander", "person", (made.id,))
    assert statement.source is not None
    assert statement.source.text.startswith("Bronnen")  # what was printed stays
    whole = Statements((statement,))
    assert decode(encode(ARTICLES[0], whole))[1] == whole
    origins = {(origin.status, origin.name) for origin in _closing(_story(app, place)).origins}
    assert ("named", "Kees Ommelander") in origins
    found = app.search(Question(chosen={"speaker": ("Kees Ommelander",)}), place)
    assert [hit.statement for hit in found.hits] == [id]
    app.take_back(made.id, "Ada", place)
    assert app.search(Question(chosen={"speaker": ("Kees Ommelander",)}), place).total == 0


def test_what_is_no_statement_is_gone_until_it_is_taken_back(app: App, place: Place) -> None:
    id = _said(place, "ingewijde", 1).id
    total = app.search(Question(), place).total
    made = app.correct("wrong", id, "Ada", place, note="a title")
    assert app.search(Question(), place).total == total - 1
    assert all(a.statement != id for t in _story(app, place).traces for a in t.claim.appearances)
    app.take_back(made.id, "Ada", place)
    assert app.search(Question(), place).total == total


def test_a_correction_survives_that_its_article_is_read_anew(app: App, place: Place) -> None:
    statement = _said(place, "Bronnen", 0)
    app.correct("named", statement.id, "Ada", place, name="Kees Ommelander")
    with Archive(place) as archive:
        read = archive.statements(ARTICLES[0].id)
        assert read is not None
        # A later reader finds another cue: the statement has another id.
        anew = statement_id(ARTICLES[0].id, statement.source, None, statement.content)
        items = tuple(replace(s, id=anew, cue=None) if s.id == statement.id else s for s in read)
        with archive.writing() as writer:
            writer.keep(ARTICLES[0], replace(read, items=items))
        again = archive.statements(ARTICLES[0].id)
    assert again is not None
    found = next(s for s in again if s.id == anew)
    assert found.speaker is not None
    assert found.speaker.name == "Kees Ommelander"


def test_claims_are_put_apart_and_together(app: App, place: Place) -> None:
    one, other = _said(place, "Bronnen", 0).id, _said(place, "ingewijde", 1).id
    assert len({a.article for a in _closing(_story(app, place)).claim.appearances}) >= 2
    app.correct("other claim", one, "Ada", place, other=other)

    def together() -> bool:
        return any({one, other} <= {a.statement for a in t.claim.appearances} for t in _story(app, place).traces)

    assert not together()
    app.correct("same claim", one, "Ada", place, other=other)
    assert together()


def test_a_promise_is_kept_or_broken_and_shown_to_be(app: App, place: Place) -> None:
    promise, proof = _said(place, "Roosdael", 2).id, _said(place, "Bronnen", 0).id
    entry = next(e for e in app.ledger([], place, DAY)[0].entries if e.id == promise)
    assert (entry.state, entry.ending) == ("overdue", None)
    made = app.correct("broken", promise, "Ada", place, other=proof, note="still shut")
    entry = next(e for e in app.ledger([], place, DAY)[0].entries if e.id == promise)
    assert entry.state == "broken"
    assert entry.ending is not None
    assert entry.ending.correction == made
    assert entry.ending.shown is not None
    assert entry.ending.shown.statement.id == proof
    app.correct("kept", promise, "Bob", place)
    assert next(e for e in app.ledger([], place, DAY)[0].entries if e.id == promise).state == "kept"


def test_what_cannot_be_corrected_is_told_and_nothing_is_kept(app: App, place: Place) -> None:
    id = _said(place, "Bronnen", 0).id
    for kind, about, other, error in (
        ("wrong", "0123456789", None, NotKept),
        ("same source", id, None, InputError),
        ("same source", id, id, InputError),
        ("same claim", id, "0123456789", NotKept),
        ("named", id, None, InputError),
    ):
        with pytest.raises(error):
            app.correct(kind, about, "Ada", place, other=other)  # type: ignore[arg-type]
    with pytest.raises(ArchiveError, match="no correction"):
        app.take_back("0123", "Ada", place)
    assert app.corrections(place, all=True) == ()
