"""Unpacking stays within its limit."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.packed import gunzip, inflate
from volgens.errors import NotText, TooLarge


@given(st.lists(st.binary(min_size=1, max_size=200), min_size=1, max_size=3))
def test_all_members_are_unpacked(parts: list[bytes]) -> None:
    packed = b"".join(gzip.compress(part, mtime=0) for part in parts)
    assert gunzip(packed, 1000, "-") == (b"".join(parts), ())


@given(st.binary(min_size=1, max_size=300))
def test_deflate_with_and_without_its_frame(data: bytes) -> None:
    bare = zlib.compressobj(wbits=-15)
    assert inflate(zlib.compress(data), 300, "-") == (data, ())
    assert inflate(bare.compress(data) + bare.flush(), 300, "-")[0] == data


def test_the_limit_is_exact() -> None:
    assert gunzip(gzip.compress(b"a" * 1000), 1000, "-")[0] == b"a" * 1000
    with pytest.raises(TooLarge, match="1,000"):
        gunzip(gzip.compress(b"a" * 1001), 1000, "-")


def test_a_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(TooLarge):
        gunzip(bomb, 1_000_000, "-")
    with pytest.raises(TooLarge):
        gunzip(gzip.compress(b"a" * 600) * 2, 1000, "-")


def test_what_comes_before_the_damage_is_kept() -> None:
    packed = gzip.compress(bytes(range(256)) * 100)
    data, defects = gunzip(packed[:-12], 100_000, "-")
    assert data.startswith(bytes(range(200)))
    assert "too early" in defects[0].message
    data, defects = gunzip(packed + b"and more", 100_000, "-")
    assert len(data) == 25_600
    assert len(defects) == 1


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08", b"\x1f\x8b\x08" + b"\xff" * 40])
def test_nothing_to_unpack_is_not_text(data: bytes) -> None:
    with pytest.raises(NotText, match="cannot be unpacked"):
        gunzip(data, 100, "a.gz")
