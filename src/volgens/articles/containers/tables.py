"""CSV, TSV and their like -> an entry for each row."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial

from volgens.articles.containers.entries import Entry, Source, entry, failing
from volgens.articles.containers.kinds import delimiter
from volgens.articles.containers.lines import lines
from volgens.articles.containers.rows import read_row
from volgens.articles.containers.told import Read
from volgens.articles.files import at_most
from volgens.articles.plain import decode
from volgens.errors import InputError, NotText
from volgens.records import Defect

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_TAKEN_BACK = 200_000
"""How many lines are read anew after open quotation marks, in all; one may take the rest of the file."""


def read_table(source: Source) -> Iterator[Entry]:
    """An entry for each row under the head, named by its number. Raises NotText where the head names no column for a text."""
    # The limit is the whole process's; a page in a cell is larger than what it begins with.
    csv.field_size_limit(max(csv.field_size_limit(), source.settings.max_bytes))
    feed = _Feed(_rows_of_text(source))
    sign = delimiter(feed.first())
    reader = csv.reader(feed, delimiter=sign, strict=True)
    try:
        head = [_text(cell, source)[0].strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise NotText(source.name, f"a table whose head cannot be read ({error})") from error
    if not source.columns.holds_article(head):
        wanted = ", ".join(source.columns.text[:4])
        raise NotText(source.name, f"no column for a text ({wanted}) among: {', '.join(head)[:300]}. Name the right one (--column)")
    number = 0
    while (row := _next(reader, feed, sign, len(head))) is not None:
        number += bool(row)
        name = f"{source.name}#{number}"
        if isinstance(row, str):
            yield failing(name, f"a row that cannot be read ({row})")
        elif any(row):
            yield entry(name, partial(_read, row, head, source, name))
    if damage := source.damage():
        yield failing(f"{source.name}#end", damage[0].message)


def _next(reader: Iterator[list[str]], feed: _Feed, sign: str, width: int) -> list[str] | str | None:
    """The cells of the next row, why it cannot be read, or None at the end."""
    feed.taken.clear()
    try:
        row = next(reader, None)
    except csv.Error as error:
        return _first_line(feed, sign, width, str(error))
    if row is not None and len(row) != width and len(feed.taken) > 1:
        return _first_line(feed, sign, width, f"{len(row)} cells under a head of {width}")
    return row


def _first_line(feed: _Feed, sign: str, width: int, problem: str) -> list[str] | str:
    """The cells of the first line of a row that is broken, where it can be read by itself; the lines after it are read anew."""
    several = len(feed.taken) > 1
    if several and not feed.take_back():
        return f"{problem}; with it {len(feed.taken) - 1} lines were lost"
    # Between tabs, a quotation mark is mostly no more than that.
    bare = sign == "\t"
    try:
        row = next(csv.reader(feed.taken[:1], delimiter=sign, quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL), [])
    except csv.Error as error:
        return str(error)
    if several and (not bare or len(row) != width):
        return f"{problem}; a quotation mark may be open"
    return row


class _Feed:
    """The lines of a table for the csv module, of which those of the last row can be taken back."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.taken: list[str] = []
        self._rows = iter(rows)
        self._again: deque[str] = deque()
        self._left = _MOST_TAKEN_BACK

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        row = self._again.popleft() if self._again else next(self._rows)
        self.taken.append(row)
        return row

    def first(self) -> str:
        """The first line, which stays to be read."""
        row = next(self._rows, "")
        self._again.append(row)
        return row

    def take_back(self) -> bool:
        """Let all lines of the last row but the first be read anew; False where there was one, or it was done too often."""
        if len(self.taken) < 2 or self._left < 0:
            return False
        self._left -= len(self.taken)
        self._again.extendleft(reversed(self.taken[1:]))
        return True


def _rows_of_text(source: Source) -> Iterator[str]:
    """The lines, each character of which is a byte: what separates cells is ASCII, and each cell is decoded by itself."""
    mark = at_most(source.stream, 3)
    if mark[:2] in _UTF16:
        text, _ = decode(mark + source.data()[0], source.name)
        for row in io.StringIO(text, newline=""):
            yield row.encode("utf-8", "replace").decode("latin-1")
        return
    begun = b"" if mark == _UTF8_MARK else mark
    for line in lines(source.stream, source.settings.max_bytes):
        # One that is too long stands as an empty cell, so that its row is told as one that cannot be read.
        yield from io.StringIO('""\n' if line is None else (begun + line).decode("latin-1"), newline=None)
        begun = b""
    if begun:
        yield begun.decode("latin-1")


def _read(row: list[str], head: list[str], source: Source, name: str) -> Read:
    cells: dict[str, object] = {}
    defects: tuple[Defect, ...] = ()
    for key, cell in zip(head, row, strict=False):
        cells[key], more = _text(cell, source)
        defects += more
    article, more = read_row(cells, source.columns, name)
    return article, defects + more


def _text(cell: str, source: Source) -> tuple[str, tuple[Defect, ...]]:
    if cell.isascii():
        return cell, ()
    try:
        return decode(cell.encode("latin-1"), source.name, charset=source.charset)
    except InputError:
        return cell, ()  # no letters in it, or bytes that are no text: whoever wants this cell will say so
