"""The audit: intervals, what is counted, by what it is told apart, and the places behind every count."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.records import (
    Appearance,
    Article,
    Claim,
    Credit,
    Derivation,
    Kind,
    Mention,
    Passage,
    Speaker,
    Statement,
    Statements,
    Story,
    Trace,
    statement_id,
)
from volgens.views.audit import Audit, By, Count, Material, Scope, audits, encode_audits, wilson


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_interval_holds_the_share_and_lies_between_nothing_and_all(one: int, other: int) -> None:
    count, of = min(one, other), max(one, other)
    low, high = wilson(count, of)
    assert 0 <= low <= high <= 1
    if of:
        assert low <= count / of <= high


@given(st.integers(1, 500), st.integers(0, 500))
def test_more_of_the_same_makes_the_interval_narrower(of: int, count: int) -> None:
    count = min(count, of)
    few, many = wilson(count, of), wilson(10 * count, 10 * of)
    assert many[1] - many[0] < few[1] - few[0]


def test_the_interval_is_wilsons() -> None:
    assert wilson(10, 100) == pytest.approx((0.05523, 0.17437), abs=1e-5)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 1.0


SOURCES: tuple[tuple[str, Kind, str | None], ...] = (
    ("wethouder Ine Roosdael", "person", "Ine Roosdael"),
    ("Zij", "person", "Ine Roosdael"),
    ("een bakker", "person", None),
    ("de politie", "organisation", "politie"),
    ("een bron", "anonymous", None),
    ("een rapport", "document", None),
    ("De Waard", "outlet", "De Waard"),
    ("bewoners", "group", None),
)


def article(outlet: str | None = "Het Tij", day: str | None = "2025-03-04") -> tuple[Article, Statements]:
    text = " ".join(f"{source} zegt iets." for source, _, _ in SOURCES) + " Er zou meer zijn."
    made = Article(text, f"https://{outlet}.example/{day}".replace(" ", ""), outlet, f"Kop van {day}", "nl", day)
    found = []
    for source, kind, name in SOURCES:
        start = text.index(f"{source} zegt")
        at, cue = (
            Mention.of(text, [(start, start + len(source))]),
            Mention.of(text, [(start + len(source) + 1, start + len(source) + 5)]),
        )
        content = Mention.of(text, [(cue.spans[0][1] + 1, cue.spans[0][1] + 5)])
        found.append(
            Statement(statement_id(made.id, at, cue, content), at, cue, content, kind, "state", None, 0.9, speaker=Speaker(name))
        )
    content = Mention.of(text, [(text.index("meer"), text.index("meer") + 4)])
    cue = Mention.of(text, [(text.index("zou"), text.index("zou") + 3)])
    found.append(Statement(statement_id(made.id, None, cue, content), None, cue, content, "none", "state", None, 0.9))
    return made, Statements(tuple(found))


def material(*articles: tuple[Article, Statements], **more: object) -> Material:
    made = tuple(a for a, _ in articles)
    return Material(made, {a.id: s for a, s in articles}, **more)  # type: ignore[arg-type]


def counted(audit: Audit, section: str) -> dict[str, Count]:
    return {count.name: count for found in audit.sections if found.name == section for count in found.counts}


def only(told: Material, by: By | None = None) -> Audit:
    (audit,) = audits(told, by)
    return audit


def test_every_statement_is_of_one_kind_of_source() -> None:
    told, read = article()
    audit = only(material((told, read)))
    found = counted(audit, "sources")
    assert sum(count.count for count in found.values()) == audit.statements == len(read) == 9
    assert {name: count.count for name, count in found.items()} == {
        "named people": 2,
        "people, not by name": 1,
        "organisations": 1,
        "groups": 1,
        "anonymous sources": 1,
        "documents": 1,
        "outlets": 1,
        "the author": 0,
        "no source": 1,
    }


def test_officials_are_told_from_the_other_people_and_bodies() -> None:
    found = counted(only(material(article())), "officials")
    assert {name: count.count for name, count in found.items() if count.count} == {
        "officials": 3,
        "government": 2,
        "police": 1,
        "other people and bodies": 3,
    }
    assert {count.of for count in found.values()} == {6}


def test_people_are_counted_once_in_an_article() -> None:
    found = counted(only(material(article())), "women and men")
    assert [(name, count.count, count.of) for name, count in found.items()] == [("women", 1, 1), ("men", 0, 1), ("not told", 0, 1)]
    assert found["women"].places[0].mention.text == "Zij"


def test_nothing_counted_has_no_share() -> None:
    told, _ = article()
    found = counted(only(material((told, Statements()))), "sources")
    assert {count.share for count in found.values()} == {None}
    assert {count.interval for count in found.values()} == {(0.0, 1.0)}


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("article", ["a", "b", "c"]),
        ("outlet", ["Het Tij", "not told"]),
        ("month", ["2025-03", "2025-04", "not told"]),
        ("story", ["s1", "s2"]),
    ],
)
def test_it_is_told_apart(by: By, keys: list[str]) -> None:
    found = [article(), article(day="2025-04-01"), article(None, None)]
    a, b, c = (one.id for one, _ in found)
    told = material(*found, stories=(Story("s1", (a, b)), Story("s2", (c,))), labels={a: "a", b: "b", c: "c"})
    made = audits(told, by)
    assert [audit.key for audit in made] == keys
    assert sum(audit.statements for audit in made) == 27


def test_agencies_by_credit_citation_and_copy() -> None:
    (wire, none), (paper, read) = article("ANP"), article()
    credit = Credit("ANP", "agency", "tail", Mention.of(paper.text, [(0, 5)]))
    paper = replace(paper, credits=(credit,))
    told = (
        Derivation(paper.id, wire.id, "copies", "date", (Passage((0, 20), (0, 20)),), 0.4),
        Derivation(paper.id, wire.id, "cites", "credit", (Passage((0, 3)),), outlet="ANP"),
    )
    audit = only(material((wire, none), (paper, read), derivations=told))
    found = counted(audit, "agencies and copies")
    assert {name: count.count for name, count in found.items()} == {
        "credit an agency": 1,
        "cite an agency": 1,
        "have text of an agency": 1,
        "have text of another article": 1,
    }
    assert audit.copied == pytest.approx(0.2)
    assert only(material((wire, none), (paper, read))).copied is None


def test_a_photo_credit_is_no_reliance() -> None:
    paper, read = article()
    paper = replace(paper, credits=(Credit("ANP", "agency", "photo", Mention.of(paper.text, [(0, 5)])),))
    assert counted(only(material((paper, read))), "agencies and copies")["credit an agency"].count == 0


@pytest.mark.parametrize(
    ("low", "high", "name"), [(1, 1, "one origin"), (1, 2, "one or more"), (2, 3, "several origins"), (0, 0, "none known")]
)
def test_stories_by_the_origins_of_the_claim_that_most_articles_carry(low: int, high: int, name: str) -> None:
    found = [article(), article("De Waard")]
    ids = tuple(one.id for one, _ in found)
    mention = Mention.of(found[0][0].text, [(0, 5)])
    carried = Trace(Claim("c", "x", tuple(Appearance(id, mention, None) for id in ids)), (), low, high)
    aside = Trace(Claim("d", "y", (Appearance(ids[0], mention, None),)), (), 5, 5)
    told = material(*found, stories=(Story("s", ids),), traces={"s": (aside, carried)})
    counts = counted(only(told), "origins of the main claim")
    assert {key: count.count for key, count in counts.items() if count.count} == {name: 1}
    assert not any(section.counted == "stories" for section in only(material(*found)).sections)


@pytest.mark.parametrize(
    ("scope", "held"),
    [
        (Scope(), True),
        (Scope("het tij"), True),
        (Scope("De Waard"), False),
        (Scope(first=date(2025, 3, 4), last=date(2025, 3, 4)), True),
        (Scope(first=date(2025, 3, 5)), False),
        (Scope(last=date(2025, 3, 3)), False),
    ],
)
def test_the_scope(scope: Scope, held: bool) -> None:
    assert scope.holds(article()[0]) is held


def test_an_article_without_a_date_is_in_no_period_and_one_of_a_month_in_all_that_touch_it() -> None:
    assert not Scope(first=date(2025, 3, 1)).holds(article(day=None)[0])
    assert Scope(first=date(2025, 3, 20), last=date(2025, 3, 21)).holds(article(day="2025-03")[0])


def test_json_shows_the_places_behind_every_count() -> None:
    told, read = article()
    made = material((told, read), labels={told.id: "mine"})
    data = json.loads(json.dumps(encode_audits(audits(made), None, made.labels)))
    (audit,) = data["audits"]
    ids = {statement.id for statement in read}
    for section in audit["sections"]:
        for count in section["counts"]:
            assert len(count["places"]) == count["count"]
            for place in count["places"]:
                assert place["article"] == "mine"
                assert place["statement"] in ids
                assert " ".join(told.text[a:b] for a, b in place["spans"]) == place["text"]
