"""Live blogs: which pieces of a body are one entry, and when that was posted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from volgens.articles.dates import full_date
from volgens.articles.pages.body import Piece
from volgens.articles.pages.bylines import plain
from volgens.articles.pages.printed_dates import clock_time, printed_date
from volgens.articles.pages.stated import Stated, tidy
from volgens.articles.pages.visible import in_aside, printed, tells_time

_FEWEST = 3
_DEEPEST = 8
_LONGEST_TIME = 60


def with_entries(body: Sequence[Piece], tree: Any, stated: Stated, base: datetime | None) -> list[Piece]:
    """``body`` with the times of the entries that its pieces stand in, and with "entry" as the kind of what heads one.

    Entries are what JSON-LD states as liveBlogUpdate, or at least three elements alike that hold a time of their own and together
    most of the body. A clock time alone is of the day of ``base``.
    """
    listed = dict(_listed(stated))
    times = _shown(body, tree, base)
    if not times and len(listed) < _FEWEST:
        return list(body)
    timed: list[Piece] = []
    within: Any = None
    time: str | None = None
    for piece in body:
        container, moment = times.get(piece.element, (None, None))
        opens = container is not None and container is not within
        if opens:
            within, time = container, moment
        told = plain(piece.text) in listed
        time = listed.get(plain(piece.text)) or time
        heads = told or (opens and piece.kind == "subhead")
        timed.append(replace(piece, kind="entry" if heads else piece.kind, time=time))
    return timed


def _listed(stated: Stated) -> Iterator[tuple[str, str | None]]:
    """The headlines of the entries that the page states, as they are compared, and their times."""
    for entry in stated.live_updates():
        if head := tidy(entry.get("headline")):
            yield plain(head), full_date(entry.get("datePublished"))


def _shown(body: Sequence[Piece], tree: Any, base: datetime | None) -> dict[Any, tuple[Any, str]]:
    """For the elements of ``body`` that stand in entries: the element that the entry is, and its time."""
    groups: dict[Any, dict[Any, str]] = {}
    for element in tree.iter("time", "span", "div", "p", "a"):
        if (element.tag == "time" or tells_time(element)) and (time := _time(element, base)) and not in_aside(element):
            for container in _containers(element):
                groups.setdefault(container.getparent(), {}).setdefault(container, time)
    best: dict[Any, tuple[Any, str]] = {}
    for group in groups.values():
        if len(group) < _FEWEST:
            continue
        inside: dict[Any, tuple[Any, str]] = {}
        for piece in body:
            if piece.element is not None:
                around = next((one for one in (piece.element, *piece.element.iterancestors()) if one in group), None)
                if around is not None:
                    inside[piece.element] = around, group[around]
        if len({container for container, _ in inside.values()}) >= _FEWEST and len(inside) > max(len(best), len(body) / 2):
            best = inside
    return best


def _containers(element: Any) -> Iterator[Any]:
    """What may be the entry that a time stands in: the elements around it that have at least two others like them beside them."""
    for depth, one in enumerate((element, *element.iterancestors())):
        above = one.getparent()
        if depth > _DEEPEST or above is None:
            return
        if sum(other.tag == one.tag and other.get("class") == one.get("class") for other in above) >= _FEWEST:
            yield one


def _time(element: Any, base: datetime | None) -> str | None:
    if stated := full_date(element.get("datetime")):
        return stated
    words = printed(element)
    return (printed_date(words, base) or clock_time(words, base)) if len(words) <= _LONGEST_TIME else None
