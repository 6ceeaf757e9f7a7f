import re

import pytest

from volgens.records import Article, Kind, Mention, Speaker, Statement, Statements
from volgens.statements.speakers.speakers import speakers

TAG = re.compile(r"<(/?)([sct])(\d+)>")


def told(language: str, marked: str, kinds: str, parents: str = "") -> dict[int, Speaker | None]:
    """Speakers of statements marked as <s1>source</s1> <c1>cue</c1> <t1>content</t1>.

    ``kinds``: one letter for each, "p" person, "o" organisation, "m" outlet, "d" document, "a" anonymous, "w" author;
    ``parents``: "2<1" for the second inside the first.
    """
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    text, start = "", 0
    for tag in TAG.finditer(marked):
        text += marked[start : tag.start()]
        start = tag.end()
        if tag[1]:
            spans[tag[2], tag[3]][-1] = (spans[tag[2], tag[3]][-1][0], len(text))
        else:
            spans.setdefault((tag[2], tag[3]), []).append((len(text), len(text)))
    text += marked[start:]
    names: dict[str, Kind] = {"p": "person", "o": "organisation", "m": "outlet", "d": "document", "a": "anonymous", "w": "author"}
    inner = dict(pair.split("<") for pair in parents.split())

    def mention(role: str, number: str) -> Mention | None:
        return Mention.of(text, spans[role, number]) if (role, number) in spans else None

    made = [
        Statement(n, mention("s", n), mention("c", n), mention("t", n) or Mention("", ()), names[kind], "state", inner.get(n), 1.0)
        for n, kind in ((str(i), kind) for i, kind in enumerate(kinds, 1))
    ]
    found = speakers(Article(text, outlet="De Krant", language=language), Statements(tuple(made)))
    for statement in found:
        for part in (statement.speaker.mention, statement.speaker.reason) if statement.speaker else ():
            assert part is None or part == Mention.of(text, part.spans)
    return {int(s.id): s.speaker for s in found}


def name(speaker: Speaker | None) -> str | None:
    return speaker.name if speaker else None


@pytest.mark.parametrize(
    ("language", "marked", "expected"),
    [
        ("nl", "Ada Bos is wethouder. <s1>Bos</s1> <c1>zegt</c1> <t1>dat het kan</t1>.", "Ada Bos"),
        ("nl", "<s1>V. Bos</s1><c1>:</c1> <t1>Ja.</t1> Later lachte Vera Bos.", "Vera Bos"),
        ("nl", "Wethouder Ada Bos kwam, notaris Cor Plas ging. <s1>De wethouder</s1> <c1>zegt</c1> <t1>ja</t1>.", "Ada Bos"),
        ("nl", "Notaris Cor Plas ontmoette Ada Bos. <s1>Zij</s1> <c1>zegt</c1> <t1>ja</t1>.", "Ada Bos"),
        ("nl", "Keeper Cor Plas viel. Trainer Bram Kok zweeg. <s1>De doelman</s1> <c1>zegt</c1> <t1>ja</t1>.", "Cor Plas"),
        ("en", "Mayor Ada Bell left. <s1>The mayor</s1> <c1>said</c1> <t1>so</t1>.", "Ada Bell"),
        ("en", "The lobbyist, Grady Fenn, left. <s1>The lobbyist</s1> <c1>said</c1> <t1>so</t1>.", "Grady Fenn"),
        ("en", "Ada Bell met Grady Fenn. <s1>She</s1> <c1>said</c1> <t1>so</t1>.", "Ada Bell"),
        ("en", "<s1>Ada Bell and Grady Fenn</s1> <c1>said</c1> <t1>so</t1>.", "Ada Bell + Grady Fenn"),
        ("en", "Ada and Odette Bell arrived. <s1>They</s1> <c1>said</c1> <t1>so</t1>.", "Ada + Odette Bell"),
        ("en", "Wayne Tickner wept. <s1>The accused</s1> <c1>said</c1> <t1>so</t1>.", "Wayne Tickner"),
        ("en", "Ada Bell left. <s1>Her spokesman</s1> <c1>said</c1> <t1>so</t1>.", "Ada Bell"),
    ],
)
def test_people(language: str, marked: str, expected: str) -> None:
    assert name(told(language, marked, "p")[1]) == expected


@pytest.mark.parametrize(
    ("language", "marked", "expected"),
    [
        ("nl", "Het chemiebedrijf Brugman Verf groeit. <s1>Het bedrijf</s1> <c1>zegt</c1> <t1>ja</t1>.", "Brugman Verf"),
        (
            "nl",
            "Het ministerie van Water komt. <s1>Een zegsman van dat ministerie</s1> <c1>zegt</c1> <t1>ja</t1>.",
            "ministerie van Water",
        ),
        ("nl", "<s1>De politie</s1> <c1>zegt</c1> <t1>ja</t1>.", "politie"),
        ("nl", "De Amerikaanse regering wacht. <s1>Washington</s1> <c1>heeft nog niet gereageerd</c1>.", "de Amerikaanse regering"),
        ("en", "Calder Freight Group grew. <s1>The company</s1> <c1>said</c1> <t1>so</t1>.", "Calder Freight Group"),
        ("en", "<s1>A spokesman for Calder Freight Group</s1> <c1>said</c1> <t1>so</t1>.", "Calder Freight Group"),
        ("en", "The ministry of Water met. <s1>The ministry</s1> <c1>said</c1> <t1>so</t1>.", "ministry of Water"),
        ("en", "<s1>The Harbour Safety Board</s1> <c1>said</c1> <t1>so</t1>.", "Harbour Safety Board"),
    ],
)
def test_bodies(language: str, marked: str, expected: str) -> None:
    assert name(told(language, marked, "o")[1]) == expected


def test_he_in_a_quotation_is_not_whoever_is_quoted_and_i_is() -> None:
    marked = (
        'President Bram Kok weifelt. <t1>"<s2>Hij</s2> <c2>wil</c2> <t2>gaan</t2>, <s3>ik</s3> <c3>vind</c3> '
        '<t3>dat goed</t3>"</t1>, <c1>zegt</c1> <s1>oud-commandant Cor Plas</s1>.'
    )
    assert [name(s) for s in told("nl", marked, "ppp", "2<1 3<1").values()] == ["Cor Plas", "Bram Kok", "Cor Plas"]


def test_whoever_is_only_named_in_a_quotation_does_not_say_it() -> None:
    marked = "Raadslid Cor Plas wil meer weten. <t1>'Als Bram Kok dit wist, is het ernstig'</t1>, <c1>dreigt</c1> <s1>hij</s1>."
    assert name(told("nl", marked, "p")[1]) == "Cor Plas"


def test_who_stands_for_the_name_before_it_and_a_man_who_for_nobody() -> None:
    marked = "<s1>Ada Bell, <s2>who</s2> <c2>refused</c2> <t2>to go</t2></s1>, <c1>said</c1> <t1>so</t1>."
    assert [name(s) for s in told("en", marked, "pp").values()] == ["Ada Bell", "Ada Bell"]
    alone = told("en", "Ada Bell met a man <s1>who</s1> <c1>said</c1> <t1>so</t1>.", "p")
    assert name(alone[1]) is None


def test_we_is_the_body_of_whoever_is_quoted() -> None:
    marked = '<t1>"<s2>Wij</s2> <c2>weten</c2> <t2>niets</t2>"</t1>, <c1>zegt</c1> <s1>Ada Bos van de Reisbond</s1>.'
    assert [name(s) for s in told("nl", marked, "po", "2<1").values()] == ["Ada Bos", "Reisbond"]


def test_a_quotation_alone_goes_on_from_the_speaker_before() -> None:
    marked = 'Cor Plas kwam. Ada Bos <c1>zegt</c1> <t1>dat het kan</t1>. <t2>"Het gaat goed."</t2>'.replace(
        "Ada Bos", "<s1>Ada Bos</s1>"
    )
    assert name(told("nl", marked, "pp")[2]) == "Ada Bos"


def test_a_headline_belongs_to_whoever_says_it_further_on() -> None:
    marked = (
        "<t1>'Eindsprint van Kok'</t1>\n\n<s2>Cor Plas</s2> <c2>zegt</c2> <t2>ja</t2>.\n\n"
        '<t3>"Kok is bezig met een eindsprint van jewelste"</t3>, <c3>zegt</c3> <s3>Ada Bos</s3>.'
    )
    assert name(told("nl", marked, "ppp")[1]) == "Ada Bos"


def test_answers_are_those_of_whom_the_interview_is_with() -> None:
    answers = "\n\n".join(f"Vraag {i}?\n<t{i}>Ja, dat was zo in jaar {i}.</t{i}>" for i in range(1, 6))
    found = told("nl", f"Ada Bos is kapper in Marle.\n\n{answers}", "ppppp")
    assert {name(s) for s in found.values()} == {"Ada Bos"}


def test_what_the_article_tells_beside_the_name() -> None:
    speaker = told("nl", "<s1>Directeur Ada Bos van de Reisbond</s1> <c1>zegt</c1> <t1>ja</t1>. Bos lacht.", "p")[1]
    assert speaker is not None
    assert (speaker.name, speaker.function, speaker.organisation, speaker.aliases) == ("Ada Bos", "Directeur", "Reisbond", ("Bos",))
    assert speaker.mention is not None
    assert speaker.mention.text == "Ada Bos"


def test_those_without_a_name_keep_their_description() -> None:
    assert told("nl", "<s1>De bisschop van Marle</s1> <c1>zegt</c1> <t1>ja</t1>.", "p")[1] == Speaker(
        function="bisschop van Marle", mention=Mention("bisschop van Marle", ((3, 21),))
    )
    assert name(told("nl", "Ada Bos kwam. <s1>Een verzekeraar</s1> <c1>zegt</c1> <t1>ja</t1>.", "o")[1]) is None


@pytest.mark.parametrize(
    ("language", "marked", "reason"),
    [
        (
            "nl",
            "<s1>Een bron</s1>, die anoniem wil blijven omdat hij er werkt, <c1>zegt</c1> <t1>ja</t1>.",
            "anoniem wil blijven omdat hij er werkt",
        ),
        (
            "en",
            "<s1>A clerk</s1> <c1>said</c1> <t1>so</t1>. She was not authorized to speak, because it is secret.",
            "not authorized to speak, because it is secret",
        ),
    ],
)
def test_anonymous_sources_have_their_reason(language: str, marked: str, reason: str) -> None:
    speaker = told(language, marked, "a")[1]
    assert speaker is not None
    assert speaker.name is None
    assert speaker.function in ("bron", "clerk")
    assert speaker.reason is not None
    assert speaker.reason.text == reason


def test_the_article_itself_is_its_outlet() -> None:
    assert name(told("nl", "<s1>Wij</s1> <c1>schreven</c1> <t1>dat</t1>.", "w")[1]) == "De Krant"


def test_media_are_the_ones_that_the_mention_lists() -> None:
    marked = "Dat <c1>schrijven</c1> <s1>buitenlandse media, waaronder The Marlow Times en The Hexley Post</s1>."
    assert name(told("nl", marked, "m")[1]) == "The Marlow Times + The Hexley Post"


def test_a_language_without_lists_has_exact_names_only() -> None:
    found = told("de", "<s1>Ada Bos</s1> <c1>sagt</c1> <t1>ja</t1>. <s2>Er</s2> <c2>sagt</c2> <t2>nein</t2>.", "pp")
    assert name(found[1]) == "Ada Bos"
    assert name(found[2]) is None


def test_no_source_no_speaker() -> None:
    assert told("nl", "<t1>Het</t1> <c1>zou</c1> <t1>gaan</t1>.", "p") == {1: None}


def test_a_long_article() -> None:
    def work(times: int) -> int:
        text = "Wethouder Ada Bos kwam. Zij zei niets. Directeur Cor Plas van Verfbedrijf Limax ging, zei hij. " * times
        made = tuple(
            Statement(f"{m.start():08}", Mention.of(text, [m.span()]), None, Mention("", ()), "person", "state", None, 1.0)
            for m in re.finditer(r"Zij|hij", text)
        )
        found = speakers(Article(text, language="nl"), Statements(made))
        assert {s.speaker.name for s in found if s.speaker} == {"Ada Bos", "Cor Plas"}
        return len(found)

    assert work(1000) == 2000
