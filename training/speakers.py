"""Fit the weights by which volgens chooses whom a pronoun or "the company" stands for, on our own corpus.

    python -m training.speakers [--rounds N] [--decay X]

At each place the candidates' weights go through a softmax, and the log-likelihood of the annotated speaker is maximised by
gradient ascent with a penalty on large weights. Whom earlier places are resolved to depends on the weights, so that fitting is
repeated. Writes ``src/volgens/statements/salience.json``; nothing but the training part is read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.speakers import given, right
from training.corpora import Annotated, own
from volgens.records import Article
from volgens.statements import salience
from volgens.statements.salience import FEATURES
from volgens.statements.speakers import Resolver

FILE = Path(salience.__file__).with_suffix(".json")
Place = tuple[np.ndarray, np.ndarray]
"""Candidates by features, and which of them are right."""


def places(articles: Sequence[Annotated]) -> dict[str, list[Place]]:
    """The choices that resolving ``articles`` comes to, by kind, where one but not every candidate is right."""
    found: dict[str, list[Place]] = {"person": [], "body": []}
    for article in articles:
        resolver = Resolver(Article(article.text, language=article.name[:2]), given(article))
        resolver.weighed = []
        for statement in resolver.turns.order:
            resolver.resolve(statement)
        named = {one for a in article.attributions if a.speaker not in (None, "?", "@") for one in str(a.speaker).split(" + ")}
        for ident, kind, candidates in resolver.weighed:
            gold = str(article.attributions[int(ident)].speaker)
            hits = np.array([gold in named and right(gold, c.named.name, named) for c in candidates])
            if hits.any() and not hits.all():
                found[kind].append((np.array([c.values for c in candidates], dtype=float), hits))
    return found


def fit(choices: Sequence[Place], start: np.ndarray, decay: float, steps: int = 3000, rate: float = 0.3) -> np.ndarray:
    """The weights that make the right candidates most likely."""
    weights = start.copy()
    for _ in range(steps):
        slope = -decay * weights
        for values, hits in choices:
            chances = np.exp((scores := values @ weights) - scores.max())
            chances /= chances.sum()
            among = np.where(hits, chances, 0)
            slope += (among / max(among.sum(), 1e-12) - chances) @ values
        weights += rate * slope / len(choices)
    return weights


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="times to resolve and fit")
    parser.add_argument("--decay", type=float, default=2.0, help="penalty on the squares of the weights")
    chosen = parser.parse_args(arguments)
    articles = own("train")
    for round in range(chosen.rounds):
        table = json.loads(FILE.read_text(encoding="utf-8"))
        for kind, choices in places(articles).items():
            start = np.array([table[kind][name] for name in FEATURES], dtype=float)
            fitted = fit(choices, start, chosen.decay)
            hit = [bool(hits[np.argmax(values @ fitted)]) for values, hits in choices]
            print(f"round {round + 1}, {kind}: {len(hit)} places, {sum(hit) / len(hit):.3f} right")
            table[kind] = {name: round_(weight) for name, weight in zip(FEATURES, fitted, strict=True)}
        FILE.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
        salience.weights.cache_clear()


def round_(weight: float) -> float:
    return round(float(weight), 3)


if __name__ == "__main__":
    main()
