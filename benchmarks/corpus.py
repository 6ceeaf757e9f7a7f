"""What the corpus in corpora/ holds, and how far two annotators agree on it.

python -m benchmarks.corpus [--json FILE]
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from typing import get_args

from benchmarks.metrics import Counts, annotated, exact, found_pairs, who_said_what
from benchmarks.report import Report, options, table
from training.corpora import OWN, Annotated, inline_corpus, own
from volgens.records import Act, Kind

PARTS = ("train", "dev", "test")
LANGUAGES = ("nl", "en")


def size(articles: Sequence[Annotated]) -> tuple[int, int, int, int, int, int]:
    """Articles, words, statements, and of these nested ones, ones without a cue and ones without a source."""
    all = [a for article in articles for a in article.attributions]
    return (
        len(articles),
        sum(len(article.text.split()) for article in articles),
        len(all),
        sum(a.parent is not None for a in all),
        sum(a.cue is None for a in all),
        sum(not a.source for a in all),
    )


def counts(parts: dict[tuple[str, str], list[Annotated]], report: Report) -> None:
    """Sizes of the parts, and how often each kind, act and certainty occurs."""
    rows = [(f"{part}, {language}", *size(articles)) for (part, language), articles in parts.items()]
    rows.append(("all", *size([article for articles in parts.values() for article in articles])))
    table(("", "articles", "words", "statements", "nested", "no cue", "no source"), rows)
    for name, values in (("kind", get_args(Kind)), ("act", get_args(Act)), ("certainty", None)):
        by_language = {
            language: Counter(
                str(getattr(a, name)) for part in PARTS for article in parts[part, language] for a in article.attributions
            )
            for language in LANGUAGES
        }
        listed = values or sorted(set().union(*by_language.values()))
        table((name, *LANGUAGES), [(value, *(by_language[language][value] for language in LANGUAGES)) for value in listed])
    report.figures["corpus.articles"], report.figures["corpus.words"] = rows[-1][1], rows[-1][2]
    report.figures["corpus.statements"] = rows[-1][3]


def agreement(first: Sequence[Annotated], second: Sequence[Annotated], report: Report, language: str) -> None:
    """Two annotations of the same articles: F1 of what they mark, and how often labels agree where they mark the same."""
    pairs = [(a, b) for b in second for a in first if a.name == b.name and a.name.startswith(language)]
    found = said = Counts()
    spans = {role: Counts() for role in ("source", "cue", "content")}
    same: Counter[str] = Counter()
    for a, b in pairs:
        one, other = annotated(a), annotated(b)
        matched = who_said_what(a.text, one, other)
        found += Counts(len(found_pairs(a.text, one, other)), len(one), len(other))
        said += Counts(len(matched), len(one), len(other))
        for role in spans:
            spans[role] += exact(a.text, one, other, role)
        for i, j in matched:
            x, y = a.attributions[i], b.attributions[j]
            same.update(name for name in ("kind", "act", "certainty", "speaker") if getattr(x, name) == getattr(y, name))
            same["nesting"] += (x.parent is None) == (y.parent is None)
    if not pairs:
        return
    print(f"two annotators, {language}: {len(pairs)} articles, {said.gold} and {said.found} statements")
    rows = [(f"exact {role}", count.f1) for role, count in spans.items()]
    rows += [("found", found.f1), ("who said what", said.f1)]
    rows += [
        (f"same {name}, of these", same[name] / max(said.right, 1)) for name in ("kind", "act", "certainty", "speaker", "nesting")
    ]
    table(("agreement", "F1 or share"), rows)
    report.figures[f"corpus.agreement.{language}.who_said_what_f1"] = said.f1


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = options(__doc__).parse_args(arguments)
    report = Report("corpus")
    parts = {(part, lang): [a for a in own(part) if a.name.startswith(lang)] for part in PARTS for lang in LANGUAGES}
    counts(parts, report)
    everything = [article for articles in parts.values() for article in articles]
    for language in LANGUAGES:
        agreement(everything, inline_corpus(OWN / "twice"), report, language)
    with (OWN / "articles.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for column in ("desk", "form"):
        table((column, "articles"), Counter(row[column] for row in rows).most_common())
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
