"""Pages for stories: their claims, each followed to its origins, as a drawing and in words; and to take away."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from volgens.errors import NotKept
from volgens.records import Trace
from volgens.views.graph import graph
from volgens.views.traces import STATUS_WORDS, StoryTrace, carriers, sentence
from volgens.web.face import Face, Id, Page, pages

_PAGE = 50  # stories on a page


def routes(face: Face) -> APIRouter:
    """The pages, of ``face``."""
    router = APIRouter()

    @router.get("/stories")
    def stories(request: Request, page: Page = 1, least: Annotated[int, Query(ge=1)] = 2) -> Response:
        count, shown = face.app.story_lines(face.archive, least=least, limit=_PAGE, offset=(page - 1) * _PAGE)
        told = {"stories": shown, "count": count, "page": page, "pages": pages(count, _PAGE), "least": least}
        return face.page(request, "stories.html", told)

    @router.get("/story/{id}")
    def story(request: Request, id: Id, claim: str | None = None) -> Response:
        return _story(request, _of(face, id), claim, "story.html")

    @router.get("/claim/{id}")
    def claim(request: Request, id: Id) -> Response:
        view = _of(face, id)
        whole = _of(face, view.story.id)
        found = next((trace for trace in view.traces if trace.claim.id.startswith(id)), None)
        return _story(request, whole, found.claim.id if found is not None else None, "story.html")

    @router.get("/story/{id}/shared.html")
    def shared(request: Request, id: Id, claim: str | None = None) -> Response:
        style = _style("volgens.css") + _style("graph.css")
        page = _story(request, _of(face, id), claim, "shared.html", style)
        return Response(bytes(page.body).strip(), headers=_taken(f"{id[:12]}.html", style), media_type="text/html")

    @router.get("/story/{id}/graph.svg")
    def drawing(request: Request, id: Id, claim: str | None = None) -> Response:
        style = _style("graph.css")
        page = _story(request, _of(face, id), claim, "graph.svg", style)
        return Response(bytes(page.body).strip(), headers=_taken(f"{id[:12]}.svg", style), media_type="image/svg+xml")

    def _story(request: Request, view: StoryTrace, claim: str | None, template: str, style: str = "") -> Response:
        ranked = sorted(view.traces, key=lambda trace: -len(carriers(trace)))
        chosen = _chosen(ranked, claim)
        told = {
            "view": view,
            "ordered": sorted(view.articles, key=lambda article: (article.published or "9", article.id)),
            "traces": ranked,
            "trace": chosen,
            "drawing": graph(chosen, view) if chosen is not None else None,
            "articles": {article.id: article for article in view.articles},
            "carriers": carriers,
            "sentence": sentence,
            "status_words": STATUS_WORDS,
            "style": style,
        }
        return face.page(request, template, told)

    return router


def _style(name: str) -> str:
    return (files("volgens.web") / "static" / name).read_text(encoding="utf-8")


def _taken(name: str, style: str) -> dict[str, str]:
    """The headers of a file to keep, which may have this one style in it and nothing else that a browser obeys."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "Content-Disposition": f'attachment; filename="volgens-{name}"',
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'",
    }


def _of(face: Face, id: str) -> StoryTrace:
    """The story that ``id`` means, or the one that what it means is in."""
    views, _ = face.app.trace([id], face.archive)
    return views[0]


def _chosen(ranked: list[Trace], claim: str | None) -> Trace | None:
    """The claim asked for, else the one that most articles carry."""
    if claim is None:
        return ranked[0] if ranked else None
    found = next((trace for trace in ranked if trace.claim.id.startswith(claim)), None)
    if found is None:
        raise NotKept(f"this story has no claim {claim[:40]}")
    return found
