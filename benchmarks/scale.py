"""Stories, derivations, claims and origins of more and more articles: seconds, how they grow, and peak memory.

    python -m benchmarks.scale [--read FOLDER] [--json FILE] [--check]

Each size is drawn from ../shared/corpora/raw, story by story, so that in each as many articles share one, and run in a process of
its own. Reading is not counted: what was read of the articles that share a story with another is kept in FOLDER (build/scale), and
the first run takes half an hour to put it there. Claims are traced in stories of two articles or more; of one alone there is
nothing to trace.
"""

from __future__ import annotations

import json
import pickle
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from math import log
from pathlib import Path

from benchmarks.report import Report, corpora, options, raw_articles, table
from volgens.engines.local import in_order, workers
from volgens.origins.copies import copies
from volgens.origins.derivations import outlets_of, within_story
from volgens.origins.folding import Told
from volgens.pipeline import read_article
from volgens.reader.comparer import Comparer
from volgens.reader.network import Reader
from volgens.records import Article, Statement, Statements, content_id
from volgens.stories.clustering import stories
from volgens.tracing import traced

SIZES = (1000, 2000, 4000, 8707)


def drawn(size: int) -> list[Article]:
    """So many articles, or the few more that the last story has: the same in every run, and all of a smaller size in a larger."""
    articles = {article.id: article for language in ("en", "nl") for article in raw_articles(language)}
    whole = sorted(stories(list(articles.values())), key=lambda story: story.id)
    random.Random(1).shuffle(whole)
    ids: list[str] = []
    for story in whole:
        ids += story.articles if len(ids) < size else ()
    return [articles[id] for id in ids]


def read(folder: Path) -> None:
    """Read what the largest run needs and is not kept yet; smaller ones have other stories, of the same articles mostly."""
    folder.mkdir(parents=True, exist_ok=True)
    reader = Reader(threads=1)

    def keep(article: Article) -> None:
        partial = folder / f"{article.id}.partial"
        partial.write_bytes(pickle.dumps(read_article(article, reader)))
        partial.rename(folder / article.id)

    for size in SIZES:
        articles = {article.id: article for article in drawn(size)}
        needed = [id for story in stories(list(articles.values())) if len(story.articles) > 1 for id in story.articles]
        missing = [articles[id] for id in needed if not (folder / id).exists()]
        for number, (_, done) in enumerate(in_order(keep, missing, workers(0) + 1)):
            done.result()
            if number % 100 == 0:
                print(f"reading article {number:,} of {len(missing):,}", file=sys.stderr, flush=True)


def run(size: int, folder: Path) -> str:
    """Seconds for stories, copies, and claims and origins; how many stories, copies and claims there are; peak memory in MB."""
    articles = drawn(size)
    begun = time.perf_counter()
    found = stories(articles)
    clustered = time.perf_counter()
    copied = copies(articles)
    laid = time.perf_counter()
    by_id = {article.id: article for article in articles}
    outlets = outlets_of(articles)

    def told() -> Iterator[Told]:
        for story in found:
            if len(story.articles) > 1:
                within = {id: by_id[id] for id in story.articles}
                statements: dict[str, Statements] = {id: pickle.loads((folder / id).read_bytes()) for id in within}
                yield Told(within, statements, within_story(list(within.values()), copied, outlets, statements))

    claims = sum(map(len, traced(told(), Comparer(Reader(threads=1)), workers(0))))
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1024 / 1024
    return json.dumps([len(articles), clustered - begun, laid - clustered, done - laid, len(found), len(copied), claims, peak])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--read", type=Path, default=Path("build/scale"), metavar="FOLDER", help="of what was read (build/scale)")
    chosen = parser.parse_args(arguments)
    report = Report("scale")
    if not (corpora() / "raw").is_dir():
        print(f"scale: skipped, there is no {corpora() / 'raw'}; VOLGENS_CORPORA says where the corpora are\n")
        return report.finish(chosen)
    kept = chosen.read / content_id([field.name for field in fields(Statement)])[:8]  # what is kept has these fields
    read(kept)
    code = "import sys; from pathlib import Path; from benchmarks.scale import run; print(run(int(sys.argv[1]), Path(sys.argv[2])))"
    rows = []
    for size in SIZES:
        command = [sys.executable, "-c", code, str(size), str(kept)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout))
    shown = [(row[0], *(f"{seconds:.1f}" for seconds in row[1:4]), *row[4:7], f"{row[7]:.0f}") for row in rows]
    table(("articles", "stories, s", "copies, s", "claims, s", "stories", "copies", "claims", "peak MB"), shown)
    first, last = rows[0], rows[-1]
    report.figures["scale.minutes"] = sum(last[1:4]) / 60
    report.figures["scale.exponent"] = log(sum(last[1:4]) / sum(first[1:4])) / log(last[0] / first[0])
    report.figures["scale.peak_memory_mb"] = max(row[-1] for row in rows)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
