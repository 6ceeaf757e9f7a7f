from conftest import Made

from volgens.records import Article, Statement
from volgens.statements.uncued import uncued

INTERVIEW = (
    "Bo Dorn repareert al veertig jaar klokken.\n\nHoe begint u de dag?\n\nIk wind er twaalf op. Dan koffie.\n\n"
    "Wat vond uw vader daarvan?\n\nHij lachte mij uit. Ik ben toch doorgegaan.\n\nStopt u ooit?\n\nNee, ik zou me vervelen.\n"
)


def said(statements: list[Statement]) -> list[tuple[str | None, str]]:
    return [(s.source.text if s.source else None, s.content.text) for s in statements]


def test_a_quotation_that_stands_alone_takes_the_source_of_its_paragraph(made: Made) -> None:
    article = Article("Bo vindt de kade lelijk. ‘Sloop hem maar helemaal.’ Al zweeg.", language="nl")
    assert said(uncued(article, made(article, ("Bo", "vindt", "de kade lelijk")))) == [("Bo", "‘Sloop hem maar helemaal.’")]


def test_in_another_paragraph_its_source_stays_open(made: Made) -> None:
    article = Article("Bo vindt de kade lelijk.\n\n‘Sloop hem maar helemaal.’", language="nl")
    assert said(uncued(article, made(article, ("Bo", "vindt", "de kade lelijk")))) == [(None, "‘Sloop hem maar helemaal.’")]


def test_what_a_statement_holds_already_is_not_told_twice(made: Made) -> None:
    article = Article("‘Sloop hem maar helemaal’, zegt Bo.", language="nl")
    assert uncued(article, made(article, ("Bo", "zegt", "‘Sloop hem maar helemaal’"))) == []


def test_a_title_or_a_word_in_quotation_marks_is_nothing() -> None:
    article = Article("Zij schreef ‘De laatste brug’ in mei. De ‘grote’ brug bleef dicht.", language="nl")
    assert uncued(article, []) == []


def test_the_answers_of_an_interview() -> None:
    assert said(uncued(Article(INTERVIEW, language="nl"), [])) == [
        (None, "Ik wind er twaalf op. Dan koffie"),
        (None, "Hij lachte mij uit. Ik ben toch doorgegaan"),
        (None, "Nee, ik zou me vervelen"),
    ]


def test_questions_that_the_paper_answers_itself_are_no_interview() -> None:
    text = "Hoe laat gaat de brug open?\n\nOm negen uur.\n\nWat kost dat?\n\nNiets.\n\nMag mijn hond mee?\n\nJa, aan de lijn.\n"
    assert uncued(Article(text, language="nl"), []) == []


def test_two_questions_are_no_interview() -> None:
    assert uncued(Article("\n\n".join(INTERVIEW.split("\n\n")[:5]), language="nl"), []) == []


def test_labelled_answers_are_left_to_their_labels() -> None:
    labelled = INTERVIEW
    for answer in ("Ik wind", "Hij lachte", "Nee, ik"):
        labelled = labelled.replace(answer, f"DORN: {answer}")
    assert uncued(Article(labelled, language="nl"), []) == []
