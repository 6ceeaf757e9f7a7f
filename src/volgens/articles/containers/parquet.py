"""Parquet -> an entry for each row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from volgens.articles.containers.columns import Columns, plain
from volgens.articles.containers.entries import Entry, Source, failing
from volgens.articles.containers.rows import read_object
from volgens.articles.found import Found
from volgens.articles.plain import decode
from volgens.errors import NotText, TooLarge

_ROWS = 8
_LONGEST_HEADER = 16 << 20


def read_parquet(source: Source) -> Iterator[Entry]:
    """An entry for each row, named by its number. Raises NotText where no column can hold a text, or the file is broken."""
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    limit = source.settings.max_bytes
    try:
        # Row groups are read piece by piece and not before they are needed: one may be larger than the memory.
        table = parquet.ParquetFile(
            source.stream, buffer_size=1 << 16, pre_buffer=False, memory_map=False,
            thrift_string_size_limit=_LONGEST_HEADER, thrift_container_size_limit=1_000_000,
        )  # fmt: skip
        names = table.schema_arrow.names
    except (pa.ArrowException, OSError, ValueError, EOFError) as error:
        raise NotText(source.name, f"a Parquet file that cannot be read ({str(error)[:150]}); get the file again") from error
    columns = source.columns
    if not columns.holds_article(names):
        wanted = ", ".join(columns.text[:4])
        raise NotText(
            source.name, f"no column for a text ({wanted}) among: {', '.join(names)[:300]}. Name the right one (--column)"
        )
    looked_for = columns.all_names()
    wanted_names = [name for name in names if plain(name) in looked_for]
    number = 0
    try:
        for batch in table.iter_batches(batch_size=_ROWS, columns=wanted_names, use_threads=False):
            if batch.nbytes > _ROWS * limit:
                raise TooLarge(source.name, f"rows of more than {limit:,} bytes each, the limit (max_bytes)")
            for index in range(batch.num_rows):
                number += 1
                name = f"{source.name}#{number}"
                yield Entry(name, partial(_found, batch, index, columns, name))
    except (pa.ArrowException, OSError, ValueError, EOFError) as error:
        yield failing(f"{source.name}#{number + 1}", f"damaged from here on ({str(error)[:150]}); get the file again")


def _found(batch: Any, index: int, columns: Columns, name: str) -> Found:
    row = {column: _value(batch.column(position)[index]) for position, column in enumerate(batch.schema.names)}
    return read_object(row, columns, name)


def _value(cell: Any) -> object:
    try:
        value: object = cell.as_py()
    except UnicodeDecodeError:
        value = cell.as_buffer().to_pybytes()
    except (ValueError, OverflowError):
        return None  # a date beyond those of Python, a zone that is none
    if isinstance(value, bytes):
        # Older programs write texts as bytes.
        return decode(value, "cell")[0] if value.strip() else None
    return value
