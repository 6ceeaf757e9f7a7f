"""An input that is one article: a page, a text, a PDF document, a message."""

from __future__ import annotations

from volgens.articles.bounded import read_any_page
from volgens.articles.containers.entries import Source
from volgens.articles.containers.kinds import Kind
from volgens.articles.language import with_language
from volgens.articles.page import host_name
from volgens.articles.plain import decode
from volgens.errors import NotText
from volgens.records import Article, Defect


def read_single(kind: Kind, source: Source) -> tuple[Article, tuple[Defect, ...]]:
    """The one article of ``source``. Raises InputError where there is none."""
    if kind == "xml":
        raise NotText(source.name, "XML of a kind that volgens does not know; give the page or its text")
    data, damage = source.data()
    if kind == "pdf":
        from volgens.articles.containers.pdf import read_pdf

        article, defects = read_pdf(data, source.name)
        return article, damage + defects
    if kind == "mail":
        from volgens.articles.containers.mail import read_mail

        article, defects = read_mail(data, source.name)
        return article, damage + defects
    if kind == "page":
        article, defects = read_any_page(data, source.name, url=source.url, charset=source.charset)
    else:
        text, defects = decode(data, source.name, charset=source.charset)
        article = Article(text=text, url=source.url, outlet=host_name(source.url))
    return with_language(article, damage + defects)
