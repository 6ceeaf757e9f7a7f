"""The versioned JSON of one read article, described in docs/reference/json.md."""

from __future__ import annotations

from typing import Any, cast, get_args

from volgens.errors import DecodeError
from volgens.records import Act, Article, Defect, Kind, Mention, Statement, Statements, statement_id

VERSION = "1"


def _mention(mention: Mention | None) -> dict[str, Any] | None:
    return None if mention is None else {"text": mention.text, "spans": [list(span) for span in mention.spans]}


def encode(article: Article, statements: Statements) -> dict[str, Any]:
    """The JSON object of an article and its statements, ready for ``json.dumps``."""
    return {
        "volgens": VERSION,
        "article": {
            "id": article.id,
            "url": article.url,
            "outlet": article.outlet,
            "title": article.title,
            "language": article.language,
            "published": article.published,
            "text": article.text,
        },
        "statements": [
            {
                "id": s.id,
                "source": _mention(s.source),
                "cue": _mention(s.cue),
                "content": _mention(s.content),
                "kind": s.kind,
                "act": s.act,
                "parent": s.parent,
                "confidence": s.confidence,
            }
            for s in statements
        ],
        "defects": [{"stage": d.stage, "message": d.message, "span": d.span and list(d.span)} for d in statements.defects],
    }


def encode_error(input: str, error: str) -> dict[str, Any]:
    """The JSON object that stands for an input that could not be read."""
    return {"volgens": VERSION, "input": input, "error": error}


def decode(data: dict[str, Any]) -> tuple[Article, Statements]:
    """The inverse of ``encode``.

    Every span and id is checked against the text. Raises DecodeError where the object is of another version, lacks a
    field, or points at other words than it quotes.
    """
    if not isinstance(data, dict) or data.get("volgens") != VERSION:
        raise DecodeError(f'expected an object with "volgens": "{VERSION}"; write it again with this version of volgens')
    try:
        fields = data["article"]
        article = Article(*(fields[name] for name in ("text", "url", "outlet", "title", "language", "published")))
        if article.id != fields["id"]:
            raise DecodeError(f"article {fields['id']} was changed after it was read: its text and id no longer match")
        statements = tuple(_statement(article, row) for row in data["statements"])
        defects = tuple(
            Defect(d["stage"], d["message"], (d["span"][0], d["span"][1]) if d.get("span") else None) for d in data["defects"]
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise DecodeError(f"not an article as volgens writes it: {error!r}") from error
    known = {s.id for s in statements}
    for s in statements:
        if s.parent is not None and s.parent not in known:
            raise DecodeError(f"statement {s.id} names a parent that is not there: {s.parent}")
    return article, Statements(statements, defects)


def _statement(article: Article, row: dict[str, Any]) -> Statement:
    def mention(value: dict[str, Any] | None) -> Mention | None:
        if value is None:
            return None
        found = Mention.of(article.text, [(start, end) for start, end in value["spans"]])
        if found.text != value["text"]:
            raise DecodeError(f"statement {row['id']} quotes {value['text']!r} where the text has {found.text!r}")
        return found

    source, cue, content = (mention(row[name]) for name in ("source", "cue", "content"))
    if content is None or row["kind"] not in get_args(Kind) or row["act"] not in get_args(Act):
        raise DecodeError(f"statement {row['id']} has no content, or a kind or act that is not in the tables")
    if row["id"] != statement_id(article.id, source, cue, content):
        raise DecodeError(f"statement {row['id']} was changed after it was read: its spans and id no longer match")
    return Statement(
        row["id"], source, cue, content, cast(Kind, row["kind"]), cast(Act, row["act"]), row["parent"], float(row["confidence"])
    )
