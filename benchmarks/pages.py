"""How well volgens reads web pages: title, authors, date and body, and how fast beside trafilatura.

    python -m benchmarks.pages [--only aeb|fundus] [--errors N] [--no-speed] [--json FILE] [--check]

Every figure is printed for all pages, and for the half that was not looked at while the rules were written. README.md tells what
each row is, and how the halves are told apart.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from benchmarks.report import Report, corpora, options, table
from volgens.articles.pages.page import read_page
from volgens.articles.single import read_single
from volgens.errors import InputError
from volgens.records import Article

BODY = ("paragraph", "subhead", "quotation", "entry", "notice")
NOBODY = frozenset((
    "the associated press", "associated press", "afp deutschland", "dpa", "afp", "reuters", "redaktion hessenschau.de", "ndr.de",
    "der spiegel", "sportschau.de", "le figaro et afp", "les echos", "in-redaktion", "दैनिक भास्कर", "mbl.is", "朝日新聞デジタル",
    "中日新聞web", "日刊現代", "mnd staff", "última hora", "habertürk", "anadolu ajansı", "ntv.com.tr", "bbc news",
    "guardian staff reporter", "gear team", "dizindaba", "sweidah", "nairobi", "lille",
))  # fmt: skip
"""What fundus annotates as an author and is none: agencies, outlets, desks, and places of bylines. Looked through by hand."""
WORD = re.compile(r"\w+")
NGRAM = 4


@dataclass(frozen=True, slots=True)
class Gold:
    """A page with what is known of it. ``group`` is what tells its half: pages of one publisher are in the same one."""

    name: str
    group: str
    data: bytes
    url: str
    body: str
    summary: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    seen: str | None = None

    @property
    def looked_at(self) -> bool:
        """Whether the rules were written with a look at this page."""
        return hashlib.sha256(self.group.encode()).digest()[-1] & 2 == 0


def aeb(folder: Path) -> list[Gold]:
    """The article extraction benchmark: bodies alone."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = ((name, gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())) for name in sorted(truth))
    return [Gold(name, name, data, truth[name]["url"], truth[name]["articleBody"]) for name, data in pages]


def fundus(folder: Path) -> list[Gold]:
    """Pages of the fundus project's tests. A publisher's versions (V1, V1_1, V2) are its pages in the order of their days."""
    found = []
    for path in sorted(folder.glob("*/*.json")):
        if path.name == "meta.json":
            continue
        meta = json.loads((path.parent / "meta.json").read_text(encoding="utf-8"))
        truth = json.loads(path.read_text(encoding="utf-8"))
        pages = sorted(path.parent.glob(f"{path.stem}_[0-9]*.html.gz"))
        for page, (version, gold) in zip(pages, sorted(truth.items()), strict=True):
            found.append(_fundus_page(f"{path.stem} {version}", page, meta[page.name], gold))
    return found


def _fundus_page(name: str, page: Path, meta: dict[str, str], gold: dict[str, Any]) -> Gold:
    lines = [line for section in gold["body"]["sections"] for line in (*section["headline"], *section["paragraphs"])]
    return Gold(
        name=name,
        group=name.split()[0],
        data=gzip.decompress(page.read_bytes()),
        url=meta["url"],
        body="\n".join(lines),
        summary="\n".join(gold["body"]["summary"]),
        title=gold["title"],
        authors=tuple(gold.get("authors", ())),
        published=datetime.fromisoformat(gold["publishing_date"]),
        seen=datetime.fromisoformat(meta["crawl_date"]).isoformat(timespec="seconds"),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A page and the article that was read from it; None where it could not be."""

    gold: Gold
    article: Article | None

    def text(self, *kinds: str) -> str:
        article = self.article
        return "\n".join(article.text[slice(*b.span)] for b in article.blocks if b.kind in kinds) if article else ""

    def shingles(self, *, summary: bool = False) -> tuple[float, float, float]:
        """The shares of the words' 4-grams that are right, too many, and missing, as the AEB project counts them."""
        gold = _shingles(f"{self.gold.summary}\n{self.gold.body}" if summary else self.gold.body)
        found = _shingles(self.text(*BODY, *(("standfirst",) if summary else ())))
        right, all_found, all_gold = (gold & found).total(), found.total(), gold.total()
        total = all_found + all_gold - right or 1
        return right / total, (all_found - right) / total, (all_gold - right) / total

    @property
    def title_right(self) -> bool:
        return self.article is not None and _spaced(self.article.title) == _spaced(self.gold.title)

    @property
    def day_right(self) -> bool:
        """Whether it is the calendar day that is annotated, in the zone of either."""
        if self.article is None or self.article.published is None or self.gold.published is None:
            return False
        found, gold = datetime.fromisoformat(self.article.published), self.gold.published
        days = {found.date()}
        if found.tzinfo and gold.tzinfo:
            days.add(found.astimezone(gold.tzinfo).date())
        return gold.date() in days

    def names(self) -> tuple[set[str], set[str]]:
        """Authors as annotated and as found, in one case."""
        found = self.article.authors if self.article else ()
        return {_spaced(name).casefold() for name in self.gold.authors}, {_spaced(name).casefold() for name in found}


def _spaced(text: str | None) -> str:
    return " ".join((text or "").split())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + NGRAM]) for i in range(max(1, len(words) - NGRAM + 1)) if words)


def body_scores(counted: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the AEB project: the F1 of the mean precision and the mean recall over the pages."""
    precision = mean(right / (right + wrong) for right, wrong, _ in counted if right + wrong)
    recall = mean(right / (right + missing) for right, _, missing in counted if right + missing)
    return precision, recall, 2 * precision * recall / (precision + recall)


def author_scores(pages: Sequence[Read], nobody: Collection[str] = ()) -> tuple[float, float, float]:
    """Precision, recall and F1 over all names of all pages, but for those in ``nobody``."""
    pairs = [(gold.difference(nobody), found.difference(nobody)) for gold, found in (page.names() for page in pages)]
    right = sum(len(gold & found) for gold, found in pairs)
    precision, recall = right / (sum(len(found) for _, found in pairs) or 1), right / (sum(len(gold) for gold, _ in pairs) or 1)
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


def read(page: Gold) -> Read:
    try:
        return Read(page, read_page(page.data, page.name, url=page.url, seen=page.seen)[0])
    except InputError:
        return Read(page, None)


def figures(name: str, pages: Sequence[Read]) -> dict[str, tuple[float, float, float] | float]:
    rows: dict[str, tuple[float, float, float] | float] = {"body": body_scores([page.shingles() for page in pages])}
    if name == "fundus":
        rows["body with standfirst"] = body_scores([page.shingles(summary=True) for page in pages])
        rows["authors"] = author_scores(pages, NOBODY)
        rows["authors as annotated"] = author_scores(pages)
        rows["title exact"] = mean(page.title_right for page in pages)
        rows["date"] = mean(page.day_right for page in pages)
    return rows


def show(name: str, part: str, pages: Sequence[Read], report: Report) -> None:
    """Print the figures of ``pages`` and keep them; ``part`` is "" for all of them."""
    rows = []
    for figure, value in figures(name, pages).items():
        precision, recall, f1 = value if isinstance(value, tuple) else ("", "", value)
        rows.append((figure, precision, recall, f1))
        key = f"pages.{name}.{figure.replace(' ', '_')}{'_f1' if isinstance(value, tuple) else ''}"
        report.figures[f"{key}{part and '.' + part}"] = f1
    print(f"{name}, {part or 'all'}: {len(pages)} pages")
    table(("", "precision", "recall", "F1 or share"), rows)


def errors(pages: Sequence[Read], count: int) -> None:
    """What differs on the pages that may be looked at: all titles, authors and dates, and the ``count`` worst bodies."""
    for page in pages:
        gold, found = page.names()
        wrong = []
        if page.gold.title is not None:
            wrong += [] if page.title_right else [f"title {page.gold.title!r} / {page.article and page.article.title!r}"]
            wrong += [] if gold == found else [f"authors {sorted(gold - found)} / {sorted(found - gold)}"]
            wrong += [] if page.day_right else [f"date {page.gold.published} / {page.article and page.article.published}"]
        if wrong:
            print(page.gold.name, *wrong, sep="\n    ")
    for page in sorted(pages, key=lambda page: page.shingles()[0])[:count]:
        right, wrong_share, missing = page.shingles()
        print(f"\n{page.gold.name} {page.gold.url}: right {right:.2f}, too much {wrong_share:.2f}, missing {missing:.2f}")
        gold, ours = (dict.fromkeys(filter(None, map(_spaced, text.split("\n")))) for text in (page.gold.body, page.text(*BODY)))
        print(*(f"  - {line[:150]}" for line in gold if line not in ours), sep="\n")
        print(*(f"  + {line[:150]}" for line in ours if line not in gold), sep="\n")


def speed(pages: Sequence[Gold], repeats: int, report: Report) -> None:
    """Read the same pages with volgens and with trafilatura in turn, in this process."""
    from trafilatura import bare_extraction

    def ours(page: Gold) -> object:
        # With all that an article gets: its language and credits as well.
        with suppress(InputError):
            return read_single("page", page.data, page.name, url=page.url, seen=page.seen)
        return None

    def theirs(page: Gold) -> object:
        return bare_extraction(page.data, url=page.url, with_metadata=True)

    readers: dict[str, Callable[[Gold], object]] = {"volgens": ours, "trafilatura": theirs}
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for reader in readers.values():
        reader(pages[0])
    for _ in range(repeats):
        for name, reader in readers.items():
            start = time.perf_counter()
            for page in pages:
                reader(page)
            seconds[name].append(time.perf_counter() - start)
    rounds = [theirs / ours for ours, theirs in zip(seconds["volgens"], seconds["trafilatura"], strict=True)]
    print(f"{len(pages)} pages, {repeats} rounds; trafilatura with its metadata")
    table(("", "pages/s"), [(name, f"{len(pages) / median(taken):.1f}") for name, taken in seconds.items()])
    print(f"volgens reads {median(rounds):.2f} times as many pages per second ({min(rounds):.2f}-{max(rounds):.2f})\n")
    report.figures["pages.speed_ratio"] = median(rounds)
    report.details["seconds"] = seconds


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--only", choices=("aeb", "fundus"), help="one set of pages")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print what differs, and the N worst bodies")
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="rounds for the speed (default 3; 0 leaves it out)")
    chosen = parser.parse_args(arguments)
    report = Report("pages")
    everything: list[Gold] = []
    for name, load in (("aeb", aeb), ("fundus", fundus)):
        folder = corpora() / "html" / name
        if chosen.only not in (None, name):
            continue
        if not folder.is_dir():
            print(f"{name}: skipped, there is no folder {folder}; VOLGENS_CORPORA says where the corpora are\n")
            continue
        gold = load(folder)
        everything += gold
        pages = [read(page) for page in gold]
        show(name, "", pages, report)
        show(name, "not looked at", [page for page in pages if not page.gold.looked_at], report)
        if chosen.errors:
            show(name, "looked at", [page for page in pages if page.gold.looked_at], report)
            errors([page for page in pages if page.gold.looked_at], chosen.errors)
    if everything and chosen.repeats:
        speed(everything, chosen.repeats, report)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
