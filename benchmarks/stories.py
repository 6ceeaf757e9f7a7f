"""Which articles tell of the same events: B-cubed on ECB+ and BASIL, and whether the order of arrival matters.

    python -m benchmarks.stories [--json FILE] [--check] [--errors N]

One threshold serves both. ECB+ has no dates, so all its articles are taken as of one day; of BASIL each day is taken by itself.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import Report, corpora, options, table
from volgens.records import Article
from volgens.stories.clustering import stories

SETS = ("ecbplus", "basil")
SHUFFLES = 3


def load(path: Path) -> list[tuple[Article, str]]:
    """The articles of a set, each with the story that it is of."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        (
            Article(row["text"], row.get("url") or row["id"], row.get("outlet"), row["title"], "en", row.get("published")),
            row["story"],
        )
        for row in rows
    ]


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering (Bagga & Baldwin 1998); both give a cluster for each article."""
    members: tuple[defaultdict[str, set[int]], defaultdict[str, set[int]]] = (defaultdict(set), defaultdict(set))
    for side, labels in zip(members, (gold, found), strict=True):
        for number, label in enumerate(labels):
            side[label].add(number)
    precision = recall = 0.0
    for number, (right, ours) in enumerate(zip(gold, found, strict=True)):
        assert number in members[0][right]
        both = len(members[0][right] & members[1][ours])
        precision += both / len(members[1][ours])
        recall += both / len(members[0][right])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def clustered(articles: Sequence[Article]) -> list[str]:
    """For each article the id of its story."""
    of = {article: story.id for story in stories(articles) for article in story.articles}
    return [of[article.id] for article in articles]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N stories that were joined or parted wrongly")
    chosen = parser.parse_args(arguments)
    report = Report("stories")
    rows = []
    for name in SETS:
        path = corpora() / "stories" / f"{name}.jsonl"
        if not path.is_file():
            print(f"{name}: skipped, there is no {path}; VOLGENS_CORPORA says where the corpora are\n")
            continue
        known = load(path)
        articles, gold = [article for article, _ in known], [story for _, story in known]
        found = clustered(articles)
        precision, recall, f1 = b_cubed(gold, found)
        differs = 0.0
        for seed in range(SHUFFLES):
            order = random.Random(seed).sample(range(len(articles)), len(articles))
            again = clustered([articles[i] for i in order])
            differs = max(differs, abs(f1 - b_cubed([gold[i] for i in order], again)[2]))
        rows.append((name, len(articles), len(set(gold)), len(set(found)), precision, recall, f1, differs))
        report.figures[f"stories.{name}.b_cubed_f1"] = f1
        report.figures[f"stories.{name}.shuffled_differs"] = differs
        if chosen.errors:
            errors(articles, gold, found, chosen.errors)
    if rows:
        table(("", "articles", "stories", "found", "precision", "recall", "B-cubed F1", "shuffled"), rows)
    return report.finish(chosen)


def errors(articles: Sequence[Article], gold: Sequence[str], found: Sequence[str], count: int) -> None:
    """Print stories of which two were joined, with the headline of an article of each."""
    within: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for article, right, ours in zip(articles, gold, found, strict=True):
        within[ours].setdefault(right, article.title or "")
    for titles in [titles for titles in within.values() if len(titles) > 1][:count]:
        print(*titles.values(), sep="\n  ")


if __name__ == "__main__":
    raise SystemExit(main())
