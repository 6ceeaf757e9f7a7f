"""What every archive keeps of its stories: which articles tell them, their traces, and what no longer holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from volgens.app import App
from volgens.archive.store import Archive
from volgens.archive.told import KeptStory, KeptTraces
from volgens.errors import ArchiveError
from volgens.places import Place
from volgens.records import Appearance, Article, Claim, Derivation, Mention, Origin, Passage, Step, Story, Trace

TEXTS = ("De sluis van Kadeveen gaat dicht.", "De sluis van Kadeveen gaat dicht, meldt de Kadekrant.", "Het regent in Lommel.")
ARTICLES = tuple(
    Article(text, f"https://a.example/{n}", f"Krant {n}", f"Kop {n}", "nl", f"2025-03-0{n + 1}") for n, text in enumerate(TEXTS)
)
STORY = Story("aaaa" + "0" * 28, (ARTICLES[0].id, ARTICLES[1].id), ("bbbb" + "0" * 28,))
ALONE = Story("cccc" + "0" * 28, (ARTICLES[2].id,))
COPIED = Derivation(ARTICLES[1].id, ARTICLES[0].id, "copies", "date", (Passage((0, 32), (0, 32)),), 0.6)
OUTLETS = frozenset(article.outlet or "" for article in ARTICLES)


def _mention(number: int) -> Mention:
    return Mention.of(TEXTS[number], [(0, 32)])


TRACE = Trace(
    Claim("dddd" + "0" * 28, TEXTS[0], (Appearance(ARTICLES[0].id, _mention(0), None, value="2"),), ()),
    (Origin("outlet", "own", "Krant 0", None, "Krant 0", "for", (Step(ARTICLES[0].id, None, None, _mention(0)),), ("same",)),),
    1,
    2,
    ((ARTICLES[0].id, ARTICLES[1].id),),
)
TOLD = KeptStory.of(STORY, (COPIED,), ARTICLES[0], OUTLETS)


@pytest.fixture
def archive(empty: Archive) -> Archive:
    with empty.writing() as writer:
        for article in ARTICLES:
            writer.add(article, name="x")
    state = empty.state()
    with empty.writing() as writer:
        writer.tell([KeptStory.of(ALONE, (), ARTICLES[2], OUTLETS), TOLD], state)
    return empty


def test_stories_come_back_the_same_and_the_largest_first(archive: Archive) -> None:
    assert [one.story for one in archive.told()] == [STORY, ALONE]
    assert archive.told(least=2) == (TOLD,)
    assert archive.outlets() == OUTLETS


def test_they_hold_until_an_article_comes_in(archive: Archive) -> None:
    assert archive.is_told()
    with archive.writing() as writer:
        writer.add(ARTICLES[0], name="x")
    assert archive.is_told()
    with archive.writing() as writer:
        writer.add(replace(ARTICLES[0], text="De sluis blijft open."), name="x", seen="2026-01-01T00:00:00+00:00")
    assert not archive.is_told()


def test_traces_come_back_the_same_and_only_for_the_story_they_were_made_of(archive: Archive) -> None:
    assert archive.story(STORY.id) == (TOLD, None)
    kept = KeptTraces((COPIED,), (TRACE,))
    with archive.writing() as writer:
        writer.keep_trace(TOLD, kept)
    assert archive.story(STORY.id) == (TOLD, kept)
    state = archive.state()
    with archive.writing() as writer:
        writer.tell([KeptStory.of(STORY, (COPIED,), ARTICLES[0], OUTLETS | {"Dagdraad"})], state)
    assert archive.story(STORY.id)[1] is None
    with pytest.raises(KeyError):
        archive.story(ALONE.id)


@pytest.mark.parametrize("what", ["aaaa", STORY.id, ARTICLES[1].id[:8], "https://www.a.example/1/", "dddd"])
def test_a_story_is_found_by_its_id_an_article_a_claim_or_an_address(archive: Archive, what: str) -> None:
    with archive.writing() as writer:
        writer.keep_trace(TOLD, KeptTraces((), (TRACE,)))
    assert archive.stories_of(what) == (STORY.id,)


@pytest.mark.parametrize("what", ["aaa", "eeee", "%", "https://b.example/1", ""])
def test_what_means_no_story(archive: Archive, what: str) -> None:
    assert archive.stories_of(what) == ()


def test_a_trace_is_kept_and_made_anew_when_an_article_comes_in(where: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Article(
        "De sluis van Kadeveen gaat in mei dicht, zegt wethouder Ine Roosdael van Kadeveen.\n\nDe sluis van Kadeveen is lek.",
        "https://a.example/sluis", "De Kadekrant", "Sluis van Kadeveen gaat dicht", "nl", "2025-03-04",
    )  # fmt: skip
    second = replace(
        first,
        text="De sluis van Kadeveen gaat in mei dicht, meldt De Kadekrant.\n\nDe sluis van Kadeveen is volgens de krant lek.",
        url="https://b.example/sluis", outlet="Dagdraad", published="2025-03-05",
    )  # fmt: skip
    with Archive(where) as archive, archive.writing() as writer:
        writer.add(first, name="x")
    alone, _ = App().trace([], where)
    assert [len(view.articles) for view in alone] == [1]
    with Archive(where) as archive, archive.writing() as writer:
        writer.add(second, name="y")
    made, _ = App().trace([], where)
    assert [len(view.articles) for view in made] == [2]

    def fail(*_: object) -> None:
        raise AssertionError("traced again")

    monkeypatch.setattr("volgens.pipeline.trace_story", fail)
    again, _ = App().trace([], where)
    assert again == made
    claim = made[0].traces[0].claim.id
    (of_claim,), _ = App().trace([claim[:10]], where)
    assert [trace.claim.id for trace in of_claim.traces] == [claim]
    assert App().trace(["https://b.example/sluis"], where)[0][0].story == made[0].story
    with pytest.raises(ArchiveError, match="no story"):
        App().trace(["0123456789"], where)
