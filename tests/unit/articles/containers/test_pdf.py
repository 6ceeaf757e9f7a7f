"""PDF: lines become paragraphs."""

from __future__ import annotations

from pathlib import Path

from benchmarks.samples import PARAGRAPHS, PDF, TEXT, TITLE, pdf
from volgens.articles.containers import found_in
from volgens.articles.containers.pdf import paragraphs
from volgens.articles.found import Found
from volgens.articles.inputs import load
from volgens.config import Settings
from volgens.errors import InputError, NotText
from volgens.records import Article


def read(data: bytes) -> Found:
    (only,) = found_in(data, "x", Settings())
    return only


def article(found: Found) -> Article:
    assert found.error is None
    assert found.article is not None
    return found.article


def wrapped(text: str, width: int = 60) -> list[str]:
    rows = [""]
    for word in text.split():
        if len(rows[-1]) + len(word) > width:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def test_lines_are_joined_and_page_numbers_left_out() -> None:
    only = article(read(PDF))
    assert only.text.splitlines() == [
        "Dagdraad 18 november 2024",
        TITLE,
        "De sluis bij Oosterlommer blijft tot het voorjaar dicht, zegt wethouder Anke Verschuur van Lommerland.",
        "Volgens haar zijn de deuren te verroest om nog te sluiten.",
    ]
    assert only.title == TITLE


def test_a_title_that_the_document_does_not_show_is_none() -> None:
    assert article(read(pdf([["De sluis is dicht, zegt hij."]], title="Microsoft Word - concept3.docx"))).title is None


def test_paragraphs_over_pages_without_running_heads() -> None:
    rows = [row for paragraph in PARAGRAPHS for row in wrapped(paragraph)]
    pages = [
        [f"Dagdraad, pagina {number}", *rows[number * 5 : number * 5 + 5], f"- {number} -"]
        for number in range((len(rows) + 4) // 5)
    ]
    assert paragraphs(["\n".join(page) for page in pages]) == TEXT


def test_hyphens() -> None:
    assert paragraphs(["de voor-\njaarsstorm"]) == "de voorjaarsstorm"
    assert paragraphs(["in Noord-\nHolland"]) == "in Noord- Holland"
    assert paragraphs(["de voor\u00ad\njaarsstorm"]) == "de voorjaarsstorm"
    assert paragraphs([]) == ""


def test_documents_that_cannot_be_read() -> None:
    for data in (pdf([[]]), b"%PDF-1.4\n", PDF[:300], PDF.replace(b"/Pages", b"/Pagez"), b"%PDF-" + b"<<" * 50_000):
        assert isinstance(read(data).error, NotText)


def test_a_document_that_takes_too_long_is_given_up() -> None:
    found = read(pdf([["a"] * 190_000] * 40))
    assert isinstance(found.error, InputError)


def test_read_takes_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    assert load(str(tmp_path / "a.pdf"), Settings())[0].title == TITLE
