"""What the benchmarks share: where the corpora are, tables, JSON, and the floors."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.corpora import SET_ASIDE, Annotated, inline_corpus, own, polnear, set_aside
from volgens.records import Article

FLOORS = Path(__file__).with_name("floors.json")


def corpora() -> Path:
    """The folder of the annotated corpora: VOLGENS_CORPORA, or ../shared/corpora."""
    return Path(os.environ.get("VOLGENS_CORPORA") or "../shared/corpora")


def examples() -> Path:
    """The folder of the annotated example: VOLGENS_EXAMPLES, or ../shared/examples."""
    return Path(os.environ.get("VOLGENS_EXAMPLES") or "../shared/examples")


def test_articles(name: str) -> list[Annotated]:
    """PolNeAR's dev articles ("polnear"), those of "nl-dpg" or "en-raw" that are never trained on, or those of our own corpus by
    language and part ("own-nl-dev", "own-en-test"). Empty where missing."""
    if name.startswith("own-"):
        _, language, part = name.split("-")
        return [article for article in own(part) if article.name.startswith(f"{language}_")]
    folder = corpora() / name
    if not folder.is_dir():
        print(f"{name}: skipped, there is no folder {folder}; VOLGENS_CORPORA says where the corpora are\n")
        return []
    return list(polnear(corpora(), "dev")) if name == "polnear" else set_aside(inline_corpus(folder), SET_ASIDE[name])[1]


def raw_articles(language: str) -> Iterator[Article]:
    """The articles of raw/ in a language, with what is known of them."""
    with gzip.open(corpora() / "raw" / f"{language}_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            url = row.get("url") or f"{language}{number}"
            yield Article(row["text"], url, row.get("outlet"), row.get("title"), language, row.get("published"))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a head: the first column to the left, the others to the right, decimals with three places."""
    cells = [list(head), *([f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        first, *others = (
            cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())
    print()


@dataclass
class Report:
    """The figures of one benchmark by name; ``details`` go into the JSON beside them."""

    name: str
    figures: dict[str, float] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    def finish(self, options: argparse.Namespace) -> int:
        """Print the figures that have a floor, write the JSON if it is asked for. Returns the exit status."""
        floors = json.loads(FLOORS.read_text(encoding="utf-8"))
        judged = {name: _judge(self.figures[name], floors[name]) for name in floors if name in self.figures}
        if judged:
            table(
                ("figure", "measured", "floor", "aim", ""),
                [(n, float(self.figures[n]), float(floors[n]["floor"]), float(floors[n]["aim"]), judged[n]) for n in judged],
            )
        if options.json:
            machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
            data = {"benchmark": self.name, "on": machine, "figures": self.figures, "judged": judged, "details": self.details}
            options.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
        return int(options.check and "below the floor" in judged.values())


def _judge(value: float, bound: dict[str, Any]) -> str:
    sign = 1 if bound["direction"] == "up" else -1
    if sign * value < sign * bound["floor"]:
        return "below the floor"
    return "aim reached" if sign * value >= sign * bound["aim"] else "holds"


def options(description: str | None) -> argparse.ArgumentParser:
    """A parser with what every benchmark understands."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is below its floor in floors.json")
    return parser
