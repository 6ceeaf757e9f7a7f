"""What every archive answers: statements by their words and their makings, and how many there are of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.app import App
from volgens.archive.store import Archive
from volgens.places import Place
from volgens.records import Act, Article, Kind, Mention, Speaker, Statement, Statements, statement_id
from volgens.views.search import Question


def article(number: int, outlet: str, day: str, *said: tuple[str, str, Kind, Act]) -> tuple[Article, Statements]:
    """An article in which each of ``said`` (speaker, content, kind, act) is a statement."""
    text = "\n".join(f"{speaker} zegt dat {content}." for speaker, content, _, _ in said)
    made = Article(text, f"https://a.example/{number}", outlet, f"Kop {number}", "nl", day)
    rows = []
    for speaker, content, kind, act in said:
        start = text.index(f"{speaker} zegt dat {content}.")
        source = Mention.of(text, [(start, start + len(speaker))])
        cue = Mention.of(text, [(start + len(speaker) + 1, start + len(speaker) + 5)])
        at = text.index(content, start)
        mention = Mention.of(text, [(at, at + len(content))])
        id = statement_id(made.id, source, cue, mention)
        rows.append(Statement(id, source, cue, mention, kind, act, None, 0.9, speaker=Speaker(speaker)))
    return made, Statements(tuple(rows))


ROWS = (
    article(
        1, "De Kadekrant", "2025-03-04T10:00:00+01:00",
        ("Joke Brand", "het zwembad in mei dichtgaat", "person", "predict"),
        ("Ewout Pal", "de brug café Zuiderzicht raakt", "person", "state"),
    ),
    article(2, "Dagdraad", "2025-03-05", ("De gemeente", "het zwembad openblijft", "organisation", "deny")),
    article(3, "Dagdraad", "2024-12-31", ("Joke Brand", "de sluis niet open gaat", "person", "state")),
)  # fmt: skip


@pytest.fixture
def archive(empty: Archive) -> Archive:
    with empty.writing() as writer:
        for one, read in ROWS:
            writer.add(one, name="x")
            writer.keep(one, read)
    return empty


def contents(archive: Archive, question: Question) -> set[str]:
    return {hit.content for hit in archive.search(question).hits}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zwembad", {"het zwembad in mei dichtgaat", "het zwembad openblijft"}),
        ("ZWEMBAD mei", {"het zwembad in mei dichtgaat"}),
        ('"zwembad openblijft"', {"het zwembad openblijft"}),
        ('"openblijft zwembad"', set()),
        ("zwem*", {"het zwembad in mei dichtgaat", "het zwembad openblijft"}),
        ("zwem", set()),
        ("cafe", {"de brug café Zuiderzicht raakt"}),
        ("Brand", {"het zwembad in mei dichtgaat", "de sluis niet open gaat"}),
        ("zwembad NOT mei", set()),
        ("niet", {"de sluis niet open gaat"}),
    ],
)
def test_all_words_have_to_be_there_and_none_is_an_operator(archive: Archive, words: str, expected: set[str]) -> None:
    assert contents(archive, Question(words)) == expected


def test_facets_choose_and_are_counted(archive: Archive) -> None:
    answer = archive.search(Question("zwembad"))
    assert (answer.total, answer.more) == (2, False)
    assert answer.facets["kind"] == (("organisation", 1), ("person", 1))
    assert answer.facets["year"] == (("2025", 2),)
    assert contents(archive, Question("zwembad", {"kind": ("organisation",)})) == {"het zwembad openblijft"}
    assert contents(archive, Question(chosen={"speaker": ("Joke Brand",), "year": ("2024", "2023")})) == {"de sluis niet open gaat"}
    assert len(contents(archive, Question(chosen={"act": ("deny", "predict")}))) == 2


def test_days_are_counted_in(archive: Archive) -> None:
    assert len(contents(archive, Question(since="2025-03-04", until="2025-03-04"))) == 2
    assert len(contents(archive, Question(since="2025"))) == 3
    assert contents(archive, Question(until="2024")) == {"de sluis niet open gaat"}


def test_without_words_the_newest_come_first_and_pages_do_not_overlap(archive: Archive) -> None:
    first, second = archive.search(Question(limit=2)), archive.search(Question(limit=2, offset=2))
    assert [hit.published[:10] for hit in first.hits if hit.published] == ["2025-03-05", "2025-03-04"]
    assert first.total == second.total == 4
    assert not {hit.statement for hit in first.hits} & {hit.statement for hit in second.hits}


def test_what_is_read_again_is_found_once(archive: Archive) -> None:
    with archive.writing() as writer:
        writer.keep(*ROWS[0])
        writer.keep(ROWS[1][0], Statements(()))
    assert contents(archive, Question("zwembad")) == {"het zwembad in mei dichtgaat"}


def test_the_nearest_in_meaning_come_first_in_whatever_language(where: Place) -> None:
    said = ("the swimming pool closes in May", "the bridge is painted blue", "taxes on petrol go up")
    made = [article(n, "Wire", "2025-03-04", ("Ada Finch", words, "person", "state")) for n, words in enumerate(said, 20)]
    with Archive(where) as store, store.writing() as writer:
        for one, read in made:
            writer.add(one, name="x")
            writer.keep(one, read)
    app = App()
    for like in ("closure of the pool", "het zwembad gaat in mei dicht"):
        hits = app.search(Question(like=like), where).hits
        assert hits[0].content == said[0]
        assert hits[0].likeness is not None
        assert hits[0].likeness >= max((hit.likeness or 0.0 for hit in hits[1:]), default=0.0) - 0.3
    chosen = Question(like="closure of the pool", chosen={"speaker": ("Nobody",)})
    assert app.search(chosen, where).hits == ()
    assert [hit.content for hit in app.search(Question("petrol", like="fuel tax"), where).hits] in ([said[2]], [])
    with Archive(where) as store:
        assert store.without_vector() == []
        with store.writing() as writer:
            writer.keep(*made[0])  # the same statement, read again: its vector is still its own
        assert store.without_vector() == []


def test_what_was_not_read_is_told(archive: Archive) -> None:
    assert archive.unread() == ()
    more, _ = article(9, "Dagdraad", "2025-03-06", ("Joke Brand", "het regent", "person", "state"))
    with archive.writing() as writer:
        writer.add(more, name="y")
    assert archive.unread() == (more.id,)


@given(st.text(max_size=40) | st.text("ab*\"'\\&|!:()<->_ ", max_size=12))
def test_any_words_are_a_question(empty: Archive, words: str) -> None:
    assert empty.search(Question(words)).hits == ()
