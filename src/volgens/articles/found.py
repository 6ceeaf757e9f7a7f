"""What an input that may hold many articles gives, one by one."""

from __future__ import annotations

from dataclasses import dataclass

from volgens.errors import InputError
from volgens.records import Article, Defect


@dataclass(frozen=True, slots=True)
class Found:
    """One article of an input, the address of one, or why there is none.

    ``name`` is the input as given, with the place in it ("day.warc.gz#1532", "feed.xml#https://..."): the same each time it is
    read. Where ``link`` is given, the article stands at that address, and ``article`` holds only what was told of it, if anything:
    its text is a summary, or empty. With ``feed``, what stands there is no article but a feed or a sitemap.
    ``label`` is the id that the record gives itself.
    ``seen`` is when it was fetched, where the input tells (ISO 8601). ``error`` is why there is no article.
    """

    name: str
    article: Article | None = None
    link: str | None = None
    seen: str | None = None
    defects: tuple[Defect, ...] = ()
    error: InputError | None = None
    feed: bool = False
    label: str | None = None
