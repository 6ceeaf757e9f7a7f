"""What changed between two versions is told as statements, and what no notice tells of is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.records import Article, Block, Mention, Statement, Statements, statement_id
from volgens.views.changes import Change, Version, changes


def _version(text: str, *said: tuple[str | None, str, str], **labels: object) -> Version:
    """A version whose statements are (source, cue, content), found in the text one after another."""
    article = Article(text, language="nl")
    made = []
    for source, cue, content in said:

        def at(words: str | None) -> Mention | None:
            return Mention.of(text, [(text.index(words), text.index(words) + len(words))]) if words else None

        place = at(content)
        assert place is not None
        ident = statement_id(article.id, at(source), at(cue), place)
        made.append(replace(Statement(ident, at(source), at(cue), place, "person", "state", None, 0.9, "certain"), **labels))
    return article, Statements(tuple(made))


def _kinds(old: Version, new: Version) -> list[str]:
    return [change.kind for change in changes(old, new).items]


SAID = "De tunnel gaat in maart dicht, zegt Ada Vrolik."
OLD = _version(SAID, ("Ada Vrolik", "zegt", "De tunnel gaat in maart dicht"))


def test_the_same_text_has_no_changes() -> None:
    assert changes(OLD, OLD).items == ()


def test_another_place_in_the_text_is_no_change() -> None:
    moved = _version("Eerst dit.\n\n" + SAID, ("Ada Vrolik", "zegt", "De tunnel gaat in maart dicht"))
    assert _kinds(OLD, moved) == []


def test_added_and_withdrawn() -> None:
    (withdrawn,) = changes(OLD, _version("Er is nog niets bekend.")).items
    (added,) = changes(_version("Er is nog niets bekend."), OLD).items
    assert (withdrawn.kind, withdrawn.after, withdrawn.silent) == ("withdrawn", None, True)
    assert (added.kind, added.before, added.silent) == ("added", None, False)


def test_a_source_is_dropped_where_the_article_says_it_itself() -> None:
    (change,) = changes(OLD, _version("Dit is zeker. In maart gaat de tunnel dicht.")).items
    assert change.kind == "source dropped"
    assert change.now is not None
    assert change.now.text == "In maart gaat de tunnel dicht."


@pytest.mark.parametrize(
    ("source", "kind", "expected"),
    [
        ("een ingewijde", "anonymous", ["source made anonymous"]),
        ("Kees Smit", "person", ["source changed"]),
        ("minister Vrolik", "person", []),
    ],
)
def test_sources(source: str, kind: str, expected: list[str]) -> None:
    new = _version(f"De tunnel gaat in maart dicht, zegt {source}.", (source, "zegt", "De tunnel gaat in maart dicht"), kind=kind)
    assert _kinds(OLD, new) == expected


def test_an_anonymous_source_is_named() -> None:
    text = "De tunnel gaat in maart dicht, zegt een ingewijde."
    old = _version(text, ("een ingewijde", "zegt", "De tunnel gaat in maart dicht"), kind="anonymous")
    (change,) = changes(old, OLD).items
    assert (change.kind, change.silent) == ("source named", False)


def test_hedges_by_word_and_by_label() -> None:
    hedged = _version(
        "De tunnel gaat mogelijk in maart dicht, zegt Ada Vrolik.", ("Ada Vrolik", "zegt", "De tunnel gaat mogelijk in maart dicht")
    )
    zou = "De tunnel zou in maart dicht gaan"
    heard = _version(f"{zou}, zegt Ada Vrolik.", ("Ada Vrolik", "zegt", zou), reportative=True)
    assert _kinds(hedged, OLD) == _kinds(heard, OLD) == ["hedge removed"]
    assert _kinds(OLD, hedged) == ["hedge added"]


def test_numbers_are_compared_as_values() -> None:
    def told(number: str) -> Version:
        content = f"Er zijn {number} gebreken gevonden"
        return _version(f"{content}, zegt Ada Vrolik.", ("Ada Vrolik", "zegt", content))

    (change,) = changes(told("veertig"), told("60")).items
    assert change.was is not None
    assert change.now is not None
    assert (change.kind, change.was.text, change.now.text) == ("number changed", "veertig", "60")
    assert _kinds(told("veertig"), told("40")) == ["reworded"]


def test_numbers_that_the_article_says_itself() -> None:
    old, new = (_version(f"Er rijden elke dag {n} auto's door de tunnel.") for n in ("9.000", "11.000"))
    assert _kinds(old, new) == ["number changed"]


def test_what_was_said_is_denied() -> None:
    content = "De tunnel gaat niet in maart dicht"
    denied = _version(f"{content}, zegt Ada Vrolik.", ("Ada Vrolik", "zegt", content), polarity="negative")
    assert "turned round" in _kinds(OLD, denied)


def test_the_same_words_read_otherwise_are_no_change() -> None:
    article, statements = _version(f"{SAID} Er rijden veertig bussen om.", ("Ada Vrolik", "zegt", "De tunnel gaat in maart dicht"))
    later = replace(article, text=article.text.replace("veertig", "vijftig"))
    for read in ((), tuple(replace(s, polarity="negative", reportative=True) for s in statements)):
        assert _kinds((article, statements), (later, Statements(read))) == ["number changed"]


def _with_notice(notice: str) -> Version:
    body = "Er zijn 60 gebreken gevonden, zegt Ada Vrolik. "
    article, statements = _version(body + notice, ("Ada Vrolik", "zegt", "Er zijn 60 gebreken gevonden"))
    blocks = (Block("paragraph", (0, len(body) - 1)), Block("notice", (len(body), len(body) + len(notice))))
    return replace(article, blocks=blocks), statements


@pytest.mark.parametrize(
    ("notice", "silent"),
    [
        ("Correctie: eerder stond hier dat er 40 gebreken waren. Dat zijn er 60.", False),
        ("Correctie: de burgemeester heet Bos en niet Bosch.", True),
    ],
)
def test_only_a_notice_that_bears_on_a_change_tells_of_it(notice: str, silent: bool) -> None:
    old = _version("Er zijn 40 gebreken gevonden, zegt Ada Vrolik.", ("Ada Vrolik", "zegt", "Er zijn 40 gebreken gevonden"))
    told = changes(old, _with_notice(notice))
    (change,) = told.items
    assert (change.kind, change.silent) == ("number changed", silent)
    assert [n.text for n in told.notices] == [notice]


def test_the_headline_is_told_once() -> None:
    def version(headline: str) -> Version:
        text = f"{headline}\nEr is nog niets bekend over de plannen."
        article, statements = _version(text, ("Vrolik", ":", headline.removeprefix("Vrolik: ")))
        return replace(article, title=headline, blocks=(Block("headline", (0, len(headline))),)), statements

    (change,) = changes(version("Vrolik: tunnel gaat dicht"), version("Vrolik: er komt een nieuwe brug")).items
    assert (change.kind, change.silent) == ("headline", True)


WORDS = st.lists(
    st.sampled_from(["de", "tunnel", "gaat", "in", "40", "60", "maart", "dicht", "niet", ".", ",", "\n", "mogelijk"]),
    min_size=1,
    max_size=30,
)


@given(WORDS, WORDS, st.integers(0, 5), st.integers(0, 5))
def test_any_two_versions(old_words: list[str], new_words: list[str], first: int, second: int) -> None:
    def version(parts: list[str], at: int) -> Version:
        text = " ".join(["Vrolik", "zegt", *parts, "slot"])
        content = " ".join([*parts, "slot"])[at:].strip()
        return _version(text, ("Vrolik", "zegt", content))

    old, new = version(old_words, first), version(new_words, second)
    told = changes(old, new)
    for change in told.items:
        _holds(change.was, old[0])
        _holds(change.now, new[0])
    assert changes(old, old).items == ()
    if old[0].text == new[0].text and first == second:
        assert told.items == ()


def _holds(mention: Mention | None, article: Article) -> None:
    assert mention is None or mention == Mention.of(article.text, mention.spans)


def test_the_order_is_that_of_the_new_text() -> None:
    text = "Bos zegt dat het regent. Smit zegt dat de zon morgen schijnt."
    new = _version(text, ("Bos", "zegt", "dat het regent"), ("Smit", "zegt dat", "de zon morgen schijnt"))
    items: tuple[Change, ...] = changes(_version("Er is niets."), new).items
    assert [c.after.source.text for c in items if c.after and c.after.source] == ["Bos", "Smit"]
