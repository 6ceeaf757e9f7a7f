from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volgens.reader.decoding import RoleDecoder, cues, softmax
from volgens.reader.labels import CUE_TAGS, ROLE_TAGS, forbidden

TAGS = len(ROLE_TAGS)


def cue_scores(tags: str, weight: float = 5.0) -> np.ndarray:
    scores = np.zeros((len(tags), len(CUE_TAGS)), np.float32)
    for unit, tag in enumerate(tags):
        scores[unit, CUE_TAGS.index(tag)] = weight
    return scores


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("OBIIO", [(1, 4, False)]),
        ("BBI", [(0, 1, False), (1, 3, False)]),
        ("OIIO", []),
        ("QOO", [(0, 1, True)]),
        ("OOB", [(2, 3, False)]),
        ("", []),
    ],
)
def test_cues_follow_their_tags(tags: str, found: list[tuple[int, int, bool]]) -> None:
    assert [(c.start, c.end, c.without) for c in cues(cue_scores(tags), ease=0.0)] == found


def test_ease_lets_unsure_cues_in_and_out() -> None:
    scores = cue_scores("OBO", 0.3)
    assert len(cues(scores, ease=3.0)) > len(cues(scores, ease=0.0))
    assert cues(scores, ease=-3.0) == []


def allowed(length: int) -> list[tuple[int, ...]]:
    barred = forbidden()
    return [path for path in product(range(TAGS), repeat=length) if not any(barred[a][b] for a, b in pairwise(path))]


PATHS = allowed(4)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_decoding_is_the_best_allowed_path_and_its_probability(seed: int) -> None:
    chance = np.random.default_rng(seed)
    emissions = chance.normal(size=(4, TAGS)).astype(np.float32) * 2
    transitions = chance.normal(size=(TAGS, TAGS)).astype(np.float32)
    scores = {p: sum(emissions[u, t] for u, t in enumerate(p)) + sum(transitions[a, b] for a, b in pairwise(p)) for p in PATHS}
    whole = [
        p
        for p in PATHS
        if ROLE_TAGS[p[0]][0] not in "IE"
        and ROLE_TAGS[p[-1]][0] not in "BI"
        and sum(ROLE_TAGS[t] in ("B-source", "S-source") for t in p) <= 1
    ]
    best = max(whole, key=scores.__getitem__)
    everywhere = np.ones((1, 4), bool)
    found = RoleDecoder(transitions).decode(emissions[None], everywhere)[0]
    expected = RoleDecoder(np.zeros_like(transitions)).decode((np.eye(TAGS, dtype=np.float32)[list(best)] * 50)[None], everywhere)[
        0
    ]
    assert (found.source, found.content) == (expected.source, expected.content)
    # The CRF's sum also runs over tag sequences that begin inside a span; none of those is ever chosen.
    total = np.logaddexp.reduce(np.array(list(scores.values()), np.float64))
    assert found.probability == pytest.approx(float(np.exp(scores[best] - total)), rel=1e-3)


@given(st.integers(0, 10_000), st.integers(0, 11), st.integers(0, 11))
def test_nothing_is_labelled_outside_the_mask(seed: int, left: int, width: int) -> None:
    emissions = np.random.default_rng(seed).normal(size=(1, 12, TAGS)).astype(np.float32) * 5
    mask = np.zeros((1, 12), bool)
    mask[0, left : left + width] = True
    roles = RoleDecoder(np.zeros((TAGS, TAGS), np.float32)).decode(emissions, mask)[0]
    for start, end in [*roles.content, *([roles.source] if roles.source else [])]:
        assert mask[0, start:end].all()


def test_no_cue_no_roles() -> None:
    decoder = RoleDecoder(np.zeros((TAGS, TAGS), np.float32))
    assert decoder.decode(np.zeros((0, 5, TAGS), np.float32), np.zeros((0, 5), bool)) == []


def test_softmax_of_large_scores_is_a_distribution() -> None:
    assert softmax(np.array([[1e4, 0.0], [-1e4, -1e4]], np.float32)).tolist() == [[1.0, 0.0], [0.5, 0.5]]
