"""JSON and lines of JSON -> entries: rows, articles as volgens writes them, ninjs items, a JSON Feed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from volgens.articles.containers import jsonfeed
from volgens.articles.containers.entries import Entry, Source, failing
from volgens.articles.containers.lines import lines
from volgens.articles.containers.rows import read_object
from volgens.articles.found import Found
from volgens.articles.plain import decode
from volgens.errors import InputError, NotText, TooLarge


def read_json(source: Source) -> Iterator[Entry]:
    """The entries of a JSON document: a feed, one object, or an array of them. Lines of JSON are read as such."""
    data, damage = source.data()
    text, defects = decode(data, source.name, charset=source.charset)
    try:
        value = _parsed(text, source.name)
    except InputError:
        if _parses(text.lstrip().partition("\n")[0]):
            yield from read_lines(replace(source, stream=io.BytesIO(text.encode("utf-8", "replace"))))
            return
        raise
    if jsonfeed.is_feed(value):
        yield from jsonfeed.read_feed(value, source, damage + defects)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield _entry(item, f"{source.name}#{number}", source)
    else:
        yield _entry(value, source.name, source)


def read_lines(source: Source) -> Iterator[Entry]:
    """An entry for each line that is not empty. One that is no JSON gives an error, and the others go on."""
    for number, line in enumerate(lines(source.stream, source.settings.max_bytes), 1):
        name = f"{source.name}#{number}"
        if line is None:
            yield failing(name, TooLarge(name, f"a line of more than {source.settings.max_bytes:,} bytes, the limit (max_bytes)"))
        elif line.strip():
            yield Entry(name, partial(_found, line, name, source))
    if damage := source.damage():
        yield failing(f"{source.name}#end", damage[0].message)


def _found(line: bytes, name: str, source: Source) -> Found:
    text, defects = decode(line, name, charset=source.charset)
    found = read_object(_parsed(text, name), source.columns, name)
    return replace(found, defects=defects + found.defects)


def _entry(value: object, name: str, source: Source) -> Entry:
    return Entry(name, partial(read_object, value, source.columns, name))


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise NotText(name, "JSON nested too deeply") from error
    except ValueError as error:
        raise NotText(name, f"JSON that cannot be read ({str(error)[:100]})") from error


def _parses(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
