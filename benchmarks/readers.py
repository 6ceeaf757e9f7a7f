"""Fifty readers and two writers of one archive at once: what goes wrong, and what is lost.

    python -m benchmarks.readers [--seconds N] [--readers N] [--json FILE] [--check]

Each is a thread that opens the archive anew for each question, as the page does. Readers search, list stories and take an article;
writers add articles, each with a text of its own. In the end every article that a writer was told is kept must be there, once.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.report import Report, options, table
from volgens.app import App
from volgens.archive.store import Archive
from volgens.errors import VolgensError
from volgens.records import Article, Mention, Statement, Statements, statement_id
from volgens.views.search import Question

WRITERS = 2
_BEGUN = 400  # articles that are there at the beginning


def article(number: int) -> tuple[Article, Statements]:
    """An article with one statement, unlike any other."""
    content = f"lock {number} closes in week {number % 52}"
    text = f"{content.capitalize()}, says keeper {number}."
    day = f"2025-03-{number % 28 + 1:02}"
    made = Article(text, f"https://a.example/{number}", f"Outlet {number % 20}", f"Lock {number}", "en", day)
    said = Mention.of(text, [(0, len(content))])
    return made, Statements((Statement(statement_id(made.id, None, None, said), None, None, said, "person", "state", None, 1.0),))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="how long (60)")
    parser.add_argument("--readers", type=int, default=50, metavar="N", help="how many (50)")
    chosen = parser.parse_args(arguments)
    report = Report("readers")
    done: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        place, app = Path(folder) / "a.db", App()
        with Archive(place) as store, store.writing() as writer:
            for number in range(_BEGUN):
                made, read = article(number)
                writer.add(made, name=made.url or "")
                writer.keep(made, read)
        app.stories([], place)
        until = time.monotonic() + chosen.seconds
        kept: list[list[str]] = [[] for _ in range(WRITERS)]

        def ask(seed: int) -> None:
            chance = random.Random(seed)
            asked: tuple[tuple[str, Callable[[], object]], ...] = (
                ("search", lambda: app.search(Question(f"lock {chance.randrange(_BEGUN)}"), place, read=False)),
                ("article", lambda: next(app.readings([article(chance.randrange(_BEGUN))[0].id], place)[1])),
                ("versions", lambda: app.versions(f"https://a.example/{chance.randrange(_BEGUN)}", place)),
                ("stories", lambda: app.story_lines(place, least=1, limit=20)),
            )
            while time.monotonic() < until:
                what, question = chance.choices(asked, weights=(10, 10, 10, 1))[0]
                _tried(what, question)

        def write(number: int) -> None:
            at = _BEGUN + number
            while time.monotonic() < until:
                made, read = article(at)

                def put(made: Article = made, read: Statements = read) -> None:
                    with Archive(place, create=False) as store, store.writing() as writer:
                        writer.add(made, name=made.url or "")
                        writer.keep(made, read)

                if _tried("write", put):
                    kept[number].append(made.id)
                at += WRITERS

        def _tried(what: str, work: Callable[[], object]) -> bool:
            try:
                work()
            except VolgensError as error:
                wrong.append(f"{what}: {error}")
                return False
            done[what] += 1
            return True

        threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(chosen.readers)]
        threads += [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with Archive(place, create=False) as store:
            there = Counter(one.id for one in store.newest())
        lost = [id for ids in kept for id in ids if there[id] != 1]
    table(("what", "times", "a second"), [(what, count, f"{count / chosen.seconds:.1f}") for what, count in sorted(done.items())])
    for line in sorted(set(wrong))[:5]:
        print(line)
    report.figures["readers.errors"] = len(wrong)
    report.figures["readers.lost_rows"] = len(lost)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
