"""Changes are shown with the words before and after them, and silent ones stand out."""

from volgens.cli.changes import render_changes
from volgens.cli.terminal import Look
from volgens.records import Article, Mention
from volgens.views.changes import Change, Changes

OLD = Article("Sluis blijft dicht\n\nEr zijn 40 gebreken gevonden.", title="Sluis blijft dicht", outlet="Kadekrant")
NEW = Article(
    "Sluis gaat open\n\nEr zijn 60 gebreken gevonden. Correctie: het zijn er 60.", title="Sluis gaat open", outlet="Kadekrant"
)


def _at(article: Article, words: str) -> Mention:
    start = article.text.index(words)
    return Mention.of(article.text, [(start, start + len(words))])


def _shown(look: Look = Look()) -> str:  # noqa: B008 - frozen
    notice = _at(NEW, "Correctie: het zijn er 60.")
    items = (
        Change("headline", None, None, _at(OLD, "Sluis blijft dicht"), _at(NEW, "Sluis gaat open")),
        Change("number changed", None, None, _at(OLD, "40"), _at(NEW, "60"), notice),
    )
    return render_changes(OLD, NEW, Changes(OLD.id, NEW.id, items, (notice,)), look)


def test_every_line() -> None:
    assert _shown().splitlines()[1:] == [
        "Sluis gaat open",
        f"- Kadekrant · {OLD.id[:12]}",
        f"+ Kadekrant · {NEW.id[:12]}",
        "2 changes, 1 of them silent (!): no notice tells of it",
        "",
        "  ! headline",
        "    - Sluis blijft dicht",
        "    + Sluis gaat open",
        "",
        "    number changed",
        "    - Er zijn 40 gebreken gevonden.",
        "    + Er zijn 60 gebreken gevonden. Correctie: het zijn",
        "    = Correctie: het zijn er 60.",
    ]


def test_narrow_and_in_colour() -> None:
    assert all(len(line) <= 30 for line in _shown(Look(width=30)).splitlines())
    assert "\x1b[4;38;5;32m60" in _shown(Look(color="256"))


def test_nothing_changed() -> None:
    assert "no statement changed" in render_changes(OLD, OLD, Changes(OLD.id, OLD.id, (), ()), Look())
