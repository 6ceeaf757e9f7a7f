"""Reading a WARC of 1,000 pages: the peak memory of the process that does, and pages a second.

    python -m benchmarks.warc [--pages N] [--json FILE] [--check]

The archive is made in a temporary folder of the pages in VOLGENS_CORPORA/html, over and over, each time at another address. A fresh
process reads it, one thread, and keeps nothing of what it read.
"""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.report import Report, corpora, options, table
from benchmarks.samples import warc_record
from volgens.articles.containers import found
from volgens.config import Settings

MB = 1024 * 1024


def pages() -> list[bytes]:
    """The pages of the corpus, in the order of their names."""
    folder = corpora() / "html"
    return [gzip.decompress(path.read_bytes()) for path in sorted(folder.rglob("*.html.gz"))] if folder.is_dir() else []


def make(path: Path, originals: Sequence[bytes], count: int) -> None:
    """Write a WARC of ``count`` pages, each record packed by itself as crawlers do."""
    with path.open("wb") as archive:
        for number, page in enumerate(islice(cycle(originals), count)):
            archive.write(gzip.compress(warc_record(f"https://archive.example/{number}", page), 6))


def read(path: str) -> str:
    """Read the archive. Gives the articles found, the errors, the seconds, and the peak memory of this process in MB."""
    begun = time.perf_counter()
    articles = errors = 0
    for one in found(path, Settings()):
        articles += one.article is not None
        errors += one.error is not None
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MB
    return f"{articles} {errors} {seconds} {peak}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="pages in the archive (default 1000)")
    chosen = parser.parse_args(arguments)
    report = Report("warc")
    originals = pages()
    if not originals:
        print(f"warc: skipped, there are no pages in {corpora() / 'html'}; VOLGENS_CORPORA says where the corpora are\n")
        return report.finish(chosen)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        make(path, originals, chosen.pages)
        code = "import sys; from benchmarks.warc import read; print(read(sys.argv[1]))"
        done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
        size = path.stat().st_size / MB
    articles, errors, seconds, peak = map(float, done.stdout.split())
    rate = (articles + errors) / seconds
    head = ("archive", "MB", "articles", "errors", "pages/s", "peak MB")
    table(head, [(f"{chosen.pages} pages", f"{size:.0f}", int(articles), int(errors), f"{rate:.1f}", f"{peak:.0f}")])
    report.figures.update({"warc.peak_memory_mb": peak, "warc.pages_per_second": rate})
    report.details.update(pages=chosen.pages, distinct=len(originals), articles=articles, errors=errors)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
