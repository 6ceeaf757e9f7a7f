"""A row of a table or an object of JSON -> Found, by the columns that hold what of an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from volgens import codec
from volgens.articles.containers import ninjs
from volgens.articles.containers.columns import Columns, plain
from volgens.articles.containers.told import Read, Told, from_fragment, from_page, from_text, is_markup, telling
from volgens.articles.found import Found
from volgens.articles.pages.page import looks_like_html
from volgens.errors import InputError, NotText

Row = Mapping[str, object]


def read_object(value: object, columns: Columns, name: str) -> Found:
    """What a JSON value holds: what ``volgens read`` wrote, a ninjs item, or a row. Raises InputError where it is no article."""
    if not isinstance(value, dict):
        raise NotText(name, "no JSON object with an article")
    if "volgens" in value:
        if isinstance(error := value.get("error"), str):
            raise InputError(name, f"could not be read before: {error}")
        fields = value.get("article")
        return Found(name, article=codec.decode_article(fields if isinstance(fields, dict) else {}))
    if ninjs.is_item(value):
        return ninjs.read_item(value, name)
    article, defects = read_row(value, columns, name)
    label = value.get("id")
    return Found(name, article=article, defects=defects, label=str(label) if isinstance(label, str | int) and label != "" else None)


def read_row(row: Row, columns: Columns, name: str) -> Read:
    """The article in ``row``. Raises NotText where none of the columns holds a text."""
    cells = _Cells(row, {plain(key): value for key, value in row.items() if isinstance(key, str)})
    told = telling(
        "record",
        title=cells.first(columns.title),
        url=_address(cells.first(columns.url)),
        outlet=_name(cells.first(columns.outlet)),
        section=_name(cells.first(columns.section)),
        dates=(cells.first(columns.published), cells.first(columns.modified)),
        authors=cells.first(columns.authors),
        language=cells.first(columns.language),
    )
    text, html = _text(cells.first(columns.text)), _text(cells.first(columns.html))
    if not text and not html:
        wanted = ", ".join(columns.text[:4])
        there = ", ".join(list(map(str, row))[:12])[:300]
        raise NotText(name, f"no text in any of the columns for it ({wanted}); there are: {there}. Name the right one (--column)")
    return _read(text, told, name) if text else _read_html(html, told, name)


@dataclass(frozen=True, slots=True)
class _Cells:
    row: Row
    by_plain_name: Row

    def first(self, names: tuple[str, ...]) -> object:
        """The first value under one of ``names`` that is not empty."""
        return next((value for name in names if not _is_empty(value := self._value(name))), None)

    def _value(self, name: str) -> object:
        if name in self.row:
            return self.row[name]
        if "." in name:
            value: object = self.row
            for part in name.split("."):
                value = value.get(part) if isinstance(value, dict) else None
            if value is not None:
                return value
        return self.by_plain_name.get(plain(name))


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or (isinstance(value, list | dict) and not value)


def _text(value: object) -> str:
    """A text, or the paragraphs of one in a list, or the text that an object holds as its value."""
    if isinstance(value, dict):
        value = value.get("text") or value.get("content") or value.get("value")
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _name(value: object) -> object:
    return value.get("name") or value.get("title") if isinstance(value, dict) else value


def _address(value: object) -> object:
    return value if isinstance(value, str) and value.strip().lower().startswith(("http://", "https://")) else None


def _read(text: str, told: Told, name: str) -> Read:
    if looks_like_html(text[:20_000].encode("utf-8", "replace")):
        return _read_html(text, told, name)
    return from_text(text, told, name)


def _read_html(html: str, told: Told, name: str) -> Read:
    if not is_markup(html):
        return from_text(html, told, name)
    if "<html" in html[:5000].lower() or "<body" in html[:20_000].lower():
        # The charset it declares is that of the bytes it once was.
        return from_page(b"\xef\xbb\xbf" + html.encode("utf-8", "replace"), told, name)
    return from_fragment(html, told, name)
