"""An archive of two articles of one story, and a client of the application over it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from volgens.app import App
from volgens.archive.store import Archive
from volgens.records import Article
from volgens.web.server import application

FIRST = Article(
    "De sluis van Kadeveen gaat in mei dicht, zegt wethouder Ine Roosdael van Kadeveen.\n\nDe sluis van Kadeveen is lek.",
    "https://a.example/sluis",
    "De Kadekrant",
    "Sluis van Kadeveen gaat dicht",
    "nl",
    "2025-03-04",
)
SECOND = Article(
    "De sluis van Kadeveen gaat in mei dicht, meldt De Kadekrant.\n\nDe sluis van Kadeveen is volgens de krant lek.",
    "https://b.example/sluis",
    "Dagdraad",
    "Sluis van Kadeveen dicht",
    "nl",
    "2025-03-05",
)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "a.db"
    with Archive(path) as store, store.writing() as writer:
        for article in (FIRST, SECOND):
            writer.add(article, name=article.url or "")
    App().trace([], path)
    return path


@pytest.fixture(scope="session")
def client(archive: Path) -> TestClient:
    return TestClient(application(archive), base_url="http://127.0.0.1:8765")
