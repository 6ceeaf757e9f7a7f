"""IPTC ninjs 1.x to 3.x -> Found. Fields: https://iptc.org/std/ninjs/"""

from __future__ import annotations

from typing import Any

from volgens.articles.containers.told import Read, Told, from_fragment, from_text, is_markup, telling
from volgens.articles.found import Found
from volgens.errors import InputError, NotText

_BODIES = ("body_html", "body_xhtml", "body_text")
_OWN = (
    "versioncreated",
    "versionCreated",
    "headlines",
    "bodies",
    "pubstatus",
    "pubStatus",
    "contentcreated",
    "contentCreated",
    "usageterms",
)
_HTML = ("html", "xhtml")
_VERSION = ("versioncreated", "versionCreated")


def is_item(value: dict[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item: it names the standard, or has its address and a field that nothing else has."""
    standard = value.get("standard")
    if isinstance(standard, dict) and str(standard.get("name", "")).lower() == "ninjs":
        return True
    if not isinstance(value.get("uri"), str) and not isinstance(value.get("altids"), list | dict):
        return False
    return any(key in value for key in (*_BODIES, *_OWN))


def read_item(item: dict[str, Any], name: str) -> Found:
    """The article of an item. Raises InputError where it is withdrawn, a picture or film, or has no body."""
    status = _text(item, "pubstatus", "pubStatus") or "usable"
    if status.lower() in ("canceled", "cancelled", "withheld"):
        raise InputError(name, f"its publisher marked it as {status}")
    told = telling(
        "record",
        title=_main(item.get("headlines")) or _text(item, "headline", "title"),
        url=_address(item),
        outlet=_outlet(item),
        dates=(
            _text(item, "firstcreated", "firstCreated", "contentcreated", "contentCreated") or _text(item, *_VERSION),
            _text(item, *_VERSION),
        ),
        authors=_authors(item),
        section=next((label for label in map(_label, _listed(item.get("subject") or item.get("subjects"))) if label), None),
        language=item.get("language"),
    )
    article, defects = _body(item, told, name)
    return Found(name, article=article, defects=defects)


def _body(item: dict[str, Any], told: Told, name: str) -> Read:
    bodies = [(body.get("value"), body.get("contenttype") or body.get("contentType")) for body in _listed(item.get("bodies"))]
    bodies += [(item.get(key), key) for key in _BODIES]
    texts = [(value, str(kind or "").lower()) for value, kind in bodies if isinstance(value, str) and value.strip()]
    if not texts:
        raise NotText(name, f"an item of type {str(item.get('type', 'unknown'))[:30]!r} without a text")
    value, kind = min(texts, key=lambda text: not any(word in text[1] for word in _HTML))
    is_html = is_markup(value) if not kind else any(word in kind for word in _HTML)
    return from_fragment(value, told, name) if is_html else from_text(value, told, name)


def _text(item: dict[str, Any], *keys: str) -> str | None:
    return next((value for key in keys if isinstance(value := item.get(key), str) and value.strip()), None)


def _listed(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value[:200] if isinstance(entry, dict)] if isinstance(value, list) else []


def _label(entry: dict[str, Any]) -> str | None:
    return _text(entry, "name", "literal")


def _main(value: object) -> str | None:
    """The text of the headline with the role "main", or else of the first."""
    headlines = _listed(value)
    ordered = sorted(headlines, key=lambda headline: headline.get("role") != "main")
    return next((text for headline in ordered if (text := _text(headline, "value"))), None)


def _address(item: dict[str, Any]) -> str | None:
    renditions = item.get("renditions")
    web = renditions.get("web") if isinstance(renditions, dict) else None
    candidates = (
        item.get("url"),
        item.get("canonicalurl"),
        web.get("href") if isinstance(web, dict) else None,
        item.get("uri"),
    )
    return next(
        (value for value in candidates if isinstance(value, str) and value.lower().startswith(("http://", "https://"))), None
    )


def _outlet(item: dict[str, Any]) -> str | None:
    sources = _listed(item.get("infosources") or item.get("infoSources"))
    organisations = _listed(item.get("organisation") or item.get("organisations"))
    holder = _text(item, "copyrightholder", "copyrightHolder")
    named = next((label for label in map(_label, sources) if label), None) or _text(item, "source", "provider") or holder
    return named or next((label for entry in organisations if entry.get("rel") == "publisher" and (label := _label(entry))), None)


def _authors(item: dict[str, Any]) -> list[str]:
    people = _listed(item.get("person") or item.get("people"))
    named = [label for entry in people if entry.get("rel") in ("author", "creator", "byline") and (label := _label(entry))]
    byline = _text(item, "byline") or _main(item.get("bylines"))
    return named or ([byline] if byline else [])
