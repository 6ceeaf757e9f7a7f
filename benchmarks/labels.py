"""What is written in the margin: kind of source, act, certainty, hearsay and chains, of the statements that were found.

    python -m benchmarks.labels [--only CORPUS] [--errors N] [--json FILE] [--check]

A statement counts as found where its content overlaps an annotated one by 0.3, whatever its source. README.md explains the rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.metrics import RIGHT, Counts, Scored, calibration_error, found_pairs, match, overlapping, reliability
from benchmarks.quality import Read, read
from benchmarks.report import Report, examples, options, table, test_articles
from training.corpora import inline
from volgens.records import Span

CORPORA = ("nl-dpg", "en-raw", "own-nl-dev", "own-en-dev", "own-nl-test", "own-en-test")
_ZOU = re.compile(r"\bzou(?:den)?\b", re.I)
_NOT_HEARSAY = ("intend", "believe", "ask", "demand", "decline")  # "zou graag", "zou niet willen"
Judged = tuple[str, str]
"""A label as annotated and as it was found."""


def pairs(article: Read) -> list[tuple[Scored, Scored]]:
    """The annotated statements that were found, and what was found."""
    return [(article.gold[g], article.found[f]) for g, f in found_pairs(article.text, article.gold, article.found)]


def accuracy(judged: Sequence[Judged]) -> float:
    """The share that is right; 0 of none."""
    return sum(a == b for a, b in judged) / len(judged) if judged else 0.0


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean F1 of the labels that were annotated at least once."""
    labels = sorted({a for a, _ in judged})
    scores = [
        Counts(sum(a == b == label for a, b in judged), sum(a == label for a, _ in judged), sum(b == label for _, b in judged)).f1
        for label in labels
    ]
    return sum(scores) / len(scores) if scores else 0.0


def chain(scored: Scored, others: Sequence[Scored]) -> list[tuple[Span, ...]]:
    """The sources from the outermost statement in to this one."""
    links = [scored.source]
    while scored.parent is not None:
        scored = others[scored.parent]
        links.append(scored.source)
    return links[::-1]


def chain_right(article: Read, gold: Scored, other: Scored) -> bool:
    """Whether both chains have the same links in the same order: sources that overlap by 0.6, or are both not expressed."""
    one, two = chain(gold, article.gold), chain(other, article.found)
    return len(one) == len(two) and all(overlapping(article.text, a, b) >= RIGHT for a, b in zip(one, two, strict=True))


def hearsay(article: Read) -> Counts:
    """Each "zou" and "zouden" of the text: the cue of hearsay in the annotation, and in what was found?"""

    def cues(scored: Iterable[Scored]) -> set[int]:
        spans = [(s.cue[0], s.act) for s in scored if s.cue]
        return {start for (start, _), act in spans if act not in _NOT_HEARSAY and _ZOU.match(article.text, start)}

    gold, other = cues(article.gold), cues(article.found)
    return Counts(len(gold & other), len(gold), len(other))


def confusion(what: str, judged: Sequence[Judged]) -> None:
    """Print of each label how many there are, how many are right, and what the others were taken for."""
    counts = Counter(judged)
    rows = []
    for label in sorted({a for a, _ in judged}):
        wrong = [(b, n) for (a, b), n in counts.most_common() if a == label != b]
        total = sum(n for (a, _), n in counts.items() if a == label)
        rows.append((label, total, counts[label, label] / total, ", ".join(f"{b} {n}" for b, n in wrong[:4])))
    table((what, "annotated", "right", "taken for"), rows)


def show(name: str, articles: Sequence[Read], report: Report) -> None:
    """Print and report every figure of a corpus."""
    found = [(article, *pair) for article in articles for pair in pairs(article)]
    print(f"{name}: {len(articles)} articles, {len(found)} of {sum(len(a.gold) for a in articles)} statements found")
    judged: dict[str, list[Judged]] = {
        what: [(a, b) for _, g, f in found if (a := getattr(g, what)) and (b := getattr(f, what))]
        for what in ("kind", "act", "certainty")
    }
    for what, labels in judged.items():
        if labels:
            confusion(what, labels)
            report.figures[f"{name}.{what}_accuracy"] = accuracy(labels)
            report.figures[f"{name}.{what}_macro_f1"] = macro_f1(labels)
    for what, sure in (("kind", "kind_confidence"), ("act", "act_confidence")):
        right = [(getattr(f, sure), getattr(g, what) == getattr(f, what)) for _, g, f in found if getattr(g, what)]
        report.figures[f"{name}.{what}_calibration_error"] = calibration_error(reliability(right))
    nested = [chain_right(*row) for row in found if row[1].parent is not None]
    annotated = sum(s.parent is not None for a in articles for s in a.gold)
    report.figures[f"{name}.chains_right"] = sum(nested) / len(nested) if nested else 0.0
    report.figures[f"{name}.chains_right_of_all"] = sum(nested) / annotated if annotated else 0.0
    flat = [row[2].parent is None for row in found if row[1].parent is None]
    report.figures[f"{name}.without_a_chain_right"] = sum(flat) / len(flat) if flat else 0.0
    zou = sum(map(hearsay, articles), Counts())
    if zou.gold:
        report.figures[f"{name}.zou_f1"] = zou.f1
    table(
        (f"{name}", "figure"),
        [(n.removeprefix(f"{name}.").replace("_", " "), v) for n, v in report.figures.items() if n.startswith(f"{name}.")],
    )


def wrong(articles: Sequence[Read], count: int) -> None:
    """Print the commonest confusions with some of the words, for a person to read."""
    kinds: dict[tuple[str, str, str], list[str]] = {}
    for article in articles:
        for gold, other in pairs(article):
            for what in ("kind", "act", "certainty"):
                a, b = getattr(gold, what), getattr(other, what)
                if a and a != b:
                    parts = (
                        " … ".join(article.text[x:y] for x, y in part) or "-" for part in (gold.source, gold.cue, gold.content)
                    )
                    words = " ".join(" | ".join(parts).split())
                    kinds.setdefault((what, a, b), []).append(f"{article.name}: {words[:150]}")
    for (what, a, b), lines in sorted(kinds.items(), key=lambda item: -len(item[1]))[:count]:
        print(f"{what} {a} taken for {b}: {len(lines)}")
        for line in lines[:4]:
            print(f"    {line}")
    print()


def example(report: Report) -> None:
    """Of the annotated example's statements, how many have the right source, kind, act and chain."""
    path = examples() / "nos-2024-11.ann.txt"
    if not path.is_file():
        print(f"example: skipped, there is no {path}; VOLGENS_EXAMPLES says where the examples are\n")
        return
    article = read(inline(path))
    right = 0
    for g, f in match(article.text, article.gold, article.found, RIGHT, RIGHT):
        gold, other = article.gold[g], article.found[f]
        right += gold.kind == other.kind and gold.act == other.act and chain_right(article, gold, other)
    print(f"example: {right} of {len(article.gold)} statements with source, content, kind, act and chain right\n")
    report.figures["example.all_right"] = right


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--only", choices=(*CORPORA, "example"), help="measure on this alone")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the N commonest confusions of each corpus")
    chosen = parser.parse_args(arguments)
    report = Report("labels")
    for name in CORPORA if chosen.only is None else [name for name in CORPORA if name == chosen.only]:
        articles = [read(article) for article in test_articles(name)]
        if articles:
            show(name, articles, report)
            wrong(articles, chosen.errors)
    if chosen.only in (None, "example"):
        example(report)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
