"""Stories with their articles and who has what from whom, for showing and for JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from volgens.codec import VERSION
from volgens.records import Article, Derivation, Story
from volgens.views.traces import encode_article_line, encode_derivations


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story, its articles with the earliest first, and the derivations of these from one another and from other articles."""

    story: Story
    articles: tuple[Article, ...]
    derivations: tuple[Derivation, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who publishes them, each once, in the order of the articles."""
        return tuple(dict.fromkeys(article.outlet for article in self.articles if article.outlet))

    @property
    def own(self) -> tuple[Article, ...]:
        """The articles whose text has no passage of an earlier article."""
        copied = {derivation.derived for derivation in self.derivations if derivation.kind == "copies"}
        return tuple(article for article in self.articles if article.id not in copied)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list: ``title`` of its first article, times of its first and last one, how many ``articles`` there are, and
    their outlets.

    ``claim`` are the words of the claim that most of them carry, ``low`` and ``high`` how many independent origins it has; None
    where its claims were not traced yet.
    """

    id: str
    title: str | None
    begun: str | None
    ended: str | None
    articles: int
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    claim: str | None = None
    low: int | None = None
    high: int | None = None


def story_views(
    articles: Iterable[Article], stories: Sequence[Story], derivations: Iterable[Derivation], *, least: int = 1
) -> tuple[StoryView, ...]:
    """The stories of at least so many articles, the largest first; of two as large the earlier one."""
    by_id = {article.id: article for article in articles}
    of: defaultdict[str, list[Derivation]] = defaultdict(list)
    for derivation in derivations:
        of[derivation.derived].append(derivation)
    views = [
        StoryView(story, _in_time(by_id[id] for id in story.articles), tuple(d for id in story.articles for d in of[id]))
        for story in stories
        if len(story.articles) >= least
    ]
    return tuple(sorted(views, key=lambda view: -len(view.articles)))


def _in_time(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Those of a story are in the order of their days alone."""
    return tuple(sorted(articles, key=lambda article: (article.published or "9", article.id)))


def encode_stories(views: Iterable[StoryView]) -> dict[str, Any]:
    """The JSON object of ``views``, described in docs/reference/json.md."""
    return {"volgens": VERSION, "stories": [encode_story(view) for view in views]}


def encode_line(line: StoryLine) -> dict[str, Any]:
    """A story of a list as JSON."""
    told = {field: getattr(line, field) for field in StoryLine.__slots__ if field not in ("low", "high")}
    origins = None if line.low is None else {"low": line.low, "high": line.high}
    return {**told, "outlets": list(line.outlets), "languages": list(line.languages), "independent_origins": origins}


def encode_story(view: StoryView) -> dict[str, Any]:
    """One story as JSON."""
    return {
        "id": view.story.id,
        "merged": list(view.story.merged),
        "articles": [encode_article_line(article, article.id) for article in view.articles],
        "own": [article.id for article in view.own],
        "derivations": encode_derivations(view.derivations, view.articles, {}),
    }
