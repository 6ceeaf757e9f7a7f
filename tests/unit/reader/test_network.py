from pathlib import Path

import numpy as np
import pytest

from volgens.errors import ModelError
from volgens.reader import network
from volgens.reader.network import Reader

TEXT = (
    "De gemeente Oosterwijde sluit het zwembad in maart, zegt wethouder Jorien Vlasakker. "
    "“We hebben geen keus”, aldus de wethouder.\n\nVolgens de badmeesters is er wel degelijk geld.\n"
)


def test_labels_point_at_words(reader: Reader) -> None:
    labels = reader.read(TEXT).labels
    assert {TEXT[slice(*label.cue)] for label in labels if label.cue} >= {"zegt", "aldus", "Volgens"}
    said = next(label for label in labels if label.cue and TEXT[slice(*label.cue)] == "zegt")
    assert said.source is not None
    assert "Jorien Vlasakker" in TEXT[slice(*said.source)]


def test_blocks_change_nothing_but_memory(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT * 40
    whole = {label.cue for label in reader.read(text).labels}
    monkeypatch.setattr(network, "_BLOCK", 700)
    parts = [label.cue for label in reader.read(text).labels]
    assert len(whole & set(parts)) >= 0.95 * len(whole)
    starts = [cue[0] for cue in parts if cue]
    assert starts == sorted(set(starts))


def test_the_same_text_is_read_the_same_again(reader: Reader) -> None:
    assert reader.read(TEXT).labels == reader.read(TEXT).labels


def test_vectors_have_length_one_and_tell_meaning_apart(reader: Reader) -> None:
    text = "De bibliotheek sluit haar deuren.\nThe library is closing its doors.\nHet voetbalteam won met drie nul."
    vectors = reader.read(text, vectors=True).vectors([(0, 33), (34, 67), (68, len(text))])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_vectors_must_be_asked_for(reader: Reader) -> None:
    with pytest.raises(ValueError, match="vectors=True"):
        reader.read(TEXT).vectors([(0, 2)])


def test_an_empty_text_has_no_labels_and_no_vectors(reader: Reader) -> None:
    reading = reader.read("", vectors=True)
    assert reading.labels == ()
    assert reading.vectors([(0, 0)]).shape == (1, 384)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no weights in"):
        Reader(tmp_path).read("Hij zei ja.")


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    (tmp_path / "reader.json").write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ModelError, match="format 99"):
        Reader(tmp_path).read("Hij zei ja.")
