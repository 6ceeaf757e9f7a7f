"""Pages that ask the whole archive: search, what somebody said, the ledger, the audit."""

from __future__ import annotations

from datetime import date
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from volgens.views.audit import By, Scope, audits
from volgens.views.ledger import LedgerAct, State, Wanted
from volgens.views.search import FACETS, Question
from volgens.web.face import Day, Face, Page, Words, day, pages

_PAGE = 30  # statements or entries on a page
_GROUPS = 20  # outlets, stories or months that an audit is told apart by


def routes(face: Face) -> APIRouter:
    """The pages, of ``face``."""
    router = APIRouter()

    @router.get("/search")
    def search(request: Request, q: Words = "", like: Words = "", since: Day = "", until: Day = "", page: Page = 1) -> Response:
        asked = request.query_params
        chosen = {facet: tuple(asked.getlist(facet)) for facet in FACETS if asked.getlist(facet)}
        question = Question(q, chosen, since or None, until or None, _PAGE, (page - 1) * _PAGE, like)
        answer = face.app.search(question, face.archive)
        told = {"question": question, "answer": answer, "page": page, "pages": pages(answer.total, _PAGE)}
        return face.page(request, "search.html", told)

    @router.get("/ledger")
    def ledger(
        request: Request,
        state: State | None = None,
        act: LedgerAct | None = None,
        speaker: Words = "",
        on: Day = "",
        page: Page = 1,
    ) -> Response:
        today = day(on) or date.today()
        whole, _ = face.app.ledger([], face.archive, today)
        told = whole.only(Wanted(speaker=speaker or None, act=act, state=state))
        counts = {name: sum(entry.state == name for entry in whole.entries) for name in get_args(State)}
        asked = {"state": state, "act": act, "speaker": speaker, "on": on}
        shown = {
            "entries": told.entries[(page - 1) * _PAGE : page * _PAGE],
            "counts": counts,
            "count": len(told.entries),
            "on": today,
            "asked": asked,
            "acts": get_args(LedgerAct),
            "page": page,
            "pages": pages(len(told.entries), _PAGE),
        }
        return face.page(request, "ledger.html", shown)

    @router.get("/audit")
    def audit(
        request: Request,
        of: Annotated[str, Query(pattern=r"^([0-9a-f]{4,32})?$")] = "",
        outlet: Words = "",
        since: Day = "",
        until: Day = "",
        by: By | None = None,
    ) -> Response:
        scope = Scope(outlet or None, day(since), day(until))
        material, _ = face.app.audit([of] if of else [], face.archive, scope)
        made = audits(material, by)
        told = {
            "audits": made[:_GROUPS],
            "more": len(made) - _GROUPS,
            "articles": {article.id: article for article in material.articles},
            "asked": {"of": of, "outlet": outlet, "since": since, "until": until, "by": by},
            "bys": get_args(By),
        }
        return face.page(request, "audit.html", told)

    return router
