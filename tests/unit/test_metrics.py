"""The measures, on cases worked by hand and on what must hold of any."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metrics import (
    ROLES,
    Counts,
    Scored,
    annotated,
    assign,
    calibration_error,
    exact,
    found,
    found_pairs,
    match,
    overlap,
    reliability,
    who_said_what,
    words,
)
from training.corpora import Annotated, Attribution, Span
from volgens.records import Mention, Statement

TEXT = 'Ine Roosdael zei: "De oven is koud." Ook de winkel sluit, volgens haar broer. De wethouder wilde niet reageren.'


def at(*parts: str) -> tuple[Span, ...]:
    """The spans of the first occurrences of ``parts`` in TEXT."""
    return tuple((start := TEXT.index(part), start + len(part)) for part in parts)


INE = Scored(at("Ine Roosdael"), at("zei:"), at('"De oven is koud."'))
BROER = Scored(at("haar broer"), at("volgens"), at("Ook de winkel sluit"))
SILENT = Scored(at("De wethouder"), at("wilde niet reageren"), ())
GOLD = [INE, BROER, SILENT]


def test_exact_ignores_punctuation_at_the_edges_unless_strict() -> None:
    bare = [Scored(INE.source, at("zei"), at("De oven is koud"))]
    assert exact(TEXT, [INE], bare, "content") == Counts(1, 1, 1)
    assert exact(TEXT, [INE], bare, "cue") == Counts(1, 1, 1)
    assert exact(TEXT, [INE], bare, "content", strict=True) == Counts(0, 1, 1)
    assert exact(TEXT, [INE], bare, "cue", strict=True) == Counts(0, 1, 1)


def test_exact_counts_every_piece_and_every_distinct_span_once() -> None:
    in_two = Scored(INE.source, INE.cue, at("De oven", "koud"))
    again = Scored(INE.source, BROER.cue, at("koud"))
    assert exact(TEXT, [in_two], [again], "content") == Counts(1, 2, 1)
    assert exact(TEXT, [in_two, again], [in_two], "content") == Counts(2, 2, 2)
    assert exact(TEXT, [in_two, again], [in_two], "source") == Counts(1, 1, 1)


@pytest.mark.parametrize("between", [" ", "\n", "\n\n   "])
def test_pieces_with_white_space_between_are_one_span(between: str) -> None:
    text = f"een{between}twee drie"
    end = len("een")
    pieces = Scored((), (), ((0, end), (end + len(between), end + len(between) + len("twee"))))
    whole = Scored((), (), ((0, end + len(between) + len("twee")),))
    for strict in (False, True):
        assert exact(text, [pieces], [whole], "content", strict=strict) == Counts(1, 1, 1)


def test_a_quotation_of_two_paragraphs_is_one_span_however_it_was_marked() -> None:
    text = '"Een.\n\n"Twee."'
    whole, both = Scored((), (), ((0, len(text)),)), Scored((), (), ((1, 5), (8, 12)))
    assert exact(text, [whole], [both], "content") == Counts(1, 1, 1)
    assert exact(text, [whole], [both], "content", strict=True) == Counts(0, 1, 2)


def test_words_count_a_place_once() -> None:
    assert words(TEXT, [INE, BROER], [Scored((), (), at("oven is koud", "winkel"))], "content") == Counts(4, 8, 4)


def test_overlap_is_the_share_of_the_longer() -> None:
    assert overlap(frozenset({1, 2, 3}), frozenset({2, 3, 4, 5})) == 0.5
    assert overlap(frozenset({1}), frozenset()) == 0.0
    assert overlap(frozenset(), frozenset()) == 1.0


def test_who_said_what_needs_source_and_content() -> None:
    other_source = Scored(BROER.source, INE.cue, INE.content)
    no_source = Scored((), INE.cue, INE.content)
    shorter = Scored(INE.source, INE.cue, at("oven is koud"))  # 3 of 4 words
    too_short = Scored(INE.source, INE.cue, at("is koud"))  # 2 of 4
    assert who_said_what(TEXT, [INE], [shorter]) == [(0, 0)]
    assert [who_said_what(TEXT, [INE], [s]) for s in (other_source, no_source, too_short)] == [[], [], []]
    assert who_said_what(TEXT, [no_source], [no_source]) == [(0, 0)]
    assert [found_pairs(TEXT, [INE], [s]) for s in (other_source, no_source, too_short)] == [[(0, 0)]] * 3


def test_without_a_content_the_cue_is_compared() -> None:
    shorter_cue = Scored(SILENT.source, at("niet reageren"), ())
    elsewhere = Scored(SILENT.source, at("volgens"), ())
    assert who_said_what(TEXT, [SILENT], [shorter_cue]) == [(0, 0)]
    assert who_said_what(TEXT, [SILENT], [elsewhere]) == []
    assert match(TEXT, [SILENT], [Scored(SILENT.source, SILENT.cue, at("reageren"))], 0.3) == []


def test_each_is_matched_once_and_as_many_as_can_be() -> None:
    twice = [INE, INE]
    assert len(who_said_what(TEXT, [INE], twice)) == 1
    # "De oven is" overlaps most with the first, but the second can have no other
    gold = [Scored((), (), at("De oven is koud")), Scored((), (), at("De oven"))]
    other = [Scored((), (), at("De oven is")), Scored((), (), at("is koud"))]
    assert match(TEXT, gold, other, 0.3) == [(0, 1), (1, 0)]


def test_records_become_scored() -> None:
    mention = Mention.of(TEXT, INE.content)
    one = Statement("a", Mention.of(TEXT, INE.source), Mention.of(TEXT, INE.cue), mention, "person", "state", None, 0.7)
    two = Statement("b", None, None, mention, "none", "state", "a", 0.2)
    assert found([one, two]) == [
        Scored(INE.source, INE.cue, INE.content, "person", "state", None, 0.7, "U+"),
        Scored((), (), INE.content, "none", "state", 0, 0.2, "U+"),
    ]
    gold = Annotated(
        "a", TEXT, (Attribution(INE.source, INE.cue[0], INE.content, "person", "state"), Attribution((), None, ())), True
    )
    assert annotated(gold) == [Scored(INE.source, INE.cue, INE.content, "person", "state"), Scored((), (), ())]


def test_precision_recall_and_f1() -> None:
    counts = Counts(1, 2, 3) + Counts(1, 2, 1)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.5, 0.5)
    assert Counts().f1 == 1.0
    assert Counts(0, 3, 0).precision == Counts(0, 0, 3).recall == 0.0


def test_calibration_error_of_two_bins() -> None:
    bins = reliability([(0.95, True), (1.0, False), (0.12, False), (0.18, True)])
    assert [(b.count, b.right) for b in bins if b.count] == [(2, 0.5), (2, 0.5)]
    assert bins[9].confidence == pytest.approx(0.975)
    assert calibration_error(bins) == pytest.approx((2 * 0.475 + 2 * 0.35) / 4)
    assert calibration_error(reliability([])) == 0.0


matrices = st.tuples(st.integers(0, 4), st.integers(0, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 9).map(float), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(matrices)
def test_assignment_is_one_to_one_and_no_other_weighs_more(weights: list[list[float]]) -> None:
    pairs = assign(weights)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    rows, columns = len(weights), len(weights[0]) if weights else 0
    padded = [[weights[r][c] if c < columns else 0.0 for c in range(columns + rows)] for r in range(rows)]
    best = max(sum(padded[r][c] for r, c in enumerate(chosen)) for chosen in permutations(range(columns + rows), rows))
    assert sum(weights[r][c] for r, c in pairs) == pytest.approx(best)


spans = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(lambda s: (s[0], min(sum(s), len(TEXT)))), max_size=2
).map(tuple)
attributions = st.lists(st.builds(Scored, spans, spans, spans), max_size=6)


@given(attributions)
def test_annotation_against_itself_is_perfect(gold: list[Scored]) -> None:
    for role in ROLES:
        assert (
            exact(TEXT, gold, gold, role).f1
            == exact(TEXT, gold, gold, role, strict=True).f1
            == words(TEXT, gold, gold, role).f1
            == 1.0
        )
    assert len(who_said_what(TEXT, gold, gold)) == len(found_pairs(TEXT, gold, gold)) == len(gold)


@given(attributions, attributions, st.randoms())
def test_order_changes_nothing_and_matches_are_one_to_one(gold: list[Scored], other: list[Scored], random: Random) -> None:
    shuffled = list(other)
    random.shuffle(shuffled)
    for role in ROLES:
        assert exact(TEXT, gold, other, role) == exact(TEXT, gold, shuffled, role)
    for pairing in (who_said_what, found_pairs):
        pairs = pairing(TEXT, gold, other)
        assert len(pairs) == len(pairing(TEXT, gold, shuffled)) == len(pairing(TEXT, other, gold))
        assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)
    assert len(who_said_what(TEXT, gold, other)) <= len(found_pairs(TEXT, gold, other)) <= min(len(gold), len(other))
