"""Search with facets over an archive of a million statements: how long an answer takes.

    python -m benchmarks.search [--statements N] [--archive FILE] [--json FILE] [--check]

The archive is made by the benchmark, of invented words that are as frequent as words are (Zipf), and kept in FILE (build/search.db)
for the next run. Questions have one or two words, rare and common ones (the fiftieth word of the language stands in two of a
hundred statements), or the beginning of one; half of them choose a kind, act or year as well. The archive is opened once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import get_args

import numpy as np
from sqlalchemy import insert

from benchmarks.report import Report, options, table
from volgens.archive.schema import articles, statements, works
from volgens.archive.store import Archive
from volgens.records import Act, Kind, content_id
from volgens.views.search import Question

WORDS = 40_000
EACH = 40  # statements of an article
QUESTIONS = 300
SYLLABLES = [a + b for a in "bdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "aa", "oe", "ij")]


def vocabulary() -> list[str]:
    """Invented words, the commonest first."""
    chance = random.Random(3)
    found = {"".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(3 * WORDS)}
    return sorted(found, key=lambda word: (len(word), content_id("word", word)))[:WORDS]


def rows(count: int, words: Sequence[str]) -> Iterator[tuple[dict[str, object], list[dict[str, object]]]]:
    """Articles with their statements, as the archive's tables have them."""
    chance = np.random.default_rng(5)
    share = 1 / np.arange(1, len(words) + 1)
    speakers = [f"{words[n].title()} {words[-n].title()}" for n in range(200, 2200)]
    kinds, acts = get_args(Kind), get_args(Act)
    for number in range(count // EACH):
        drawn = chance.choice(len(words), size=(EACH, 14), p=share / share.sum())
        day = f"{2010 + number % 16}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        id = content_id("article", str(number))
        outlet = f"Outlet {number % 120}"
        said = []
        for place, picked in enumerate(drawn):
            content = " ".join(words[n] for n in picked)
            speaker = speakers[int(chance.pareto(1.0) * 20) % len(speakers)]
            said.append(
                {"article": id, "number": place, "id": content_id("statement", f"{number} {place}"), "source": speaker,
                 "speaker": speaker, "cue": "zegt", "content": content, "kind": kinds[place % len(kinds)],
                 "act": acts[picked[0] % len(acts)], "certainty": "certain", "polarity": "positive", "confidence": 0.9,
                 "outlet": outlet, "published": day, "language": "nl"}
            )  # fmt: skip
        yield {"id": id, "work": id, "url": None, "outlet": outlet, "title": str(said[0]["content"])[:60], "published": day,
               "modified": None, "language": "nl", "text": "", "record": "{}"}, said  # fmt: skip


def make(path: Path, count: int, words: Sequence[str]) -> None:
    """Make the archive, in pieces of a thousand articles."""
    partial = path.with_suffix(".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.unlink(missing_ok=True)
    with Archive(partial) as archive:
        made = rows(count, words)
        while some := list(islice(made, 1000)):
            with archive.writing() as writer:
                writer.connection.execute(insert(works), [{"id": a["id"], "key": a["id"]} for a, _ in some])
                writer.connection.execute(insert(articles), [a for a, _ in some])
                writer.connection.execute(insert(statements), [row for _, said in some for row in said])
    partial.rename(path)


def questions(words: Sequence[str]) -> Iterator[Question]:
    """Questions of every kind, in turn."""
    chance = random.Random(9)
    for number in range(QUESTIONS):
        common, rare = words[int(50 * 40 ** chance.random())], words[chance.randrange(2000, WORDS)]
        asked = (common, f"{common} {words[int(50 * 40 ** chance.random())]}", rare, f"{rare[:4]}*")[number % 4]
        chosen: dict[str, tuple[str, ...]] = {}
        if number % 2:
            facet = ("kind", "act", "year")[number // 2 % 3]
            chosen = {facet: ({"kind": "anonymous", "act": "deny", "year": "2019"}[facet],)}
        yield Question(asked, chosen, since="2012" if number % 5 == 0 else None)
        if number % 10 == 0:
            yield Question(chosen={"act": ("promise",)})


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000, metavar="N", help="statements (default 1000000)")
    parser.add_argument("--archive", type=Path, default=Path("build/search.db"), metavar="FILE", help="where it is kept")
    chosen = parser.parse_args(arguments)
    report = Report("search")
    words = vocabulary()
    if not chosen.archive.exists():
        make(chosen.archive, chosen.statements, words)
    took: list[float] = []
    found: list[int] = []
    with Archive(chosen.archive, create=False) as archive:
        for question in questions(words):
            begun = perf_counter()
            answer = archive.search(question)
            took.append(1000 * (perf_counter() - begun))
            found.append(answer.total)
    middle, most = (float(np.percentile(took, share)) for share in (50, 95))
    size = chosen.archive.stat().st_size / 1e6
    table(
        ("questions", "answers, median", "median, ms", "p95, ms", "slowest, ms", "archive, MB"),
        [(len(took), int(np.median(found)), f"{middle:.1f}", f"{most:.1f}", f"{max(took):.1f}", f"{size:.0f}")],
    )
    report.figures["search.p95_ms"] = most
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
