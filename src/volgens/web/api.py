"""The HTTP API: what the command line prints with ``--format json``, at /api/v1.

Lists have a ``limit`` and an ``offset`` and name their neighbours in Link headers (RFC 8288); what did not change since it was
fetched is answered with 304 (RFC 9110, ETag); what goes wrong is told as RFC 9457 has it.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from volgens.codec import VERSION, encode
from volgens.errors import InputError
from volgens.views.audit import By, Scope, audits, encode_audits
from volgens.views.ledger import LedgerAct, State, Wanted, encode_ledger
from volgens.views.search import Question, encode_answer
from volgens.views.stories import encode_line
from volgens.views.traces import encode_timelines, encode_traces
from volgens.web.face import Day, Face, Id, Words, day

Limit = Annotated[int, Query(ge=1, le=200, description="So many of the list.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Leave out the first ones.")]
Values = Annotated[tuple[str, ...], Query(description="Only these values; any of several.", max_length=50)]


class Text(BaseModel):
    """What is to be read: one of the two."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(default=None, max_length=1_500_000, description="The text of one article, as it was published.")
    url: str | None = Field(default=None, max_length=4000, description="Or its address: http or https.")


def routes(face: Face) -> APIRouter:
    """The API, of ``face``."""
    router = APIRouter(prefix="/api/v1", responses={"4XX": _PROBLEM, "5XX": _PROBLEM})

    @router.post("/read", summary="Every attributed statement in one article")
    def read(request: Request, asked: Text) -> Response:
        """Source, cue, content, speech act, certainty and chain of each, with the words that show it. Nothing is kept."""
        if (asked.text is None) == (asked.url is None):
            raise InputError("read", "give either text or url")
        if asked.url is not None and not asked.url.lower().startswith(("http://", "https://")):
            raise InputError(asked.url, "an address begins with http:// or https://")
        article, statements = face.app.read(asked.url) if asked.url is not None else face.app.read_text(asked.text or "")
        return _answer(request, encode(article, statements))

    @router.get("/search", summary="Statements in the archive")
    def search(
        request: Request,
        q: Words = "",
        like: Words = "",
        speaker: Values = (),
        kind: Values = (),
        act: Values = (),
        certainty: Values = (),
        outlet: Values = (),
        language: Values = (),
        since: Day = "",
        until: Day = "",
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Response:
        """By their words ("two words" together, wor* begun so), by what they mean (``like``), and by who says them and how."""
        given = {"speaker": speaker, "kind": kind, "act": act, "certainty": certainty, "outlet": outlet, "language": language}
        chosen = {facet: tuple(values) for facet, values in given.items() if values}
        question = Question(q, chosen, since or None, until or None, limit, offset, like)
        answer = face.app.search(question, face.archive)
        return _answer(request, encode_answer(question, answer), (limit, offset, answer.total))

    @router.get("/stories", summary="Stories in the archive, the latest first")
    def stories(request: Request, least: Annotated[int, Query(ge=1)] = 2, limit: Limit = 50, offset: Offset = 0) -> Response:
        """Those of ``least`` articles or more, each with its main claim where that was traced."""
        count, lines = face.app.story_lines(face.archive, least=least, limit=limit, offset=offset)
        told = [encode_line(one) for one in lines]
        whole = {"volgens": VERSION, "total": count, "limit": limit, "offset": offset, "stories": told}
        return _answer(request, whole, (limit, offset, count))

    @router.get("/articles/{id}", summary="An article with its statements")
    def article(request: Request, id: Id) -> Response:
        """As /read gives it."""
        _, readings, _ = face.app.readings([id], face.archive)
        one = next(readings)
        return _answer(request, encode(one.article, one.statements))

    @router.get("/articles/{id}/versions", summary="The versions of an article, the oldest first")
    def versions(request: Request, id: Id) -> Response:
        """When each was seen, and the id by which /articles has it."""
        shown = ("article", "url", "title", "published", "seen")
        found = face.app.versions(id, face.archive)
        told = [{field: getattr(one, field) for field in shown} for one in found]
        return _answer(request, {"volgens": VERSION, "versions": told})

    @router.get("/trace/{id}", summary="Claims followed to their independent origins")
    def trace(request: Request, id: Id) -> Response:
        """Of a story, an article or a claim: who has it from whom, and the sentence that shows each step."""
        views, _ = face.app.trace([id], face.archive)
        return _answer(request, encode_traces(views))

    @router.get("/timeline/{id}", summary="What became of claims")
    def timeline(request: Request, id: Id) -> Response:
        """Who reported, repeated, confirmed, denied or withdrew each, in time, with the words."""
        views, _ = face.app.trace([id], face.archive)
        return _answer(request, encode_timelines(views))

    @router.get("/ledger", summary="Promises, predictions, threats, ultimatums and plans")
    def ledger(
        request: Request, on: Day = "", state: State | None = None, act: LedgerAct | None = None, speaker: Words = ""
    ) -> Response:
        """As they stand ``on`` a day (without: today), and when they can be checked."""
        whole, _ = face.app.ledger([], face.archive, day(on) or date.today())
        return _answer(request, encode_ledger(whole.only(Wanted(speaker=speaker or None, act=act, state=state))))

    @router.get("/audit", summary="On whom articles rely")
    def audit(
        request: Request,
        of: Annotated[str, Query(pattern=r"^([0-9a-f]{4,32})?$", description="Id of a story or article.")] = "",
        outlet: Words = "",
        since: Day = "",
        until: Day = "",
        by: By | None = None,
    ) -> Response:
        """Counts with 95% intervals and the places behind them; no score."""
        material, _ = face.app.audit([of] if of else [], face.archive, Scope(outlet or None, day(since), day(until)))
        return _answer(request, encode_audits(audits(material, by), by, material.labels))

    return router


_PROBLEM: dict[str, Any] = {
    "description": "What went wrong (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string", "description": "what to do"},
                },
            }
        }
    },
}


def _answer(request: Request, told: dict[str, Any], part: tuple[int, int, int] | None = None) -> Response:
    """``told`` as JSON. ``part``: the limit and the offset of a list, and how many there are in all."""
    body = json.dumps(told, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag} | (_links(request, *part) if part is not None else {})
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if request.method == "GET" and (tag in known or "*" in known):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _links(request: Request, limit: int, offset: int, total: int) -> dict[str, str]:
    """The neighbours of a part of a list."""
    at = {"prev": max(0, offset - limit)} if offset else {}
    at |= {"next": offset + limit} if offset + limit < total else {}
    told = [f'<{request.url.include_query_params(limit=limit, offset=place)}>; rel="{name}"' for name, place in at.items()]
    return {"Link": ", ".join(told)} if told else {}
