"""The one place where the stages are put together."""

from __future__ import annotations

from dataclasses import replace

from volgens.reader.network import Reader
from volgens.records import Article, Defect, Statements
from volgens.statements.assembling import assemble
from volgens.statements.speakers import speakers


def read_article(article: Article, reader: Reader, defects: tuple[Defect, ...] = ()) -> Statements:
    """Article -> Statements. ``defects`` are those of the stages before, kept in front."""
    statements = assemble(article, reader.read(article.text).labels)
    return replace(speakers(article, statements), defects=(*defects, *statements.defects))
