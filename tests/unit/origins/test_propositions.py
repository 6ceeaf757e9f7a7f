"""What articles and their sources put forward."""

from __future__ import annotations

import pytest

from volgens.origins.propositions import assertions, is_generic, propositions
from volgens.records import Act, Article, Kind, Mention, Statement, Statements, Time, statement_id


def article(text: str, language: str = "en") -> Article:
    return Article(text, "https://a.example/", "The Courier", None, language, "2025-03-04")


def says(
    of: Article, source: str, cue: str, content: str, *, act: Act = "state", kind: Kind = "person", parent: str | None = None
) -> Statement:
    who, how, what = (Mention.of(of.text, [(of.text.index(w), of.text.index(w) + len(w))]) for w in (source, cue, content))
    return Statement(statement_id(of.id, who, how, what), who, how, what, kind, act, parent, 0.9)


def test_each_sentence_of_a_content_is_a_proposition_of_its_own() -> None:
    made = article("The dyke was checked in May. It held well through the storm, said Joke Brand.")
    row = says(made, "Joke Brand", "said", "The dyke was checked in May. It held well through the storm")
    assert [p.text for p in propositions(made, Statements((row,)))] == [
        "The dyke was checked in May.",
        "It held well through the storm",
    ]


def test_words_that_say_little_alone_stand_with_who_says_them() -> None:
    made = article("The owners vowed to appeal.")
    (found,) = propositions(made, Statements((says(made, "The owners", "vowed", "to appeal", act="promise"),)))
    assert found.text == "The owners vowed to appeal"


def test_who_intends_a_thing_is_part_of_it() -> None:
    made = article("The council plans to sell the old harbour office.")
    row = says(made, "The council", "plans", "to sell the old harbour office", act="intend")
    assert [p.text for p in propositions(made, Statements((row,)))] == ["The council plans to sell the old harbour office"]


def test_what_only_passes_on_another_statement_gives_none_of_its_own() -> None:
    made = article("The Ledger reports that Joke Brand said the dyke will hold.")
    outer = says(made, "The Ledger", "reports", "that Joke Brand said the dyke will hold", kind="outlet")
    inner = says(made, "Joke Brand", "said", "the dyke will hold", parent=outer.id)
    assert [p.statement for p in propositions(made, Statements((outer, inner)))] == [inner.id]


def test_only_a_cue_that_denies_turns_a_content_round() -> None:
    denied = article("Joke Brand denied that the dyke had burst.")
    said = article("Joke Brand said that no dyke had burst.")
    rows = (says(denied, "Joke Brand", "denied", "that the dyke had burst", act="deny"),
            says(said, "Joke Brand", "said", "that no dyke had burst", act="deny"))  # fmt: skip
    assert [p.denied for of, row in zip((denied, said), rows, strict=True) for p in propositions(of, Statements((row,)))] == [
        True,
        False,
    ]


def test_declining_to_comment_puts_nothing_forward() -> None:
    made = article("The council declined to comment on the state of the dyke.")
    row = says(made, "The council", "declined", "to comment on the state of the dyke", act="decline")
    assert propositions(made, Statements((row,))) == ()


def test_dates_are_no_amounts() -> None:
    made = article("Joke Brand said that 40 homes will be razed on 3 May 2026.")
    row = says(made, "Joke Brand", "said", "that 40 homes will be razed on 3 May 2026")
    start = made.text.index("3 May")
    day = Time(Mention.of(made.text, [(start, start + len("3 May 2026"))]), "DATE", "2026-05-03")
    (found,) = propositions(made, Statements((row,), (), (day,)))
    assert [n.value for n in found.numbers] == [40]
    assert [t.value for t in found.dates] == ["2026-05-03"]


def test_an_article_asserts_what_stands_at_its_head_and_is_nobodys() -> None:
    head = "The pool in Lommer closes for good in May."
    made = article(
        f"{head}\nJoke Brand said it leaked. Will it ever open again, do you think?\nReportedly the roof leaks as well now."
    )
    row = says(made, "Joke Brand", "said", "it leaked")
    found = assertions(made, Statements((row,)))
    assert [(p.text, p.firm) for p in found] == [(head, True), ("Reportedly the roof leaks as well now.", False)]


@pytest.mark.parametrize(
    ("content", "act", "expected"),
    [
        ("the report", "deny", True),
        ("", "deny", True),
        ("that the dyke had burst in the night", "deny", False),
        ("the report", "state", False),
    ],
)
def test_a_denial_may_name_what_it_denies_only_as_the_report(content: str, act: Act, expected: bool) -> None:
    made = article(f"Joke Brand denied {content}.")
    row = says(made, "Joke Brand", "denied", content or ".", act=act)
    assert is_generic(row) is expected
