"""Statements as rows, with the same columns for JSON lines, CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from volgens.records import Act, Certainty, Kind, Mention, Polarity, Precision, Span, Statement
from volgens.views.chain import chain
from volgens.views.exports.escapes import cell, well_formed
from volgens.views.exports.reading import Reading

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

_GROUP = 10_000  # rows that Parquet holds together, and that are in memory at a time


@dataclass(frozen=True, slots=True)
class Row:
    """One statement with what there is to know of its article. The fields are the columns, in their order.

    ``article`` is what the input calls it, ``version`` its id. ``chain`` are the names from the outlet in. The spans point into
    the article's text.
    """

    article: str
    version: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    language: str
    statement: str
    parent: str | None
    source: str | None
    speaker: str | None
    function: str | None
    organisation: str | None
    kind: Kind
    cue: str | None
    content: str
    act: Act
    certainty: Certainty
    polarity: Polarity
    reportative: bool
    inferred: str | None
    due_earliest: str | None
    due_latest: str | None
    due_precision: Precision | None
    chain: tuple[str, ...]
    confidence: float
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]


COLUMNS = tuple(field.name for field in fields(Row))


def rows(reading: Reading) -> Iterator[Row]:
    """The rows of one article, in the order of its text."""
    version = reading.article.id  # a hash of the whole text: taken once
    for statement in reading.statements:
        yield _row(reading, statement, version)


def _row(reading: Reading, s: Statement, version: str) -> Row:
    article = reading.article
    speaker, due = s.speaker, s.due
    return Row(
        article=reading.label,
        version=version,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        language=article.language,
        statement=s.id,
        parent=s.parent,
        source=_words(s.source),
        speaker=speaker.name if speaker is not None else None,
        function=speaker.function if speaker is not None else None,
        organisation=speaker.organisation if speaker is not None else None,
        kind=s.kind,
        cue=_words(s.cue),
        content=s.content.text,
        act=s.act,
        certainty=s.certainty,
        polarity=s.polarity,
        reportative=s.reportative,
        inferred=_words(s.inferred),
        due_earliest=due.earliest if due is not None else None,
        due_latest=due.latest if due is not None else None,
        due_precision=due.precision if due is not None else None,
        chain=tuple(link.name for link in chain(article, reading.statements, s)),
        confidence=s.confidence,
        source_spans=_spans(s.source),
        cue_spans=_spans(s.cue),
        content_spans=_spans(s.content),
    )


def _words(mention: Mention | None) -> str | None:
    return None if mention is None else mention.text


def _spans(mention: Mention | None) -> tuple[Span, ...]:
    return () if mention is None else mention.spans


def encode_row(row: Row) -> dict[str, Any]:
    """The JSON object of a row. Chain and spans are arrays."""
    values = ((name, getattr(row, name)) for name in COLUMNS)
    return {name: _listed(value) if isinstance(value, tuple) else value for name, value in values}


def _listed(value: tuple[Any, ...]) -> list[Any]:
    return [list(one) if isinstance(one, tuple) else one for one in value]


def csv_lines(found: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), the names of the columns first. No cell is a formula to a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def line(cells: Iterable[str]) -> str:
        writer.writerow(cells)
        written = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return written

    yield line(COLUMNS)
    for row in found:
        yield line(_cell(name, getattr(row, name)) for name in COLUMNS)


def _cell(name: str, value: Any) -> str:
    if name == "chain":
        return cell(" < ".join(value))
    if isinstance(value, tuple):
        return " ".join(f"{start}-{end}" for start, end in value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value)
    return "" if value is None else cell(value)


def write_parquet(found: Iterable[Row], file: BinaryIO) -> None:
    """All rows as one Parquet file. Raises OSError where it cannot be written."""
    from pyarrow import Table, parquet

    schema = _schema()
    left = iter(found)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := [_stored(row) for row in islice(left, _GROUP)]:
            writer.write_table(Table.from_pylist(group, schema=schema))


def _stored(row: Row) -> dict[str, Any]:
    """A row as Parquet takes it: of every pair of offsets an object, of every string one that is UTF-8."""
    stored: dict[str, Any] = {}
    for name in COLUMNS:
        value = getattr(row, name)
        if name.endswith("_spans"):
            stored[name] = [{"start": start, "end": end} for start, end in value]
        elif name == "chain":
            stored[name] = [well_formed(one) for one in value]
        else:
            stored[name] = well_formed(value) if isinstance(value, str) else value
    return stored


def _schema() -> pa.Schema:
    import pyarrow as pa

    spans = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
    special = {"reportative": pa.bool_(), "confidence": pa.float64(), "chain": pa.list_(pa.string())}
    return pa.schema([(name, spans if name.endswith("_spans") else special.get(name, pa.string())) for name in COLUMNS])
