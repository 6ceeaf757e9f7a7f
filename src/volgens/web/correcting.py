"""Corrections in place: what people know better, said where they see it, and the list of what was said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from volgens.records import CorrectionKind
from volgens.web.face import NAME, YEAR, Face, Id, inside

Words = Annotated[str, Form(max_length=1000)]
_NOBODY = "somebody"


def routes(face: Face) -> APIRouter:
    """The pages, of ``face``."""
    router = APIRouter()

    @router.get("/corrections")
    def corrections(request: Request) -> Response:
        found = face.app.corrections(face.archive, all=True)
        return face.page(request, "corrections.html", {"corrections": tuple(reversed(found))})

    @router.post("/correct")
    def correct(
        kind: Annotated[CorrectionKind, Form()],
        about: Annotated[str, Form(pattern=r"^[0-9a-f]{4,32}$")],
        other: Annotated[str, Form(pattern=r"^([0-9a-f]{4,32})?$")] = "",
        name: Words = "",
        by: Words = "",
        note: Words = "",
        back: Words = "/corrections",
    ) -> Response:
        who = by.strip() or _NOBODY
        face.app.correct(kind, about, who, face.archive, other=other or None, name=name or None, note=note.strip() or None)
        return _back(back, who)

    @router.post("/corrections/{id}/undo")
    def undo(id: Id, by: Words = "") -> Response:
        who = by.strip() or _NOBODY
        face.app.take_back(id, who, face.archive)
        return _back("/corrections", who)

    return router


def _back(to: str, who: str) -> Response:
    """Back to where it was said; the browser keeps the name of who said it."""
    answer = RedirectResponse(inside(to), 303)
    answer.set_cookie(NAME, who.encode("unicode_escape").decode(), max_age=YEAR, httponly=True, samesite="strict")
    return answer
