from dataclasses import replace

import pytest
from conftest import Made

from volgens.records import Article, Speaker
from volgens.statements.kinds import agreeing, kinds


@pytest.mark.parametrize(
    ("language", "source", "given", "kind"),
    [
        ("nl", "persbureau KNA", "organisation", "outlet"),
        ("nl", "De Kadekoerier Nieuws", "organisation", "outlet"),
        ("nl", "NRC", "organisation", "outlet"),
        ("nl", "Amerikaanse media, waaronder De Waard", "group", "outlet"),
        ("nl", "een redacteur van de krant", "person", "person"),
        ("nl", "twee bronnen rond het hof", "group", "anonymous"),
        ("nl", "een woordvoerder van Bo Dorn", "person", "organisation"),
        ("nl", "wethouder Pia Dorn", "person", "person"),
        ("en", "The Quay Times", "organisation", "outlet"),
        ("en", "Reuters", "organisation", "outlet"),
        ("en", "people familiar with the talks", "group", "anonymous"),
        ("en", "a source close to the board", "group", "anonymous"),
        ("en", "the editor of the newspaper", "person", "person"),
        ("en", "Her spokesperson", "person", "organisation"),
        ("en", "Mrs Dorn", "person", "person"),
        ("nl", "het havenbedrijf", "person", "organisation"),
        ("nl", "deze krant", "outlet", "author"),
        ("en", "the company", "anonymous", "organisation"),
        ("fi", "lähde", "anonymous", "anonymous"),
    ],
)
def test_the_words_of_a_source_tell_its_kind(language: str, source: str, given: str, kind: str, made: Made) -> None:
    article = Article(f"{source} : ja.", language=language)
    assert kinds(article, made(article, (source, ":", "ja", {"kind": given})))[0].kind == kind


def test_the_article_s_own_outlet_is_its_author(made: Made) -> None:
    article = Article("De Waard meldt dat het regent.", outlet="De Waard", language="nl")
    assert kinds(article, made(article, ("De Waard", "meldt", "dat het regent", {"kind": "outlet"})))[0].kind == "author"


def test_one_speaker_has_one_kind(made: Made) -> None:
    article = Article("Bo Dorn zegt ja. Dorn wil meer. Dorn denkt na. Hij zwijgt.", language="nl")
    found = made(
        article,
        ("Bo Dorn", "zegt", "ja"),
        ("Dorn", "wil", "meer", {"kind": "organisation"}),
        (("Dorn", 2), "denkt", "na"),
        ("Hij", "zwijgt", None),
    )
    named = [replace(s, speaker=Speaker("Bo Dorn") if s.source and "Dorn" in s.source.text else Speaker()) for s in found]
    assert [s.kind for s in agreeing(article, named)] == ["person", "person", "person", "anonymous"]
