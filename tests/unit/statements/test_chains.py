from dataclasses import replace

from conftest import Made

from volgens.records import Article, Statement
from volgens.statements.chains import link

OUTLET = {"kind": "outlet"}
ANONYMOUS = {"kind": "anonymous"}


def named(statements: tuple[Statement, ...]) -> dict[str, Statement]:
    return {s.source.text if s.source else "-": s for s in statements}


def parents(article: Article, statements: tuple[Statement, ...]) -> dict[str, str | None]:
    """Of each source, the source of its statement's parent."""
    linked = link(article, statements)
    words = {s.id: s.source.text if s.source else "-" for s in linked}
    return {words[s.id]: words[s.parent] if s.parent else None for s in linked}


def test_a_statement_inside_another_has_it_as_parent(made: Made) -> None:
    article = Article("‘De krant beweert dat wij liegen’, zegt Pia Dorn.", language="nl")
    found = made(
        article, ("Pia Dorn", "zegt", "‘De krant beweert dat wij liegen’"), ("De krant", "beweert", "dat wij liegen", OUTLET)
    )
    assert parents(article, found) == {"Pia Dorn": None, "De krant": "Pia Dorn"}


def test_the_smallest_content_is_the_parent(made: Made) -> None:
    article = Article("Bo says that Al said that Cy thinks it rains.", language="en")
    found = made(
        article,
        ("Bo", "says", "that Al said that Cy thinks it rains"),
        ("Al", "said", "that Cy thinks it rains"),
        ("Cy", "thinks", "it rains"),
    )
    assert parents(article, found) == {"Bo": None, "Al": "Bo", "Cy": "Al"}


def test_in_a_chain_the_outlet_stands_before_its_source(made: Made) -> None:
    article = Article("De haven gaat dicht, meldt De Kade Koerier op basis van een ingewijde.", language="nl")
    content = "De haven gaat dicht"
    found = made(article, ("De Kade Koerier", "meldt", content, OUTLET), ("een ingewijde", "op basis van", content, ANONYMOUS))
    assert parents(article, found) == {"De Kade Koerier": None, "een ingewijde": "De Kade Koerier"}


def test_a_chain_of_three_is_in_the_order_of_the_text(made: Made) -> None:
    article = Article("The port will shut, she heard from a clerk, who had it from the mayor.", language="en")
    content = "The port will shut"
    found = made(article, ("she", "heard", content), ("a clerk", "from", content), ("the mayor", "had it from", content))
    assert parents(article, found) == {"she": None, "a clerk": "she", "the mayor": "a clerk"}


def test_a_chain_may_name_its_inner_source_first(made: Made) -> None:
    article = Article("Van een collega hoorde zij dat de haven dichtgaat.", language="nl")
    content = "dat de haven dichtgaat"
    found = made(article, ("zij", "hoorde", content), ("een collega", "Van", content, ANONYMOUS))
    assert parents(article, found) == {"zij": None, "een collega": "zij"}


def test_contents_that_nearly_agree_are_one(made: Made) -> None:
    article = Article("The Quay Courier reported on Friday, citing a clerk, that the port will shut in May.", language="en")
    found = made(
        article,
        ("The Quay Courier", "reported", "that the port will shut in May", OUTLET),
        ("a clerk", "citing", "the port will shut in May", ANONYMOUS),
    )
    assert parents(article, found)["a clerk"] == "The Quay Courier"


def test_who_confirms_what_an_outlet_wrote_is_not_its_source(made: Made) -> None:
    article = Article("De haven gaat dicht. Dat schreef De Kade Koerier, en de directie bevestigt dat.", language="nl")
    content = "De haven gaat dicht"
    found = made(
        article, ("De Kade Koerier", "schreef", content, OUTLET), ("de directie", "bevestigt", content, {"act": "confirm"})
    )
    assert parents(article, found)["de directie"] is None


def test_no_statement_lies_in_itself_whatever_the_spans(made: Made) -> None:
    article = Article("a b c d e f", language="en")
    found = made(article, ("a", "b", "c d e f"), ("c", "d", "a b"), ("e", "f", "a b c d"))
    linked = {s.id: s for s in link(article, found)}
    for statement in linked.values():
        seen, at = set(), statement.parent
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = linked[at].parent


def test_hearsay_that_another_source_covers_is_that_one_s(made: Made) -> None:
    article = Article("Volgens de havenmeester zou de kade verzakken.", language="nl")
    found = made(
        article, ("de havenmeester", "Volgens", "zou de kade verzakken"), (None, "zou", ["de kade verzakken"], {"kind": "none"})
    )
    linked = link(article, found)
    assert [s.cue.text for s in linked if s.cue] == ["Volgens"]
    assert linked[0].reportative


def test_hearsay_of_its_own_sentence_stays_and_is_reportative(made: Made) -> None:
    article = Article("De kade zou verzakken. ‘Onzin’, zegt Bo.", language="nl")
    linked = link(article, made(article, (None, "zou", ["De kade", "verzakken"]), ("Bo", "zegt", "‘Onzin’")))
    assert [s.reportative for s in linked] == [True, False]


def test_hearsay_inherits_the_source_of_its_paragraph(made: Made) -> None:
    article = Article(
        "Twee bronnen zeggen dat de kade verzakt. Er zou al een scheur zijn.\n\nEr zou geen geld zijn.", language="nl"
    )
    linked = link(
        article,
        made(
            article,
            ("Twee bronnen", "zeggen", "dat de kade verzakt", ANONYMOUS),
            (None, "zou", ["Er", "al een scheur zijn"]),
            (None, ("zou", 1), [("Er", 1), "geen geld zijn"]),
        ),
    )
    assert [s.inferred.text if s.inferred else None for s in linked] == [None, "Twee bronnen", "Twee bronnen"]
    assert all(s.source is None for s in linked[1:])


def test_hearsay_without_anything_before_it_inherits_nothing(made: Made) -> None:
    article = Article("Er zou een scheur zijn.", language="nl")
    assert link(article, made(article, (None, "zou", ["Er", "een scheur zijn"])))[0].inferred is None


def test_a_language_without_data_still_nests(made: Made) -> None:
    article = Article("Bo: Al: het regent", language="fi")
    found = made(article, ("Bo", ":", "Al: het regent"), ("Al", (":", 1), "het regent"))
    assert parents(article, found) == {"Bo": None, "Al": "Bo"}


def test_linking_twice_changes_nothing(made: Made) -> None:
    article = Article("Bo says that Al said that it rains.", language="en")
    found = made(article, ("Bo", "says", "that Al said that it rains"), ("Al", "said", "that it rains"))
    once = link(article, found)
    assert link(article, [replace(s, parent=None) for s in once]) == once
