"""Choose how readily a cue is taken, and fit the confidence, on articles that the reader was not trained on.

    python -m training.calibrate --weights src/volgens/reader/weights

Uses the articles of PolNeAR dev, of our own corpus's dev part, and of the Dutch and English ones set aside, whose name has an
even SHA-256; the others are for measuring (``benchmarks.quality``). The ease is the one with the best mean over the corpora of
the F1 of who said what and of what was found. The confidence is a logistic regression (Platt, 1999) on what the network says of
its own answer; kinds and acts get a temperature. All are written into ``reader.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.metrics import annotated, found, found_pairs, who_said_what
from training.corpora import SET_ASIDE, Annotated, inline_corpus, own, polnear, set_aside
from volgens.articles.language import detect
from volgens.reader.network import Reader
from volgens.records import Article, Statements
from volgens.statements.assembling import assemble
from volgens.statements.chains import link

EASES = (-1.2, -0.9, -0.6, -0.3, 0.0, 0.3)
PULL = 1.0  # how strongly the confidence's weights are drawn to zero


@dataclass(frozen=True, slots=True)
class Judged:
    """The statements of some articles: what the network says of each, whether source and content are right; how many
    attributions the annotators marked, and how many of these were found."""

    evidence: list[tuple[float, ...]]
    right: list[bool]
    gold: int
    seen: int

    @property
    def f1(self) -> float:
        """The mean of two F1: who said what, and found."""
        return (sum(self.right) + self.seen) / max(len(self.right) + self.gold, 1)


def even(article: Annotated) -> bool:
    """Whether the article is for fitting; if not, it is for measuring."""
    return int(hashlib.sha256(article.name.encode()).hexdigest(), 16) % 2 == 0


def judge(articles: list[Annotated], reader: Reader, *, nested: bool) -> Judged:
    """Read the articles. ``nested``: also take statements that lie in others (PolNeAR's annotators marked none)."""
    evidence: list[tuple[float, ...]] = []
    right: list[bool] = []
    seen = 0
    for article in articles:
        # Each label's number travels through the assembly in the place of its confidence.
        labels = [replace(label, confidence=float(i)) for i, label in enumerate(reader.read(article.text).labels)]
        whole = Article(article.text, language=detect(article.text))
        statements = link(whole, assemble(whole, labels))
        kept = Statements(tuple(s for s in statements if nested or s.parent is None))
        gold, other = annotated(article), found(replace(s, parent=None) for s in kept)
        seen += len(found_pairs(article.text, gold, other))
        pairs = who_said_what(article.text, gold, other)
        hits = {other for _, other in pairs}
        evidence += [labels[int(s.confidence)].evidence() for s in kept]
        right += [index in hits for index in range(len(kept))]
    return Judged(evidence, right, sum(len(a.attributions) for a in articles), seen)


def regression(evidence: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The weights of a logistic regression, by Newton's method. ``evidence`` (N, K) holds a column of ones; -> (K,)."""
    weights = np.zeros(evidence.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(evidence @ weights, -30, 30)))
        gradient = evidence.T @ (chance - right) + PULL * weights
        curvature = (evidence * (chance * (1 - chance))[:, None]).T @ evidence + PULL * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def temperature(judged: list[tuple[float, bool]]) -> float:
    """By what to divide the scores of a head so that its mean probability is the share of its labels that are right.

    ``judged``: the log odds of the label chosen, as the head sees it, and whether it is right (cf. Guo et al., ICML 2017).
    """
    right = sum(ok for _, ok in judged) / len(judged)

    def mean(heat: float) -> float:
        return sum(1 / (1 + math.exp(-odds / heat)) for odds, _ in judged) / len(judged)

    return min((heat / 20 for heat in range(10, 101)), key=lambda heat: abs(mean(heat) - right))


def heads(articles: list[Annotated], reader: Reader) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """Of the kinds and acts of statements with the right source and content: log odds and whether they are right."""
    kinds: list[tuple[float, bool]] = []
    acts: list[tuple[float, bool]] = []
    for article in articles:
        statements = assemble(Article(article.text), reader.read(article.text).labels)
        gold, other = annotated(article), found(replace(s, parent=None) for s in statements)
        for g, f in who_said_what(article.text, gold, other):
            s = statements[f]
            if s.source is not None:
                kinds.append((_odds(s.kind_confidence), gold[g].kind == s.kind))
            acts.append((_odds(s.act_confidence), gold[g].act == s.act))
    return kinds, acts


def _odds(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("src/volgens/reader/weights"))
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    args = parser.parse_args()
    parts = {"polnear": [a for a in polnear(args.corpora, "dev") if even(a)]}
    for folder, count in SET_ASIDE.items():
        parts[folder] = [a for a in set_aside(inline_corpus(args.corpora / folder), count)[1] if even(a)]
    parts["own"] = [a for a in own("dev") if even(a)]
    path = args.weights / "reader.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    best: tuple[float, float, dict[str, Judged]] | None = None
    for ease in EASES:
        path.write_text(json.dumps({**settings, "ease": ease}), encoding="utf-8")
        reader = Reader(args.weights)
        judged = {name: judge(articles, reader, nested=name != "polnear") for name, articles in parts.items()}
        mean = sum(j.f1 for j in judged.values()) / len(judged)
        print(
            f"ease {ease:5.2f}  who said what and found {mean:.4f}  " + "  ".join(f"{n} {j.f1:.4f}" for n, j in judged.items()),
            flush=True,
        )
        if best is None or mean > best[0]:
            best = mean, ease, judged
    assert best is not None
    _, ease, judged = best
    evidence = np.array([e for j in judged.values() for e in j.evidence])
    right = np.array([r for j in judged.values() for r in j.right], float)
    weights = regression(evidence, right)
    path.write_text(json.dumps({**settings, "ease": ease, "temperatures": [1.0, 1.0, 1.0]}), encoding="utf-8")
    labelled = [a for name, articles in parts.items() if name != "polnear" for a in articles]
    heats = [temperature(judged) for judged in heads(labelled, Reader(args.weights))]
    settings |= {"ease": ease, "confidence": [round(float(w), 5) for w in weights], "temperatures": [*heats, 1.0]}
    print(f"temperatures of kinds and acts: {heats}")
    path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    print(f"ease {ease}; confidence from {len(right)} statements, {right.mean():.3f} of them right: {settings['confidence']}")


if __name__ == "__main__":
    main()
