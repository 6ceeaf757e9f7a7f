"""The Model Context Protocol (modelcontextprotocol.io): volgens as tools of a language model.

Each tool gives the JSON that the command of its name prints with ``--format json``. A model cannot read files with them: only texts
that it hands over, addresses on the web, and the archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from volgens.app import App
from volgens.codec import encode
from volgens.config import VERSION
from volgens.errors import VolgensError
from volgens.places import Place
from volgens.views.audit import audits, encode_audits
from volgens.views.ledger import encode_ledger
from volgens.views.search import Question, encode_answer
from volgens.views.stories import encode_stories, story_views
from volgens.views.traces import encode_timelines, encode_traces

INSTRUCTIONS = """\
volgens tells who says what in news, and where claims come from. It does not tell whether anything is so: never report its answers
as confirmation or refutation. Every answer has the words of the article ("text") and where they stand ("spans", in code points of
the article's text): quote those words, and name the outlet and date. "independent_origins" counts where a claim starts after
following citations and copies; "low" and "high" differ where it cannot be told whether two sources are the same one. "unknown"
means that the article does not say."""

_ID = re.compile(r"[0-9a-f]{4,32}")

Which = Annotated[str, Field(description="Id of a story, claim or article, or its first characters; or an address.")]
Day = Annotated[str | None, Field(description="A day, month or year: 2025-03-04, 2025-03, 2025.", pattern=r"^\d{4}(-\d\d){0,2}$")]
Values = Annotated[list[str] | None, Field(description="Only these values.")]


def server(archive: Place, app: App | None = None) -> MCPServer[Any]:
    """The tools over the archive at ``archive``, which need not be there for ``read``."""
    tools = _Tools(archive, app or App())
    made: MCPServer[Any] = MCPServer("volgens", title="volgens: who says so?", version=VERSION, instructions=INSTRUCTIONS)
    asked: tuple[Callable[..., dict[str, Any]], ...] = (
        tools.search, tools.stories, tools.trace, tools.timeline, tools.ledger, tools.audit,
    )  # fmt: skip
    for tool in (tools.read, *asked):
        # What is read of articles is kept in the archive; nothing that a person put there is changed.
        hints = ToolAnnotations(read_only_hint=True, open_world_hint=tool == tools.read)
        made.add_tool(tool, annotations=hints, structured_output=False)
    return made


class _Tools:
    """What a model may ask. The first line of each says what it gives."""

    def __init__(self, archive: Place, app: App) -> None:
        self._archive = archive
        self._app = app

    def read(
        self,
        text: Annotated[str | None, Field(description="The text of one article, as published.")] = None,
        url: Annotated[str | None, Field(description="Or its address on the web: http or https.")] = None,
    ) -> dict[str, Any]:
        """Every attributed statement in one article: source, speaker, cue, content, speech act, certainty, chain of sources."""
        if (text is None) == (url is None):
            raise ToolError("give either text or url")
        if url is not None and not url.lower().startswith(("http://", "https://")):
            raise ToolError("url begins with http:// or https://; files are handed over as text")
        with _told():
            return encode(*(self._app.read(url) if url is not None else self._app.read_text(text or "")))

    def search(
        self,
        words: Annotated[str, Field(description='Words that all stand there; "two words" together; wor* begun so.')] = "",
        like: Annotated[str, Field(description="Or what is meant, in any words, in Dutch or English: the nearest first.")] = "",
        speaker: Values = None,
        kind: Annotated[list[str] | None, Field(description="person, organisation, group, anonymous, outlet, ...")] = None,
        act: Annotated[list[str] | None, Field(description="state, deny, confirm, promise, predict, threaten, demand, ...")] = None,
        outlet: Values = None,
        since: Day = None,
        until: Day = None,
        limit: Annotated[int, Field(ge=1, le=200)] = 20,
        offset: Annotated[int, Field(ge=0)] = 0,
    ) -> dict[str, Any]:
        """Statements in the archive by their words and by who says them and how, with counts of each."""
        given = {"speaker": speaker, "kind": kind, "act": act, "outlet": outlet}
        chosen = {facet: tuple(values) for facet, values in given.items() if values}
        question = Question(words, chosen, since, until, limit, offset, like)
        with _told():
            return encode_answer(question, self._app.search(question, self._archive))

    def stories(self, least: Annotated[int, Field(ge=1, description="Only stories of so many articles.")] = 2) -> dict[str, Any]:
        """The stories in the archive: which articles tell of the same events, and which of them copied, credit or cite which."""
        with _told():
            articles, found, derivations, _ = self._app.stories([], self._archive)
            return encode_stories(story_views(articles, found, derivations, least=least))

    def trace(self, which: Which) -> dict[str, Any]:
        """Claims followed to where they start: independent origins, who has it from whom, and the sentence that shows each step."""
        with _told():
            views, _ = self._app.trace([_named(which)], self._archive)
            return encode_traces(views)

    def timeline(self, which: Which) -> dict[str, Any]:
        """What became of claims: who reported, repeated, confirmed, denied or withdrew them, in time, with the words."""
        with _told():
            views, _ = self._app.trace([_named(which)], self._archive)
            return encode_timelines(views)

    def ledger(
        self, on: Annotated[str | None, Field(description="The day on which it stands so: 2025-03-04. Without: today.")] = None
    ) -> dict[str, Any]:
        """Promises, predictions, threats, ultimatums and plans in the archive, and when they can be checked."""
        try:
            day = date.fromisoformat(on) if on else date.today()
        except ValueError:
            raise ToolError(f"{on!r} is no day; write it as 2025-03-04") from None
        with _told():
            made, _ = self._app.ledger([], self._archive, day)
            return encode_ledger(made)

    def audit(
        self, which: Annotated[list[str] | None, Field(description="Ids or addresses of stories or articles. Without: all.")] = None
    ) -> dict[str, Any]:
        """On whom articles rely: by name or not, officials, experts, agencies, women and men; counts with intervals, no score."""
        with _told():
            material, _ = self._app.audit([_named(one) for one in which or ()], self._archive)
            return encode_audits(audits(material, None), None, material.labels)


def _named(which: str) -> str:
    """An id or an address, and no path."""
    if not (_ID.fullmatch(which) or which.lower().startswith(("http://", "https://"))):
        raise ToolError(f"{which[:100]!r} is no id and no address; the tools stories and search give ids")
    return which


@contextmanager
def _told() -> Iterator[None]:
    """What volgens says went wrong, told to the model."""
    try:
        yield
    except VolgensError as error:
        raise ToolError(str(error)) from None
