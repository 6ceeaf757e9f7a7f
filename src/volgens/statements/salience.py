"""How much a candidate stands out where a pronoun or "the company" stands: a few features of its last mention, weighed.

The features are those of Lappin & Leass (1994): how far back, first in its sentence, how often named, and in news, who spoke last. The weights
are a logistic model over the candidates of each place, fitted by ``training/speakers.py`` and kept in ``salience.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from volgens.statements.names import Named

FEATURES = (
    "sentences",  # between the mention and here, at most 10
    "paragraphs",  # likewise, at most 5
    "here",  # the mention is in this sentence
    "first",  # it is at the start of its sentence
    "beside",  # it only says whose or of what: "Smith's lawyer"
    "spoke",  # it is the source of a statement
    "last",  # the statement before this one is theirs
    "level",  # so is the one before on the same level
    "outer",  # they speak in the statement around this one
    "inside",  # the mention is inside the statement around this one, as this one is
    "quoted",  # the mention is in somebody's quotation, and this one is not
    "often",  # logarithm of the mentions so far
    "lead",  # named at the start of the article
    "sex",  # known, and it fits
    "described",  # without a name
    "sure",  # surely a person, or a body
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, and the values of FEATURES."""

    named: Named
    values: tuple[float, ...]


@cache
def weights(kind: str) -> tuple[float, ...]:
    """The weights of FEATURES for a "person" or a "body"."""
    table = json.loads(files(__package__).joinpath("salience.json").read_text(encoding="utf-8"))[kind]
    return tuple(float(table[name]) for name in FEATURES)


def best(candidates: Iterable[Candidate], kind: str) -> Named | None:
    """The candidate with most weight; of equal ones the first."""
    by = weights(kind)
    weigh: Callable[[Candidate], float] = lambda c: math.fsum(w * v for w, v in zip(by, c.values, strict=True))  # noqa: E731
    found = max(candidates, key=weigh, default=None)
    return found.named if found else None
