"""How well volgens reads: exact spans, who said what, and whether its confidence can be trusted.

    python -m benchmarks.quality [--only CORPUS] [--errors N] [--json FILE] [--check]

PolNeAR marks no attribution inside another's content, so its main figures leave out found statements that have a parent;
under "with nested" they count, and cost precision. Elsewhere everything counts. README.md tells what each row is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace

import volgens
from benchmarks.metrics import (
    RIGHT,
    ROLES,
    Bin,
    Counts,
    Pair,
    Scored,
    annotated,
    calibration_error,
    exact,
    found,
    found_pairs,
    match,
    reliability,
    who_said_what,
    words,
)
from benchmarks.report import Report, examples, options, table, test_articles
from training.corpora import Annotated, Span, inline

CORPORA = ("polnear", "nl-dpg", "en-raw", "own-nl-dev", "own-en-dev", "own-nl-test", "own-en-test")


@dataclass(frozen=True, slots=True)
class Read:
    """One article as annotated and as it was read."""

    name: str
    text: str
    gold: list[Scored]
    found: list[Scored]

    @property
    def fitted(self) -> bool:
        """Whether the confidence was fitted on this article, as training/calibrate.py chooses them."""
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 2 == 0

    def outermost(self) -> Read:
        """Without the found statements that have a parent."""
        return replace(self, found=[s for s in self.found if s.parent is None])

    def right(self) -> list[Pair]:
        return who_said_what(self.text, self.gold, self.found)

    def counts(self, pairs: Sequence[Pair]) -> Counts:
        return Counts(len(pairs), len(self.gold), len(self.found))


def read(article: Annotated) -> Read:
    """Have volgens read the article's text."""
    return Read(article.name, article.text, annotated(article), found(volgens.read(article.text)[1]))


def scores(articles: Sequence[Read]) -> dict[str, Counts]:
    """Every count over ``articles``, by the name of its figure."""

    def total(measure: Callable[[Read], Counts]) -> Counts:
        return sum(map(measure, articles), Counts())

    rows: dict[str, Counts] = {}
    for suffix, strict in (("", False), ("_strict", True)):
        for role in ROLES:
            rows[f"{role}_exact{suffix}"] = total(lambda a, r=role, s=strict: exact(a.text, a.gold, a.found, r, strict=s))  # type: ignore[misc]
        rows[f"micro_exact{suffix}"] = sum((rows[f"{role}_exact{suffix}"] for role in ROLES), Counts())
    for role in ROLES:
        rows[f"{role}_words"] = total(lambda a, r=role: words(a.text, a.gold, a.found, r))  # type: ignore[misc]
    rows["found"] = total(lambda a: a.counts(found_pairs(a.text, a.gold, a.found)))
    rows["who_said_what"] = total(lambda a: a.counts(a.right()))
    return rows


def show(title: str, prefix: str, articles: Sequence[Read], report: Report) -> None:
    """Print the scores and put their F1 among the figures."""
    rows = scores(articles)
    print(f"{title}: {len(articles)} articles, {sum(len(a.gold) for a in articles)} attributions")
    table(("", "precision", "recall", "F1"), [(n.replace("_", " "), c.precision, c.recall, c.f1) for n, c in rows.items()])
    report.figures.update({f"{prefix}.{name}_f1": count.f1 for name, count in rows.items()})


def calibration(title: str, articles: Iterable[Read], report: Report) -> float:
    """Confidence against being right, on articles that it was not fitted on."""
    judged = []
    for article in articles:
        right = {f for _, f in article.right()}
        judged += [(s.confidence, i in right) for i, s in enumerate(article.found)]
    bins = reliability(judged)
    error = calibration_error(bins)
    print(f"{title}: confidence against being right; {len(judged)} statements, expected calibration error {error:.3f}")
    table(("confidence", "statements", "mean", "right"), [_row(b) for b in bins])
    report.details[f"reliability, {title}"] = [asdict(b) for b in bins]
    return error


def _row(b: Bin) -> tuple[str | int | float, ...]:
    return (f"{b.low:.1f}-{b.high:.1f}", b.count, *((b.confidence, b.right) if b.count else ("-", "-")))


def example(report: Report) -> None:
    """How many statements of the annotated example are found with most of their content."""
    path = examples() / "nos-2024-11.ann.txt"
    if not path.is_file():
        print(f"example: skipped, there is no {path}; VOLGENS_EXAMPLES says where the examples are\n")
        return
    article = read(inline(path))
    pairs = match(article.text, article.gold, article.found, RIGHT)
    print(f"example: {len(pairs)} of {len(article.gold)} statements found, {len(article.right())} of them with their source\n")
    report.figures["example.statements_found"] = len(pairs)


def errors(articles: Sequence[Read], count: int) -> None:
    """Print, of the articles with most errors, what was annotated and what was found, for a person to read."""

    def wrong(article: Read) -> int:
        return len(article.gold) + len(article.found) - 2 * len(article.right())

    for article in sorted(articles, key=lambda a: (-wrong(a), a.name))[:count]:
        pairs = article.right()
        missed = [i for i in range(len(article.gold)) if i not in {g for g, _ in pairs}]
        extra = [i for i in range(len(article.found)) if i not in {f for _, f in pairs}]
        near = found_pairs(article.text, [article.gold[i] for i in missed], [article.found[i] for i in extra])
        print(f"== {article.name}: {len(pairs)} right, {len(missed)} missed, {len(extra)} too many")
        for g, f in near:
            print("  annotated", _line(article.text, article.gold[missed[g]]))
            print("  found    ", _found_line(article, extra[f]), "\n")
        for g in sorted(set(range(len(missed))) - {g for g, _ in near}):
            print("  missed   ", _line(article.text, article.gold[missed[g]]), "\n")
        for f in sorted(set(range(len(extra))) - {f for _, f in near}):
            print("  too many ", _found_line(article, extra[f]), "\n")


def _line(text: str, scored: Scored) -> str:
    def mention(spans: tuple[Span, ...]) -> str:
        return " … ".join(" ".join(text[start:end].split()) for start, end in spans) or "-"

    labels = " ".join(filter(None, (scored.kind, scored.act)))
    return " | ".join([*map(mention, (scored.source, scored.cue, scored.content)), labels])


def _found_line(article: Read, index: int) -> str:
    return f"{_line(article.text, article.found[index])} | confidence {article.found[index].confidence:.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--only", choices=(*CORPORA, "example"), help="measure on this alone")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the N articles with most errors of each corpus")
    chosen = parser.parse_args(arguments)
    report = Report("quality")
    for name in CORPORA if chosen.only is None else [name for name in CORPORA if name == chosen.only]:
        articles = [read(article) for article in test_articles(name)]
        if not articles:
            continue
        if name == "polnear":
            show("polnear, with nested", "polnear_with_nested", articles, report)
            articles = [article.outermost() for article in articles]
        show(name, name, articles, report)
        unseen = [article for article in articles if not article.fitted]
        half = sum((a.counts(a.right()) for a in unseen), Counts()).f1
        print(f"{name}: who-said-what F1 on the {len(unseen)} articles that nothing was fitted on: {half:.3f}\n")
        report.figures[f"{name}.unfitted_who_said_what_f1"] = half
        figure = "calibration_error" if name == "polnear" else f"{name}.calibration_error"
        report.figures[figure] = calibration(name, unseen, report)
        errors(articles, chosen.errors)
    if chosen.only in (None, "example"):
        example(report)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
