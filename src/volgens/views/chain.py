"""The chain of a statement: who has it from whom, from the outlet in to the first source that the article names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from volgens.records import Article, Mention, Statement

THIS_ARTICLE = "this article"
UNNAMED = "no source named"


@dataclass(frozen=True, slots=True)
class Link:
    """One source of a chain. ``mention`` are its words in the article, None for the outlet and where none is expressed.

    ``inferred``: it is the source that hearsay inherits from the sentences before it.
    """

    name: str
    mention: Mention | None = None
    statement: str | None = None
    inferred: bool = False


def chain(article: Article, statements: Iterable[Statement], statement: Statement) -> tuple[Link, ...]:
    """The links of ``statement``, the outlet first, its own source last. ``statements`` are all of the article's."""
    known = {s.id: s for s in statements}
    links: list[Link] = []
    at: Statement | None = statement
    while at is not None:
        links.append(_link(at))
        holder = known.get(at.parent) if at.parent else None
        if holder is None and at.source is None and at.inferred is not None:
            holder = next((s for s in known.values() if s.source == at.inferred and s.id != at.id), None)
            if holder is not None:  # the link itself is that statement's source
                holder = known.get(holder.parent) if holder.parent else None
        at = holder
    return (Link(article.outlet or THIS_ARTICLE), *reversed(links))


def written(links: Iterable[Link]) -> str:
    """A chain on one line, the outermost link first: "NOS < US media < sources around the White House"."""
    return " < ".join(link.name + (" (inferred)" if link.inferred else "") for link in links)


def _link(statement: Statement) -> Link:
    if statement.source is None and statement.inferred is not None:
        return Link(statement.inferred.text, statement.inferred, statement.id, inferred=True)
    if statement.source is None:
        name = statement.speaker.name if statement.speaker is not None else None
        return Link(name or UNNAMED, None, statement.id)
    return Link(_name(statement, statement.source), statement.source, statement.id)


def _name(statement: Statement, source: Mention) -> str:
    """The speaker's name; of several, the words that hold them together: "US media (The New York Times, The Washington Post)"."""
    named = statement.speaker.name if statement.speaker is not None else None
    if named is None:
        return " ".join(source.text.split())
    if " + " in named:
        names = named.split(" + ")
        together = source.text.split(",")[0].split("(")[0].strip()
        listed = ", ".join(names)
        return listed if any(name in together for name in names) else f"{together} ({listed})"
    return named
