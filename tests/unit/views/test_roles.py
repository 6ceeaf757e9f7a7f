"""Officials, experts, women and men, and reasons for anonymity, by the words of an article."""

from __future__ import annotations

import pytest

from volgens.records import Article, Kind, Mention, Speaker, Statement, statement_id
from volgens.views.roles import Roles, anonymity, sexes


def said(
    text: str,
    source: str,
    kind: Kind = "person",
    name: str | None = None,
    *,
    language: str = "nl",
    reason: str | None = None,
    **more: str,
) -> tuple[Article, Statement]:
    article = Article(text, language=language)
    at = Mention.of(text, [(text.index(source), text.index(source) + len(source))])
    content = Mention.of(text, [(0, 3)])
    why = Mention.of(text, [(text.index(reason), text.index(reason) + len(reason))]) if reason else None
    speaker = Speaker(name, more.get("function"), more.get("organisation"), reason=why)
    made = Statement(statement_id(article.id, at, None, content), at, None, content, kind, "state", None, 0.9, speaker=speaker)
    return article, made


def official(source: str, kind: Kind = "person", name: str | None = None, language: str = "nl", **more: str) -> str | None:
    article, statement = said(f"Dit zegt {source}.", source, kind, name, language=language, **more)
    return Roles(article, [statement]).official(statement)


def is_expert(source: str, name: str | None = None, language: str = "nl", **more: str) -> bool:
    article, statement = said(f"Dit zegt {source}.", source, "person", name, language=language, **more)
    return Roles(article, [statement]).is_expert(statement)


@pytest.mark.parametrize(
    ("source", "kind", "language", "role"),
    [
        ("wethouder Ine Roosdael", "person", "nl", "government"),
        ("het ministerie van Justitie", "organisation", "nl", "government"),
        ("oud-wethouder Ine Roosdael", "person", "nl", None),
        ("voormalig minister Ine Roosdael", "person", "nl", None),
        ("de politiewoordvoerder", "organisation", "nl", "police"),
        ("een woordvoerder van de politie", "organisation", "nl", "police"),
        ("een woordvoerder van de bakkerij", "organisation", "nl", "spokespeople"),
        ("het Openbaar Ministerie", "organisation", "nl", "courts"),
        ("het OM", "organisation", "nl", "courts"),
        ("scheidsrechter Bo Dorn", "person", "nl", None),
        ("de zoon van de burgemeester", "person", "nl", None),
        ("een lid van de gemeenteraad", "person", "nl", "government"),
        ("een bron binnen het kabinet", "anonymous", "nl", "government"),
        ("buurman Bo Dorn, die naast het politiebureau woont", "person", "nl", None),
        ("Mayor Ine Roosdael", "person", "en", "government"),
        ("former mayor Ine Roosdael", "person", "en", None),
        ("the secretary of state", "person", "en", "government"),
        ("a spokeswoman for the county court", "organisation", "en", "courts"),
        ("a bakery spokesman", "organisation", "en", "spokespeople"),
        ("Ine Roosdael, chief constable of Hexley", "person", "en", "police"),
        ("the mayor's daughter", "person", "en", None),
        ("the mayor's spokeswoman", "organisation", "en", "government"),
        ("Hexley Sheriff’s Office", "organisation", "en", "police"),
        ("three officials", "anonymous", "en", "government"),
    ],
)
def test_officials(source: str, kind: Kind, language: str, role: str | None) -> None:
    assert official(source, kind, language=language) == role


def test_a_surname_is_no_role_and_a_function_is_one() -> None:
    assert official("Ine Rechter", name="Ine Rechter") is None
    assert official("Ine Roosdael", name="Ine Roosdael", function="burgemeester van Marle") == "government"


def test_a_person_is_an_official_in_every_statement() -> None:
    text = "Dit zegt wethouder Ine Roosdael. Dat zegt zij."
    article, first = said(text, "wethouder Ine Roosdael", name="Ine Roosdael")
    _, second = said(text, "zij", name="Ine Roosdael")
    roles = Roles(article, [first, second])
    assert [roles.official(s) for s in (first, second)] == ["government", "government"]


@pytest.mark.parametrize(
    ("source", "language", "expert"),
    [
        ("hoogleraar Ine Roosdael", "nl", True),
        ("luchtvaarteconoom Ine Roosdael", "nl", True),
        ("bakker Ine Roosdael", "nl", False),
        ("de buurman van de hoogleraar", "nl", False),
        ("an analyst at Thornfield", "en", True),
        ("the professor's neighbour", "en", False),
        ("Ine Roosdael, a senior research fellow at Hexley", "en", True),
    ],
)
def test_experts(source: str, language: str, expert: bool) -> None:
    assert is_expert(source, language=language) is expert


@pytest.mark.parametrize(
    ("text", "language", "sex", "words"),
    [
        ("Ine Roosdael zegt iets. Later zegt zij meer.", "nl", "women", "zij"),
        ("Ine Roosdael zegt iets. Later zegt hij meer.", "nl", "men", "hij"),
        ("Ine Roosdael zegt iets. Mevrouw Roosdael wacht.", "nl", "women", "Mevrouw Roosdael"),
        ("Ine Roosdael spoke. Mr Roosdael waited.", "en", "men", "Mr Roosdael"),
        ("Ine Roosdael spoke. Mrs. Roosdael waited.", "en", "women", "Mrs. Roosdael"),
        ("Ine Roosdael spoke. Mr Roosdael and Mrs Roosdael waited.", "en", None, None),
        ("Ine Roosdael zegt iets.", "nl", None, None),
        ("Maria Roosdael zegt iets.", "nl", None, None),
        ("Ine Roosdael spoke. Mr Dorn waited.", "en", None, None),
    ],
)
def test_women_and_men_by_pronouns_and_titles_only(text: str, language: str, sex: str | None, words: str | None) -> None:
    name = " ".join(text.split()[:2])
    article, first = said(text, name, name=name, language=language)
    spoken = [first]
    if words in ("zij", "hij"):
        spoken.append(said(text, words, name=name, language=language)[1])
    ((told, _, mention),) = sexes(article, spoken)
    assert told == sex
    assert (mention.text if mention else None) == words


def test_a_shared_surname_tells_of_neither() -> None:
    text = "Ine Roosdael spoke to Bo Roosdael. Mr Roosdael waited."
    article, one = said(text, "Ine Roosdael", name="Ine Roosdael", language="en")
    _, other = said(text, "Bo Roosdael", name="Bo Roosdael", language="en")
    assert [sex for sex, _, _ in sexes(article, [one, other])] == [None, None]


def test_several_people_are_no_one() -> None:
    article, both = said("Zij zeggen iets.", "Zij", name="Ine Roosdael + Bo Dorn")
    assert list(sexes(article, [both])) == []


def test_a_reason_told_once_goes_for_the_same_source_after_it() -> None:
    text = (
        "Een bron die anoniem wil blijven zegt iets. De bron zegt meer. Hij lacht. Twee ingewijden zwijgen. De ingewijden wachten."
    )
    sources = ["Een bron die anoniem wil blijven", "De bron", "Hij", "Twee ingewijden", "De ingewijden"]
    told = [said(text, source, "anonymous", reason="anoniem" if number == 0 else None) for number, source in enumerate(sources)]
    reasons = [reason.text if reason else None for _, reason in anonymity(told[0][0], [s for _, s in told])]
    assert reasons == ["anoniem", "anoniem", "anoniem", None, None]
