"""An article as its container or page tells it -> with what its text and its address tell as well."""

from __future__ import annotations

from dataclasses import replace

from volgens.articles.credits import credits
from volgens.articles.language import UNKNOWN, detect
from volgens.articles.outlets import domain_name, known_name
from volgens.records import Article, Choice, Defect


def completed(article: Article, defects: tuple[Defect, ...] = ()) -> tuple[Article, tuple[Defect, ...]]:
    """The article with its credits, the outlet that its address shows where it tells none, and the language that its text shows.

    Where the text shows no language, the one that the article declares stays; a Defect more where there is neither.
    """
    language = detect(article.text)
    if language == UNKNOWN:
        language = article.language
    if language == UNKNOWN:
        defects += (Defect("articles", "language not recognised; it was read all the same, and statements may be missed"),)
    domain = article.domain or domain_name(article.url)
    outlet, choices = article.outlet, article.choices
    if outlet is None and domain is not None:
        listed = known_name(domain)
        outlet = listed or domain
        choices += (Choice("outlet", "outlets" if listed else "address"),)
    article = replace(article, language=language, domain=domain, outlet=outlet, choices=choices)
    return replace(article, credits=credits(article)), defects
