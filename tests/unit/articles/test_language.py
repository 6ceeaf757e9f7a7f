"""The language of a text, and the honesty not to tell one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.language import by_function_words, by_model, detect

NEWS = {
    "nl": "De burgemeester van Lommerdam zei dinsdag dat het plan niet doorgaat. Volgens haar is er geen geld voor de brug, "
    "en heeft de raad dat ook al een jaar geweten. Een woordvoerder van de provincie wilde niet op de zaak ingaan.",
    "en": "The mayor of Harrowmere said on Tuesday that the plan would not go ahead. According to her there is no money for the "
    "bridge, and the council has known this for a year. A spokesman for the county declined to comment on the matter.",
    "de": "Die Bürgermeisterin von Grünau sagte am Dienstag, dass der Plan nicht umgesetzt wird. Für die Brücke ist nach ihren "
    "Angaben kein Geld da, und der Rat hat das auch seit einem Jahr gewusst. Ein Sprecher wollte sich nicht äußern.",
    "af": "Die burgemeester van Kransdorp het Dinsdag gesê dat die plan nie sal deurgaan nie. Volgens haar is daar nie geld vir "
    "die brug nie, en die raad het dit al 'n jaar lank geweet. 'n Woordvoerder wou nie daaroor praat nie.",
    "fy": "De boargemaster fan Wetterum sei tiisdei dat it plan net trochgiet. Neffens har is der gjin jild foar de brêge, en "
    "de ried hat dat ek al in jier witten. In wurdfierder fan de provinsje woe der neat oer sizze.",
    "fr": "La maire de Valcombe a déclaré mardi que le projet ne se ferait pas. Selon elle, il n'y a pas d'argent pour le pont, "
    "et le conseil le sait depuis un an. Un porte-parole du département n'a pas souhaité commenter.",
}


@pytest.mark.parametrize("code", NEWS)
def test_a_paragraph_of_news(code: str) -> None:
    assert detect(NEWS[code]) == code
    assert detect(NEWS[code].upper()) == code
    assert by_model(NEWS[code]) == code
    assert by_function_words(NEWS[code]) in (code, None)


@pytest.mark.parametrize("code", ["nl", "en", "de", "af", "fy"])
def test_words_alone_settle_a_paragraph(code: str) -> None:
    assert by_function_words(NEWS[code]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Volgens de minister is het plan goed.", "nl"),
        ("De brand is geblust, meldt de brandweer.", "nl"),
        ("Dat is wat de premier wil.", "nl"),
        ("Het kabinet valt, zegt Van Dam.", "nl"),
        ("Hy het gesê dit is goed.", "af"),
        ("Das Haus ist groß, sagte er.", "de"),
        ("The mayor said no to the plan.", "en"),
        ("市長は火曜日、計画は進まないと述べた。", "ja"),
        ("قال رئيس البلدية يوم الثلاثاء إن الخطة لن تمضي قدما.", "ar"),
    ],
)
def test_one_sentence(text: str, code: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "ok", "Brand in Tilburg", "12 34", "xkcd qwrt zzzp hjkl", "https://dekrant.example/a/lange/weg"]
)
def test_too_little_to_tell(text: str) -> None:
    assert detect(text) == "und"


def test_quotations_in_another_language_do_not_turn_it() -> None:
    assert detect(NEWS["nl"] + ' "We never knew," said one of them. ' + NEWS["nl"]) == "nl"


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    code = detect(text)
    assert code == "und" or (len(code) == 2 and code.isalpha())
