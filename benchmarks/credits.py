"""Agencies and outlets credited in bylines, datelines, tails and under pictures, on 200 articles checked by hand.

python -m benchmarks.credits [--check] [--json FILE] [--errors N]

The articles are in ../shared/corpora/raw (VOLGENS_CORPORA); ``credits.jsonl`` has only their ids, digests and the places. The rules
were written on its dev part; what counts is the test part. A credit is right where its name is, and its words overlap.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.metrics import Counts
from benchmarks.report import Report, corpora, options, table
from training.corpora import raw
from volgens.articles.credits import credits
from volgens.records import Article, Credit

GOLD = Path(__file__).parent / "credits.jsonl"


def compared(text: str, gold: list[dict[str, Any]], found: tuple[Credit, ...]) -> tuple[Counts, list[str]]:
    """Counts of one article, and its errors as text."""
    left = list(gold)
    errors = []
    for credit in found:
        start, end = credit.mention.spans[0]
        match = next((g for g in left if g["name"] == credit.name and g["span"][0] < end and start < g["span"][1]), None)
        if match is None:
            errors.append(f"+ {credit.name} ({credit.place}): {text[max(0, start - 60) : end + 40]!r}")
        else:
            left.remove(match)
    errors += [f"- {g['name']} ({g['place']}): {text[max(0, g['span'][0] - 60) : g['span'][1] + 40]!r}" for g in left]
    return Counts(len(gold) - len(left), len(gold), len(found)), errors


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors in the dev part")
    chosen = parser.parse_args(arguments)
    report = Report("credits")
    if not (corpora() / "raw").is_dir():
        print(f"credits: skipped, there is no folder {corpora() / 'raw'}; VOLGENS_CORPORA says where the corpora are")
        return report.finish(chosen)
    texts = {name: dict(raw(corpora(), name)) for name in ("en_news", "nl_news")}
    counts = {"dev": Counts(), "test": Counts()}
    errors: list[str] = []
    spent: list[float] = []
    for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()):
        text = texts[row["corpus"]][row["id"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise SystemExit(f"the text of {row['id']} is not the one that was checked")
        article = Article(text, language=row["corpus"][:2])
        began = perf_counter()
        found = credits(article)
        spent.append(perf_counter() - began)
        more, wrong = compared(text, row["credits"], found)
        counts[row["part"]] += more
        errors += wrong if row["part"] == "dev" else []
    table(
        ("credits", "in the texts", "precision", "recall", "F1"),
        [(part, c.gold, c.precision, c.recall, c.f1) for part, c in counts.items()],
    )
    print(f"{1000 * median(spent):.1f} ms an article (median)\n")
    for line in errors[: chosen.errors]:
        print(line)
    report.figures["credits.test_f1"] = counts["test"].f1
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
