"""Lines of JSON, CSV, Parquet: the columns that hold an article are guessed, or named."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from benchmarks.samples import BODY, CSV, JSON_LINES, PAGE, TEXT, TITLE, URL, parquet
from volgens.articles.containers import Columns, found, found_in
from volgens.articles.found import Found
from volgens.codec import encode, encode_error
from volgens.config import Settings
from volgens.errors import NotText, TooLarge
from volgens.records import Article, Choice, Statements

SETTINGS = Settings()


def read(data: bytes, name: str = "x") -> list[Found]:
    return list(found_in(data, name, SETTINGS))


def row(**fields: object) -> Found:
    (only,) = read(json.dumps(fields).encode(), "x.json")
    return only


def article(found: Found) -> Article:
    assert found.error is None
    assert found.article is not None
    return found.article


def test_csv() -> None:
    for data in (
        CSV,
        b"\xef\xbb\xbf" + CSV,
        CSV.decode().encode("utf-16"),
        CSV.replace(b"\n", b"\r\n"),
        CSV.decode().encode("cp1252"),
    ):
        all_found = read(data, "x.csv")
        assert [one.name for one in all_found] == ["x.csv#1", "x.csv#2", "x.csv#3"]
        second = article(all_found[1])
        assert second.text.splitlines() == TEXT.splitlines()
        assert (second.title, second.url, second.outlet, second.published) == (f"{TITLE} 2", f"{URL}-2", "Dagdraad", "2024-11-18")
        assert Choice("outlet", "record") in second.choices


@pytest.mark.parametrize("sign", ["\t", ";", "|"])
def test_other_signs_between_cells(sign: str) -> None:
    (only,) = read(f"kop{sign}tekst\n{TITLE}{sign}De sluis is dicht, zegt de wethouder.\n".encode())
    assert (article(only).title, article(only).text) == (TITLE, "De sluis is dicht, zegt de wethouder.")


def test_a_broken_row_costs_no_other() -> None:
    rows = [f"{number},De sluis is dicht zegt schipper {number} van De Boeg\n" for number in range(30)]
    rows[4] = '4,"De sluis is dicht\n'
    rows[9] = "9\n"
    rows[12] = '12,"De ""sluis"" is\nal lang dicht, zegt hij"\n'
    all_found = read(("id,text\n" + "".join(rows)).encode(), "x.csv")
    good = [article(one).text for one in all_found if not one.error]
    assert len(good) == 28
    assert 'De "sluis" is\nal lang dicht, zegt hij' in good
    assert [one.name for one in all_found if one.error] == ["x.csv#5", "x.csv#10"]


def test_between_tabs_a_quotation_mark_is_one() -> None:
    texts = ['"Dicht", zegt Tolsma.', '"De sluis', "blijft dicht.", 'Ze is "dicht".']
    all_found = read(("id\ttext\n" + "".join(f"{number}\t{text}\n" for number, text in enumerate(texts))).encode(), "x.tsv")
    assert [article(one).text for one in all_found] == texts


def test_a_table_without_a_column_for_a_text_names_its_columns() -> None:
    (only,) = read(b"id,kleur\n1,rood\n", "x.csv")
    assert isinstance(only.error, NotText)
    assert "id, kleur" in only.error.reason
    assert "--column" in only.error.reason


def test_columns_can_be_named(tmp_path: Path) -> None:
    columns = Columns().choosing({"text": "BODY_RAW", "title": "meta.kop"})
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"BODY_RAW": TEXT, "text": "iets anders", "meta": {"kop": TITLE}}) + "\n")
    (only,) = found(str(path), SETTINGS, columns=columns)
    assert (article(only).text, article(only).title) == (TEXT, TITLE)
    with pytest.raises(ValueError, match="'tekst' is no field"):
        Columns().choosing({"tekst": "x"})


def test_json_lines() -> None:
    broken = JSON_LINES.replace(b'{"headline"', b'{"headline', 1) + b"\n\n[1]\n"
    first, second, third, last = read(broken, "x.jsonl")
    assert isinstance(first.error, NotText)
    assert (article(second).title, article(third).title) == (f"{TITLE} 2", f"{TITLE} 3")
    assert (last.name, type(last.error)) == ("x.jsonl#6", NotText)


def test_a_line_that_is_too_long_costs_no_other() -> None:
    lines = [json.dumps({"text": text}) for text in ("De sluis is dicht.", "a" * 20_000, "De sluis is weer open.")]
    first, second, third = found_in("\n".join(lines).encode(), "x.jsonl", Settings(max_bytes=10_000))
    assert isinstance(second.error, TooLarge)
    assert (article(first).text, article(third).text) == ("De sluis is dicht.", "De sluis is weer open.")


def test_an_array_and_a_single_object() -> None:
    rows = [json.loads(line) for line in JSON_LINES.splitlines()]
    assert [one.name for one in read(json.dumps(rows, indent=1).encode())] == ["x#1", "x#2", "x#3"]
    (only,) = read(json.dumps(rows[0], indent=1).encode())
    assert (only.name, article(only).title) == ("x", f"{TITLE} 1")


def test_what_volgens_wrote_is_read_back() -> None:
    written = Article(text=TEXT, url=URL, title=TITLE, language="nl", published="2024-11-18", authors=("Ine Roosdael",))
    lines = [encode(written, Statements()), encode_error("weg.txt", "no such file"), {"volgens": "1", "article": {"id": "x"}}]
    first, second, third = read("\n".join(map(json.dumps, lines)).encode())
    assert first.article == written
    assert second.error is not None
    assert "no such file" in second.error.reason
    assert third.error is not None


def test_pages_and_fragments_in_a_column() -> None:
    assert article(row(html=PAGE.decode())).text.endswith(TEXT)
    assert article(row(html=PAGE.decode().replace("utf-8", "utf-16"))).title == TITLE
    assert article(row(body=BODY)).text == TEXT
    assert article(row(html="Geen tags, zegt de wethouder.")).text == "Geen tags, zegt de wethouder."


def test_values_of_all_kinds() -> None:
    told = article(
        row(
            text=["De sluis", "is dicht."],
            author=[{"name": "Ine Roosdael"}, "Bram Tolsma"],
            source={"name": "Dagdraad"},
            lang="nl-BE",
        )
    )
    assert (told.text, told.authors, told.outlet, told.language) == (
        "De sluis\nis dicht.",
        ("Ine Roosdael", "Bram Tolsma"),
        "Dagdraad",
        "nl",
    )
    assert article(row(text="De sluis.", authors="Ine Roosdael; Bram Tolsma")).authors == ("Ine Roosdael", "Bram Tolsma")
    assert article(row(text="De sluis\0 is \ud800dicht.")).text == "De sluis\ufffd is \ufffddicht."
    assert article(row(text="De sluis.", url="geen adres")).url is None
    for empty in (row(text=""), row(text=None), row(text=[]), row(text={"a": 1}), row(text=True), row(text="12 3")):
        assert isinstance(empty.error, NotText)


def test_parquet_with_dates_lists_and_bytes() -> None:
    moment = datetime.datetime(2024, 11, 18, 19, 25, tzinfo=datetime.UTC)
    rows: list[dict[str, object]] = [
        {"Body": TEXT, "date": moment, "authors": ["Ine Roosdael"]},
        {"Body": None, "date": None, "authors": []},
        {"Body": "De sluis is dicht.", "date": moment, "authors": None},
    ]
    first, second, third = read(parquet(rows))
    assert (article(first).published, article(first).authors) == ("2024-11-18T19:25:00+00:00", ("Ine Roosdael",))
    assert isinstance(second.error, NotText)
    assert article(third).text == "De sluis is dicht."
    (only,) = read(parquet([{"text": "De sluis is dicht – zegt hij.".encode()}]))
    assert article(only).text == "De sluis is dicht – zegt hij."


def test_parquet_that_is_no_use() -> None:
    (only,) = read(parquet([{"kleur": "rood"}]))
    assert isinstance(only.error, NotText)
    (only,) = read(parquet([{"text": TEXT}])[:-20])
    assert isinstance(only.error, NotText)
