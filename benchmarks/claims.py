"""Which statements make the same claim: pairs within Dutch, within English and across, on corpora/claims.

    python -m benchmarks.claims [--errors N] [--json FILE] [--check]

Each statement is paired with the others of its story: those of the same claim, and of those of other claims, about the same people
and things, a sample drawn by its place (one and a half to each pair of the same claim). What all pairs of all stories give is told
too. "way round" is the share of the pairs found in which it is told rightly whether one contradicts the other. And each statement
is paired with those of other stories that its vector lies nearest to: how many of these are taken for the same claim?
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmarks.report import Report, options, table
from volgens.origins.claims import SAME
from volgens.reader.comparer import Comparer
from volgens.reader.network import Reader

CORPUS = Path(__file__).parent.parent / "corpora" / "claims"
NEGATIVES = 1.5
NEAREST = 10
Row = dict[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N pairs of dev that are told wrongly")
    chosen = parser.parse_args(arguments)
    report = Report("claims")
    comparer = Comparer(Reader())
    rows: list[Sequence[object]] = []
    strange: list[tuple[str, int, float]] = []
    for part in ("dev", "test"):
        said: list[Row] = [json.loads(line) for line in (CORPUS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]
        pairs = [(a, b) for a, b in combinations(range(len(said)), 2) if said[a]["story"] == said[b]["story"]]
        told = comparer.compare([row["text"] for row in said], pairs)
        found = {pair: float(p[1] + p[2]) >= SAME for pair, p in zip(pairs, told, strict=True)}
        contrary = {pair: bool(p[2] > p[1]) for pair, p in zip(pairs, told, strict=True)}
        drawn = sample(said, pairs)
        for name, within in (("within", True), ("across", False)):
            some = [(a, b) for a, b in pairs if (said[a]["language"] == said[b]["language"]) == within]
            few = [pair for pair in some if pair in drawn]
            precision, recall, f1 = measured(said, few, found)
            right = [p for p in some if found[p] and same(said, *p)]
            way = sum(contrary[a, b] == (said[a]["stance"] != said[b]["stance"]) for a, b in right) / (len(right) or 1)
            rows.append((f"{part}, {name}", len(few), precision, recall, f1, measured(said, some, found)[2], way))
            if part == "test":
                report.figures |= {f"claims.{name}_f1": f1}
        apart = strangers(said, comparer)
        told = comparer.compare([row["text"] for row in said], apart)
        strange.append((part, len(apart), float((1 - told[:, 0] >= SAME).mean())))
        if part == "dev" and chosen.errors:
            wrong = [(a, b) for a, b in pairs if (a, b) in drawn and found[a, b] != same(said, a, b)]
            for a, b in wrong[: chosen.errors]:
                print("missed" if same(said, a, b) else "wrong ", "|", said[a]["text"], "|", said[b]["text"])
    table(("", "pairs", "precision", "recall", "F1", "F1, all pairs", "way round"), rows)
    table(("nearest of other stories", "pairs", "taken for the same"), strange)
    report.figures["claims.strangers_joined"] = strange[-1][-1]
    return report.finish(chosen)


def strangers(said: Sequence[Row], comparer: Comparer) -> list[tuple[int, int]]:
    """For each statement the nearest ones of other stories."""
    vectors = comparer.vectors([row["text"] for row in said])
    stories = np.array([row["story"] for row in said])
    near: set[tuple[int, int]] = set()
    for at, likeness in enumerate(vectors @ vectors.T):
        likeness[stories == stories[at]] = -1
        near |= {(min(at, m), max(at, m)) for m in np.argsort(-likeness)[:NEAREST].tolist()}
    return sorted(near)


def same(said: Sequence[Row], a: int, b: int) -> bool:
    return said[a]["claim"] == said[b]["claim"]


def sample(said: Sequence[Row], pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """All pairs of one claim, and so many of the others, within languages and across."""
    chance = random.Random(7)
    drawn: set[tuple[int, int]] = set()
    for within in (True, False):
        some = [(a, b) for a, b in pairs if (said[a]["language"] == said[b]["language"]) == within]
        right = [pair for pair in some if same(said, *pair)]
        wrong = [pair for pair in some if not same(said, *pair)]
        drawn |= {*right, *chance.sample(wrong, min(len(wrong), round(NEGATIVES * len(right))))}
    return drawn


def measured(
    said: Sequence[Row], pairs: Sequence[tuple[int, int]], found: dict[tuple[int, int], bool]
) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    hits = sum(found[pair] and same(said, *pair) for pair in pairs)
    told, right = sum(found[pair] for pair in pairs), sum(same(said, *pair) for pair in pairs)
    precision, recall = hits / (told or 1), hits / (right or 1)
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


if __name__ == "__main__":
    raise SystemExit(main())
