"""The names under which exports speak of things: URNs made from ids, and the addresses of articles.

``urn:volgens:`` is not registered with IANA: the names are stable, and lead nowhere.
"""

from __future__ import annotations

import re

from volgens.records import Article, content_id

URN = "urn:volgens:"
TERMS = f"{URN}terms:"

_ADDRESS = re.compile(r"https?://[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+", re.IGNORECASE)


def urn(what: str, id: str) -> str:
    """The name of the article, statement, claim or story with this id."""
    return f"{URN}{what}:{id}"


def outlet_id(article: Article) -> str | None:
    """The id of who publishes it: the same for all articles of one outlet; None where that is not known."""
    return named_id("outlet", article.outlet) if article.outlet else None


def named_id(what: str, name: str) -> str:
    """The id of somebody or something by this name, whatever its capitals and spaces."""
    return content_id(what, " ".join(name.split()).casefold())


def address(url: str | None) -> str | None:
    """``url`` where it is an address that may stand as an IRI in every format; else None."""
    return url if url is not None and _ADDRESS.fullmatch(url) else None


def speaker_names(name: str | None) -> tuple[str, ...]:
    """The names of a speaker, which are several where they speak together ("A Ltd + B Ltd"), each on one line."""
    named = (" ".join(one.split()) for one in (name or "").split(" + "))
    return tuple(dict.fromkeys(one for one in named if one))
