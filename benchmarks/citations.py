"""Outlets and agencies that articles say they have something from, on 150 articles checked by hand.

python -m benchmarks.citations [--check] [--json FILE] [--errors N] [--no-reading]

The articles are in ../shared/corpora/raw (VOLGENS_CORPORA); ``citations.jsonl`` has only their ids, digests and the places. What
was looked through by hand are the sentences in which something looks like the name of an outlet, and what volgens found besides. A
citation is right where its words overlap and its outlet is the same. The errors of both halves were looked at when the rules were
made, so neither is a test.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.metrics import Counts
from benchmarks.report import Report, corpora, options, raw_articles, table
from volgens.articles.credits import plain_name, usual_name
from volgens.origins.citations import citations
from volgens.pipeline import read_article
from volgens.reader.network import Reader
from volgens.records import Citation

GOLD = Path(__file__).parent / "citations.jsonl"


def compared(gold: list[dict[str, Any]], found: Sequence[Citation]) -> tuple[Counts, list[dict[str, Any]], list[Citation]]:
    """Counts of one article, what was missed and what is wrong."""
    left, wrong = list(gold), []
    for citation in found:
        ((start, end),) = citation.mention.spans
        match = next(
            (one for one in left if one["span"][0] < end and start < one["span"][1] and _same(one["outlet"], citation.name)), None
        )
        if match is None:
            wrong.append(citation)
        else:
            left.remove(match)
    return Counts(len(found) - len(wrong), len(gold), len(found)), left, wrong


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _same(one: str, other: str) -> bool:
    first, second = (plain_name(usual_name(name)[0]) for name in (one, other))
    return first == second or first in second or second in first


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N citations that were missed or wrong")
    parser.add_argument("--no-reading", action="store_true", help="leave out the reader: words alone")
    chosen = parser.parse_args(arguments)
    report = Report("citations")
    if not (corpora() / "raw").is_dir():
        print(f"citations: skipped, there is no {corpora() / 'raw'}; VOLGENS_CORPORA says where the corpora are\n")
        return report.finish(chosen)
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    texts = {_digest(article.text): article for language in ("en", "nl") for article in raw_articles(language)}
    reader = None if chosen.no_reading else Reader()
    counts = {"nl": Counts(), "en": Counts(), "all": Counts()}
    shown = 0
    for row in rows:
        article = texts[row["digest"]]
        statements = read_article(article, reader).items if reader is not None else ()
        these, missed, wrong = compared(row["citations"], citations(article, statements))
        for part in (article.language, "all"):
            counts[part] += these
        if shown < chosen.errors:
            for kind, (start, end) in [("missed", m["span"]) for m in missed] + [("wrong", c.mention.spans[0]) for c in wrong]:
                shown += 1
                print(kind, repr(article.text[max(0, start - 70) : end + 50]))
    table(
        ("", "annotated", "precision", "recall", "F1"), [(part, c.gold, c.precision, c.recall, c.f1) for part, c in counts.items()]
    )
    report.figures |= {f"citations.{part}.f1": c.f1 for part, c in counts.items()}
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
