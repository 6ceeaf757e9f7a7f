"""A server over an archive with a bundled story, and Debian's Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from volgens.app import App
from volgens.archive.store import Archive
from volgens.records import Article
from volgens.web.server import application

ADDRESS = "https://waterbode.example/brug"
TEXTS = (
    "De brug bij Oudevaart gaat in mei dicht, zegt wethouder Ine Roosdael.\n\nDat kost 40.000 euro, volgens de gemeente.",
    "De brug bij Oudevaart gaat in juni dicht, zegt wethouder Ine Roosdael.\n\nDat kost 90.000 euro, volgens de gemeente.",
)
"""Two versions of an article, of which the second says other things."""


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("e2e") / "news.db"
    app = App()
    list(app.add([str(files("volgens") / "examples" / "circular-reporting.jsonl")], path))
    with Archive(path) as store, store.writing() as writer:
        for day, text in enumerate(TEXTS, 4):
            article = Article(text, ADDRESS, "De Waterbode", "Brug bij Oudevaart dicht", "nl", f"2025-03-0{day}")
            writer.add(article, name="x", seen=f"2025-03-0{day}T10:00:00Z")
    app.trace([], path)
    return path


@pytest.fixture(scope="session")
def server(archive: Path) -> Iterator[str]:
    running = uvicorn.Server(uvicorn.Config(application(archive), port=0, log_level="warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed before other tests go on: its event loop runs in their thread."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        assert not os.environ.get("CI"), "the tests of pages need Chromium; install it, as with: apt-get install chromium"
        pytest.skip("no Chromium here; install it, as with: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()
