"""From whom articles have a claim, and how many origins it has."""

from __future__ import annotations

from dataclasses import dataclass, field

from volgens.origins.course import course
from volgens.origins.folding import Told, fold
from volgens.records import (
    Act,
    Appearance,
    Article,
    Claim,
    Derivation,
    DerivationKind,
    Kind,
    Mention,
    Origin,
    Passage,
    Span,
    Speaker,
    Stance,
    Statement,
    Statements,
    statement_id,
)

NAMELESS = "The pool will close, said a source inside the council."
ON_RECORD = "The pool will close, said alderwoman Joke Brand."


@dataclass
class Case:
    """Articles of one claim, made sentence by sentence."""

    articles: dict[str, Article] = field(default_factory=dict)
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    derivations: list[Derivation] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)

    def article(self, outlet: str, text: str, hour: int) -> str:
        made = Article(text, f"https://{len(self.articles)}.example/", outlet, None, "en", f"2025-03-04T{hour:02}:00:00+00:00")
        self.articles[made.id] = made
        self.statements[made.id] = []
        return made.id

    def says(
        self,
        article: str,
        source: str,
        kind: Kind,
        content: str = "The pool will close",
        *,
        name: str | None = None,
        act: Act = "state",
        stance: Stance = "for",
        appears: bool = True,
        parent: str | None = None,
        body: str | None = None,
    ) -> str:
        text = self.articles[article].text
        said, who = at(text, content), at(text, source)
        id = statement_id(article, who, None, said)
        speaker = Speaker(name, organisation=body) if name or body else None
        self.statements[article].append(
            Statement(id, who, None, said, kind, act, parent, 0.9, certainty="certain", speaker=speaker)
        )
        if appears:
            self.appearances.append(Appearance(article, said, id, stance, flat=True))
        return id

    def flatly(self, article: str, content: str) -> None:
        self.appearances.append(Appearance(article, at(self.articles[article].text, content), None, "for", flat=True))

    def derives(self, derived: str, source: str | None, kind: DerivationKind, words: str, outlet: str | None = None) -> None:
        (span,) = at(self.articles[derived].text, words).spans
        self.derivations.append(Derivation(derived, source, kind, "credit", (Passage(span),), outlet=outlet))

    @property
    def told(self) -> Told:
        return Told(self.articles, {id: Statements(tuple(rows)) for id, rows in self.statements.items()}, self.derivations)

    @property
    def claim(self) -> Claim:
        return Claim("c", "the pool will close", tuple(self.appearances))

    def folded(self, stance: Stance = "for") -> tuple[tuple[Origin, ...], int, int, tuple[tuple[str, ...], ...]]:
        return fold(self.claim, self.told, stance)

    def names(self, ids: tuple[str, ...]) -> list[str | None]:
        return [self.articles[id].outlet for id in ids]


def at(text: str, words: str) -> Mention:
    start = text.index(words)
    span: Span = (start, start + len(words))
    return Mention.of(text, [span])


def chain() -> Case:
    """One nameless source, cited by a second outlet, which a third copies."""
    case = Case()
    first = case.article("Ledger", NAMELESS, 8)
    case.says(first, "a source inside the council", "anonymous")
    second = case.article("Courier", "The pool will close, Ledger reports.", 9)
    case.says(second, "Ledger", "outlet")
    case.derives(second, first, "cites", "Ledger", "Ledger")
    third = case.article("Dagdraad", "The pool will close, Ledger reports. (Courier)", 10)
    case.says(third, "Ledger", "outlet")
    case.derives(third, first, "cites", "Ledger", "Ledger")
    case.derives(third, second, "copies", "The pool will close, Ledger reports")
    return case


def test_many_articles_on_one_nameless_source_are_one_origin() -> None:
    origins, low, high, circles = chain().folded()
    assert (low, high, circles) == (1, 1, ())
    (origin,) = origins
    assert (origin.status, origin.description, origin.outlet) == ("anonymous", "a source inside the council", "Ledger")
    assert [step.kind for step in origin.steps] == [None, "cites", "cites"]


def test_each_step_points_at_words_that_show_it() -> None:
    case = chain()
    for origin in case.folded()[0]:
        for step in origin.steps:
            text = case.articles[step.article].text
            assert step.mention.text == " ".join(text[a:b] for a, b in step.mention.spans)


def test_a_person_on_the_record_beside_a_nameless_source_is_a_second_origin() -> None:
    case = chain()
    fourth = case.article("Omroep", ON_RECORD, 12)
    case.says(fourth, "alderwoman Joke Brand", "person", name="Joke Brand")
    origins, low, high, _ = case.folded()
    assert [o.status for o in origins] == ["anonymous", "named"]
    assert (low, high) == (2, 2)


def test_the_same_person_in_two_outlets_is_one_origin() -> None:
    case = Case()
    for outlet, source, name, hour in (("A", "alderwoman Joke Brand", "Joke Brand", 8), ("B", "Brand", "Brand", 9)):
        case.says(case.article(outlet, f"The pool will close, said {source}.", hour), source, "person", name=name)
    origins, low, high, _ = case.folded()
    assert (low, high) == (1, 1)
    assert origins[0].name == "Joke Brand"
    assert origins[0].merged == ("the same name: Joke Brand",)


def test_nameless_sources_of_two_outlets_may_be_one_or_two() -> None:
    case = Case()
    for outlet, hour in (("A", 8), ("B", 9)):
        case.says(case.article(outlet, NAMELESS, hour), "a source inside the council", "anonymous")
    _, low, high, _ = case.folded()
    assert (low, high) == (1, 2)


def test_a_report_that_is_not_at_hand_is_unknown_and_may_rest_on_an_origin_that_is_known() -> None:
    case = Case()
    case.says(case.article("A", ON_RECORD, 8), "alderwoman Joke Brand", "person", name="Joke Brand")
    second = case.article("B", "The pool will close, Radio Marrow reports.", 9)
    case.says(second, "Radio Marrow", "outlet", name="Radio Marrow")
    case.derives(second, None, "cites", "Radio Marrow", "Radio Marrow")
    origins, low, high, _ = case.folded()
    assert [(o.status, o.name) for o in origins] == [("named", "Joke Brand"), ("unknown", "Radio Marrow")]
    assert (low, high) == (1, 2)


def test_an_outlet_that_repeats_flatly_adds_no_origin() -> None:
    case = chain()
    case.flatly(case.article("Lantern", "The pool will close on Friday.", 13), "The pool will close on Friday")
    origins, low, high, _ = case.folded()
    assert (low, high) == (1, 1)
    assert [o.counted for o in origins] == [True, False]


def test_articles_that_cite_one_another_are_a_circle_with_an_origin_that_is_not_known() -> None:
    case = Case()
    first = case.article("A", "The pool will close, B reports.", 8)
    second = case.article("B", "The pool will close, A reports.", 8)
    for one, other, name in ((first, second, "B"), (second, first, "A")):
        case.says(one, f"{name} reports", "outlet")
        case.derives(one, other, "cites", name, name)
    origins, low, high, circles = case.folded()
    assert [o.status for o in origins] == ["unknown"]
    assert (low, high) == (1, 1)
    assert len(circles) == 1
    assert set(circles[0]) == {first, second}


def test_a_claim_that_comes_back_to_its_outlet_is_named() -> None:
    case = chain()
    outlets = {article.outlet: id for id, article in case.articles.items()}
    again = case.article("Ledger", "The pool will close, Courier reports as well.", 14)
    case.says(again, "Courier", "outlet")
    case.derives(again, outlets["Courier"], "cites", "Courier", "Courier")
    _, low, high, circles = case.folded()
    assert (low, high) == (1, 1)
    assert [case.names(circle) for circle in circles] == [["Ledger", "Courier", "Ledger"]]


def test_a_body_and_who_speaks_for_it_may_be_one() -> None:
    case = Case()
    first = case.article("A", ON_RECORD, 8)
    case.says(first, "alderwoman Joke Brand", "person", name="Joke Brand", body="Lommer council")
    second = case.article("B", "The pool will close, said Lommer council.", 9)
    case.says(second, "Lommer council", "organisation", name="Lommer council")
    _, low, high, _ = case.folded()
    assert (low, high) == (1, 2)


def test_who_has_a_plan_is_not_who_tells_of_it() -> None:
    case = Case()
    first = case.article("A", "The council plans to close the pool, a source said.", 8)
    outer = case.says(first, "a source", "anonymous", "The council plans to close the pool", appears=False)
    case.says(first, "The council", "organisation", "to close the pool", act="intend", appears=False, parent=outer)
    case.appearances.append(Appearance(first, at(case.articles[first].text, "The council plans to close the pool"), outer))
    origins, *_ = case.folded()
    assert [o.status for o in origins] == ["anonymous"]


def test_origins_of_a_denial_are_counted_apart() -> None:
    case = chain()
    fourth = case.article("Omroep", "The pool will not close, said alderwoman Joke Brand.", 12)
    case.says(fourth, "alderwoman Joke Brand", "person", "The pool will not close", name="Joke Brand", stance="against")
    assert case.folded()[1:3] == (1, 1)
    against, *_ = case.folded("against")
    assert [o.name for o in against] == ["Joke Brand"]


def turns(case: Case) -> list[tuple[str, str | None]]:
    origins = (*case.folded()[0], *case.folded("against")[0])
    return [(turn.kind, case.articles[turn.article].outlet) for turn in course(case.claim, origins, case.told)]


def test_the_course_of_a_claim_whose_hedge_is_dropped_and_that_is_denied() -> None:
    case = chain()
    case.flatly(case.article("Lantern", "The pool will close on Friday.", 13), "The pool will close on Friday")
    denied = case.article("Omroep", "The pool will not close, said alderwoman Joke Brand.", 15)
    case.says(denied, "alderwoman Joke Brand", "person", "The pool will not close", name="Joke Brand", act="deny", stance="against")
    case.article("Lantern", "Lantern has withdrawn its report that the pool will close on Friday.", 17)
    assert turns(case) == [
        ("reported", "Ledger"),
        ("repeated", "Courier"),
        ("repeated", "Dagdraad"),
        ("hedge dropped", "Lantern"),
        ("denied", "Omroep"),
        ("withdrawn", "Lantern"),
    ]


def test_nothing_hardens_where_somebody_said_it_on_the_record() -> None:
    case = Case()
    case.says(case.article("A", ON_RECORD, 8), "alderwoman Joke Brand", "person", name="Joke Brand")
    case.flatly(case.article("B", "The pool will close.", 9), "The pool will close")
    assert turns(case) == [("reported", "A"), ("repeated", "B")]


def test_a_confirmation_is_a_turn_of_its_own() -> None:
    case = chain()
    fourth = case.article("Omroep", ON_RECORD, 12)
    case.says(fourth, "alderwoman Joke Brand", "person", name="Joke Brand", act="confirm")
    assert turns(case)[-1] == ("confirmed", "Omroep")


def test_a_source_of_a_source_is_not_who_was_heard() -> None:
    case = Case()
    first = case.article("A", "A source inside the council said the alderwoman told her the pool will close.", 8)
    outer = case.says(
        first, "A source inside the council", "anonymous", "the alderwoman told her the pool will close", appears=False
    )
    case.says(first, "the alderwoman", "person", "the pool will close", name="Joke Brand", parent=outer)
    origins, *_ = case.folded()
    assert [(o.status, o.description) for o in origins] == [("anonymous", "A source inside the council")]


def test_what_lies_within_a_statement_of_the_claim_is_no_second_origin() -> None:
    case = Case()
    first = case.article("A", "A source inside the council said parents had asked that the pool will close.", 8)
    outer = case.says(first, "A source inside the council", "anonymous", "parents had asked that the pool will close")
    case.says(first, "parents", "group", "the pool will close", act="demand", parent=outer)
    assert [o.description for o in case.folded()[0]] == ["A source inside the council"]


def test_a_document_that_an_outlet_has_seen_is_the_origin() -> None:
    case = Case()
    first = case.article("Ledger", "In a leaked report that Ledger has seen it says the pool will close.", 8)
    case.says(first, "Ledger", "author", "the pool will close")
    (origin,) = case.folded()[0]
    assert (origin.status, origin.name, origin.description) == ("document", None, "a leaked report that Ledger")


def test_an_outlet_that_only_reports_is_no_document() -> None:
    case = Case()
    first = case.article("Ledger", "After the annual report, Ledger found that the pool will close.", 8)
    case.says(first, "Ledger", "author", "the pool will close")
    assert [o.status for o in case.folded()[0]] == ["own"]


def test_what_the_first_does_not_tell_a_copy_may() -> None:
    case = Case()
    first = case.article("A", "The pool will close, a leaked memo shows.", 8)
    case.flatly(first, "The pool will close")
    second = case.article("B", "The pool will close, a leaked memo shows. (A)", 9)
    case.says(second, "a leaked memo", "document")
    case.derives(second, first, "copies", "The pool will close, a leaked memo shows")
    origins, low, high, _ = case.folded()
    assert [(o.status, o.description, len(o.steps)) for o in origins] == [("document", "a leaked memo", 2)]
    assert (low, high) == (1, 1)


def test_an_outlet_named_with_a_word_more_is_that_outlet() -> None:
    case = chain()
    fourth = case.article("De Polderpost", "The pool will close, also Dagdraad writes.", 11)
    case.says(fourth, "also Dagdraad", "organisation")
    assert case.folded()[1:3] == (1, 1)


def test_outlets_of_one_house_that_tell_no_source_are_one() -> None:
    case = Case()
    for hour, outlet in enumerate(("Tubantia", "De Stentor", "The Ledger"), 8):
        case.flatly(case.article(outlet, "The pool will close.", hour), "The pool will close")
    origins, _, high, _ = case.folded()
    assert high == 2
    assert [o.merged for o in origins if o.outlet == "Tubantia"] == [("one house: DPG Media",)]
