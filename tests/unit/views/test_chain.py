from dataclasses import replace

from volgens.records import Article, Mention, Speaker, Statement, statement_id
from volgens.statements.chains import link
from volgens.views.chain import chain, written

TEXT = (
    "De haven gaat dicht, melden Kadese kranten, waaronder De Waard en Het Tij, op basis van twee bronnen. Er zou geen geld zijn. "
    "‘Al zei dat hij komt’, aldus Bo."
)
ARTICLE = Article(TEXT, outlet="Kadekrant", language="nl")


def at(words: str) -> Mention:
    return Mention.of(TEXT, [(TEXT.index(words), TEXT.index(words) + len(words))])


def made(source: str | None, cue: str, content: str, kind: str = "person", speaker: Speaker | None = None) -> Statement:
    parts = at(source) if source else None, at(cue), at(content)
    return Statement(statement_id(ARTICLE.id, *parts), *parts, kind, "state", None, 0.9, speaker=speaker)  # type: ignore[arg-type]


PAPERS = made(
    "Kadese kranten, waaronder De Waard en Het Tij", "melden", "De haven gaat dicht", "outlet", Speaker("De Waard + Het Tij")
)
SOURCES = made("twee bronnen", "op basis van", "De haven gaat dicht", "anonymous", Speaker())
HEARSAY = made(None, "zou", "geen geld zijn", "none")
BO = made("Bo", "aldus", "‘Al zei dat hij komt’", speaker=Speaker("Bo Dorn"))
AL = made("Al", "zei", "dat hij komt", speaker=Speaker("Al Roos"))
LINKED = link(ARTICLE, (PAPERS, SOURCES, HEARSAY, BO, AL))


def line(statement: Statement, article: Article = ARTICLE) -> str:
    found = next(s for s in LINKED if s.id == statement.id)
    return written(chain(article, LINKED, found))


def test_the_outlet_stands_first_and_the_innermost_source_last() -> None:
    assert line(SOURCES) == "Kadekrant < Kadese kranten (De Waard, Het Tij) < twee bronnen"


def test_speakers_go_by_their_full_name() -> None:
    assert line(AL) == "Kadekrant < Bo Dorn < Al Roos"


def test_hearsay_has_the_chain_of_the_source_it_inherits() -> None:
    assert line(HEARSAY) == "Kadekrant < Kadese kranten (De Waard, Het Tij) < twee bronnen (inferred)"


def test_without_an_outlet_it_is_this_article() -> None:
    assert line(BO, replace(ARTICLE, outlet=None)) == "this article < Bo Dorn"


def test_every_link_but_the_outlet_points_at_its_words() -> None:
    for statement in LINKED:
        outlet, *links = chain(ARTICLE, LINKED, statement)
        assert outlet.mention is None
        assert all(TEXT[slice(*link.mention.spans[0])] == link.mention.text for link in links if link.mention)
