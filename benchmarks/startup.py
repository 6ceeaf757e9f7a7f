"""What it costs to begin: seconds until `volgens read` has read a short text, peak memory, size of the installed weights.

    python -m benchmarks.startup [--repeats N] [--json FILE] [--check]

Every figure is of a process of its own, started as a user would, with the files it needs already in the disk cache.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from statistics import median

from benchmarks.report import Report, options, table, test_articles

WARM_UPS = 2
LONG = 20_000
SHORT = "De bakkerij in Lommerdorp sluit in mei, zegt eigenaar Ine Roosdael. Volgens de gemeente komt er een winkel in het pand.\n"
MB = 1024 * 1024


def command() -> list[str] | None:
    """The installed program beside this Python, or its module; None where there is neither."""
    script = Path(sys.executable).with_name("volgens")
    if script.exists():
        return [str(script)]
    found = importlib.util.find_spec("volgens.cli") is not None
    return [sys.executable, "-c", "import sys; from volgens.cli import main; sys.exit(main())"] if found else None


def run(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak resident memory in MB of one process. Raises RuntimeError where it fails."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(arguments[:4])} ... exits with {process.returncode}: {errors.read().decode()[-2000:]}")
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MB


def long_text() -> str:
    """One article of 20,000 words: the package's example stories, over and over."""
    folder = files("volgens") / "examples"
    stories = [entry.read_text(encoding="utf-8") for entry in sorted(folder.iterdir(), key=str) if entry.name.endswith(".txt")]
    text: list[str] = []
    while sum(len(story.split()) for story in text) < LONG:
        text += stories
    return "\n\n".join(text)


def weights_mb() -> float:
    """The files under the package's reader/weights."""
    folder = Path(str(files("volgens"))) / "reader" / "weights"
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MB


def starts(program: list[str], repeats: int, folder: Path, report: Report) -> None:
    """The median time of a short read and of the help."""
    short = folder / "short.txt"
    short.write_text(SHORT, encoding="utf-8")
    rows = []
    for name, arguments in (("read a short text", ["read", str(short)]), ("--help", ["--help"])):
        taken = [run([*program, *arguments]) for _ in range(WARM_UPS + repeats)][WARM_UPS:]
        seconds = [second for second, _ in taken]
        rows.append((name, median(seconds), min(seconds), max(seconds), f"{max(memory for _, memory in taken):.0f}"))
        report.details[name] = seconds
    table(("start", "seconds", "least", "most", "peak MB"), rows)
    report.figures["startup.seconds"], report.figures["startup.help_seconds"] = rows[0][1], rows[1][1]


def memory(program: list[str], folder: Path, report: Report) -> None:
    """Peak memory reading one long article, and the articles of PolNeAR dev."""
    inputs = {f"one article of {LONG} words": [long_text()]}
    if many := test_articles("polnear"):
        inputs[f"{len(many)} articles"] = [article.text for article in many]
    rows = []
    for name, texts in inputs.items():
        paths = []
        for number, text in enumerate(texts):
            paths.append(folder / f"{number}.txt")
            paths[-1].write_text(text, encoding="utf-8", newline="")
        seconds, peak = run([*program, "read", "--format", "jsonl", *map(str, paths)])
        rows.append((name, seconds, f"{peak:.0f}"))
        report.details[name] = {"seconds": seconds, "peak_memory_mb": peak}
    table(("reading", "seconds", "peak MB"), rows)
    report.figures["startup.peak_memory_mb"] = max(float(peak) for _, _, peak in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--repeats", type=int, default=7, metavar="N", help="measured starts, after two that warm up (default 7)")
    chosen = parser.parse_args(arguments)
    report = Report("startup")
    report.figures["startup.weights_mb"] = weights_mb()
    if (program := command()) is None:
        print("start and memory: skipped, the program volgens is not installed beside this Python; pip install -e .\n")
    else:
        with tempfile.TemporaryDirectory() as folder:
            starts(program, chosen.repeats, Path(folder), report)
            memory(program, Path(folder), report)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
