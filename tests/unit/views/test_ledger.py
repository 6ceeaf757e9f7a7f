"""The ledger: what it holds, how an entry stands on a day, what is one entry, and which later statements are proposed."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.records import Act, Article, Due, Mention, Speaker, Statement, Statements, Story, Time, statement_id
from volgens.views.ledger import Entry, Ledger, Wanted, encode_ledger, ledger, state

DAY = date(2025, 6, 10)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
SPANS = st.tuples(DAYS, st.integers(0, 4000)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))


class Case:
    """Articles with a statement each, all of one story unless it is said otherwise."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.statements: dict[str, Statements] = {}

    def says(
        self,
        content: str,
        act: Act = "promise",
        *,
        name: str | None = "Ine Roosdael",
        day: int = 1,
        outlet: str = "De Waard",
        due: tuple[str, str] | None = None,
        around: Act | None = None,
        language: str = "en",
    ) -> str:
        text = f"{name or 'Somebody'} said {content} on Monday."
        article = Article(
            text, f"https://x.example/{len(self.articles)}", outlet, None, language, f"2025-03-{day:02}T08:00:00+00:00"
        )
        source, cue = (Mention.of(text, [(text.index(w), text.index(w) + len(w))]) for w in (name or "Somebody", " said "))
        said = Mention.of(text, [(text.index(content), text.index(content) + len(content))])
        when = Mention.of(text, [(text.index("Monday"), text.index("Monday") + 6)])
        told = Due(*due, "day", when) if due else None
        id = statement_id(article.id, source, cue, said)
        outer: list[Statement] = []
        if around is not None:
            everything = Mention.of(text, [(source.spans[0][0], said.spans[0][1])])
            outer = [
                Statement(statement_id(article.id, None, cue, everything), None, cue, everything, "organisation", around, None, 0.9)
            ]
        made = Statement(
            id,
            source,
            cue,
            said,
            "person",
            act,
            outer[0].id if outer else None,
            0.9,
            speaker=Speaker(name) if name else None,
            due=told,
        )
        self.articles.append(article)
        self.statements[article.id] = Statements((*outer, made), times=(Time(when, "DATE", "2025-03-10"),) if due else ())
        return article.id

    def ledger(self, *, on: date = DAY, apart: bool = False) -> Ledger:
        ids = [article.id for article in sorted(self.articles, key=lambda a: a.published or "")]
        stories = [Story(id, (id,)) for id in ids] if apart else [Story("story", tuple(ids))]
        return ledger(self.articles, self.statements, stories, on)


def only(told: Ledger) -> Entry:
    (entry,) = told.entries
    return entry


@given(SPANS, DAYS)
def test_the_state_is_where_the_day_lies(span: tuple[date, date], on: date) -> None:
    due = Due(span[0].isoformat(), span[1].isoformat(), "day", Mention("x", ()))
    expected = "open" if on < span[0] else "overdue" if on > span[1] else "due"
    assert state(due, on) == expected
    assert state(None, on) == "open"


@given(SPANS)
def test_a_time_is_never_overdue_before_it_was_due(span: tuple[date, date]) -> None:
    due = Due(span[0].isoformat(), span[1].isoformat(), "day", Mention("x", ()))
    order = [state(due, span[0] - timedelta(days=1)), *(state(due, day) for day in span), state(due, span[1] + timedelta(days=1))]
    assert order == ["open", "due", "due", "overdue"]


@pytest.mark.parametrize("act", ["promise", "predict", "threaten"])
def test_promises_predictions_and_threats_are_held_without_a_time(act: Act) -> None:
    case = Case()
    case.says("to open the lock again", act)
    assert only(case.ledger()).state == "open"


@pytest.mark.parametrize("act", ["demand", "intend", "decide", "warn"])
def test_demands_and_plans_are_held_only_with_a_time(act: Act) -> None:
    case = Case()
    case.says("to open the lock again", act)
    assert case.ledger().entries == ()
    case.says("to close the harbour", act, due=("2025-05-01", "2025-05-31"))
    assert only(case.ledger()).state == "overdue"


def test_what_is_denied_or_says_nothing_is_not_held() -> None:
    case = Case()
    case.says("to open the lock again", around="deny")
    case.says("more")
    case.says("it has opened", "state", due=("2025-05-01", "2025-05-31"))
    assert case.ledger().entries == ()


def test_an_entry_has_its_days_and_the_value_of_its_time() -> None:
    case = Case()
    case.says("to open the lock", due=("2025-06-01", "2025-06-30"))
    entry = only(case.ledger())
    assert (entry.first, entry.last, entry.value, entry.state) == (date(2025, 6, 1), date(2025, 6, 30), "2025-03-10", "due")


def test_the_same_promise_in_several_articles_is_one_entry() -> None:
    case = Case()
    case.says("to reopen the northern lock before winter", day=2, outlet="Het Tij")
    case.says("to reopen the northern lock before the winter", day=1)
    case.says("to repaint the harbour office", day=3)
    told = case.ledger()
    assert len(told.entries) == 2
    same = next(entry for entry in told.entries if len(entry.tellings) == 2)
    assert [telling.article.outlet for telling in same.tellings] == ["De Waard", "Het Tij"]
    assert same.lead.article.outlet == "De Waard"


def test_a_telling_with_a_time_leads() -> None:
    case = Case()
    case.says("to reopen the northern lock", day=1)
    case.says("to reopen the northern lock", day=2, outlet="Het Tij", due=("2025-07-01", "2025-07-31"))
    entry = only(case.ledger())
    assert entry.lead.article.outlet == "Het Tij"
    assert [telling.article.outlet for telling in entry.tellings] == ["De Waard", "Het Tij"]


def test_the_same_words_are_two_entries_where_another_says_them_or_for_another_time_or_elsewhere() -> None:
    def count(apart: bool = False, **other: object) -> int:
        case = Case()
        case.says("to reopen the northern lock", due=("2025-07-01", "2025-07-31"))
        case.says("to reopen the northern lock", **({"day": 2, "due": ("2025-07-01", "2025-07-31")} | other))  # type: ignore[arg-type]
        return len(case.ledger(apart=apart).entries)

    assert count() == 1
    assert count(name=None) == 1
    assert count(act="intend") == 1
    assert count(act="demand") == 2
    assert count(name="Bo Dorn") == 2
    assert count(due=("2026-07-01", "2026-07-31")) == 2
    assert count(apart=True) == 2


def test_later_statements_that_share_telling_words_are_proposed_with_the_words() -> None:
    case = Case()
    case.says("to reopen the northern lock in Zuidhaven", day=2)
    case.says("the northern lock in Zuidhaven stays shut", "state", name="Bo Dorn", day=9)
    case.says("the northern lock in Zuidhaven leaks", "state", name="Bo Dorn", day=1)
    case.says("nothing new", "state", name="Bo Dorn", day=10)
    (bearing,) = only(case.ledger()).later
    assert bearing.telling.name == "Bo Dorn"
    assert {"Zuidhaven", "lock"} <= set(bearing.words)
    assert bearing.story


def test_elsewhere_more_words_must_be_shared() -> None:
    case = Case()
    case.says("to reopen the northern lock in Zuidhaven", day=2)
    case.says("an excavator near Zuidhaven blocks a lock", "state", name="Bo Dorn", day=9)
    assert len(only(case.ledger()).later) == 1
    assert only(case.ledger(apart=True)).later == ()


def test_what_is_due_comes_first_then_what_is_overdue_and_last_what_has_no_time() -> None:
    case = Case()
    for number, due in enumerate(
        [
            None,
            ("2026-01-01", "2026-01-31"),
            ("2025-01-01", "2025-01-31"),
            ("2025-06-01", "2025-06-30"),
            ("2025-04-01", "2025-04-02"),
        ]
    ):
        case.says(f"to {['paint', 'sell', 'rename', 'dredge', 'measure'][number]} harbour number {number}", due=due)
    entries = case.ledger().entries
    assert [entry.state for entry in entries] == ["due", "overdue", "overdue", "open", "open"]
    assert [entry.last and entry.last.year for entry in entries] == [2025, 2025, 2025, 2026, None]
    assert entries[1].last == date(2025, 4, 2)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 3),
        (Wanted(speaker="roosdael"), 2),
        (Wanted(act="predict"), 1),
        (Wanted(state="overdue"), 1),
        (Wanted(before=date(2025, 6, 1)), 1),
        (Wanted(before=date(2025, 5, 31)), 0),
        (Wanted(first=date(2025, 5, 31)), 2),
        (Wanted(first=date(2025, 6, 1)), 1),
        (Wanted(last=date(2025, 4, 30)), 0),
        (Wanted(first=date(2025, 5, 15), last=date(2025, 5, 16)), 1),
    ],
)
def test_what_is_wanted(wanted: Wanted, count: int) -> None:
    case = Case()
    case.says("to open the lock", due=("2025-05-01", "2025-05-31"))
    case.says("to sell the ferry", due=("2025-06-01", "2025-12-31"))
    case.says("rain over the island", "predict", name="Bo Dorn")
    assert len(case.ledger().only(wanted).entries) == count


@given(DAYS, st.lists(SPANS, max_size=4))
def test_every_entry_stands_as_its_own_time_says(on: date, spans: list[tuple[date, date]]) -> None:
    case = Case()
    for number, (first, last) in enumerate(spans):
        case.says(f"to repair dike {number} of polder {number}", due=(first.isoformat(), last.isoformat()), day=number + 1)
    for entry in case.ledger(on=on).entries:
        assert entry.state == state(entry.due, on)
        assert entry.first is not None
        assert entry.last is not None
        assert entry.first <= entry.last


def test_json_has_the_words_and_where_they_stand() -> None:
    case = Case()
    case.says("to open the lock", due=("2025-05-01", "2025-05-31"))
    told = case.ledger()
    data = json.loads(json.dumps(encode_ledger(told)))
    (entry,) = data["entries"]
    text = told.entries[0].lead.article.text
    assert data["on"] == "2025-06-10"
    assert [text[a:b] for a, b in entry["content"]["spans"]] == [entry["content"]["text"]] == ["to open the lock"]
    assert entry["due"]["latest"] == "2025-05-31"
    assert entry["state"] == "overdue"
    assert [telling["article"]["version"] for telling in entry["tellings"]] == [case.articles[0].id]
