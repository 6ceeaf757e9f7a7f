"""How many independent origins a claim has, on families of articles of which the truth is known.

    python -m benchmarks.origins [--families N] [--seed N] [--errors N] [--json FILE] [--check]

Each family plants one claim of corpora/claims (dev and test) in articles of ../shared/corpora/raw. One, two or three outlets
have it from an origin of their own: a person or body on the record, nameless sources, a document. Others take it over in a chain:
whole, trimmed, rewritten, with and without a credit; translate and credit it; cite it in other words or the other language, with
and without the source behind it; repeat it flatly; bring a second version; now and then the first outlet reports that now others
have it too, or two outlets cite one another. The truth is the number of origins that were put in. The rest of each article is
somebody else's story, so that nothing but the planted sentence tells of the claim.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.copies import CREDITS, SENTENCE, rewritten
from benchmarks.report import Report, corpora, options, table
from training.corpora import raw
from volgens.articles.credits import credits
from volgens.origins.copies import copies
from volgens.origins.derivations import outlets_of, within_story
from volgens.origins.folding import Told
from volgens.pipeline import read_article, trace_story
from volgens.reader.comparer import Comparer
from volgens.reader.network import Reader
from volgens.records import Article, Trace

CLAIMS = Path(__file__).parent.parent / "corpora" / "claims"
OUTLETS = {
    "en": ("The Harbour Ledger", "Northwire Daily", "Marrow Coast News", "Ridge Courier", "The Fenland Post"),
    "nl": ("De Kadekrant", "Dagdraad", "De Polderpost", "Lommerse Courant", "Het Noorderblad"),
}
PEOPLE = (("Ewout Palland", "Joke Terwisscha"), ("Maureen Tibbet", "Callum Oakes"), ("Sefa Demirkan", "Rik Vandewalle"))
ROLES = {
    "en": ("council spokeswoman", "professor of law", "union leader"),
    "nl": ("gemeentewoordvoerster", "hoogleraar recht", "vakbondsleider"),
}
TRANSLATED = {
    "en": "This article was first published by {}, and translated from the Dutch.",
    "nl": "Dit artikel verscheen eerder in {}, en is vertaald uit het Engels.",
}
BODIES = {"en": ("the board", "the council", "the company"), "nl": ("het bestuur", "de gemeente", "het bedrijf")}
SAID = {
    "named": {
        "en": ("{role} {name} said {c}.", "{role} {name} told {outlet} that {c}.", "{C}, according to {role} {name}."),
        "nl": (
            "{role} {name} zegt dat {c}.",
            "Tegenover {outlet} stelt {role} {name} dat {c}.",
            "Volgens {role} {name} is het zo dat {c}.",
        ),
    },
    "anonymous": {
        "en": (
            "Sources close to {body} told {outlet} that {c}.",
            "{C}, people familiar with the matter said.",
            "A source inside {body}, who asked not to be named, said {c}.",
        ),
        "nl": (
            "Bronnen rond {body} zeggen tegen {outlet} dat {c}.",
            "Ingewijden bij {body} melden dat {c}.",
            "Een bron binnen {body}, die anoniem wil blijven, zegt dat {c}.",
        ),
    },
    "document": {
        "en": ("An internal report seen by {outlet} says that {c}.", "{C}, a leaked memo shows."),
        "nl": ("In een intern rapport dat {outlet} heeft ingezien staat dat {c}.", "Uit een gelekte nota blijkt dat {c}."),
    },
    "cites": {
        "en": ("{C}, {source} reports.", "According to {source}, {c}.", "{source} reported that {c}."),
        "nl": ("{source} meldt dat {c}.", "Volgens {source} is het zo dat {c}.", "Dat {c}, schrijft {source}."),
    },
    "cites sources": {
        "en": ("{source} reported, citing sources, that {c}.",),
        "nl": ("{source} meldt op basis van bronnen dat {c}.",),
    },
    "translated": {"en": ("{C}.",), "nl": ("{C}.",)},
    "flat": {"en": ("{C}.",), "nl": ("Het staat vast dat {c}.",)},
    "returns": {
        "en": ("{source} now also reports that {c}, as this newspaper did before.",),
        "nl": ("Ook {source} meldt nu dat {c}, zoals deze krant eerder deed.",),
    },
}


COPIED = ("whole", "trimmed", "rewritten", "credited", "version")
CIRCULAR = 0.1  # of the families


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a family, the sentence that plants the claim in it, and how it came by it."""

    article: Article
    planted: str
    way: str


@dataclass(frozen=True, slots=True)
class Family:
    """Articles with one claim, and how many origins it has."""

    members: tuple[Member, ...]
    origins: int


def wordings() -> list[dict[str, list[str]]]:
    """For each claim of the corpus that can stand in the templates, its wordings by language."""
    found: defaultdict[tuple[str, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in ("dev", "test"):
        for line in (CLAIMS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"].strip().rstrip(".")
            if row["stance"] == "against" or '"' in text or row["value"]:
                continue
            if row["language"] == "nl" and text.startswith("dat "):
                found[row["story"], row["claim"]]["nl"].append(text.removeprefix("dat "))
            elif row["language"] == "en" and not text.startswith("to "):
                found[row["story"], row["claim"]]["en"].append(text.removeprefix("that "))
    return [dict(by) for _, by in sorted(found.items()) if len(by) == 2]


class _Maker:
    """Makes the articles of one family."""

    def __init__(self, number: int, wording: dict[str, list[str]], fillers: dict[str, list[str]], chance: random.Random) -> None:
        self.wording, self.fillers, self.chance, self.number = wording, fillers, chance, number
        self.when = datetime(2024, 3, 4, 8) + timedelta(days=number % 300)
        self.outlets = {language: chance.sample(names, len(names)) for language, names in OUTLETS.items()}
        self.people = list(chance.choice(PEOPLE))
        self.members: list[Member] = []

    def write(self, way: str, language: str, source: str | None = None, outlet: str | None = None) -> Member:
        """An article of its own words, with the claim at its head."""
        outlet = outlet or self.outlets[language].pop()
        content = self.chance.choice(self.wording[language])
        role = self.chance.choice(ROLES[language])
        name = self.people.pop() if way == "named" else ""
        filled = self.chance.choice(SAID[way][language]).format(
            c=content, C=content[0].upper() + content[1:], role=role, name=name, outlet=outlet, source=source,
            body=self.chance.choice(BODIES[language]),
        )  # fmt: skip
        planted = filled[0].upper() + filled[1:]
        lines = [line for line in self._filler(language).splitlines() if len(line) > 80][:6]
        lines += [TRANSLATED[language].format(source)] if way == "translated" else []
        text = "\n".join([planted, *lines])
        return self._put(text, outlet, language, planted, way)

    def _filler(self, language: str) -> str:
        """The next article that is credited to nobody."""
        while True:
            text = self.fillers[language].pop()
            if not credits(Article(text, None, None, None, language, None)):
                return text

    def copy(self, of: Member, way: str) -> Member:
        """An article of another outlet made of one that is there."""
        language = of.article.language
        outlet = of.article.outlet if way == "version" else self.outlets[language].pop()
        sentences = SENTENCE.findall(of.article.text)
        planted = of.planted
        if way == "rewritten":
            sentences = [s if s.strip() == planted else rewritten(s, self.chance) for s in sentences]
        if way in ("trimmed", "credited"):
            sentences = sentences[: max(6, int(0.6 * len(sentences)))]
        text = "".join(sentences)
        if way == "credited":
            text += "\n" + self.chance.choice(CREDITS[language]).format(of.article.outlet)
        return self._put(text, outlet or "", language, planted, way)

    def _put(self, text: str, outlet: str, language: str, planted: str, way: str) -> Member:
        self.when += timedelta(hours=self.chance.randrange(1, 9))
        address = f"https://{len(self.members)}.example/{self.number}"
        article = Article(text.strip(), address, outlet, None, language, self.when.isoformat() + "+00:00")
        self.members.append(Member(replace(article, credits=credits(article)), planted, way))
        return self.members[-1]


def family(number: int, wording: dict[str, list[str]], fillers: dict[str, list[str]], chance: random.Random) -> Family:
    """One to three origins, or two articles that cite one another; and three to six articles that take the claim over."""
    make = _Maker(number, wording, fillers, chance)
    if chance.random() < CIRCULAR:
        ways = ["cites"]
        languages = chance.choice(("en", "nl")), chance.choice(("en", "nl"))
        second = make.outlets[languages[1]].pop()
        first = make.write("cites", languages[0], second)
        make.write("cites", languages[1], first.article.outlet, second)
    else:
        ways = chance.sample(("named", "anonymous", "document", "named"), chance.choice((1, 1, 1, 2, 2, 3)))
        first = make.write(ways[0], chance.choice(("en", "nl")))
    for turn in range(chance.randint(3, 6)):
        if turn + 1 < len(ways):
            make.write(ways[turn + 1], chance.choice(("en", "nl")))
        of = chance.choice(make.members)
        way = chance.choice((*COPIED, "translated", "cites", "cites", "cites sources", "flat", "returns"))
        language = chance.choice(("en", "nl"))
        if way == "translated":
            language = "nl" if of.article.language == "en" else "en"
        if way in COPIED:
            if make.outlets[of.article.language]:
                make.copy(of, way)
        elif way == "returns":
            if of.article.outlet != first.article.outlet:
                make.write(way, first.article.language, of.article.outlet, first.article.outlet)
        elif make.outlets[language] and not (way == "cites sources" and of.way != "anonymous"):
            make.write(way, language, of.article.outlet)
    return Family(tuple(make.members), len(ways))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--families", type=int, default=120, metavar="N", help="families (default 120)")
    parser.add_argument("--seed", type=int, default=11, metavar="N", help="of all that is drawn (default 11)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N families that are told wrongly")
    chosen = parser.parse_args(arguments)
    report = Report("origins")
    if not (corpora() / "raw").is_dir():
        print(f"origins: skipped, there is no {corpora() / 'raw'}; VOLGENS_CORPORA says where the corpora are\n")
        return report.finish(chosen)
    chance = random.Random(chosen.seed)
    fillers = {
        language: [text for _, text in raw(corpora(), f"{language}_news") if 1200 < len(text) < 6000] for language in OUTLETS
    }
    for texts in fillers.values():
        chance.shuffle(texts)
    said = wordings()
    families = [family(number, said[number % len(said)], fillers, chance) for number in range(chosen.families)]
    reader = Reader()
    comparer = Comparer(reader)
    results = [_result(one, reader, comparer) for one in families]
    _judge(families, results, chosen.errors, report)
    return report.finish(chosen)


def _result(one: Family, reader: Reader, comparer: Comparer) -> Trace | None:
    """The trace of the planted claim: of all claims that which most of the planted sentences carry."""
    articles = [member.article for member in one.members]
    statements = {article.id: read_article(article, reader) for article in articles}
    derived = within_story(articles, copies(articles), outlets_of(articles), statements)
    comparer.forget()
    traces = trace_story(Told({a.id: a for a in articles}, statements, derived), comparer)
    return max(traces, key=lambda trace: len(_carried(trace, one)), default=None)


def _carried(trace: Trace, one: Family) -> set[str]:
    """The articles whose planted sentence a claim appears in."""
    places = {m.article.id: m.article.text.find(m.planted) for m in one.members}
    ends = {m.article.id: places[m.article.id] + len(m.planted) for m in one.members}
    return {
        a.article for a in trace.claim.appearances if any(s < ends[a.article] and places[a.article] < e for s, e in a.mention.spans)
    }


def _judge(families: Sequence[Family], results: Sequence[Trace | None], errors: int, report: Report) -> None:
    rows: list[Sequence[object]] = []
    exact = []
    for one, trace in zip(families, results, strict=True):
        low, high = (trace.low, trace.high) if trace is not None else (0, 0)
        exact.append(low == high == one.origins)
        if not exact[-1] and errors > 0:
            errors -= 1
            print(f"truth {one.origins}, found {low} to {high}")
            carried = _carried(trace, one) if trace is not None else set()
            for member in one.members:
                print(
                    " ", "x" if member.article.id in carried else "-", member.way, "|", member.article.outlet, "|", member.planted
                )
            for origin in trace.origins if trace is not None else ():
                print("   =", origin.status, origin.name, origin.description, origin.counted, origin.stance, len(origin.steps))
    for count in sorted({one.origins for one in families}):
        of = [(e, t) for e, t, one in zip(exact, results, families, strict=True) if one.origins == count]
        within = sum(t is not None and t.low <= count <= t.high for _, t in of)
        rows.append((f"{count} origins", len(of), sum(e for e, _ in of) / len(of), within / len(of)))
    rows.append(("all", len(families), sum(exact) / len(exact), ""))
    carried = sum(len(_carried(t, f)) for f, t in zip(families, results, strict=True) if t is not None)
    planted = sum(len(f.members) for f in families)
    table(("", "families", "exactly right", "within the bounds"), rows)
    print(f"planted sentences in the claim: {carried} of {planted}\n")
    report.figures["origins.exactly_right"] = sum(exact) / len(exact)


if __name__ == "__main__":
    raise SystemExit(main())
