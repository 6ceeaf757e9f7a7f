"""Statements that can be searched: the narrow columns by themselves, with a full-text index, and the records apart.

A table whose rows hold a kilobyte of JSON each is slow to count over; one with what is shown and chosen by is not.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEXED = ("content", "source", "speaker", "cue")


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
    (_index_in_a_file if op.get_bind().dialect.name == "sqlite" else _index_on_a_server)()
    same = "article, number, id, source, speaker, cue, content, kind, act, certainty, polarity, confidence"
    op.execute(
        f"INSERT INTO statements ({same}, outlet, published, language) "
        f"SELECT {', '.join(f's.{column}' for column in same.split(', '))}, a.outlet, a.published, a.language "
        "FROM statements_before s JOIN articles a ON a.id = s.article ORDER BY s.article, s.number"
    )
    op.execute("INSERT INTO records SELECT article, number, record FROM statements_before")
    op.drop_table("statements_before")


def _index_in_a_file() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE statements_words USING fts5(content, source, speaker, cue, "
        "content='statements', content_rowid='key', tokenize='unicode61 remove_diacritics 2')"
    )
    columns = ", ".join(("rowid", *_INDEXED))
    new, old = (", ".join(f"{row}.{column}" for column in ("key", *_INDEXED)) for row in ("new", "old"))
    op.execute(
        f"CREATE TRIGGER statements_in AFTER INSERT ON statements BEGIN INSERT INTO statements_words({columns}) VALUES ({new}); END"
    )
    op.execute(
        "CREATE TRIGGER statements_out AFTER DELETE ON statements BEGIN "
        f"INSERT INTO statements_words(statements_words, {columns}) VALUES ('delete', {old}); END"
    )


def _index_on_a_server() -> None:
    # PostgreSQL's own configurations leave out common words such as "niet": these keep them.
    for language, configuration in (("dutch", "volgens_nl"), ("english", "volgens_en")):
        op.execute(f"CREATE TEXT SEARCH DICTIONARY {configuration} (TEMPLATE = snowball, LANGUAGE = {language})")
        op.execute(f"CREATE TEXT SEARCH CONFIGURATION {configuration} (COPY = pg_catalog.{language})")
        op.execute(f"ALTER TEXT SEARCH CONFIGURATION {configuration} ALTER MAPPING REPLACE {language}_stem WITH {configuration}")
    op.execute("CREATE TEXT SEARCH CONFIGURATION volgens_other (COPY = pg_catalog.simple)")
    op.execute(
        "CREATE FUNCTION volgens_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS "
        "$$ SELECT regexp_replace(normalize(words, NFD), '[\u0300-\u036f]', '', 'g') $$"
    )
    op.create_table(
        "statements_words",
        sa.Column(
            "rowid", sa.Integer(), sa.ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
    )
    op.create_index("ix_statements_words", "statements_words", ["words"], postgresql_using="gin")
    op.create_index("statements_in_order", "statements", [sa.text("published DESC NULLS LAST"), "key"])
    said = " || ' . ' || ".join(f"coalesce(new.{column}, '')" for column in _INDEXED)
    op.execute(
        "CREATE FUNCTION volgens_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO statements_words VALUES (new.key, to_tsvector("
        "(CASE new.language WHEN 'nl' THEN 'volgens_nl' WHEN 'en' THEN 'volgens_en' ELSE 'volgens_other' END)::regconfig, "
        f"volgens_folded({said}))); RETURN NULL; END $$"
    )
    op.execute("CREATE TRIGGER statements_in AFTER INSERT ON statements FOR EACH ROW EXECUTE FUNCTION volgens_words()")
