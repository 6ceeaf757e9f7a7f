"""The places in which each test of the contract finds an empty archive: a file, the memory, and a PostgreSQL database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.contract.postgresql import MISSING, binaries, running
from volgens.archive.store import Archive
from volgens.places import Place, place


@pytest.fixture(scope="session")
def database() -> Iterator[Callable[[], str]]:
    """Makes a new database of a server, and gives its address."""
    bin = binaries()
    if bin is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    import psycopg

    with running(bin) as address:
        names = count()

        def make() -> str:
            name = f"a{next(names)}"
            with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            return address.format(name)

        yield make


@pytest.fixture(params=["file", "server"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where an archive can be made that several open."""
    return tmp_path / "a.db" if request.param == "file" else place(request.getfixturevalue("database")())


@pytest.fixture(params=["file", "memory", "server"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    """An archive with nothing in it."""
    places = {
        "file": lambda: tmp_path / "a.db",
        "memory": lambda: None,
        "server": lambda: place(request.getfixturevalue("database")()),
    }
    with Archive(places[request.param]()) as made:
        yield made
