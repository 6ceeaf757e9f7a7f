import pytest

from volgens.statements.speakers.lexicon import lexicon
from volgens.statements.speakers.names import Named, Names


def names(text: str, language: str) -> Names:
    return Names(text, lexicon(language), frozenset({"zei", "zegt", "said", "says"}))


def found(text: str, language: str) -> list[str]:
    return [named.name for named in names(text, language).all]


def named(text: str, language: str, name: str) -> Named:
    return next(n for n in names(text, language).all if n.name == name)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "In Elsloo zegt burgemeester Ada van der Meulen dat Van der Meulen blijft.", ["Elsloo", "Ada van der Meulen"]),
        ("nl", "Verkeersexpert Kees Bruin van de Reisbond zegt niets.", ["Kees Bruin", "Reisbond"]),
        ("nl", "Volgens minister van Gezondheid Ewout Plas kan het.", ["Gezondheid", "Ewout Plas"]),
        ("nl", "Het ministerie van Water en Wind zwijgt.", ["ministerie van Water en Wind"]),
        ("nl", "De gemeente Oosterdal wil niet.", ["gemeente Oosterdal"]),
        ("nl", "Zweedse autoriteiten zwijgen.", []),
        ("en", "But Senator Odette Hale said the Food and Drug Office agreed.", ["Odette Hale", "Food and Drug Office"]),
        (
            "en",
            "The Weavers' and Dyers' Union objects to Hexley borough council.",
            ["Weavers' and Dyers' Union", "Hexley borough council"],
        ),
        ("en", "Reporters at The Marlow Times wrote it. In August nobody did.", ["The Marlow Times"]),
        ("en", "Prosecutor Neil Abel met Prime Minister May.", ["Neil Abel", "May"]),
    ],
)
def test_where_names_begin_and_end(language: str, text: str, expected: list[str]) -> None:
    assert [name for name in found(text, language) if name not in ("Verkeersexpert", "Reporters")] == expected


def test_shorter_forms_join_the_full_one_before_and_after_it() -> None:
    bos = named("Bos zwijgt. Dat weet Ada Bos, en Ada blijft.", "nl", "Ada Bos")
    assert dict(bos.forms) == {"Bos": 1, "Ada Bos": 1, "Ada": 1}


def test_two_with_one_surname_are_told_apart_by_who_was_named_last() -> None:
    text = "Ada Bos belde. Bos was blij. Piet Bos kwam. Bos was moe."
    piet = named(text, "nl", "Piet Bos")
    assert [text[slice(*place)] for place in piet.places] == ["Piet Bos", "Bos"]
    assert piet.places[1][0] == text.rindex("Bos")


@pytest.mark.parametrize(
    ("language", "text", "full", "short"),
    [
        ("en", "The Harbour Safety Board (HSB) met. The HSB left.", "Harbour Safety Board", "HSB"),
        ("nl", "De Autoriteit Vis & Vangst kwam. Later ging de AVV.", "Autoriteit Vis & Vangst", "AVV"),
        ("en", "V. Marsh asked. Then Vera Marsh left.", "Vera Marsh", "V. Marsh"),
    ],
)
def test_abbreviations(language: str, text: str, full: str, short: str) -> None:
    assert short in named(text, language, full).forms


def test_a_person_is_not_the_body_that_bears_the_name() -> None:
    assert {"Hale", "Hale administration"} <= set(found("Today Mr. Hale left. The Hale administration stayed.", "en"))


@pytest.mark.parametrize(
    ("language", "text", "name", "function", "gender"),
    [
        ("nl", "Zij belde oud-commandant Landmacht Bram de Wit.", "Bram de Wit", "oud-commandant Landmacht", "male"),
        ("nl", "Ada Bos, wethouder van Marle, komt.", "Ada Bos", "wethouder van Marle", "female"),
        ("nl", "Zijn vader, schipper Bertus Kok, komt.", "Bertus Kok", "vader", "male"),
        ("en", "The lobbyist, Grady Fenn, left.", "Grady Fenn", "lobbyist", "male"),
        ("en", "Ada Bell, 43, a plumber from Hull, came.", "Ada Bell", "plumber from Hull", "female"),
        ("en", "Mrs Quill left.", "Quill", None, "female"),
    ],
)
def test_what_stands_beside_a_name(language: str, text: str, name: str, function: str | None, gender: str) -> None:
    person = named(text, language, name)
    assert person.person
    assert person.gender == gender
    assert function is None or function in person.functions


def test_a_place_and_a_byline() -> None:
    text = "By Odette Hale, court reporter\nIn Hexley it rained, and near Hexley it blew."
    assert named(text, "en", "Hexley").place
    assert named(text, "en", "Odette Hale").byline


def test_a_headline_with_capitals_names_nobody() -> None:
    assert found("Small Glacier Town Loses Its Last Doctor\nIt rained.", "en") == []


def test_without_lists_names_are_names_all_the_same() -> None:
    assert "Ada Bos" in found("Gestern kam Ada Bos.", "de")
