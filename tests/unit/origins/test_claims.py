"""Which propositions are one claim. The comparer is a table here: what it takes for the same is given with each case."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from volgens.origins.claims import claims
from volgens.origins.folding import Told
from volgens.records import Act, Article, Claim, Mention, Statement, Statements, Time, statement_id

Floats = npt.NDArray[np.float32]
SURE = 0.95


class Table:
    """Takes texts for the same, or the contrary, that stand in one row of ``same`` or ``contrary``."""

    def __init__(self, same: Sequence[set[str]] = (), contrary: Sequence[set[str]] = ()) -> None:
        self.same, self.contrary = same, contrary

    def vectors(self, texts: Sequence[str]) -> Floats:
        return np.ones((len(texts), 1), np.float32)

    def forget(self) -> None:
        """There is nothing to let go of."""

    def compare(self, texts: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
        return np.array([self._one(texts[a], texts[b]) for a, b in pairs], np.float32).reshape(-1, 3)

    def _one(self, one: str, other: str) -> tuple[float, float, float]:
        if one == other or any({one, other} <= row for row in self.same):
            return 1 - SURE, SURE, 0.0
        if any({one, other} <= row for row in self.contrary):
            return 1 - SURE, 0.0, SURE
        return SURE, 1 - SURE, 0.0


def article(hour: int, *said: tuple[str, Act], text: str = "", times: Sequence[tuple[str, str]] = ()) -> tuple[Article, Statements]:
    """An article in which each of ``said`` is what somebody says; then ``text`` in its own voice."""
    lines = [f"Joke Brand {'denies' if act == 'deny' else 'says'} {content}." for content, act in said]
    whole = "\n".join([text, *lines] if text else lines)
    made = Article(whole, f"https://{hour}.example/", f"Outlet {hour}", None, "en", f"2025-03-04T{hour:02}:00:00+00:00")
    rows = []
    for content, act in said:
        source = at(whole, "Joke Brand")
        cue = at(whole, "denies" if act == "deny" else "says")
        mention = at(whole, content)
        rows.append(Statement(statement_id(made.id, source, cue, mention), source, cue, mention, "person", act, None, 0.9))
    found = tuple(Time(at(whole, words), "DATE", value) for words, value in times)
    return made, Statements(tuple(rows), (), found)


def at(text: str, words: str) -> Mention:
    start = text.index(words)
    return Mention.of(text, [(start, start + len(words))])


def told(*rows: tuple[Article, Statements]) -> Told:
    return Told({a.id: a for a, _ in rows}, {a.id: s for a, s in rows}, ())


def texts(claim: Claim) -> set[str]:
    return {a.mention.text for a in claim.appearances}


POOL, BATHS, LIBRARY = "the pool will close in May", "the baths shut their doors in spring", "the library stays open on Sundays"


def test_what_says_the_same_is_one_claim_and_what_does_not_is_another() -> None:
    found = claims(told(article(8, (POOL, "state"), (LIBRARY, "state")), article(9, (BATHS, "state"))), Table([{POOL, BATHS}]))
    assert [texts(claim) for claim in found] == [{POOL, BATHS}, {LIBRARY}]


def test_every_appearance_but_the_first_has_its_reason() -> None:
    (claim,) = claims(told(article(8, (POOL, "state")), article(9, (BATHS, "state"))), Table([{POOL, BATHS}]))
    assert len(claim.reasons) == 1
    assert POOL in claim.reasons[0]
    assert "0.95" in claim.reasons[0]


def test_one_pair_too_many_does_not_join_two_claims() -> None:
    """Average linkage: C is like B, but not like A."""
    rows = [article(hour, (text, "state")) for hour, text in enumerate((POOL, BATHS, LIBRARY), 8)]
    found = claims(told(*rows), Table([{POOL, BATHS}, {BATHS, LIBRARY}]))
    assert sorted(len(claim.appearances) for claim in found) == [1, 2]


def test_what_is_contrary_belongs_to_the_claim_against_it() -> None:
    never = "the pool will not close at all"
    (claim,) = claims(told(article(8, (POOL, "state")), article(9, (never, "state"))), Table(contrary=[{POOL, never}]))
    assert [a.stance for a in claim.appearances] == ["for", "against"]


def test_who_denies_it_is_against_it_though_the_words_are_the_same() -> None:
    (claim,) = claims(told(article(8, (POOL, "state")), article(9, (POOL, "deny"))), Table())
    assert [a.stance for a in claim.appearances] == ["for", "against"]


def test_who_denies_the_contrary_is_for_it() -> None:
    never = "the pool will not close at all"
    (claim,) = claims(told(article(8, (POOL, "state")), article(9, (never, "deny"))), Table(contrary=[{POOL, never}]))
    assert [a.stance for a in claim.appearances] == ["for", "for"]


def test_a_bare_denial_belongs_to_the_claim_before_it() -> None:
    made = article(8, (POOL, "state"), ("the report", "deny"))
    (claim,) = claims(told(made, article(9, (POOL, "state"))), Table())
    assert [a.stance for a in claim.appearances] == ["for", "against", "for"]


def test_versions_with_other_numbers_are_rivals_of_one_claim() -> None:
    forty, fifty = "the fire killed forty people there", "the fire killed 50 people there"
    (claim,) = claims(told(article(8, (forty, "state")), article(9, (fifty, "state"))), Table([{forty, fifty}]))
    assert [a.value for a in claim.appearances] == ["forty", "50"]


def test_the_same_number_in_other_words_is_no_rival() -> None:
    one, other = "the fire killed forty people there", "the fire killed 40 people there"
    (claim,) = claims(told(article(8, (one, "state")), article(9, (other, "state"))), Table([{one, other}]))
    assert [a.value for a in claim.appearances] == [None, None]


def test_versions_with_other_dates_are_rivals_too() -> None:
    one, other = "the pool will close on 1 May", "the baths close on 1 June"
    rows = (
        article(8, (one, "state"), times=[("1 May", "2025-05-01")]),
        article(9, (other, "state"), times=[("1 June", "2025-06-01")]),
    )
    (claim,) = claims(told(*rows), Table([{one, other}]))
    assert [a.value for a in claim.appearances] == ["1 May", "1 June"]


def test_a_month_is_no_rival_of_a_day_in_it() -> None:
    one, other = "the pool will close on 1 May", "the baths close in May"
    rows = article(8, (one, "state"), times=[("1 May", "2025-05-01")]), article(9, (other, "state"), times=[("May", "2025-05")])
    (claim,) = claims(told(*rows), Table([{one, other}]))
    assert [a.value for a in claim.appearances] == [None, None]


def test_what_an_article_states_itself_joins_the_claim_that_others_ascribe() -> None:
    flat = "The municipal baths shut their doors in spring."
    (claim,) = claims(told(article(8, (POOL, "state")), article(9, text=flat)), Table([{POOL, flat}]))
    assert [a.statement is None for a in claim.appearances] == [False, True]


def test_what_only_articles_state_themselves_is_no_claim() -> None:
    assert claims(told(article(8, text="The municipal baths shut their doors in spring.")), Table()) == ()


@given(st.permutations(range(4)))
def test_the_order_of_the_articles_plays_no_part(order: Sequence[int]) -> None:
    rows = [article(hour, (text, "state")) for hour, text in enumerate((POOL, BATHS, LIBRARY, "the pool will close soon"), 8)]
    table = Table([{POOL, BATHS, "the pool will close soon"}])
    assert claims(told(*(rows[n] for n in order)), table) == claims(told(*rows), table)


def test_all_orders_of_three_give_one_answer() -> None:
    rows = [article(9, (text, "state")) for text in (POOL, BATHS, LIBRARY)]
    assert len({claims(told(*some), Table([{POOL, BATHS}])) for some in permutations(rows)}) == 1
