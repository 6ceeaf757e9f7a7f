"""Messages (.eml) and mailboxes (.mbox) -> an article for each message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from volgens.articles.containers.entries import Entry, Source, entry, failing
from volgens.articles.containers.lines import lines
from volgens.articles.containers.told import Read, Told, from_page, from_text, letters, telling
from volgens.articles.pages.bounded import lines_of
from volgens.articles.plain import decode
from volgens.errors import InputError, NotText, TooLarge

_LONGEST_HEADER = 2_000
_MOST_PARTS = 200
_MOST_BOUNDARIES = 100
_BEGINNING = b"From "
_FLOWED = re.compile(r"(?<! ) \r?\n(?![>\s])")


def read_mbox(source: Source) -> Iterator[Entry]:
    """An entry for each message of a mailbox, named by its number."""
    limit = source.settings.max_bytes
    number, size = 0, 0
    message: list[bytes] = []
    after_empty = True
    for line in lines(source.stream, limit):
        if after_empty and line is not None and line.startswith(_BEGINNING):
            if number:
                yield _message(message, size, number, source)
            number, size, message = number + 1, 0, []
        else:
            size += limit + 1 if line is None else len(line)
            if line is not None and size <= limit:
                # A line of the text that begins so is marked, since it would begin a message.
                message.append(line[1:] if line.startswith(b">From ") else line)
        after_empty = line in (b"\n", b"\r\n")
    yield _message(message, size, number, source)
    if damage := source.damage():
        yield failing(f"{source.name}#end", damage[0].message)


def _message(message: list[bytes], size: int, number: int, source: Source) -> Entry:
    name = f"{source.name}#{number}"
    if size > source.settings.max_bytes:
        return failing(name, TooLarge(name, f"a message of more than {source.settings.max_bytes:,} bytes, the limit (max_bytes)"))
    return entry(name, lambda: read_mail(b"".join(message), name))


def read_mail(data: bytes, name: str) -> Read:
    """The article of one message: its text without attachments, the subject as its title, the sender's name as its outlet.

    The HTML is read where there is some, and the plain text where that says more. Raises NotText where there is neither.
    """
    if data.count(b"oundary") > _MOST_BOUNDARIES:
        # Each line is compared with the boundaries of all parts around it.
        raise NotText(name, "a message of too many parts; give the text of it")
    message = message_from_bytes(data)
    sender, address = parseaddr(_header(message, "From"))
    told = telling(
        "record",
        title=_header(message, "Subject"),
        outlet=sender or address.rpartition("@")[2],
        dates=(_header(message, "Date"), None),
        language=_header(message, "Content-Language"),
    )
    plain, pages = _parts(message, name)
    text = "\n\n".join(plain)
    if not pages:
        if not text:
            raise NotText(name, "a message without a text")
        return from_text(text, told, name)
    return _better(pages[0], text, told, name)


def _better(page: str, text: str, told: Told, name: str) -> Read:
    """The article in the HTML of a message, or in its plain text where that has twice as much of it."""
    other = text or lines_of(page)
    try:
        article, defects = from_page(b"\xef\xbb\xbf" + page.encode("utf-8", "replace"), told, name)
    except NotText:
        return from_text(other, told, name)
    # The layout of newsletters in tables hides their text from what is made for pages.
    return (article, defects) if letters(article.text) * 2 >= letters(other) else from_text(other, told, name)


def _parts(message: Message, name: str) -> tuple[list[str], list[str]]:
    """The plain texts and the pages in a message, but for what is attached to it."""
    plain: list[str] = []
    pages: list[str] = []
    for index, part in enumerate(message.walk()):
        if index >= _MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        try:
            text, _ = decode(payload if isinstance(payload, bytes) else b"", name, charset=part.get_content_charset())
        except InputError:
            continue
        if part.get_param("format") == "flowed":
            text = _FLOWED.sub(" ", text)
        (pages if kind == "text/html" else plain).append(text)
    return plain, pages


def _header(message: Message, field: str) -> str:
    """The value of a header, decoded; empty where it is not there. A broken one is given as it stands."""
    written = str(message.get(field, ""))[:_LONGEST_HEADER]
    try:
        return str(make_header(decode_header(written)))
    except (MessageError, ValueError, LookupError, AssertionError):
        return written
