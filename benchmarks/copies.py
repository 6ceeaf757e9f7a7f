"""Copied passages, on copies that the benchmark makes of real articles: pairs found, and which of two is the source.

    python -m benchmarks.copies [--families N] [--seed N] [--errors N] [--json FILE] [--check]

Each family begins with an article of ../shared/corpora/raw, English or Dutch. Other outlets take it over: whole, trimmed, with
words left out and others put in their place and clauses turned round, from one another in chains, with and without a credit, at
times dated before what they credit; its own outlet brings a second version. Among them stand articles that share only a quotation,
and all of an outlet end with the same lines. A pair is true where two of a family share forty words of the original or more. The
direction is judged where one of two was made of the other, by whatever steps.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations
from time import perf_counter

from benchmarks.report import Report, corpora, options, table
from training.corpora import raw
from volgens.articles.credits import credits
from volgens.origins.copies import copies
from volgens.records import Article, Derivation

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[\"”’']*\s*|\n")
SWAPPED = (
    "said/stated also/too because/since big/large but/yet however/still many/numerous people/persons president/leader "
    "show/reveal while/as will/would that/which about/around after/following before/ahead new/fresh zei/vertelde "
    "ook/eveneens omdat/want maar/echter veel/talrijke mensen/personen grote/forse volgens/aldus nu/thans nog/steeds "
    "naar/richting over/omtrent wordt/werd na/volgend nieuwe/verse"
)
SWAPS = dict(pair.split("/") for pair in SWAPPED.split())
OUTLETS = (
    "The Harbour Ledger",
    "De Kadekrant",
    "Northwire Daily",
    "Dagdraad",
    "Marrow Coast News",
    "De Polderpost",
    "Ridge Courier",
)
CREDITS = {
    "en": ("This article first appeared in {}.", "Source: {}", "With reporting from {}."),
    "nl": ("Dit artikel verscheen eerder in {}.", "Bron: {}", "Overgenomen uit {}."),
}
LONG_ENOUGH = 40


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a family: the numbers of the original's sentences in it, how it was made, and which member it was made from."""

    article: Article
    kept: frozenset[int]
    way: str
    parent: int | None


def rewritten(sentence: str, chance: random.Random) -> str:
    """A sentence lightly rewritten: some words swapped, some left out, now and then what follows a comma put first."""
    words = []
    for word in sentence.split(" "):
        if word.lower() in SWAPS and chance.random() < 0.8:
            words.append(SWAPS[word.lower()])
        elif chance.random() > 0.08:
            words.append(word)
    whole = " ".join(words)
    head, comma, tail = whole.partition(", ")
    return f"{tail.rstrip('. ')}, {head}. " if comma and chance.random() < 0.3 else whole


def family(number: int, text: str, language: str, chance: random.Random) -> list[Member]:
    """An original and three to six articles made of it, one from another."""
    sentences = SENTENCE.findall(text)
    begun = datetime(2024, 3, 4) + timedelta(days=number % 40, hours=chance.randrange(8, 20))
    outlets = chance.sample(OUTLETS, len(OUTLETS))

    def member(kept: Sequence[tuple[int, str]], way: str, parent: int | None, place: int) -> Member:
        when = begun + timedelta(hours=7 * place + chance.randrange(6))
        outlet = outlets[0] if way == "version" else outlets[place]
        if way == "credited early":
            when = begun - timedelta(hours=2)
        text = "".join(words for _, words in kept).strip()
        if way.startswith("credited") and parent is not None:
            text += "\n" + chance.choice(CREDITS[language]).format(made[parent].article.outlet)
        text += f"\n{outlet} is an independent outlet. Support our newsroom with a gift, today and every day of the year."
        article = Article(text, f"https://{place}.example/{number}", outlet, None, language, when.isoformat() + "+00:00")
        return Member(replace(article, credits=credits(article)), frozenset(i for i, _ in kept), way, parent)

    made: list[Member] = []
    made.append(member(list(enumerate(sentences)), "original", None, 0))
    pieces: list[list[tuple[int, str]]] = [list(enumerate(sentences))]
    for place in range(1, chance.randint(3, 6)):
        way = chance.choice(("whole", "trimmed", "rewritten", "credited", "credited early", "version"))
        parent = 0 if way in ("credited early", "version") else chance.randrange(place)
        kept = pieces[parent]
        if way in ("trimmed", "credited"):
            kept = kept[: max(5, int(len(kept) * chance.uniform(0.4, 0.8)))]
        if way == "rewritten":
            kept = [(i, rewritten(words, chance)) for i, words in kept if chance.random() > 0.15]
        if way == "version":
            kept = [(i, words) for i, words in kept if chance.random() > 0.1]
        pieces.append(kept)
        made.append(member(kept, way, parent, place))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument(
        "--families", type=int, default=150, metavar="N", help="families, two of three of them English (default 150)"
    )
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="of all that is drawn (default 7)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N pairs that were missed or wrong")
    chosen = parser.parse_args(arguments)
    report = Report("copies")
    if not (corpora() / "raw").is_dir():
        print(f"copies: skipped, there is no {corpora() / 'raw'}; VOLGENS_CORPORA says where the corpora are\n")
        return report.finish(chosen)
    chance = random.Random(chosen.seed)
    texts = [(text, language) for language in ("en", "nl") for _, text in _drawn(language, chosen.families, chance)]
    families = [family(number, text, language, chance) for number, (text, language) in enumerate(texts[: chosen.families])]
    others = quoting(texts[chosen.families :], families, chance)
    articles = [member.article for members in families for member in members] + others
    begun = perf_counter()
    found = copies(chance.sample(articles, len(articles)))
    seconds = perf_counter() - begun
    judge(found, families, chosen.errors, report)
    print(f"{len(articles)} articles in {seconds:.1f} s\n")
    return report.finish(chosen)


def _drawn(language: str, families: int, chance: random.Random) -> list[tuple[str, str]]:
    long = [(id, text) for id, text in raw(corpora(), f"{language}_news") if 1200 < len(text) < 6000]
    return chance.sample(long, families * 2 // 3 if language == "en" else families)


def quoting(texts: Sequence[tuple[str, str]], families: Sequence[list[Member]], chance: random.Random) -> list[Article]:
    """Articles of other events, each with a long quotation that stands in a family as well."""
    made = []
    for number, (text, language) in enumerate(texts):
        members = families[number % len(families)]
        quoted = re.findall(r"[“\"][^”\"]{80,400}[”\"]", members[0].article.text)
        if quoted:
            when = f"2024-03-{4 + number % 25:02}T12:00:00+00:00"
            text = f"{text}\n{chance.choice(quoted)}, is wat er werd gezegd.\n"
            made.append(Article(text, f"https://anders.example/{number}", chance.choice(OUTLETS), None, language, when))
    return made


def judge(found: Sequence[Derivation], families: Sequence[list[Member]], errors: int, report: Report) -> None:
    """Compare the pairs found with those that are true, and print what comes of it by the way in which copies were made."""
    of = {member.article.id: (number, place) for number, members in enumerate(families) for place, member in enumerate(members)}
    true: dict[frozenset[str], str] = {}
    for members in families:
        lengths = [len(sentence.split()) for sentence in SENTENCE.findall(members[0].article.text)]
        for one, other in combinations(members, 2):
            if sum(lengths[i] for i in one.kept & other.kept if i < len(lengths)) >= LONG_ENOUGH:
                true[frozenset((one.article.id, other.article.id))] = other.way
    pairs = {frozenset((d.derived, d.source)): d for d in found}
    right = pairs.keys() & true.keys()
    precision, recall = len(right) / (len(pairs) or 1), len(right) / (len(true) or 1)
    straight = [_straight(families, of[pairs[pair].derived], of[pairs[pair].source]) for pair in right]
    judged = [value for value in straight if value is not None]
    direction = sum(judged) / (len(judged) or 1)
    rows: list[Sequence[object]] = [("all pairs", len(true), precision, recall, direction)]
    for way in sorted(set(true.values())):
        these = {pair for pair, how in true.items() if how == way}
        rows.append((f"of these, later one {way}", len(these), "", len(these & right) / len(these), ""))
    table(("", "true", "precision", "recall", "direction"), rows)
    report.figures |= {"copies.pairs_precision": precision, "copies.pairs_recall": recall, "copies.direction": direction}
    for pair in [*(pairs.keys() - true.keys()), *(true.keys() - pairs.keys())][:errors]:
        members = [families[of[id][0]][of[id][1]] for id in sorted(pair) if id in of]
        print("missed" if pair in true else "wrong", [(m.way, sorted(m.kept)[-1:], m.article.url) for m in members])


def _straight(families: Sequence[list[Member]], derived: tuple[int, int], source: tuple[int, int]) -> bool | None:
    """Whether the first was made of the second; None where neither was made of the other."""
    members = families[derived[0]]
    if source[1] in _above(members, derived[1]):
        return True
    return False if derived[1] in _above(members, source[1]) else None


def _above(members: Sequence[Member], place: int) -> set[int]:
    """The members that one was made of, by whatever steps."""
    found = set()
    parent = members[place].parent
    while parent is not None:
        found.add(parent)
        parent = members[parent].parent
    return found


if __name__ == "__main__":
    raise SystemExit(main())
