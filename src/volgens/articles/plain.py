"""Bytes -> text, kept to the character: no newline is changed, nothing is trimmed but a byte order mark."""

from __future__ import annotations

import codecs
import re

from volgens.errors import NotText
from volgens.records import Defect, Span

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "a PDF document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"PK\x03\x04", "a zip archive or an office document"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"\xd0\xcf\x11\xe0", "an old office document"),
    (0, b"\x1f\x8b", "gzip data"),
    (0, b"BZh", "bzip2 data"),
    (0, b"\xfd7zXZ\0", "xz data"),
    (0, b"\x28\xb5\x2f\xfd", "zstd data"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (4, b"ftyp", "a video or an image"),
    (0, b"ID3", "an audio file"),
    (0, b"OggS", "an audio file"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
)

# UTF-32's mark begins with UTF-16's, so it is tried first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CONTROLS = bytes(c for c in range(32) if chr(c) not in "\t\n\v\f\r\x1b") + b"\x7f"
_LETTER = re.compile(r"[^\W\d_]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 32_768

# What windows-1252 has beyond ASCII and western prose uses. Letters that other code pages often keep in the same places
# (Polish, Czech, Turkish, old Mac text) are left out on purpose: such a text goes to the statistical detector.
_WESTERN = re.compile("[\x00-\x7fÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœ\xa0‘’‚“”„–—…€•«»°§£·´©®½²¡¿†‹›™×]*")
_LETTER_SIGNS = re.compile(r"[^\W\d_][°§£·©®½²¡¿†‹›«»×™„‚][^\W\d_]|[^\W\d_][£¿¡§†]")

_CHARSET = re.compile(
    r"(?:us-ascii|windows|cp|iso|latin|koi8|mac|big5|gb|euc|shift|sjis|tis|utf[-_]?8|utf[-_]?16|utf[-_]?32)[-_a-z0-9]*",
    re.IGNORECASE,
)
# Pages that say latin-1 or ASCII mean windows-1252, as every browser assumes.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}


def decode(data: bytes, name: str, *, charset: str | None = None) -> tuple[str, tuple[Defect, ...]]:
    """The text of ``data`` and what could not be read as meant. ``name`` is the input as the user gave it.

    ``charset`` is what a header or a page declares; it counts only where the bytes are not UTF-8 and carry no byte order
    mark. Raises NotText where the bytes are empty or white space, seem to be something other than text, or hold no letter.
    """
    if not data.strip():
        raise NotText(name, "empty; give a text to read")
    if kind := binary_kind(data):
        raise NotText(name, f"seems to be {kind}, not text; save its text as .txt or .html and give that")
    text, defects = _decode(data, name, charset)
    text = text.removeprefix("\ufeff")
    clean, more = without_surrogates(text)
    require_prose(clean, name)
    return clean, defects + more


def binary_kind(data: bytes) -> str | None:
    """What ``data`` seems to be where its first bytes are those of a known format that is no text."""
    kind = next((kind for offset, magic, kind in _MAGIC if data.startswith(magic, offset)), None)
    # A text may begin with "ID3" or "BZh"; a file of that kind goes on with bytes that no text has.
    textual = data.startswith((b"%PDF-", b"{\\rtf"))
    return kind if kind and (textual or not _is_plain(data[:512])) else None


def _is_plain(sample: bytes) -> bool:
    if sample.translate(None, _CONTROLS) != sample:
        return False
    return len(sample.decode("utf-8", "ignore").encode()) >= len(sample) - 3  # the last character may be cut


def require_prose(text: str, name: str) -> None:
    """Raises NotText where ``text`` is white space only, or holds no letter of any script."""
    if not text or text.isspace():
        raise NotText(name, "empty; give a text to read")
    if not _LETTER.search(text):
        raise NotText(name, "no prose: it holds no letters, only digits or signs")


def without_surrogates(text: str) -> tuple[str, tuple[Defect, ...]]:
    """``text`` with each lone surrogate replaced by U+FFFD, one for one, and a Defect where there were any.

    A surrogate cannot be written as UTF-8, so one that stays in would break every later JSON.
    """
    if text.isascii() or not (first := _SURROGATE.search(text)):
        return text, ()
    clean, count = _SURROGATE.subn("\ufffd", text)
    return clean, (Defect("articles", f"{count} lone surrogate(s) replaced by U+FFFD", first.span()),)


def _decode(data: bytes, name: str, charset: str | None) -> tuple[str, tuple[Defect, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and not (encoding == "utf-32-le" and len(data) % 4):
            return _replacing(data[len(mark) :], encoding)
    if b"\0" in data:
        unmarked = _unmarked_utf16(data)
        if unmarked is None:
            raise NotText(name, "binary data (it holds NUL bytes), not text; save its text as .txt or .html and give that")
        text, defects = _replacing(data, unmarked)
        return text, (Defect("articles", f"no byte order mark; read as {unmarked}"), *defects)
    # Random bytes are control characters one time in ten.
    if len(data) - len(data.translate(None, _CONTROLS)) > max(2, len(data) // 20):
        raise NotText(name, "binary data (mostly control characters), not text; save its text as .txt or .html and give that")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first = error.start
    declared = _known(charset)
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared), ()
        except (UnicodeDecodeError, LookupError):
            pass  # it says one thing and is another: judge by the bytes
    text, defects = _replacing(data, "utf-8")
    replaced = text.count("\ufffd") - data.count("\ufffd".encode())
    # In other encodings a letter beyond ASCII hardly ever looks like UTF-8: where most do, it is UTF-8 with damage.
    if replaced <= _beyond_ascii(text) - replaced:
        return text, defects
    return _guess(data, first)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _known(charset: str | None) -> str | None:
    """The codec for a declared charset; None where it is unknown, or no plain encoding of text."""
    if charset is None or not _CHARSET.fullmatch(charset.strip()):
        return None
    try:
        canonical = codecs.lookup(charset.strip()).name
    except LookupError:
        return None
    return _MEANT.get(canonical, canonical)


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) // 2 * 0.4
    if len(data) % 2 == 0 and odd > most and even == 0:
        return "utf-16-le"
    if len(data) % 2 == 0 and even > most and odd == 0:
        return "utf-16-be"
    return None


def _guess(data: bytes, first: int) -> tuple[str, tuple[Defect, ...]]:
    # What comes before ``first`` is UTF-8, so in every encoding that extends ASCII a character begins there.
    sample = data[max(0, first - 2048) : first + _SAMPLE]
    encoding = "cp1252" if _is_western(sample) else _detected(sample)
    label = "windows-1252" if encoding == "cp1252" else encoding
    text, defects = _replacing(data, encoding)
    return text, (Defect("articles", f"not UTF-8; read as {label}, which was guessed from the bytes"), *defects)


def _is_western(sample: bytes) -> bool:
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    if not _WESTERN.fullmatch(text) or _LETTER_SIGNS.search(text):
        return False
    beyond = sum(1 for c in text if c > "\x7f" and c.isalpha())
    return beyond * 3 <= sum(1 for c in text if c.isalpha())


def _detected(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    known = _known(best.encoding) if best is not None else None
    return known or "cp1252"


def _replacing(data: bytes, encoding: str) -> tuple[str, tuple[Defect, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    place = text.find("\ufffd")
    # A U+FFFD that the input itself holds may come first; the span then points at the first of either.
    span: Span | None = (place, place + 1) if place >= 0 else None
    count = text.count("\ufffd") - (data.count("\ufffd".encode()) if encoding == "utf-8" else 0)
    return text, (Defect("articles", f"bytes that are no {encoding} replaced by U+FFFD, {count} time(s)", span),)
