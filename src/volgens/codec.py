"""The versioned JSON of one read article, described in docs/reference/json.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from volgens.errors import DecodeError
from volgens.records import (
    Act,
    Article,
    Block,
    BlockKind,
    Certainty,
    Choice,
    Credit,
    CreditKind,
    CreditPlace,
    Defect,
    Due,
    Kind,
    Mention,
    Polarity,
    Precision,
    Reason,
    Span,
    Speaker,
    Statement,
    Statements,
    Time,
    TimeType,
    statement_id,
)

VERSION = "1"


def encode_mention(mention: Mention | None) -> dict[str, Any] | None:
    """The JSON object of words of an article: their text and the spans where they stand."""
    return None if mention is None else {"text": mention.text, "spans": _spans_of(mention)}


def _times(times: Sequence[Time]) -> list[dict[str, Any]]:
    return [{"text": t.mention.text, "spans": _spans_of(t.mention), "type": t.type, "value": t.value} for t in times]


def _spans_of(mention: Mention) -> list[list[int]]:
    return [list(span) for span in mention.spans]


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    return {
        "name": speaker.name,
        "function": speaker.function,
        "organisation": speaker.organisation,
        "aliases": list(speaker.aliases),
        "mention": encode_mention(speaker.mention),
        "reason": encode_mention(speaker.reason),
    }


def _due(due: Due | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {"earliest": due.earliest, "latest": due.latest, "precision": due.precision, "mention": encode_mention(due.mention)}


def encode(article: Article, statements: Statements) -> dict[str, Any]:
    """The JSON object of an article and its statements, ready for ``json.dumps``."""
    return {
        "volgens": VERSION,
        "article": encode_article(article),
        "statements": [encode_statement(s) for s in statements],
        "times": _times(statements.times),
        "defects": [{"stage": d.stage, "message": d.message, "span": list(d.span) if d.span else None} for d in statements.defects],
    }


def encode_article(article: Article) -> dict[str, Any]:
    """The JSON object of an article alone, as it stands in that of ``encode``."""
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "modified": article.modified,
        "authors": list(article.authors),
        "section": article.section,
        "domain": article.domain,
        "twins": list(article.twins),
        "text": article.text,
        "blocks": [{"kind": b.kind, "span": list(b.span), "time": b.time} for b in article.blocks],
        "credits": [
            {"name": c.name, "kind": c.kind, "place": c.place, "mention": encode_mention(c.mention)} for c in article.credits
        ],
        "choices": {c.field: c.origin for c in article.choices},
    }


def encode_statement(s: Statement) -> dict[str, Any]:
    """The JSON object of a statement, as it stands in that of ``encode``."""
    return {
        "id": s.id,
        "source": encode_mention(s.source),
        "cue": encode_mention(s.cue),
        "content": encode_mention(s.content),
        "kind": s.kind,
        "act": s.act,
        "certainty": s.certainty,
        "polarity": s.polarity,
        "reportative": s.reportative,
        "parent": s.parent,
        "inferred": encode_mention(s.inferred),
        "speaker": _speaker(s.speaker),
        "times": _times(s.times),
        "due": _due(s.due),
        "confidence": s.confidence,
        "kind_confidence": s.kind_confidence,
        "act_confidence": s.act_confidence,
        **({"corrected": list(s.corrected)} if s.corrected else {}),
        **({"why": [{"label": r.label, "mention": encode_mention(r.mention)} for r in s.why]} if s.why else {}),
    }


def encode_error(input: str, error: str) -> dict[str, Any]:
    """The JSON object that stands for an input that could not be read."""
    return {"volgens": VERSION, "input": input, "error": error}


def decode(data: dict[str, Any]) -> tuple[Article, Statements]:
    """The inverse of ``encode``.

    Every span and id is checked against the text. Raises DecodeError where the object is of another version, lacks a
    field, has one of another type, or points at other words than it quotes.
    """
    if not isinstance(data, dict) or data.get("volgens") != VERSION:
        raise DecodeError(f'expected an object with "volgens": "{VERSION}"; write it again with this version of volgens')
    try:
        article = decode_article(data["article"])
        statements = tuple(_statement(article, row) for row in data["statements"])
        defects = tuple(_defect(article, row) for row in data["defects"])
        times = tuple(_time(article, row) for row in data.get("times", ()))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise DecodeError(f"not an article as volgens writes it: {error!r}") from error
    _check_parents(statements)
    return article, Statements(statements, defects, times)


def decode_article(fields: dict[str, Any]) -> Article:
    """The inverse of ``encode_article``. Raises DecodeError as ``decode`` does."""
    try:
        return _article(fields)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise DecodeError(f"not an article as volgens writes it: {error!r}") from error


def _article(fields: dict[str, Any]) -> Article:
    bare = Article(
        text=_string(fields["text"]),
        url=_optional(fields["url"]),
        outlet=_optional(fields["outlet"]),
        title=_optional(fields["title"]),
        language=_string(fields["language"]),
        published=_optional(fields["published"]),
    )
    if bare.id != fields["id"]:
        raise DecodeError(f"article {fields['id']} was changed after it was read: its text and id no longer match")
    # What was written before the fields below were told lacks them.
    return replace(
        bare,
        modified=_optional(fields.get("modified")),
        authors=tuple(map(_string, fields.get("authors", ()))),
        section=_optional(fields.get("section")),
        domain=_optional(fields.get("domain")),
        twins=tuple(map(_string, fields.get("twins", ()))),
        blocks=tuple(_block(bare, row) for row in fields.get("blocks", ())),
        credits=tuple(_credit(bare, row) for row in fields.get("credits", ())),
        choices=tuple(Choice(_string(field), _string(origin)) for field, origin in fields.get("choices", {}).items()),
    )


def _block(article: Article, row: dict[str, Any]) -> Block:
    (span,) = Mention.of(article.text, _spans([row["span"]])).spans
    return Block(_one_of(row["kind"], BlockKind), span, _optional(row["time"]))


def _credit(article: Article, row: dict[str, Any]) -> Credit:
    kind, place = _one_of(row["kind"], CreditKind), _one_of(row["place"], CreditPlace)
    return Credit(_string(row["name"]), kind, place, _quoted(article, row["mention"]))


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a string, found {value!r}")
    return value


def _optional(value: Any) -> str | None:
    return None if value is None else _string(value)


def _spans(value: Any) -> list[Span]:
    spans = [(start, end) for start, end in value]
    if any(type(offset) is not int for span in spans for offset in span):
        raise TypeError(f"offsets are whole numbers, found {value!r}")
    return spans


def _defect(article: Article, row: dict[str, Any]) -> Defect:
    span = None if row["span"] is None else Mention.of(article.text, _spans([row["span"]])).spans[0]
    return Defect(_string(row["stage"]), _string(row["message"]), span)


def _check_parents(statements: tuple[Statement, ...]) -> None:
    """Raises DecodeError where an id comes twice, a parent is not there, or a statement lies, in the end, in itself."""
    parents = {s.id: s.parent for s in statements}
    if len(parents) < len(statements):
        raise DecodeError("the same statement comes twice; each has its own id")
    sound: set[str] = set()
    for s in statements:
        walked: list[str] = []
        parent: str | None = s.id
        while parent is not None and parent not in sound:
            if parent not in parents:
                raise DecodeError(f"statement {walked[-1]} names a parent that is not there: {parent}")
            if parent in walked:
                raise DecodeError(f"statement {parent} lies in itself, by its parents")
            walked.append(parent)
            parent = parents[parent]
        sound.update(walked)


def _quoted(article: Article, value: dict[str, Any]) -> Mention:
    found = Mention.of(article.text, _spans(value["spans"]))
    if found.text != value["text"]:
        raise DecodeError(f"it quotes {value['text']!r} where the text of article {article.id} has {found.text!r}")
    return found


def _one_of(value: Any, allowed: Any) -> Any:
    if value not in get_args(allowed):
        raise DecodeError(f"{value!r} is none of {', '.join(get_args(allowed))}")
    return value


def _time(article: Article, row: dict[str, Any]) -> Time:
    return Time(_quoted(article, row), _one_of(row["type"], TimeType), _string(row["value"]))


def _decoded_due(article: Article, row: dict[str, Any]) -> Due:
    precision = _one_of(row["precision"], Precision)
    return Due(_string(row["earliest"]), _string(row["latest"]), precision, _quoted(article, row["mention"]))


def _decoded_speaker(article: Article, row: dict[str, Any]) -> Speaker:
    name, function, organisation = (_optional(row[field]) for field in ("name", "function", "organisation"))
    mention, reason = (None if row[field] is None else _quoted(article, row[field]) for field in ("mention", "reason"))
    return Speaker(name, function, organisation, tuple(map(_string, row["aliases"])), mention, reason)


def _confidence(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise DecodeError(f"a confidence is a number from 0 to 1, found {value!r}")
    return float(value)


def _statement(article: Article, row: dict[str, Any]) -> Statement:
    def mention(name: str) -> Mention | None:
        return None if row.get(name) is None else _quoted(article, row[name])

    source, cue, content = mention("source"), mention("cue"), mention("content")
    if content is None or any(part is not None and not part.spans for part in (source, cue)):
        raise DecodeError(f"statement {row['id']} lacks its content, or the place of its source or cue")
    if row["id"] != statement_id(article.id, source, cue, content):
        raise DecodeError(f"statement {row['id']} was changed after it was read: its spans and id no longer match")
    parent = _optional(row["parent"])
    # What was written before the fields below were told lacks them.
    reportative = row.get("reportative", False)
    if not isinstance(reportative, bool):
        raise TypeError(f"reportative is true or false, found {reportative!r}")
    return Statement(
        row["id"],
        source,
        cue,
        content,
        _one_of(row["kind"], Kind),
        _one_of(row["act"], Act),
        parent,
        _confidence(row["confidence"]),
        certainty=_one_of(row.get("certainty", "unknown"), Certainty),
        polarity=_one_of(row.get("polarity", "positive"), Polarity),
        reportative=reportative,
        inferred=mention("inferred"),
        speaker=None if row.get("speaker") is None else _decoded_speaker(article, row["speaker"]),
        times=tuple(_time(article, time) for time in row.get("times", ())),
        due=None if row.get("due") is None else _decoded_due(article, row["due"]),
        kind_confidence=_confidence(row.get("kind_confidence", 1.0)),
        act_confidence=_confidence(row.get("act_confidence", 1.0)),
        corrected=tuple(map(_string, row.get("corrected", ()))),
        why=tuple(Reason(_string(r["label"]), _quoted(article, r["mention"])) for r in row.get("why", ())),
    )
