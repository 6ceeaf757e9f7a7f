"""NewsML-G2 and NITF -> the news items in them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import partial
from typing import Any

from volgens.articles.containers.entries import Entry, Places, Source, entry, failing
from volgens.articles.containers.told import Read, Told, from_fragment, from_text, is_markup, telling
from volgens.articles.containers.trees import child, children, local, markup_of, text_of
from volgens.articles.found import Found
from volgens.errors import InputError, NotText
from volgens.records import Defect

_ITEMS = ("newsitem", "nitf")
_WITHDRAWN = ("stat:canceled", "stat:cancelled", "stat:withheld")
_NITF_BLOCKS = {"p": "p", "hl1": "h2", "hl2": "h2", "bq": "blockquote", "li": "li", "dt": "p", "dd": "p", "tagline": "p"}
_NITF_UNREAD = ("media", "table", "note")


def read_items(root: Any, source: Source, defects: tuple[Defect, ...]) -> Iterator[Entry]:
    """An entry for each news item; links where there is only a package that names them. Raises NotText where there is neither.

    ``defects`` are those met in parsing, told with each.
    """
    places = Places(source.name)
    # What lies in an item is part of it: a NITF body is no item of its own.
    items = [one for one in root.iter() if local(one) in _ITEMS and not any(local(up) in _ITEMS for up in one.iterancestors())]
    for number, item in enumerate(items, 1):
        name = places.name(item.get("guid") or number)
        yield entry(name, partial(_read, item, name, defects))
    named = [] if items else [ref for ref in root.iter() if local(ref) == "itemref" and _is_address(ref.get("href"))]
    for ref in named:
        name = places.name(ref.get("href"))
        yield Entry(name, partial(Found, name, link=ref.get("href"), defects=defects))
    if not items and not named:
        yield failing(source.name, NotText(source.name, "NewsML without a news item or the address of one"))


def _read(item: Any, name: str, defects: tuple[Defect, ...]) -> Read:
    article, more = (_read_item if local(item) == "newsitem" else _read_nitf)(item, name)
    return article, defects + more


def _read_item(item: Any, name: str) -> Read:
    meta, content = child(item, "itemmeta"), child(item, "contentmeta")
    status = _attribute(child(meta, "pubstatus"), "qcode") or ""
    if status.lower() in _WITHDRAWN:
        raise InputError(name, f"its publisher marked it as {status.partition(':')[2]}")

    def first(*paths: tuple[Any, ...]) -> str | None:
        return next((text for start, *path in paths if (text := text_of(child(start, *path)))), None)

    told = telling(
        "record",
        title=first((content, "headline"), (meta, "title")),
        url=item.get("guid") if _is_address(item.get("guid")) else None,
        outlet=first((content, "infosource", "name"), (meta, "provider", "name"), (item, "rightsinfo", "copyrightholder", "name"))
        or _attribute(child(meta, "provider"), "literal"),
        dates=(
            first((content, "contentcreated"), (meta, "firstcreated"), (meta, "versioncreated")),
            first((content, "contentmodified"), (meta, "versioncreated")),
        ),
        authors=[text for one in _bylines(content) if (text := text_of(one))],
        section=first((content, "subject", "name")),
        language=_language(content, item),
    )
    return _body(item, told, name)


def _body(item: Any, told: Told, name: str) -> Read:
    """The article in the first part of the contents that holds text: XHTML or NITF as elements, or anything as text."""
    for part in (part for contents in children(item, "contentset") for part in contents):
        inner = next((one for one in part if local(one)), None)
        if local(part) == "inlinexml" and inner is not None:
            if local(inner) == "nitf":
                article, defects = from_fragment(_nitf_markup(inner), told, name)
                return article, defects
            body = child(inner, "body") if local(inner) == "html" else inner
            if body is not None and text_of(body):
                return from_fragment(markup_of(body), told, name)
        if local(part) in ("inlinedata", "inlinexml") and (text := text_of(part)):
            is_html = "html" in (part.get("contenttype") or "") or is_markup(text)
            return from_fragment(text, told, name) if is_html else from_text(text, told, name)
    kind = (_attribute(child(item, "itemmeta", "itemclass"), "qcode") or "").partition(":")[2]
    raise NotText(name, f"an item of class {kind[:30] or 'unknown'!r} without a text")


def _read_nitf(nitf: Any, name: str) -> Read:
    head, body_head = child(nitf, "head"), child(nitf, "body", "body.head")
    data, published = child(head, "docdata"), child(head, "pubdata")
    holder = child(data, "doc.copyright")
    told = telling(
        "record",
        title=text_of(child(body_head, "hedline", "hl1")) or text_of(child(head, "title")),
        url=address if _is_address(address := _attribute(published, "ex-ref")) else None,
        outlet=_attribute(published, "name") or text_of(child(body_head, "distributor")) or _attribute(holder, "holder"),
        dates=(_attribute(child(data, "date.issue"), "norm") or _attribute(published, "date.publication"), None),
        authors=[text for one in _nitf_bylines(body_head) if (text := text_of(one))],
        section=_attribute(published, "position.section"),
        language=_language(None, nitf),
    )
    return from_fragment(_nitf_markup(nitf), told, name)


def _nitf_markup(nitf: Any) -> str:
    """The body of a NITF document as HTML. What NITF marks within a line (people, places) is text there."""
    pieces: list[str] = []
    pending = [one for path in (("body", "body.end"), ("body", "body.content")) if (one := child(nitf, *path)) is not None]
    while pending:
        element = pending.pop()
        tag = _NITF_BLOCKS.get(local(element))
        if tag is not None and (text := text_of(element)):
            pieces.append(f"<{tag}>{html.escape(text, quote=False)}</{tag}>")
        elif tag is None and local(element) not in _NITF_UNREAD:
            pending.extend(reversed(list(element)))
    return "\n".join(pieces)


def _nitf_bylines(body_head: Any) -> list[Any]:
    bylines = [] if body_head is None else list(children(body_head, "byline"))
    people = [one for byline in bylines for one in byline.iter() if local(one) == "person"]
    return people or bylines


def _bylines(content: Any) -> list[Any]:
    if content is None:
        return []
    return list(children(content, "by")) or [
        name for one in children(content, "creator") for name in list(children(one, "name"))[:1]
    ]


def _language(content: Any, item: Any) -> str | None:
    return _attribute(child(content, "language"), "tag") or _attribute(item, "{http://www.w3.org/XML/1998/namespace}lang")


def _attribute(element: Any, name: str) -> str | None:
    value: str | None = None if element is None else element.get(name)
    return value


def _is_address(value: str | None) -> bool:
    return (value or "").lower().startswith(("http://", "https://"))
