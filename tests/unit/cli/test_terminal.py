"""The reading view: legible with colour and without, at any width, and nothing in an article steers the terminal."""

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from volgens.cli.safe_text import one_line, safe
from volgens.cli.terminal import Look, render
from volgens.records import Article, Credit, Defect, Due, Mention, Reason, Speaker, Statement, Statements, statement_id

TEXT = (
    "“De sluis,” zegt havenmeester Ine Roosdael, “houdt het nog een jaar.” Het Havenblad meldt dat zij heeft beloofd "
    "haar in mei te openen. De raad wilde niet reageren. Er zou haast zijn."
)
COLOR = Look(80, "256")


def _mention(text: str, *words: str) -> Mention:
    return Mention.of(text, [(text.index(word), text.index(word) + len(word)) for word in words])


def _statement(
    article: Article, source: str | None, cue: str | None, *content: str, parent: str | None = None, confidence: float = 0.9
) -> Statement:
    parts = (
        _mention(article.text, source) if source else None,
        _mention(article.text, cue) if cue else None,
        _mention(article.text, *content),
    )
    return Statement(
        statement_id(article.id, *parts),
        *parts,
        "person" if source else "none",
        "state" if content else "decline",
        parent,
        confidence,
    )


def _read() -> tuple[Article, Statements]:
    article = Article(
        TEXT,
        title="Sluis houdt het",
        outlet="Kadekrant",
        language="nl",
        published="2026-03-14",
        authors=("Bo Kwast", "Ans Vlet"),
        credits=(Credit("LNB", "agency", "tail", Mention("LNB", ())),),
    )
    outer = _statement(article, "Het Havenblad", "meldt", "dat zij heeft beloofd haar in mei te openen", confidence=0.42)
    return article, Statements(
        (
            _statement(article, "havenmeester Ine Roosdael", "zegt", "“De sluis,”", "“houdt het nog een jaar.”"),
            outer,
            _statement(article, "zij", "heeft beloofd", "haar in mei te openen", parent=outer.id),
            _statement(article, "De raad", "wilde niet reageren"),
            _statement(article, None, "zou", "haast zijn"),
        ),
    )


def _flat(view: str) -> str:
    """The view without line breaks, so that a test does not depend on where lines are broken."""
    return " ".join(view.split())


def test_source_cue_and_content_have_brackets_of_their_own_and_the_number_of_the_row() -> None:
    view = _flat(render(*_read(), "sluis.txt", Look()))
    assert "[1 “De sluis,”] <1 zegt> {1 havenmeester Ine Roosdael}, [1 “houdt het nog een jaar.”]" in view
    assert re.search(r"\b1 havenmeester Ine Roosdael person · state · unknown · 0.90 “De sluis,” … “houdt", view)


def test_a_statement_in_another_stands_in_its_brackets_and_has_its_chain_in_the_list() -> None:
    view = render(*_read(), "sluis.txt", Look())
    assert "[2 dat {3 zij} <3 heeft beloofd> [3 haar in mei te openen]]." in _flat(view)
    assert "in 2: Kadekrant < Het Havenblad < zij" in view


def test_without_a_source_or_without_content_the_list_says_so() -> None:
    shown = _flat(render(*_read(), "sluis.txt", Look()))
    assert "5 no source named none · state" in shown
    assert re.search(r"4 De raad person · decline · 0.90 nothing said", shown)
    assert re.search(r"\x1b\[2mno source named", render(*_read(), "sluis.txt", COLOR))


def test_the_list_tells_who_it_is_by_when_how_firmly_and_why() -> None:
    article, statements = _read()
    mention = _mention(article.text, "in mei")
    told = replace(
        statements[2],
        speaker=Speaker("Ine Roosdael", reason=_mention(article.text, "zij heeft beloofd")),
        certainty="probable",
        polarity="negative",
        due=Due("2026-05-01", "2026-05-31", "month", mention),
        why=(Reason("act", _mention(article.text, "beloofd")),),
    )
    view = _flat(render(article, replace(statements, items=(*statements[:2], told, *statements[3:])), "a", Look()))
    assert "3 zij = Ine Roosdael person · state · probable · negative · 0.90" in view
    assert "in 2: Kadekrant < Het Havenblad < Ine Roosdael" in view
    assert "unnamed: “zij heeft beloofd”" in view
    assert "due 2026-05-01 to 2026-05-31: “in mei”" in view
    assert "why: state for “beloofd”" in view


def test_a_name_that_is_printed_is_not_told_twice() -> None:
    article, statements = _read()
    same = replace(statements[0], speaker=Speaker("Ine Roosdael"))
    assert " = " not in render(article, Statements((same,)), "a", Look())


def test_hearsay_shows_the_source_it_inherits() -> None:
    article, statements = _read()
    hearsay = replace(statements[4], inferred=_mention(article.text, "De raad"), reportative=True)
    view = _flat(render(article, Statements((hearsay,)), "a", Look()))
    assert "1 inferred: De raad none · state · unknown · hearsay" in view


def test_the_header_tells_what_was_read() -> None:
    head = render(*_read(), "sluis.txt", Look()).split("\n\n")[0]
    for part in (
        "Sluis houdt het",
        "Kadekrant · 2026-03-14 · nl · sluis.txt",
        "by Bo Kwast, Ans Vlet · credits LNB",
        "5 statements: 4 person, 1 none",
    ):
        assert part in head


def test_without_a_title_the_input_stands_at_the_head() -> None:
    assert render(Article("Stil."), Statements(), "leeg.txt", Look()).splitlines()[1:3] == ["leeg.txt", "no statements found"]
    assert "standard input" in render(Article("Stil."), Statements(), "-", Look())


def test_the_same_words_share_their_brackets() -> None:
    article = Article("De dijk zakt, schrijft De Waard op gezag van een ingenieur.")
    statements = Statements(
        (
            _statement(article, "De Waard", "schrijft", "De dijk zakt"),
            _statement(article, "een ingenieur", "op gezag van", "De dijk zakt"),
        )
    )
    view = render(article, statements, "a", Look())
    assert "[1,2 De dijk zakt], <1 schrijft> {1 De Waard} <2 op gezag van> {2 een ingenieur}." in _flat(view)


def test_where_stretches_cross_the_closing_bracket_has_its_number() -> None:
    article = Article("aap noot mies wim")
    statements = Statements((_statement(article, None, None, "aap noot mies"), _statement(article, None, None, "noot mies wim")))
    assert "[1 aap [2 noot mies]1 wim]" in render(article, statements, "a", Look())


def test_without_colour_there_are_no_escape_sequences_and_the_marks_stay() -> None:
    colour, plain = render(*_read(), "a", COLOR), render(*_read(), "a", Look())
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", colour).split() == plain.split()


def test_in_colour_the_three_parts_differ() -> None:
    view = render(*_read(), "a", COLOR)
    styles = {re.findall(r"\x1b\[([\d;]*)m" + re.escape(start), view)[0] for start in ("{1 ", "<1 ", "[1 ")}
    assert len(styles) == 3


@pytest.mark.parametrize("width", [20, 40, 63, 64, 80, 100, 300])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    article, statements = _read()
    long = Article(article.text + " " + "x" * 200 + " 船が港に入る" * 9, title="titel " * 30, outlet="krant " * 9)
    made = Statements((_statement(long, "x" * 150, None, "船が港に入る " * 8),), (Defect("articles", "reden " * 40, (0, 90)),))
    for read in ((article, statements), (long, made)):
        view = render(*read, "a/very/long/path/" * 8, Look(width))
        assert max(map(cell_len, view.splitlines())) <= width
        assert "\ue000" not in view


def test_a_narrow_terminal_has_every_part_of_the_list() -> None:
    rows = _flat(render(*_read(), "a", Look(40)))
    assert "3 zij person · state · unknown · 0.90 haar in mei te openen in 2: Kadekrant" in rows
    assert "5 no source named none · state · unknown · 0.90 haast zijn" in rows


def test_a_bracket_stays_with_its_first_word() -> None:
    for width in range(40, 81):
        for line in render(*_read(), "a", Look(width)).split("\n\n")[1].splitlines():
            assert not re.search(r"[\[{<]\d+$", line)


def test_what_is_cut_ends_in_an_ellipsis_and_keeps_what_fits() -> None:
    article = Article("x" * 300)
    view = render(article, Statements((_statement(article, None, None, article.text),)), "a", Look())
    rows = [line for line in view.split("no source named")[1].splitlines() if "x" in line]
    assert len(rows) == 2
    assert rows[1].endswith("x…")
    assert rows[0].count("x") == rows[1].count("x") + 1


def test_defects_are_listed_with_the_words_they_are_about() -> None:
    article, statements = _read()
    defects = (Defect("articles", "cut short", (4, 9)), Defect("reader", "slow"))
    view = render(article, Statements(statements.items, defects), "a", Look())
    assert "defect (articles) cut short: sluis" in view
    assert "defect (reader) slow" in view


EVIL = "\x1b]0;owned\x07 \x1b[2J \x9b31m \u202egnirts \u2066x \r\b \x7f \U000e0041"


def test_nothing_in_an_article_steers_the_terminal() -> None:
    article = Article(f"Zo {EVIL} zegt {EVIL}.", title=EVIL, outlet=EVIL, published=EVIL)
    statements = Statements((_statement(article, EVIL, None, f"Zo {EVIL}"),), (Defect(EVIL, EVIL, (0, 9)),))
    for width in (40, 80):
        view = render(article, statements, EVIL, Look(width))
        assert not set(view) & set("\x1b\x07\x08\x7f\x9b\r\u202e\u2066\U000e0041")
        assert "␛[2J" in view


def test_brackets_of_rich_in_an_article_are_no_markup() -> None:
    assert "[bold]Zo[/bold] :smile:" in render(Article("[bold]Zo[/bold] :smile:"), Statements(), "a", Look())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("zacht\u00adjes\ufeff", "zachtjes"),
        ("\u202eom", "�om"),
        ("\x00\x1b", "␀␛"),
        ("👩\u200d🚒 é ﷺ", "👩\u200d🚒 é ﷺ"),
        ("a\tb", "a    b"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_one_line() -> None:
    assert one_line(" a\n\n\tb\u2029c ") == "a b c"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_needs_a_terminal_and_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "57")
    assert Look.of(_Terminal()) == Look(57, "256")
    assert Look.of(io.StringIO()).color is None
    assert Look.of(_Terminal(), no_color=True).color is None
    monkeypatch.setenv("NO_COLOR", "1")
    assert Look.of(_Terminal()).color is None
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert Look.of(_Terminal()).color is None
