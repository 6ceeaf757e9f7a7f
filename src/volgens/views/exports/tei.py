"""Articles as TEI P5 (https://tei-c.org/guidelines/p5/), their statements beside the text.

Statements nest, cross and come in pieces, which elements cannot: the text has an anchor wherever a piece begins or ends, and spans
point from anchor to anchor. The text of the body is the article's, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain as joined
from typing import get_args

from volgens.config import VERSION
from volgens.records import Act, Article, Certainty, Kind, Mention, Polarity, Span, Statement
from volgens.views.exports.escapes import xml_attribute, xml_text
from volgens.views.exports.moments import moment
from volgens.views.exports.names import address, speaker_names
from volgens.views.exports.reading import Reading, is_direct

_NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'
_PARAGRAPH = re.compile(r"[^ \t\r\n](?:(?!\r?\n[ \t\r]*\n).)*(?<![ \t\r\n])", re.DOTALL)
_BLANK = re.compile(r"[ \t\r\n]*")
_TAXONOMIES = {
    "kind": get_args(Kind),
    "act": get_args(Act),
    "certainty": get_args(Certainty),
    "polarity": get_args(Polarity),
    "speech": ("direct", "indirect"),
    "distance": ("reportative",),
}


def tei(readings: Iterable[Reading]) -> Iterator[str]:
    """One article as a TEI document, several as a corpus of them, in pieces."""
    left = iter(readings)
    first, second = next(left, None), next(left, None)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    if first is not None and second is None:
        yield from _document(_Numbered(1, first), f" {_NAMESPACE}", _encoding())
        return
    yield f"<teiCorpus {_NAMESPACE}>\n<teiHeader>\n<fileDesc>\n"
    yield "<titleStmt><title>News articles and their statements</title></titleStmt>\n"
    yield f"{_PUBLICATION}<sourceDesc><p>Each article names its own.</p></sourceDesc>\n</fileDesc>\n{_encoding()}</teiHeader>\n"
    for number, reading in enumerate(joined((one for one in (first, second) if one is not None), left), 1):
        yield from _document(_Numbered(number, reading), "", "")
    yield "</teiCorpus>\n"


_PUBLICATION = (
    f"<publicationStmt><p>Made by volgens {VERSION} from a news article; the text is its publisher’s.</p></publicationStmt>\n"
)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A reading with its number in the file, with which all of its XML ids begin."""

    number: int
    reading: Reading

    def id(self, letter: str, number: int) -> str:
        return f"t{self.number}.{letter}{number}"

    def speakers(self) -> dict[tuple[str, str], int]:
        """A number for each speaker that the article names: a person or a body, and the name."""
        named: dict[tuple[str, str], int] = {}
        for statement in self.reading.statements:
            for key in _named(statement):
                named.setdefault(key, len(named) + 1)
        return named


def _named(s: Statement) -> Iterator[tuple[str, str]]:
    if s.speaker is not None:
        for name in speaker_names(s.speaker.name):
            yield "person" if s.kind == "person" else "org", name


def _document(one: _Numbered, namespace: str, encoding: str) -> Iterator[str]:
    article = one.reading.article
    speakers = one.speakers()
    language = "" if article.language == "und" else f" xml:lang={xml_attribute(article.language)}"
    yield f"<TEI{namespace} xml:id={xml_attribute(f't{one.number}')} n={xml_attribute(one.reading.label)}>\n"
    yield _header(one, speakers, encoding)
    yield f"<text{language}><body>"
    yield from _body(one)
    yield "</body></text>\n"
    order = {s.id: number for number, s in enumerate(one.reading.statements, 1)}
    spans = [group for s in one.reading.statements if (group := _spans(one, s, order, speakers))]
    if spans:
        yield "<standOff>\n"
        yield from spans
        yield "</standOff>\n"
    yield "</TEI>\n"


def _header(one: _Numbered, speakers: dict[tuple[str, str], int], encoding: str) -> str:
    article = one.reading.article
    title = f"<title>{xml_text(article.title or one.reading.label)}</title>"
    authors = "".join(f"<author>{xml_text(name)}</author>" for name in article.authors)
    published, url = moment(article.published), address(article.url)
    bibl = title + authors
    bibl += f"<publisher>{xml_text(article.outlet)}</publisher>" if article.outlet else ""
    bibl += f"<date when={xml_attribute(published.value)}/>" if published is not None else ""
    bibl += f'<idno type="URI">{xml_text(url)}</idno>' if url is not None else ""
    bibl += f'<idno type="volgens">{article.id}</idno>'
    return (
        f"<teiHeader>\n<fileDesc>\n<titleStmt>{title}{authors}</titleStmt>\n{_PUBLICATION}"
        f"<sourceDesc><bibl>{bibl}</bibl></sourceDesc>\n</fileDesc>\n{encoding}<profileDesc>\n"
        f"<langUsage><language ident={xml_attribute(article.language)}/></langUsage>\n"
        f"{_participants(one, speakers)}</profileDesc>\n</teiHeader>\n"
    )


def _participants(one: _Numbered, speakers: dict[tuple[str, str], int]) -> str:
    """The speakers that the article names."""
    lists = []
    for kind, listed, element in (("person", "listPerson", "persName"), ("org", "listOrg", "orgName")):
        found = [
            f'<{kind} xml:id="{one.id("p", number)}"><{element}>{xml_text(name)}</{element}></{kind}>'
            for (of, name), number in speakers.items()
            if of == kind
        ]
        if found:
            lists.append(f"<{listed}>{''.join(found)}</{listed}>\n")
    return f"<particDesc>\n{''.join(lists)}</particDesc>\n" if lists else ""


def _encoding() -> str:
    """What reads it, and the labels that the spans point to."""
    taxonomies = "".join(
        f'<taxonomy xml:id="{name}">'
        + "".join(f'<category xml:id="{name}.{label}"><catDesc>{label}</catDesc></category>' for label in labels)
        + "</taxonomy>\n"
        for name, labels in _TAXONOMIES.items()
    )
    return (
        f'<encodingDesc>\n<appInfo><application ident="volgens" version="{VERSION}"><label>volgens</label></application></appInfo>'
        f"\n<classDecl>\n{taxonomies}</classDecl>\n</encodingDesc>\n"
    )


def _body(one: _Numbered) -> Iterator[str]:
    """The text with its anchors, each piece of it in an element."""
    text = one.reading.article.text
    cuts = sorted({offset for s in one.reading.statements for mention in _mentions(s) for span in mention.spans for offset in span})
    at = 0

    def anchored(start: int, end: int, last: int) -> str:
        """The text between two places, with the anchors up to ``last`` that are not there yet."""
        nonlocal at
        written = []
        while at < len(cuts) and cuts[at] <= last:
            written.append(xml_text(text[start : cuts[at]]) + f'<anchor xml:id="{one.id("c", cuts[at])}"/>')
            start = cuts[at]
            at += 1
        return "".join(written) + xml_text(text[start:end])

    for element, label, (start, end) in _pieces(one.reading.article):
        kind = f' type="{label}"' if label else ""
        # Where blank space ends and an element begins, the anchor is the element's.
        last = end if element or end == len(text) else end - 1
        written = anchored(start, end, last)
        yield f"<{element}{kind}>{written}</{element}>" if element else written


def _pieces(article: Article) -> Iterator[tuple[str, str, Span]]:
    """The whole text in order: elements with their types, and the blank space between them, which has none."""
    blocks = [(block.kind, block.span) for block in article.blocks if block.span[0] < block.span[1]]
    told = blocks or [("paragraph", match.span()) for match in _PARAGRAPH.finditer(article.text)]
    last = 0
    for kind, (start, end) in told:
        yield from _gap(article.text, last, start)
        yield ("p", "", (start, end)) if kind == "paragraph" else ("ab", kind.replace(" ", "-"), (start, end))
        last = end
    yield from _gap(article.text, last, len(article.text))
    if not told:
        yield "ab", "", (len(article.text), len(article.text))  # no body is without an element


def _gap(text: str, start: int, end: int) -> Iterator[tuple[str, str, Span]]:
    if start < end:
        yield ("" if _BLANK.fullmatch(text, start, end) else "ab", "", (start, end))


def _mentions(s: Statement) -> Iterator[Mention]:
    yield from (mention for mention in (s.source, s.cue, s.content, s.inferred) if mention is not None)


def _spans(one: _Numbered, s: Statement, order: Mapping[str, int], speakers: dict[tuple[str, str], int]) -> str:
    """A statement: its labels, and from where to where each of its pieces runs."""
    labels = [f"#kind.{s.kind}", f"#act.{s.act}", f"#certainty.{s.certainty}", f"#polarity.{s.polarity}"]
    labels += ["#distance.reportative"] if s.reportative else []
    labels += [f"#speech.{'direct' if is_direct(one.reading.article, s) else 'indirect'}"] if s.content.spans else []
    who = " ".join(f"#{one.id('p', speakers[key])}" for key in _named(s))
    spans = [
        _span(one, part, span, who if part in ("source", "inferred-source") else "")
        for part, mention in (("source", s.source), ("inferred-source", s.inferred), ("cue", s.cue), ("content", s.content))
        if mention is not None
        for span in mention.spans
    ]
    if not spans:
        return ""
    parent = f' corresp="#{one.id("s", order[s.parent])}"' if s.parent is not None and s.parent in order else ""
    told = f'n="{s.id}" ana="{" ".join(labels)}" cert="{s.confidence:.4f}"{parent}'
    return f'<spanGrp type="statement" xml:id="{one.id("s", order[s.id])}" {told}>{"".join(spans)}</spanGrp>\n'


def _span(one: _Numbered, part: str, span: Span, who: str) -> str:
    corresp = f' corresp="{who}"' if who else ""
    return f'<span type="{part}" from="#{one.id("c", span[0])}" to="#{one.id("c", span[1])}"{corresp}/>'
