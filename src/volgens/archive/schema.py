"""The tables of an archive. ``migrations`` makes them; a change here needs a new migration.

A work is one published text under its addresses, through all its versions; an article is one version. Times are ISO 8601 in
UTC, spans count code points of ``articles.text``, JSON is that of ``volgens.codec``.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

works = Table(
    "works",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # the address without scheme and tracking, or the path of a file
)

addresses = Table(
    "addresses",
    metadata,
    Column("key", Text, primary_key=True),
    Column("work", ForeignKey("works.id"), nullable=False, index=True),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("work", ForeignKey("works.id"), nullable=False, index=True),
    Column("url", Text),
    Column("outlet", Text, index=True),
    Column("title", Text),
    Column("published", Text, index=True),
    Column("modified", Text),
    Column("language", String(3), nullable=False),
    Column("text", Text, nullable=False),
    Column("record", Text, nullable=False),  # the whole article but its text, as JSON
)

versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("work", ForeignKey("works.id"), nullable=False),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("seen", Text),  # when it was fetched; null for a file
    Column("name", Text, nullable=False),  # the input that it came from
    Column("program", Text, nullable=False),  # the volgens that made the article of it
    Index("versions_in_order", "work", "seen", "number"),
)

defects = Table(
    "defects",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("message", Text, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("name", Text, primary_key=True),  # the input that gave no article
    Column("reason", Text, nullable=False),
)

inputs = Table(
    "inputs",
    metadata,
    Column("what", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("position", Integer, nullable=False),  # how many of its articles were dealt with
    Column("done", Boolean, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("program", Text, nullable=False),
    Column("record", Text, nullable=False),  # times and defects, as JSON
)

statements = Table(
    "statements",  # as people corrected them; and statements_words, its full-text index, kept by triggers
    metadata,
    Column("key", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),  # in the order of the text
    Column("id", String(32), nullable=False, index=True),
    Column("source", Text),
    Column("speaker", Text, index=True),
    Column("cue", Text),
    Column("content", Text, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("act", Text, nullable=False, index=True),
    Column("certainty", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("outlet", Text, index=True),  # of its article, as the two below
    Column("published", Text, index=True),
    Column("language", String(3), nullable=False),
    UniqueConstraint("article", "number"),
)

records = Table(
    "records",  # the statements as they were read
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("record", Text, nullable=False),  # the whole statement, as JSON
)

vectors = Table(
    "vectors",  # of what statements say; made at the first search by meaning
    metadata,
    Column("id", String(32), primary_key=True),  # of the statement
    Column("program", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # a byte, signed, for each of its numbers, times 127
)

stories = Table(
    "stories",  # as they were told of the articles that "states" names
    metadata,
    Column("id", String(32), primary_key=True),
    Column("begun", Text),  # when the first of its articles was published
    Column("title", Text),  # of that article
    Column("size", Integer, nullable=False),  # articles
    Column("key", String(32), nullable=False),  # of all that its traces depend on
    Column("record", Text, nullable=False),  # the story and the copies among its articles, as JSON
    Index("stories_in_order", "size", "begun"),
)

members = Table(
    "members",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("story", ForeignKey("stories.id"), nullable=False, index=True),
)

traces = Table(
    "traces",  # of a story that may be told otherwise by now, which its key shows
    metadata,
    Column("story", String(32), primary_key=True),
    Column("key", String(32), nullable=False),
    Column("record", Text, nullable=False),  # derivations and traces, as JSON
)

claims = Table(
    "claims",  # of the traces
    metadata,
    Column("id", String(32), primary_key=True),
    Column("story", String(32), primary_key=True, index=True),
    Column("text", Text, nullable=False),
    Column("articles", Integer, nullable=False),  # how many carry it
    Column("low", Integer, nullable=False),  # independent origins
    Column("high", Integer, nullable=False),
)

corrections = Table(
    "corrections",  # what people said of statements; no row is changed but to take it back
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("article", ForeignKey("articles.id"), nullable=False, index=True),
    Column("begin", Integer, nullable=False),  # the place of what the statement says
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("other_article", ForeignKey("articles.id"), index=True),  # of the statement that it is put beside
    Column("other_begin", Integer),
    Column("other_end", Integer),
    Column("other_text", Text),
    Column("name", Text),  # who the source turned out to be
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text),
    Column("undone_by", Text),
    Column("undone_at", Text),
)

states = Table(
    "states",
    metadata,
    Column("what", Text, primary_key=True),
    Column("state", Text, nullable=False),  # of the archive when that was made
)

visits = Table(
    "visits",  # the addresses that are asked again and again: feeds, and the articles that they named
    metadata,
    Column("key", Text, primary_key=True),  # of a feed its address, of an article as in addresses
    Column("address", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("kind", Text, nullable=False),  # feed, site or article
    Column("named_by", Text),  # the feed, list or home page in which it was found first
    Column("told", Text),  # what that says of the article, as JSON
    Column("due", Float),  # when to ask next, in seconds since 1970; null when never again
    Column("every", Float, nullable=False),  # seconds between two times that a feed is asked
    Column("step", Integer, nullable=False),  # how often an article was read: after the first, an hour, a day, a week
    Column("failures", Integer, nullable=False),  # in a row
    Column("etag", Text),
    Column("modified", Text),
    Column("reason", Text),  # of the last failure
    Index("visits_in_order", "due", "host"),
)
