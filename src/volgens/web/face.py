"""What every page has: the application, the archive, and how it is written down in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Path as Part
from fastapi import Query
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from volgens.app import App
from volgens.config import VERSION
from volgens.errors import InputError
from volgens.places import Place

LANGUAGES = {"en": "English", "nl": "Nederlands"}
"""The languages that the pages speak: each a file in words/."""

COOKIE = "language"
NAME = "name"
"""Cookies: the language that was chosen, and the name under which corrections are made."""

YEAR = 365 * 24 * 3600

Id = Annotated[str, Part(pattern=r"^[0-9a-f]{4,32}$")]
"""An id, or its beginning; never a path."""

Day = Annotated[str, Query(pattern=r"^(\d{4}(-\d\d){0,2})?$", description="A day, month or year: 2025-03-04, 2025-03, 2025.")]

Words = Annotated[str, Query(max_length=1000)]

Page = Annotated[int, Query(ge=1, le=1_000_000)]
"""The number of a page of a list."""

_SHOWN = 320  # characters of a long text in a list


@dataclass(frozen=True, slots=True)
class Face:
    """``archive`` need not be there yet: then only reading works."""

    app: App
    archive: Place
    made: Environment = field(default_factory=lambda: environment())

    def page(self, request: Request, template: str, told: Mapping[str, Any], status: int = 200) -> Response:
        """A page of ``templates/`` with what it tells, in the language that the reader's browser asks for, or that was chosen."""
        language = spoken(request)
        name = request.cookies.get(NAME, "").encode("ascii", "ignore").decode("unicode_escape", "ignore")[:100]
        shared = {
            "name": name,
            "language": language,
            "languages": LANGUAGES,
            "version": VERSION,
            "path": request.url.path,
            "request": request,
        }
        body = self.made.get_template(template).render(shared | dict(told))
        return HTMLResponse(body, status, {"Content-Language": language, "Vary": "Accept-Language, Cookie"})


def environment() -> Environment:
    """Where templates come from. All that they print is escaped; what they name must be there."""
    made = Environment(
        loader=PackageLoader("volgens.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["_"] = _said
    made.globals["address"] = address
    made.filters |= {"when": when, "short": short, "quoted": quoted, "headline": headline, "thousands": thousands}
    return made


@pass_context
def _said(context: Context, text: str, **values: object) -> str:
    """``text`` in the language of the page, with {values}. What has no translation stays English."""
    said = words(str(context.get("language", "en"))).get(text, text)
    return said.format(**values) if values else said


@cache
def words(language: str) -> Mapping[str, str]:
    """What the pages say in a language, by what stands in the templates; what is not there is said as it stands."""
    told: dict[str, str] = json.loads((files("volgens.web") / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return told


def spoken(request: Request) -> str:
    """The language that was chosen before, else the first that the browser names and the pages speak, else English."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    asked = []
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        name, _, weight = part.strip().partition(";q=")
        try:
            asked.append((-float(weight or 1), name.strip().lower()[:2]))
        except ValueError:
            continue
    return next((name for _, name in sorted(asked, key=lambda one: one[0]) if name in LANGUAGES), "en")


def address(path: str, **asked: object) -> str:
    """``path`` with a query of what is asked for; what is None, empty or no is left out."""
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "", False, (), [])}, doseq=True)
    return f"{path}?{query}" if query else path


def inside(path: str) -> str:
    """A path of this server, to go back to; the first page where it is none."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def pages(count: int, each: int) -> int:
    """How many pages a list of ``count`` takes, with so many on each."""
    return -(-count // each)


def day(given: str) -> date | None:
    """A day that was asked for. Raises InputError where there is no such day."""
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InputError(given, "is no day; write it as 2025-03-04") from None


def when(time: str | None) -> str:
    """An ISO 8601 date or time to the minute: "2025-03-04 10:00"."""
    return (time or "").replace("T", " ")[:16]


def short(text: str | None, longest: int = _SHOWN) -> str:
    """``text`` on one line, cut where it is too long."""
    line = " ".join((text or "").split())
    return line if len(line) <= longest else line[:longest].rstrip() + "…"


def quoted(text: str, longest: int = _SHOWN) -> str:
    """Words between quotation marks, which they may have already."""
    line = short(text, longest)
    return line if line[:1] in "“\"‘'„«" else f"“{line}”"


def headline(article: Any) -> str:
    """What an article, or what stands for one, is called."""
    return short(article.title or getattr(article, "text", "").strip().partition("\n")[0] or article.url or article.id, 140)


def thousands(number: int) -> str:
    """A number as people read it: 12 345."""
    return f"{number:,}".replace(",", "\u202f")
