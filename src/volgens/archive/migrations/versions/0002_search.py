"""Statements that can be searched: the narrow columns by themselves, with a full-text index, and the records apart.

A table whose rows hold a kilobyte of JSON each is slow to count over; one with what is shown and chosen by is not.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("statements", "statements_before")
    op.drop_index("ix_statements_id", "statements_before")
    op.drop_index("ix_statements_speaker", "statements_before")
    op.create_table(
        "statements",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("article", "number"),
    )
    op.create_table(
        "records",
        sa.Column("article", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("article", "number"),
    )
    for name, column in (("id", "id"), ("speaker", "speaker"), ("published", "published"), ("outlet", "outlet"), ("kind", "kind")):
        op.create_index(f"ix_statements_{name}", "statements", [column])
    op.create_index("ix_statements_act", "statements", ["act"])
    op.execute(
        "CREATE VIRTUAL TABLE statements_words USING fts5(content, source, speaker, cue, "
        "content='statements', content_rowid='key', tokenize='unicode61 remove_diacritics 2')"
    )
    indexed = ("content", "source", "speaker", "cue")
    columns = ", ".join(("rowid", *indexed))
    new, old = (", ".join(f"{row}.{column}" for column in ("key", *indexed)) for row in ("new", "old"))
    op.execute(
        f"CREATE TRIGGER statements_in AFTER INSERT ON statements BEGIN INSERT INTO statements_words({columns}) VALUES ({new}); END"
    )
    op.execute(
        "CREATE TRIGGER statements_out AFTER DELETE ON statements BEGIN "
        f"INSERT INTO statements_words(statements_words, {columns}) VALUES ('delete', {old}); END"
    )
    same = "article, number, id, source, speaker, cue, content, kind, act, certainty, polarity, confidence"
    op.execute(
        f"INSERT INTO statements ({same}, outlet, published, language) "
        f"SELECT {', '.join(f's.{column}' for column in same.split(', '))}, a.outlet, a.published, a.language "
        "FROM statements_before s JOIN articles a ON a.id = s.article ORDER BY s.article, s.number"
    )
    op.execute("INSERT INTO records SELECT article, number, record FROM statements_before")
    op.drop_table("statements_before")
