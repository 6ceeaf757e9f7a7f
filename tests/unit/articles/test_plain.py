"""Bytes become text to the character."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.plain import decode, require_prose, without_surrogates
from volgens.errors import NotText

DUTCH = "De ruïne is van ons allemaal, zei wethouder Loïs Brönsted. ‘Wij slopen niets’, voegde zij toe. Kosten: € 3 per café."
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=80).map(
    lambda t: f"Zo zei hij: {t} é"
)


@given(TEXTS)
def test_utf8_is_kept_to_the_character(text: str) -> None:
    if sum(ord(c) < 32 or c == "\x7f" for c in text) > 2:
        return  # taken for binary data
    assert decode(text.encode(), "-") == (text, ())


@given(TEXTS, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_a_byte_order_mark_names_the_encoding_and_is_dropped(text: str, encoding: str) -> None:
    if sum(ord(c) < 32 or c == "\x7f" for c in text) > 2:
        return
    assert decode(("\ufeff" + text).encode(encoding), "-") == (text, ())


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_that_can_be_written_or_a_clear_error(data: bytes) -> None:
    try:
        text, defects = decode(data, "in.txt")
    except NotText:
        return
    assert text.encode()
    for defect in defects:
        assert defect.span is None or text[slice(*defect.span)] == "\ufffd"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n", "\u2028", "\x85", "\n\n\r"])
def test_newlines_stay_as_they_are(newline: str) -> None:
    text = f"  Zij zegt ja.{newline}\tHij zegt nee.{newline}"
    assert decode(text.encode(), "-")[0] == text


def test_utf16_without_a_mark_is_read_and_said() -> None:
    text, defects = decode("Zij zegt dat het mag.".encode("utf-16-be"), "-")
    assert text == "Zij zegt dat het mag."
    assert "utf-16-be" in defects[0].message


@pytest.mark.parametrize(
    "text",
    [
        DUTCH,
        "Eén café.",
        "‘Nee’, zei hij.",
        "Zij bood geen excuses aan – integendeel…",
        "L’été sera long, a déclaré Mme Béatrice Lançon, « très long ».",
        "Die Bürgermeisterin sagte, die Straße bleibe gesperrt.",
        "El alcalde dijo: «¿Quién pagará? ¡Nadie!»",
    ],
)
def test_windows_1252_comes_out_right(text: str) -> None:
    found, defects = decode(text.encode("cp1252"), "-")
    assert found == text
    assert "windows-1252" in defects[0].message


def test_latin_1_far_into_a_long_text() -> None:
    text = "Hij zei dat het goed ging. " * 50_000 + "Volgens de ruïnebouwer niet."
    assert decode(text.encode("latin-1"), "-")[0] == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Градоначалник је рекао да неће дати оставку. Нико не зна зашто је то рекао. " * 4, "cp1251"),
        ("Ředitelka řekla, že škola zůstane zavřená až do příštího týdne. Učitelé s tím nesouhlasí. " * 4, "cp1250"),
    ],
)
def test_other_code_pages_are_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "-")[0] == text


def test_a_declared_charset_settles_it_without_a_defect() -> None:
    assert decode("Señor Ortúñez".encode("mac_roman"), "-", charset="macintosh") == ("Señor Ortúñez", ())
    assert decode("‘ja’".encode("cp1252"), "-", charset="iso-8859-1") == ("‘ja’", ())


@pytest.mark.parametrize("charset", ["hex", "rot13", "unicode_escape", "utf-7", "no-such-thing", "", "x" * 999, "iso-8859-1\r\n"])
def test_a_strange_charset_is_not_believed(charset: str) -> None:
    assert decode("Ruïne in brand".encode("cp1252"), "-", charset=charset)[0] == "Ruïne in brand"


def test_a_wrong_charset_does_not_spoil_utf8() -> None:
    assert decode("Ruïne in brand".encode(), "-", charset="windows-1252") == ("Ruïne in brand", ())


def test_damaged_utf8_is_replaced_and_pointed_at() -> None:
    text, defects = decode("Ruïne, café, coëfficiënt en ".encode() + b"\xe2\x82 verder", "-")
    assert text == "Ruïne, café, coëfficiënt en \ufffd verder"
    assert [text[slice(*d.span)] for d in defects if d.span] == ["\ufffd"]


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\u00a0\u2003\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_is_not_text(data: bytes) -> None:
    with pytest.raises(NotText, match=r"in\.txt: empty"):
        decode(data, "in.txt")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\0\x06\0word/document.xml", "zip"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP"),
        (b"{\\rtf1\\ansi Hallo}", "RTF"),
        (b"SQLite format 3\0\x10\0", "SQLite"),
        (b"a text with one \0 in it", "NUL"),
        (bytes(range(1, 9)) * 40 + b"abc", "control"),
    ],
)
def test_binary_is_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(NotText, match=said) as raised:
        decode(data, "in.bin")
    assert "save" in raised.value.reason


@pytest.mark.parametrize(
    "text", ["ID3 is een oud formaat, zei hij.", "BZhovski won, meldt de bond.", "OggSpeler zei niets.", "GIF89a"]
)
def test_a_text_may_begin_like_a_binary(text: str) -> None:
    assert decode(text.encode(), "-")[0] == text


@pytest.mark.parametrize("text", ["12 34 56", "--- *** ---", "😀 😀", "<<>> 1.2"])
def test_without_letters_there_is_no_prose(text: str) -> None:
    with pytest.raises(NotText, match="no letters"):
        decode(text.encode(), "-")
    with pytest.raises(NotText, match="no letters"):
        require_prose(text, "-")


@pytest.mark.parametrize("text", ["市长说不行。", "قال الوزير: \u200fلا\u200e.", "ok", "Zij \x1b[1mzei\x1b[0m \x07ja."])
def test_any_script_and_its_control_characters_are_kept(text: str) -> None:
    assert decode(text.encode(), "-") == (text, ())


def test_twenty_megabytes_on_one_line_are_fast() -> None:
    line = "Volgens de buurvrouw is er niets aan de hand, maar de coöperatie zegt van wel. "
    for encoding in ("utf-8", "cp1252"):
        data = (line * (20_000_000 // len(line))).encode(encoding)
        start = time.process_time()
        text, _ = decode(data, "-")
        assert time.process_time() - start < 5
        assert text.startswith(line)


@given(st.text(st.characters(categories=["Cs", "Ll", "So"]), max_size=40))
def test_surrogates_are_replaced_one_for_one(text: str) -> None:
    clean, defects = without_surrogates(text)
    assert clean.encode() or not text
    assert len(clean) == len(text)
    assert all(a == b or (b == "\ufffd" and "\ud800" <= a <= "\udfff") for a, b in zip(text, clean, strict=True))
    assert bool(defects) == (clean != text)
