"""The one place where the stages are put together."""

from __future__ import annotations

from dataclasses import replace

from volgens.reader.network import Reader
from volgens.records import Article, Defect, Statements
from volgens.statements.acts import acts
from volgens.statements.assembling import assemble
from volgens.statements.certainty import certainties
from volgens.statements.chains import in_text, link
from volgens.statements.kinds import kinds
from volgens.statements.uncued import uncued


def read_article(article: Article, reader: Reader, defects: tuple[Defect, ...] = (), *, explain: bool = False) -> Statements:
    """Article -> Statements. ``defects`` are those of the stages before, kept in front; with ``explain``, statements tell why."""
    statements = assemble(article, reader.read(article.text, why=explain).labels)
    items = tuple(sorted([*statements, *uncued(article, statements)], key=in_text))
    for stage in (kinds, acts, certainties, link):
        items = stage(article, items)
    return replace(statements, items=items, defects=(*defects, *statements.defects))
