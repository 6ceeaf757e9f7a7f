"""Articles, speakers and statements as FollowTheMoney entities (https://followthemoney.tech), for Aleph and nomenklatura.

Who two articles name alike may be two: speakers stay apart until somebody joins them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from volgens.languages import words
from volgens.records import Article, Kind, Statement
from volgens.views.exports.escapes import xml_characters
from volgens.views.exports.moments import moment
from volgens.views.exports.names import address, named_id, speaker_names
from volgens.views.exports.reading import Reading

_SCHEMATA: dict[Kind, str] = {"person": "Person", "organisation": "Organization", "outlet": "Organization"}
_LONGEST = 384  # characters of a name
# ISO 639-1 to the ISO 639-3 codes that FollowTheMoney knows.
_LANGUAGES = dict(
    re.findall(
        r"(\w+):(\w+)",
        "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est fa:fas "
        "fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz km:khm kn:kan ko:kor "
        "ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya nb:nor ne:nep nl:nld nn:nor no:nor pl:pol ps:pus "
        "pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk tl:tgl tr:tur "
        "uk:ukr ur:urd uz:uzb vi:vie zh:zho",
    )
)

Entity = dict[str, Any]


def entities(reading: Reading) -> Iterator[Entity]:
    """The article, each speaker that it names, where these are mentioned, and each statement as a note on its speaker."""
    article = reading.article
    document = f"volgens-article-{article.id}"
    yield _article(document, reading)
    made: set[str] = set()
    for statement in reading.statements:
        speakers = tuple(_speakers(document, article.language, statement))
        for speaker in speakers:
            if speaker["id"] not in made:
                made.add(speaker["id"])
                yield speaker
            mention = _mention(document, statement, speaker)
            if mention["id"] not in made:
                made.add(mention["id"])
                yield mention
        yield _note(document, article, statement, [speaker["id"] for speaker in speakers])


def _article(id: str, reading: Reading) -> Entity:
    article = reading.article
    published, modified = moment(article.published), moment(article.modified)
    return _entity(
        id,
        "Article",
        title=[article.title],
        fileName=[article.title or reading.label],
        author=list(article.authors),
        publisher=[article.outlet],
        sourceUrl=[address(article.url)],
        publishedAt=[published.utc if published is not None else None],
        modifiedAt=[modified.utc if modified is not None else None],
        language=[_LANGUAGES.get(article.language)],
        bodyText=[article.text],
    )


def _speakers(document: str, language: str, s: Statement) -> Iterator[Entity]:
    """Who says it, where the article names them and they are somebody who can be held to it."""
    if s.kind not in _SCHEMATA or s.speaker is None:
        return
    names = speaker_names(s.speaker.name)
    for name in names:
        if not _name(name):
            continue
        schema = "LegalEntity" if len(names) > 1 else _schema(s.kind, name, language)
        id = f"volgens-speaker-{named_id(document + schema, name)}"
        alone = len(names) == 1  # of several, nobody knows whose function and other names these are
        position = [s.speaker.function] if alone and schema == "Person" else []
        aliases = [_name(alias) for alias in s.speaker.aliases] if alone else []
        yield _entity(id, schema, name=[name], alias=aliases, position=position, proof=[document])


def _schema(kind: Kind, name: str, language: str) -> str:
    if kind == "organisation" and any(word in words(language, "speakers", "public_bodies") for word in name.casefold().split()):
        return "PublicBody"
    return _SCHEMATA[kind]


def _mention(document: str, s: Statement, speaker: Entity) -> Entity:
    """Where the article names the speaker: the words as printed, and whom they stand for."""
    printed = (_name(s.source.text) if s.source is not None else None) or speaker["properties"]["name"][0]
    id = f"volgens-mention-{named_id(document + speaker['id'], printed)}"
    return _entity(id, "Mention", document=[document], name=[printed], resolved=[speaker["id"]], detectedSchema=[speaker["schema"]])


def _note(document: str, article: Article, s: Statement, speakers: list[str]) -> Entity:
    """A statement: what is said, of whom, and where. Of a source without a name it is a note on the article."""
    labels = [f"kind:{s.kind}", f"act:{s.act}", f"certainty:{s.certainty}", f"polarity:{s.polarity}"]
    printed = " ".join(mention.text for mention in (s.source, s.cue) if mention is not None)
    return _entity(
        f"volgens-statement-{s.id}",
        "Note",
        entity=speakers or [document],
        proof=[document],
        description=[s.content.text],
        summary=[printed],
        keywords=labels + (["reportative"] if s.reportative else []),
        publisher=[article.outlet],
        sourceUrl=[address(article.url)],
    )


def _entity(id: str, schema: str, **properties: Sequence[str | None]) -> Entity:
    """An entity with those values that are there: FollowTheMoney has no empty ones."""
    kept = {name: [_clean(v) for v in values if v and v.strip()] for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: sorted(set(values)) for name, values in kept.items() if values}}


def _clean(value: str) -> str:
    """As FollowTheMoney stores text: none of the controls that it would throw away."""
    return xml_characters(value).strip()


def _name(text: str) -> str | None:
    """``text`` on one line, where it has letters and is not too long for a name."""
    line = " ".join(text.split())
    return line if re.search(r"\w", line) and len(line) <= _LONGEST else None
