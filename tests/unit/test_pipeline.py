"""What the stages give together, with the network that ships."""

from collections.abc import Sequence

import numpy as np
import pytest

import volgens
from volgens import pipeline
from volgens.app import App
from volgens.origins.folding import Told
from volgens.reader.comparer import Comparer, Floats
from volgens.reader.network import Reader
from volgens.records import Article, Statements
from volgens.tracing import traced
from volgens.views.chain import chain, written

TEXT = (
    "De bakkerij sluit volgende week dinsdag, zegt eigenaar Ine Roosdael. Ze belooft haar klanten vrijdag een feest.\n\n"
    "De Kadekoerier meldt op basis van twee bronnen dat de gemeente het pand koopt. "
    "Het zou gaan om een bedrag van drie miljoen euro.\n"
)


@pytest.fixture(scope="module")
def read() -> tuple[Article, Statements]:
    return volgens.read(TEXT, published="2024-11-18", outlet="De Stadskrant")


def test_a_pronoun_has_the_speaker_s_name(read: tuple[Article, Statements]) -> None:
    names = {s.source.text: s.speaker.name for s in read[1] if s.source and s.speaker}
    assert names["eigenaar Ine Roosdael"] == names["Ze"] == "Ine Roosdael"


def test_times_are_reckoned_from_the_day_of_publication(read: tuple[Article, Statements]) -> None:
    assert {t.mention.text: t.value for t in read[1].times}["volgende week dinsdag"] == "2024-11-26"


def test_a_promise_falls_due(read: tuple[Article, Statements]) -> None:
    (promise,) = (s for s in read[1] if s.act == "promise")
    assert promise.due is not None
    assert (promise.due.earliest, promise.due.latest, promise.due.mention.text) == ("2024-11-22", "2024-11-22", "vrijdag")


def test_hearsay_is_marked(read: tuple[Article, Statements]) -> None:
    assert [s.reportative for s in read[1] if s.cue and s.cue.text == "zou"] == [True]


def test_every_statement_has_a_chain_from_the_outlet_in(read: tuple[Article, Statements]) -> None:
    article, statements = read
    for statement in statements:
        assert written(chain(article, statements, statement)).startswith("De Stadskrant < ")


def test_without_a_day_of_publication_nothing_relative_falls_due() -> None:
    assert all(s.due is None for s in volgens.read(TEXT)[1])


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="2024-11"):
        volgens.read(TEXT, published="morgen")


def test_reasons_are_words_of_the_statement_s_labels() -> None:
    article, statements = App(explain=True).read_text(TEXT)
    told = [reason for s in statements for reason in s.why]
    assert {reason.label for reason in told} == {"kind", "act", "certainty"}
    for reason in told:
        ((start, end),) = reason.mention.spans
        assert article.text[start:end] == reason.mention.text
        assert reason.mention.text.isalnum()


def test_explaining_changes_nothing_else() -> None:
    plain, told = App().read_text(TEXT)[1], App(explain=True).read_text(TEXT)[1]
    assert [(s.id, s.kind, s.act, s.parent) for s in plain] == [(s.id, s.kind, s.act, s.parent) for s in told]


@pytest.mark.parametrize("stage", ["acts", "times", "speakers"])
def test_a_fault_of_a_stage_costs_what_it_adds_and_is_told(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("SEC")

    monkeypatch.setattr(pipeline, stage, broken)
    _, statements = volgens.read(TEXT)
    assert len(statements) > 3
    (defect,) = statements.defects
    assert "KeyError" in defect.message


def test_what_a_text_means_does_not_depend_on_the_texts_beside_it() -> None:
    texts = ["De brug gaat dinsdag dicht.", "The bridge closes on Tuesday.", "Het regent.", "De brug gaat woensdag dicht."]
    comparer = Comparer(Reader())
    together = comparer.meanings(texts)
    comparer.forget()
    alone = np.concatenate([comparer.meanings([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-5
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert together[0] @ together[1] > together[0] @ together[2]
    assert comparer.meanings([]).shape == (0, together.shape[1])


def test_stories_traced_together_come_out_as_each_alone() -> None:
    looked: list[int] = []

    class Looking(Comparer):
        def vectors(self, texts: Sequence[str]) -> Floats:
            looked.append(len(texts))
            return super().vectors(texts)

    def told(number: int) -> Told:
        read = [
            volgens.read(f"De brug in wijk {number} gaat {word} dicht, zegt wethouder Ine Roosdael.", published=f"2025-03-0{day}")
            for day, word in ((1, "dinsdag"), (2, "snel"))
        ]
        return Told({article.id: article for article, _ in read}, {article.id: found for article, found in read}, ())

    stories = [told(number) for number in range(3)]
    comparer = Looking(Reader())
    together = pipeline.trace_batch(stories, comparer)
    assert looked[0] == sum(looked[1:])
    assert together == [pipeline.trace_story(story, comparer) for story in stories]
    assert all(together)
    assert [len(batch) for batch in pipeline.batches(stories * 31)] == [30, 30, 30, 3]
    assert list(pipeline.batches([])) == []
    assert list(traced(stories * 31, comparer, 2)) == together * 31
