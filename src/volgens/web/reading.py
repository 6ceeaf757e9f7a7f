"""Pages for one article: a text or address read at once, an article of the archive, and its versions side by side."""

from __future__ import annotations

import difflib
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from volgens.errors import ArchiveError, InputError, NotKept
from volgens.records import Article, Mention, Statements
from volgens.views.chain import chain
from volgens.views.changes import Change
from volgens.views.marked import paragraphs
from volgens.web.face import COOKIE, LANGUAGES, YEAR, Face, Id, inside

_LATEST = 8  # stories on the first page


def routes(face: Face) -> APIRouter:
    """The pages, of ``face``."""
    router = APIRouter()

    @router.get("/")
    def home(request: Request) -> Response:
        return _home(request)

    def _home(request: Request, wrong: str | None = None, text: str = "", url: str = "", status: int = 200) -> Response:
        told: dict[str, Any] = {"count": 0, "stories": (), "wrong": wrong, "text": text, "url": url}
        if face.archive.exists():
            try:
                told["count"], told["stories"] = face.app.story_lines(face.archive, limit=_LATEST)
            except ArchiveError as error:  # reading works without one
                told["wrong"] = wrong or str(error)
        return face.page(request, "home.html", told, status)

    @router.post("/read")
    def read(request: Request, text: Annotated[str, Form()] = "", url: Annotated[str, Form()] = "") -> Response:
        text, url = text.replace("\r\n", "\n"), url.strip()
        try:
            if url and not url.lower().startswith(("http://", "https://")):
                raise InputError(url, "an address begins with http:// or https://")
            article, statements = face.app.read(url) if url else face.app.read_text(text)
        except InputError as error:
            return _home(request, error.reason, text, url, status=422)
        return _article(request, article, statements, kept=False)

    @router.get("/article/{id}")
    def kept(request: Request, id: Id) -> Response:
        _, read, _ = face.app.readings([id], face.archive)
        one = next(read)
        return _article(request, one.article, one.statements, kept=True)

    def _article(request: Request, article: Article, statements: Statements, *, kept: bool) -> Response:
        versions = face.app.versions(article.id, face.archive) if kept else ()
        chains = [chain(article, statements, statement) for statement in statements]
        told = {
            "article": article,
            "statements": statements,
            "paragraphs": paragraphs(article, statements),
            "chains": chains,
            "versions": versions,
            "kept": kept,
        }
        return face.page(request, "article.html", told)

    @router.get("/article/{new}/since/{old}")
    def versions(request: Request, new: Id, old: Id) -> Response:
        before, after, changes = face.app.diff(old, new, face.archive)
        rows = [(change, *sides(change)) for change in changes.items]
        return face.page(request, "versions.html", {"before": before, "after": after, "rows": rows})

    @router.get("/language/{name}")
    def language(request: Request, name: str) -> Response:
        if name not in LANGUAGES:
            raise NotKept(f"the pages do not speak {name[:20]}")
        answer = RedirectResponse(inside(request.query_params.get("back", "/")), 303)
        answer.set_cookie(COOKIE, name, max_age=YEAR, httponly=True, samesite="lax")
        return answer

    return router


Words = tuple[tuple[str, bool], ...]
"""Pieces of a text, each with whether the other version has it otherwise."""


def sides(change: Change) -> tuple[Words, Words]:
    """The words before and after a change, in pieces."""
    return _against(change.was, change.now), _against(change.now, change.was)


def _against(mention: Mention | None, other: Mention | None) -> Words:
    if mention is None:
        return ()
    words, others = mention.text.split(), other.text.split() if other is not None else []
    found = difflib.SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    return tuple((" ".join(words[start:end]), tag != "equal") for tag, start, end, _, _ in found if start < end)
