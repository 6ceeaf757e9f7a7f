"""What people give as an archive, and that no password is ever told."""

from __future__ import annotations

from pathlib import Path

import pytest

from volgens.errors import ArchiveError
from volgens.places import Server, place


def test_a_path_or_an_address() -> None:
    assert place("a.db") == place(Path("a.db")) == Path("a.db")
    assert place("postgresql://u@h/db") == Server("postgresql://u@h/db")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://u:secret@h:5433/db", "postgresql://u@h:5433/db"),
        ("postgresql://u:secret@x@h/db", "postgresql://u@h/db"),
        ("postgresql:///db?host=/run/pg&password=secret", "postgresql:///db?host=/run/pg"),
        ("postgres://u:p?secret@h/db", "postgres://..."),
    ],
)
def test_a_password_is_not_told(address: str, shown: str) -> None:
    assert str(Server(address)) == shown
    assert "secret" not in repr(Server(address))


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    from volgens.archive.store import Archive

    with pytest.raises(ArchiveError, match="cannot be reached") as told:
        Archive(Server("postgresql://u:secret@127.0.0.1:1/db"))
    assert "secret" not in str(told.value)
