"""The pages in a real browser: what people see, by keyboard, on a phone, in the dark, and for screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from volgens.app import App

Opened = Callable[..., Page]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def _is_fault(message: ConsoleMessage) -> bool:
    """A form that was sent back is told of too, and is none."""
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Opened]:
    """Opens a page; at the end nothing may have gone wrong in it, as where the browser refused a script or a style."""
    contexts, faults = [], list[str]()

    def open_page(path: str, *, viewport: dict[str, int] = DESK, language: str = "en", dark: bool = False) -> Page:
        context = browser.new_context(viewport=viewport, locale=language, color_scheme="dark" if dark else "light")  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(server) else faults.append(f"asked for {request.url}"))
        page.goto(server + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def story(archive: Path) -> str:
    return App().story_lines(archive, limit=1, least=5)[1][0].id


@pytest.fixture(scope="session")
def bridge(archive: Path) -> tuple[str, str]:
    """The two versions of an article."""
    found = App().versions("https://waterbode.example/brug", archive)
    return found[0].article, found[1].article


@pytest.fixture(scope="session")
def paths(story: str, bridge: tuple[str, str]) -> dict[str, str]:
    old, new = bridge
    return {
        "home": "/",
        "stories": "/stories",
        "story": f"/story/{story}",
        "article": f"/article/{new}",
        "versions": f"/article/{new}/since/{old}",
        "search": "/search?q=luchthaven",
        "ledger": "/ledger",
        "audit": "/audit?by=outlet",
        "corrections": "/corrections",
        "missing": "/article/0000000000",
    }


PATHS = ("home", "stories", "story", "article", "versions", "search", "ledger", "audit", "corrections")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PATHS)
def test_no_page_shuts_anybody_out(name: str, dark: bool, opened: Opened, paths: dict[str, str]) -> None:
    page = opened(paths[name], dark=dark)
    page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found] == []


@pytest.mark.parametrize("name", PATHS)
def test_nothing_runs_off_a_phone(name: str, opened: Opened, paths: dict[str, str]) -> None:
    page = opened(paths[name], viewport=PHONE, language="nl")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("html").get_attribute("lang") == "nl"


@pytest.mark.parametrize("name", PATHS)
def test_the_keyboard_reaches_the_content_of_every_page_first(name: str, opened: Opened, paths: dict[str, str]) -> None:
    page = opened(paths[name])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    if not page.locator("main").locator("a, button, input").count():
        return  # a list with nothing in it yet
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_pasted_text_is_read_with_its_words_marked(opened: Opened) -> None:
    page = opened("/")
    page.get_by_label("Text of an article").fill("De haven gaat open, zegt Kees Ommelander.\nDat ontkent Ada Bos.")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".text .source").first).to_have_text("Kees Ommelander")
    expect(page.locator(".text .content").first).to_have_text("De haven gaat open")
    expect(page.get_by_role("heading", name="Who says what")).to_be_visible()
    expect(page.locator("#d1 .who")).to_contain_text("Kees Ommelander")


def test_what_cannot_be_read_is_told_and_nothing_is_lost(opened: Opened) -> None:
    page = opened("/")
    page.get_by_label("Text of an article").fill(" ")
    page.get_by_label("or its address").evaluate("(field) => { field.type = 'text'; field.value = 'file:///etc/passwd'; }")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("http")
    expect(page.get_by_label("or its address")).to_have_value("file:///etc/passwd")


def test_statements_are_walked_by_keyboard_in_the_order_of_the_text(opened: Opened, paths: dict[str, str]) -> None:
    page = opened(paths["article"])
    page.keyboard.press("j")
    expect(page.locator("#d1")).to_have_class(re.compile(r"\blit\b"))
    assert page.locator(".text .lit").count() > 0
    page.keyboard.press("j")
    expect(page.locator("#d2")).to_have_class(re.compile(r"\blit\b"))
    expect(page.locator("#d1")).not_to_have_class(re.compile(r"\blit\b"))
    page.keyboard.press("k")
    expect(page.locator("#d1")).to_have_class(re.compile(r"\blit\b"))
    expect(page.locator("#d1 a").first).to_be_focused()


def test_an_edge_leads_to_the_sentence_that_shows_it(opened: Opened, paths: dict[str, str]) -> None:
    page = opened(paths["story"])
    edge = page.locator("svg.graph a.edge.cites").first
    edge.focus()
    page.keyboard.press("Enter")
    shown = page.locator(":target")
    expect(shown).to_be_in_viewport()
    assert len(shown.locator("q").inner_text()) > 20


def test_the_drawing_shows_every_step_and_every_origin_of_the_claim(opened: Opened, paths: dict[str, str], archive: Path) -> None:
    views, _ = App().trace([paths["story"].removeprefix("/story/")], archive)
    page = opened(paths["story"])
    whole = page.locator("section.claim")
    steps, origins = whole.locator(".steps li").count(), whole.locator(".origin-list > li").count()
    assert page.locator("svg.graph a.edge").count() == steps > 3
    assert page.locator("svg.graph g.origin").count() == origins >= 1
    assert page.locator("ol.articles > li").count() == len(views[0].articles)


def test_narrowing_a_search_down_keeps_the_page_and_its_address(opened: Opened) -> None:
    page = opened("/search")
    page.evaluate("window.kept = true")
    page.get_by_label("Words that were said").fill("luchthaven")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=luchthaven**")
    expect(page.locator("#count")).not_to_have_text("")
    assert page.evaluate("window.kept")
    assert all("luchthaven" in hit.casefold() for hit in page.locator(".hit-list li").all_inner_texts())
    before = page.locator("#count").inner_text()
    page.locator(".facets a").first.click()
    expect(page.locator(".chosen .chip")).to_have_count(1)
    assert page.locator("#count").inner_text() != before


def test_what_changed_between_versions_stands_side_by_side(opened: Opened, paths: dict[str, str]) -> None:
    page = opened(paths["versions"])
    assert {"mei", "40.000"} <= set(page.locator("del").all_inner_texts())
    assert {"juni", "90.000"} <= set(page.locator("ins").all_inner_texts())


def test_the_language_is_chosen_and_stays(opened: Opened) -> None:
    page = opened("/stories")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", name="Verhalen")).to_be_visible()
    page.get_by_role("link", name="Zoeken").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_a_shared_story_needs_nothing_but_itself(browser: Browser, server: str, story: str, tmp_path: Path) -> None:
    context = browser.new_context()
    kept = context.request.get(f"{server}/story/{story}/shared.html")
    assert kept.headers["content-disposition"].startswith("attachment")
    (tmp_path / "story.html").write_bytes(kept.body())
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "story.html").as_uri())
    assert page.locator("svg.graph path").count() > 3
    assert page.locator(".origin-list q").count() > 0
    assert len(asked) == 1
    assert page.locator("script").count() == 0
    context.close()
