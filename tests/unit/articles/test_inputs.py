"""What a user can name, and what becomes of it."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.inputs import from_text, load
from volgens.config import Settings
from volgens.errors import InputError, NotFound, NotText, Refused, TooLarge

TEXT = (
    "De brug over de Lommer blijft dicht, zei wethouder Anke Verschuur.\r\n\r\nVolgens haar is het beton gescheurd.\r\n"
    "De provincie heeft geen geld voor een noodbrug, en een woordvoerder wilde niet zeggen of dat er nog komt.\r\n"
)
PAGE = (
    '<html lang="nl"><head><title>Brug dicht</title></head><body>'
    + "".join(f"<p>{line}</p>" for line in TEXT.split("\r\n"))
    + "</body></html>"
).encode()
SETTINGS = Settings(max_bytes=10_000, timeout=5.0)


def put(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def test_a_plain_file_is_kept_to_the_character(tmp_path: Path) -> None:
    article, defects = load(put(tmp_path, "brug.txt", b"\xef\xbb\xbf" + TEXT.encode()), SETTINGS)
    assert article.text == TEXT
    assert article.language == "nl"
    assert (article.url, article.outlet, article.title, article.published) == (None, None, None, None)
    assert defects == ()


def test_a_file_a_pipe_and_a_string_give_the_same_article(tmp_path: Path) -> None:
    path = put(tmp_path, "brug", TEXT.encode())
    assert load(path, SETTINGS) == load("-", SETTINGS, stdin=io.BytesIO(TEXT.encode())) == from_text(TEXT)


def test_standard_input_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert load("-", SETTINGS)[0].text == TEXT


def test_a_pipe_that_gives_a_little_at_a_time() -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 7))

    assert load("-", SETTINGS, stdin=Trickle(TEXT.encode()))[0].text == TEXT
    with pytest.raises(TooLarge):
        load("-", SETTINGS, stdin=Trickle(b"a" * 10_001))


@pytest.mark.parametrize("name", ["brug.html", "brug.txt", "brug"])
def test_a_page_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    article, _ = load(put(tmp_path, name, PAGE), SETTINGS)
    assert article.text.split("\n") == ["Brug dicht", *(line for line in TEXT.split("\r\n") if line)]
    assert (article.title, article.language) == ("Brug dicht", "nl")


def test_a_text_that_is_called_a_page_is_still_a_text(tmp_path: Path) -> None:
    assert load(put(tmp_path, "brug.html", TEXT.encode()), SETTINGS)[0].text == TEXT


def test_packed_files(tmp_path: Path) -> None:
    assert load(put(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode())), SETTINGS)[0].text == TEXT
    assert load(put(tmp_path, "a.html.gz", gzip.compress(PAGE)), SETTINGS)[0].title == "Brug dicht"
    assert load("-", SETTINGS, stdin=io.BytesIO(gzip.compress(TEXT.encode())))[0].text == TEXT
    with pytest.raises(TooLarge, match="unpacks"):
        load(put(tmp_path, "bomb.gz", gzip.compress(b"a " * 1_000_000)), SETTINGS)
    with pytest.raises(NotText, match="gzip"):
        load(put(tmp_path, "twice.gz", gzip.compress(gzip.compress(TEXT.encode()))), SETTINGS)


def test_a_damaged_packed_file_gives_what_it_can(tmp_path: Path) -> None:
    article, defects = load(put(tmp_path, "a.gz", gzip.compress(TEXT.encode())[:-4]), SETTINGS)
    assert article.text == TEXT
    assert "damaged" in defects[0].message


def test_the_size_limit_is_exact(tmp_path: Path) -> None:
    line = "Zij zei dat de brug niet open is. "
    fits = (line * 1000)[:10_000].encode()
    assert len(load(put(tmp_path, "a.txt", fits), SETTINGS)[0].text) == 10_000
    with pytest.raises(TooLarge, match="10,000"):
        load(put(tmp_path, "b.txt", fits + b"x"), SETTINGS)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        load(str(tmp_path / "niets.txt"), SETTINGS)
    with pytest.raises(NotFound, match="http://"):
        load("ftp://lommerbode.example/a", SETTINGS)
    with pytest.raises(InputError, match="directory"):
        load(str(tmp_path), SETTINGS)
    with pytest.raises(NotFound, match="no input"):
        load("", SETTINGS)
    for name in ("a\0b", "a" * 5000, str(tmp_path / "a.txt" / "b\udc80")):
        with pytest.raises(InputError) as raised:
            load(name, SETTINGS)
        assert raised.value.input == name


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", TEXT.encode())
    Path(path).chmod(0)
    with pytest.raises(InputError, match="permission"):
        load(path, SETTINGS)


@pytest.mark.parametrize("data", [b"", b" \n", b"%PDF-1.4 x", b"\0\1\2", b"1 2 3"])
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes) -> None:
    path = put(tmp_path, "in", data)
    with pytest.raises(NotText) as raised:
        load(path, SETTINGS)
    assert str(raised.value).startswith(path)


def test_an_address(site) -> None:
    site.replies["/oud"] = (302, {"Location": "/brug"}, b"")
    site.replies["/brug"] = (200, {"Content-Type": "text/html"}, PAGE)
    site.replies["/brug.txt"] = (
        200,
        {"Content-Type": "text/plain; charset=windows-1252"},
        "‘Coöperatie’ zegt nee".encode("cp1252"),
    )
    article, _ = load(site.url("/oud"), SETTINGS, gate=site.gate())
    assert (article.url, article.outlet, article.title) == (site.url("/brug"), "dekrant.example", "Brug dicht")
    article, _ = load(site.url("/brug.txt"), SETTINGS, gate=site.gate())
    assert (article.text, article.outlet, article.title) == ("‘Coöperatie’ zegt nee", "dekrant.example", None)


def test_errors_name_the_address_as_given(site) -> None:
    site.replies["/foto"] = (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n\0\0")
    for path, error in (("/weg", NotFound), ("/foto", NotText)):
        with pytest.raises(error) as raised:
            load(site.url(path), SETTINGS, gate=site.gate())
        assert raised.value.input == site.url(path)
    with pytest.raises(Refused):
        load(f"HTTP://127.0.0.1:{site.port}/", SETTINGS)


def test_an_unknown_language_is_read_and_said() -> None:
    article, defects = from_text("Xkcd qwrtz")
    assert article.language == "und"
    assert [d.stage for d in defects] == ["articles"]
    assert defects[0].message.startswith("language not recognised;")


def test_the_language_that_a_page_states_stands_in_where_the_text_does_not_tell() -> None:
    article, _ = load("-", SETTINGS, stdin=io.BytesIO(b'<html lang="nl-BE"><body><p>Brand in Tilburg</p></body></html>'))
    assert article.language == "nl"


@given(st.text(max_size=100))
def test_a_string_is_kept_and_can_always_be_written(text: str) -> None:
    try:
        article, _ = from_text(text)
    except NotText:
        assert not any(c.isalpha() for c in text)
    else:
        assert article.text == text
        assert article.id


@pytest.mark.parametrize("text", ["\ufeffZij zei ja.\r\n", "Zij \0 zei \x1b ja.", "قال الوزير: \u202bلا\u202c.", " a "])
def test_a_string_is_kept_with_all_its_signs(text: str) -> None:
    assert from_text(text)[0].text == text


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    article, defects = from_text("Zij \ud83d\ude00 zei \udcff ja.")
    assert article.text == "Zij \ufffd\ufffd zei \ufffd ja."
    assert defects[0].span == (4, 5)
    assert json.dumps(article.text, ensure_ascii=False).encode()


@pytest.mark.parametrize("text", ["", "  \n\u00a0", "12", "\ud800"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(NotText):
        from_text(text)
