from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.reader.windows import cut, owners

LENGTHS, SIZES, OVERLAPS = st.integers(1, 20_000), st.integers(64, 512), st.integers(0, 60)


@given(LENGTHS, SIZES, OVERLAPS)
def test_windows_cover_everything_and_overlap(length: int, size: int, overlap: int) -> None:
    windows = cut(length, size=size, overlap=overlap)
    assert all(0 <= start < end <= length and end - start <= size for start, end in windows)
    assert (windows[0][0], windows[-1][1]) == (0, length)
    assert all(end - start >= overlap for (_, end), (start, _) in pairwise(windows))


@given(LENGTHS, SIZES, OVERLAPS)
def test_every_piece_is_owned_by_a_window_that_holds_it(length: int, size: int, overlap: int) -> None:
    windows = cut(length, size=size, overlap=overlap)
    firsts = [*owners(windows).tolist(), length]
    for (start, end), own, after in zip(windows, firsts, firsts[1:], strict=False):
        assert start <= own <= after <= end


@pytest.mark.parametrize(("length", "count"), [(0, 0), (1, 1), (318, 1), (319, 2)])
def test_a_short_text_is_one_window(length: int, count: int) -> None:
    assert len(cut(length, size=318, overlap=64)) == count
