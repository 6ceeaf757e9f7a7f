"""Search by meaning, within and across languages: of the statements that answer a question, how many are among the first ten.

    python -m benchmarks.meaning [--json FILE] [--check]

The questions (benchmarks/meaning.tsv) are ours, as people type them; each asks for one claim of corpora/claims/test, and every
statement that makes or denies it answers it. The archive searched has the statements of all parts of that corpus.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.report import Report, options, table
from volgens.app import App
from volgens.archive.store import Archive
from volgens.records import Article, Mention, Statement, Statements, statement_id
from volgens.views.search import Question

CLAIMS = Path(__file__).parent.parent / "corpora" / "claims"
QUESTIONS = Path(__file__).with_suffix(".tsv")
FIRST = 10

Claim = tuple[str, str]


def articles() -> Iterator[tuple[Article, Statements, Claim | None]]:
    """Each statement of the corpus as an article that says nothing else, and of the test part the claim that it makes."""
    for path in sorted(CLAIMS.rglob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            article = Article(row["text"], f"https://{path.stem}.example/{number}", None, None, row["language"])
            content = Mention.of(article.text, [(0, len(article.text))])
            said = Statement(statement_id(article.id, None, None, content), None, None, content, "none", "state", None, 1.0)
            yield article, Statements((said,)), (row["story"], row["claim"]) if path.stem == "test" else None


def questions() -> list[tuple[Claim, str, str]]:
    """The claim that each asks for, its language and its words."""
    rows = (line.split("\t") for line in QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [((story, claim), language, words) for story, claim, language, words in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = options(__doc__).parse_args(arguments)
    report = Report("meaning")
    answers: defaultdict[Claim, dict[str, str]] = defaultdict(dict)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.db"
        with Archive(place) as store, store.writing() as writer:
            for article, read, claim in articles():
                writer.add(article, name=article.url or "")
                writer.keep(article, read)
                if claim is not None:
                    answers[claim][article.id] = article.language
        app, found = App(), defaultdict[tuple[str, str], list[float]](list)
        for claim, language, words in questions():
            hits = {hit.article for hit in app.search(Question(like=words, limit=FIRST), place).hits}
            for of in ("nl", "en"):
                wanted = {id for id, spoken in answers[claim].items() if spoken == of}
                if wanted:
                    found[language, of].append(len(hits & wanted) / min(FIRST, len(wanted)))
    rows = [(f"{asked} to {of}", len(shares), sum(shares) / len(shares)) for (asked, of), shares in sorted(found.items())]
    table(("question to statements", "questions", "recall at 10"), rows)
    across = [share for (asked, of), shares in found.items() if asked != of for share in shares]
    within = [share for (asked, of), shares in found.items() if asked == of for share in shares]
    report.figures["meaning.across"] = sum(across) / len(across)
    report.figures["meaning.within"] = sum(within) / len(within)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
