"""Messages and mailboxes."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from benchmarks.samples import BODY, EML, MBOX, PAGE, TEXT, TITLE
from volgens.articles.containers import found_in
from volgens.articles.found import Found
from volgens.articles.inputs import load
from volgens.config import Settings
from volgens.errors import NotText, TooLarge
from volgens.records import Article


def read(data: bytes, settings: Settings | None = None) -> list[Found]:
    return list(found_in(data, "x", settings or Settings()))


def article(found: Found) -> Article:
    assert found.error is None
    assert found.article is not None
    return found.article


def message() -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ine Roosdael <ine@dagdraad.example>"
    made["Subject"] = "De sluis"
    made["Message-ID"] = "<2@dagdraad.example>"
    return made


def test_a_newsletter() -> None:
    (only,) = map(article, read(EML))
    assert only.text.endswith(TEXT)
    assert (only.title, only.outlet, only.published, only.language) == (
        TITLE,
        "Dagdraad – avondbrief",
        "2024-11-18T19:25:00+01:00",
        "nl",
    )


def test_a_newsletter_laid_out_in_tables_is_not_lost() -> None:
    made = message()
    rows = BODY.replace("<p>", "<table><tr><td>").replace("</p>", "</td></tr></table>")
    made.set_content(TEXT)
    made.add_alternative(f"<html><body><center>{rows}</center></body></html>", subtype="html")
    text = article(read(made.as_bytes())[0]).text
    assert all(line in text for line in TEXT.splitlines())


def test_plain_text_and_attachments() -> None:
    made = message()
    made.set_content(TEXT)
    made.add_attachment(PAGE, maintype="text", subtype="html", filename="oud.html")
    assert article(read(made.as_bytes())[0]).text.strip() == TEXT


def test_flowed_text_is_joined() -> None:
    made = message().as_bytes().rstrip() + b"\nContent-Type: text/plain; format=flowed\n\nDe sluis is \ndicht, zegt hij.\n"
    assert article(read(made)[0]).text == "De sluis is dicht, zegt hij.\n"


def test_a_mailbox() -> None:
    first, second = read(MBOX)
    assert (first.name, article(first).title) == ("x#1", TITLE)
    assert article(second).text == "From nu af is de sluis dicht, zegt de wethouder van Lommerland.\n"
    large = MBOX.replace(b"=?utf-8?q?", b"a" * 20_000)
    first, second = read(large, Settings(max_bytes=15_000))
    assert isinstance(first.error, TooLarge)
    assert article(second).title == "Kort"


def test_messages_without_a_text() -> None:
    made = message()
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    (only,) = read(made.as_bytes())
    assert isinstance(only.error, NotText)


def test_headers_that_cannot_be_decoded_are_left_as_they_are() -> None:
    for header in (b"=?utf-8?b?!!!?=", b"=?onzin?q?x?=", b"\xff\xfe\x00", b"=?utf-8?q?" + b"=" * 5000):
        (only,) = read(b"From: a@b.example\nSubject: " + header + b"\nMessage-ID: <1>\n\nDe sluis is dicht, zegt de wethouder.\n")
        assert article(only).text == "De sluis is dicht, zegt de wethouder.\n"


def test_a_text_that_only_looks_like_a_message_is_a_text() -> None:
    text = b"From: my garden\nSubject: roses\n\nThe roses are in bloom, the gardener says.\n"
    assert article(read(text)[0]).text.encode() == text


def test_read_takes_a_message(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(EML)
    assert load(str(tmp_path / "a.eml"), Settings())[0].title == TITLE
