"""volgens: who says so? Every statement in the news with its source, cue and content, and the words that prove it.

import volgens

article, statements = volgens.read("De bakkerij sluit in mei, zegt eigenaar Ine Roosdael.")
for statement in statements:
    print(statement.source, statement.content)
"""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from volgens.config import VERSION
from volgens.errors import VolgensError
from volgens.records import Article, Defect, Mention, Statement, Statements

if TYPE_CHECKING:
    from volgens.app import App

__version__ = VERSION
__all__ = ["Article", "Defect", "Mention", "Statement", "Statements", "VolgensError", "read"]

_opening = threading.Lock()


@cache
def _made() -> App:
    from volgens.app import App

    return App()


def _app() -> App:
    with _opening:
        return _made()


def read(
    text_or_path_or_url: str | os.PathLike[str], *, published: str | None = None, outlet: str | None = None
) -> tuple[Article, Statements]:
    """Read one article and find its statements.

    A ``Path`` is read as a file. A string is an address if it begins with ``http://`` or ``https://`` and is one word, a file
    if it is the name of one, and otherwise the text itself, which is kept to the character.

    ``published`` (ISO 8601: a time, a day or a month) and ``outlet`` are taken where the article does not tell them itself.
    Relative times and due dates are reckoned from the day of publication.

    Returns the article, whose ``text`` every span points into, and its statements in the order of the text. Raises
    InputError where the input cannot be read; the message says what to do. Raises ValueError where
    ``published`` is no date.
    """
    from volgens.articles.given import Given

    known = Given(published, outlet)
    if not isinstance(text_or_path_or_url, str):
        return _app().read(os.fspath(Path(text_or_path_or_url).absolute()), given=known)
    given = text_or_path_or_url
    one_line = len(given) < 4096 and len(given.splitlines()) == 1 and "\0" not in given
    if one_line and (_is_address(given) or _is_file(given)):
        return _app().read(given, given=known)
    return _app().read_text(given, given=known)


def _is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://")) and len(given.split()) == 1


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):
        return False
