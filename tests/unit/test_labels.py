"""The measures of labels, hearsay and chains, on cases worked by hand."""

import pytest

from benchmarks.labels import accuracy, chain_right, hearsay, macro_f1, pairs
from benchmarks.metrics import Counts, Scored
from benchmarks.quality import Read
from training.corpora import Span

TEXT = "De Waard meldt op gezag van Bo dat de kade zou zakken. Het zou duren. Hij zou graag gaan."


def at(words: str, nth: int = 0) -> tuple[Span, ...]:
    place = -1
    for _ in range(nth + 1):
        place = TEXT.index(words, place + 1)
    return ((place, place + len(words)),)


CONTENT = at("dat de kade zou zakken")
PAPER = Scored(at("De Waard"), at("meldt"), CONTENT, "outlet", "state")
BO = Scored(at("Bo"), at("op gezag van"), CONTENT, "person", "state", 0)


def read(gold: list[Scored], found: list[Scored]) -> Read:
    return Read("a", TEXT, gold, found)


def test_a_chain_is_right_with_all_its_links_in_order() -> None:
    same = read([PAPER, BO], [PAPER, BO])
    assert chain_right(same, BO, BO)


@pytest.mark.parametrize(
    "found",
    [
        [PAPER, Scored(BO.source, BO.cue, CONTENT)],
        [Scored((), PAPER.cue, CONTENT), BO],
        [PAPER, Scored(at("Hij"), BO.cue, CONTENT, parent=0)],
        [PAPER, Scored(BO.source, BO.cue, CONTENT, parent=2), Scored((), at("zou"), at("de kade"), parent=0)],
    ],
)
def test_a_link_too_few_too_many_or_another_is_wrong(found: list[Scored]) -> None:
    assert not chain_right(read([PAPER, BO], found), BO, found[1])


def test_hearsay_is_told_by_the_word_zou() -> None:
    zou = Scored((), at("zou", 1), at("duren"), "none", "state")
    wish = Scored(at("Hij"), at("zou graag"), at("gaan"), "person", "intend")
    inside = Scored((), at("zou"), at("zakken"), "none", "state")
    assert hearsay(read([zou, wish], [zou, wish])) == Counts(1, 1, 1)
    assert hearsay(read([zou], [inside])) == Counts(0, 1, 1)
    assert hearsay(read([zou], [])) == Counts(0, 1, 0)


def test_what_was_not_found_is_not_judged() -> None:
    assert pairs(read([PAPER], [Scored((), at("zou", 1), at("duren"))])) == []
    assert len(pairs(read([PAPER, BO], [BO]))) == 1


def test_macro_f1_weighs_labels_alike() -> None:
    judged = [("state", "state")] * 8 + [("deny", "state"), ("deny", "deny")]
    assert accuracy(judged) == pytest.approx(0.9)
    assert macro_f1(judged) == pytest.approx((2 * 8 / 17 + 2 / 3) / 2)
    assert (accuracy([]), macro_f1([])) == (0.0, 0.0)
