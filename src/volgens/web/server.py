"""The application that ``volgens serve`` runs: pages, API and files, behind the guard."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from volgens.app import App
from volgens.config import VERSION
from volgens.errors import ArchiveError, InputError, NotKept, TooLarge, VolgensError
from volgens.places import Place
from volgens.web import api, asking, correcting, reading, tracing
from volgens.web.face import Face
from volgens.web.guard import Guard, Rules


def application(archive: Place, app: App | None = None, rules: Rules | None = None) -> FastAPI:
    """An ASGI application over the archive at ``archive``, which need not be there for reading."""
    face = Face(app or App(), archive)
    made = FastAPI(
        title="volgens",
        version=VERSION,
        summary="Who says so?",
        docs_url=None,  # what shows it would come from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        middleware=[Middleware(Guard, rules=rules or Rules())],
    )
    for pages in (reading, tracing, asking, correcting):
        made.include_router(pages.routes(face), include_in_schema=False)
    made.include_router(api.routes(face))
    made.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")

    def told(request: Request, status: int, detail: str) -> Response:
        """What went wrong: to programs as RFC 9457 has it, to people as a page."""
        if request.url.path.startswith("/api"):
            body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
            return JSONResponse(body, status, media_type="application/problem+json")
        return face.page(request, "error.html", {"title": HTTPStatus(status).phrase, "detail": detail}, status)

    @made.exception_handler(HTTPException)
    def _(request: Request, error: HTTPException) -> Response:
        return told(request, error.status_code, error.detail)

    @made.exception_handler(RequestValidationError)
    def _(request: Request, error: RequestValidationError) -> Response:
        faults = (f"{'.'.join(str(part) for part in fault['loc'][1:])}: {fault['msg']}" for fault in error.errors())
        return told(request, HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(faults))

    @made.exception_handler(VolgensError)
    def _(request: Request, error: VolgensError) -> Response:
        return told(request, status(error), str(error))

    return made


def status(error: VolgensError) -> HTTPStatus:
    """What HTTP calls it."""
    if isinstance(error, NotKept):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, TooLarge):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if isinstance(error, InputError):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, ArchiveError) else HTTPStatus.INTERNAL_SERVER_ERROR
