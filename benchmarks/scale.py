"""Stories and derivations of more and more articles: seconds, how they grow, and peak memory.

    python -m benchmarks.scale [--json FILE] [--check]

Each size is drawn from ../shared/corpora/raw and run in a process of its own; reading the articles from disk is not counted.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from math import log

from benchmarks.report import Report, corpora, options, raw_articles, table
from volgens.origins.derivations import derivations
from volgens.stories.clustering import stories

SIZES = (1000, 2000, 4000, 8707)


def run(size: int) -> str:
    """Seconds for the stories and the derivations of so many articles, how many of both there are, and the peak memory in MB."""
    articles = [article for language in ("en", "nl") for article in raw_articles(language)]
    drawn = random.Random(1).sample(articles, min(size, len(articles)))
    del articles
    begun = time.perf_counter()
    found = stories(drawn)
    between = time.perf_counter()
    derived = derivations(drawn, found)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1024 / 1024
    return json.dumps([len(drawn), between - begun, done - between, len(found), len(derived), peak])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    chosen = parser.parse_args(arguments)
    report = Report("scale")
    if not (corpora() / "raw").is_dir():
        print(f"scale: skipped, there is no {corpora() / 'raw'}; VOLGENS_CORPORA says where the corpora are\n")
        return report.finish(chosen)
    code = "import sys; from benchmarks.scale import run; print(run(int(sys.argv[1])))"
    rows = []
    for size in SIZES:
        done = subprocess.run([sys.executable, "-c", code, str(size)], check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout))
    shown = [(n, f"{a:.1f}", f"{b:.1f}", told, derived, f"{peak:.0f}") for n, a, b, told, derived, peak in rows]
    table(("articles", "stories, s", "derivations, s", "stories", "derivations", "peak MB"), shown)
    first, last = rows[0], rows[-1]
    report.figures["scale.minutes"] = (last[1] + last[2]) / 60
    report.figures["scale.exponent"] = log((last[1] + last[2]) / (first[1] + first[2])) / log(last[0] / first[0])
    report.figures["scale.peak_memory_mb"] = max(row[-1] for row in rows)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
