"""What the pages say, they say in each language."""

import json
import re
from importlib.resources import files
from typing import get_args

import pytest

from volgens.records import Act, Certainty, CorrectionKind, DerivationKind, Kind, OriginStatus, Polarity, TurnKind
from volgens.views.audit import By
from volgens.views.changes import ChangeKind
from volgens.views.ledger import State
from volgens.views.roles import OFFICIAL
from volgens.views.search import FACETS
from volgens.views.traces import STATUS_WORDS
from volgens.web.face import LANGUAGES

WEB = files("volgens.web")
SAID = re.compile(r"""_\(\s*(?:"([^"]+)"|'([^']+)')\s*[,)]""")
COUNTED = re.compile(r"""count_of\([^"]*"([^"]+)", "([^"]+)"\)""")
PLACE = re.compile(r"\{\w+\}")


def _said() -> set[str]:
    said: set[str] = set()
    for page in (WEB / "templates").iterdir():
        text = page.read_text(encoding="utf-8")
        said |= {one or other for one, other in SAID.findall(text)}
        said |= {form for forms in COUNTED.findall(text) for form in forms}
    return said


def _labels() -> set[str]:
    lists = (Act, Kind, Certainty, Polarity, DerivationKind, TurnKind, ChangeKind, State, CorrectionKind)
    named = {label for one in lists for label in get_args(one)} | set(STATUS_WORDS.values()) | set(OFFICIAL)
    return named | {f"facet {facet}" for facet in FACETS} | {f"by {by}" for by in get_args(By)}


def _words(language: str) -> dict[str, str]:
    told: dict[str, str] = json.loads((WEB / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_everything_is_said_in_every_language(language: str) -> None:
    assert len(_said()) > 80
    assert sorted((_said() | _labels()) - set(_words(language))) == []


def test_what_only_names_a_thing_is_worded_in_english_too() -> None:
    assert {label for label in _labels() if label.startswith(("facet ", "by "))} == set(_words("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_what_it_translates(language: str) -> None:
    words = _words(language)
    assert {text for text, said in words.items() if sorted(PLACE.findall(text)) != sorted(PLACE.findall(said))} == set()
    assert all(said.strip() for said in words.values())


def test_the_names_of_kinds_of_origin_are_all_worded() -> None:
    assert set(STATUS_WORDS) == set(get_args(OriginStatus))
