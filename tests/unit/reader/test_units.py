import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from volgens.reader.network import Reader
from volgens.reader.units import encode


@pytest.fixture(scope="module")
def tokenizer(reader: Reader) -> Tokenizer:
    return reader._tokenizer


def words(text: str, tokenizer: Tokenizer) -> list[str]:
    encoded = encode(text, tokenizer, line_break=2)
    return [text[a:b] for a, b in zip(encoded.starts, encoded.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Zo'n 3.500 foto's!", ["Zo", "'", "n", "3.500", "foto", "'", "s", "!"]),
        ("O’Dell’s  “plan”", ["O", "’", "Dell", "’", "s", "“", "plan", "”"]),
        ("``Ja''", ["`", "`", "Ja", "'", "'"]),
        ("snake_case", ["snake", "_", "case"]),
        ("東京で", ["東", "京", "で"]),
        (" \t\n", []),
        ("", []),
    ],
)
def test_units_are_words_and_single_marks(text: str, units: list[str], tokenizer: Tokenizer) -> None:
    assert words(text, tokenizer) == units


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\n\n\n"])
def test_every_line_break_parts_lines(line_break: str, tokenizer: Tokenizer) -> None:
    encoded = encode(f"Een regel.{line_break}Nog een.", tokenizer, line_break=2)
    assert encoded.lines.tolist() == [0, 0, 0, 1, 1, 1]
    assert encoded.pieces[encoded.first[3] - 1] == 2


@pytest.mark.parametrize("odd", ["\x00", "\x1b[31m", "\u202e", "\u00ad", "\ufeff", "\u200b", "\x85", "\ud800"])
def test_control_characters_move_no_offset(odd: str, tokenizer: Tokenizer) -> None:
    text = f"Zij {odd} zei ja"
    assert words(text, tokenizer)[-2:] == ["zei", "ja"]


@given(text=st.text(st.characters(exclude_categories=[])))
def test_units_are_in_order_and_point_at_existing_pieces(text: str, tokenizer: Tokenizer) -> None:
    encoded = encode(text, tokenizer, line_break=2)
    before = 0
    for start, end in zip(encoded.starts.tolist(), encoded.ends.tolist(), strict=True):
        assert before <= start < end <= len(text)
        assert not text[start:end].isspace()
        before = end
    assert (encoded.first[1:] >= encoded.first[:-1]).all()
    assert not len(encoded) or encoded.first[-1] < len(encoded.pieces)
