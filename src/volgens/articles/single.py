"""Bytes that are one article -> Article: a page, a text, a PDF document, a message."""

from __future__ import annotations

from typing import Literal

from volgens.articles.completed import completed
from volgens.articles.pages.bounded import read_any_page
from volgens.articles.plain import decode
from volgens.records import Article, Defect

Single = Literal["page", "text", "pdf", "mail"]


def read_single(
    kind: Single, data: bytes, name: str, *, url: str | None = None, charset: str | None = None, seen: str | None = None
) -> tuple[Article, tuple[Defect, ...]]:
    """The one article in ``data``. ``url``, ``charset`` and ``seen`` are as in ``read_page``.

    Raises InputError where there is none.
    """
    if kind == "pdf":
        from volgens.articles.containers.pdf import read_pdf

        return read_pdf(data, name)
    if kind == "mail":
        from volgens.articles.containers.mail import read_mail

        return read_mail(data, name)
    if kind == "page":
        article, defects = read_any_page(data, name, url=url, charset=charset, seen=seen)
    else:
        text, defects = decode(data, name, charset=charset)
        article = Article(text=text, url=url)
    return completed(article, defects)
