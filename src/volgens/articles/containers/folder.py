"""A folder -> the files in it that can be articles or hold some."""

from __future__ import annotations

import os
from collections.abc import Iterator

from volgens.articles.files import unreadable
from volgens.errors import InputError

# What a browser saves beside a page, and other files that hold no text; an archive of ours may lie among them.
_OTHER = frozenset((
    ".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".png", ".jpg", ".jpeg", ".gif", ".webp",
    ".avif",
    ".svg", ".bmp", ".tif", ".tiff",
    ".db", ".db-wal", ".db-shm", ".db-journal", ".sqlite", ".sqlite3",
    ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".m4v", ".webm", ".mov", ".avi",
))  # fmt: skip
_BESIDE_PAGE = ("_files", "_bestanden")
_PAGES = (".html", ".htm")


def files_in(folder: str) -> Iterator[tuple[str, InputError | None]]:
    """The files in ``folder`` and the folders in it, in alphabetical order; with an error for a folder that is closed.

    Left out are hidden files and folders, pictures, sound, film, fonts, styles, scripts, databases, what a browser saves beside a
    page ("page_files"), what is no file (a pipe, a device), and folders that are links.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, unreadable(folder, error)
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _is_beside_page(entry.name, names):
                yield from files_in(entry.path)
        elif entry.is_file() and os.path.splitext(entry.name)[1].lower() not in _OTHER:  # noqa: PTH122
            yield entry.path, None


def _is_beside_page(name: str, names: set[str]) -> bool:
    return any(name.endswith(ending) and name.removesuffix(ending) + page in names for ending in _BESIDE_PAGE for page in _PAGES)
