"""How well volgens tells whom a statement's source stands for, within one article.

    python -m benchmarks.speakers [--part train|dev|test] [--errors] [--json FILE] [--check]

Right is the name that the annotators gave, or a form of it that can be nobody else's in that article:

- Case, articles ("the", "het"), possessive words ("his") and punctuation do not matter.
- A name that equals another annotated name of the article stands for that one, and is wrong here.
- Else it has to hold all words of the annotated name ("burgemeester Carla Ruijters"), or consist of words of it, one of them with a
  capital or the last one ("Ruijters"); and may fit no other annotated name of the article in that way.
- Of several (" + ") each has to be there, and no other.

For a person whom the article only describes ("de bisschop van Marle") the speaker's function counts as the name. The article's own
voice ("@") and statements whose source is nobody ("none") are left out.

*Named right*: of the statements whose speaker the article names. *Named where none is*: of those whose speaker it does not name,
given a name all the same. "Spans given": the annotated spans and kinds are handed over. "As read": volgens' own statements that
match an annotated one in source and content (the who-said-what pairs of ``benchmarks.quality``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import volgens
from benchmarks.metrics import annotated, found, who_said_what
from benchmarks.report import Report, options, table, test_articles
from training.corpora import Annotated, Span
from volgens.records import Article, Mention, Speaker, Statement, Statements
from volgens.statements.speakers.speakers import speakers

_LEFT_OUT = frozenset(("de", "het", "een", "the", "a", "an", "zijn", "haar", "hun", "mijn", "ons", "onze"))
_LEFT_OUT |= {"his", "her", "its", "their", "my", "our"}
_WHOSE = re.compile(r"\s(?:van|of)\s")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one statement's speaker is by the annotation (None: not named) and by volgens."""

    article: str
    source: str
    kind: str
    gold: str | None
    found: Speaker | None
    right: bool


def given(article: Annotated) -> Statements:
    """The annotated statements as volgens' own, without their speakers."""

    def mention(spans: tuple[Span, ...]) -> Mention | None:
        return Mention.of(article.text, spans) if spans else None

    return Statements(
        tuple(
            Statement(
                id=f"{i:04}",
                source=mention(a.source),
                cue=mention((a.cue,) if a.cue else ()),
                content=Mention.of(article.text, a.content),
                kind=a.kind or "none",  # type: ignore[arg-type]
                act=a.act or "state",  # type: ignore[arg-type]
                parent=None if a.parent is None else f"{a.parent:04}",
                confidence=1.0,
            )
            for i, a in enumerate(article.attributions)
        )
    )


def _words(name: str) -> list[str]:
    plain = re.sub(r"['’]s\b|['’](?=\s|$)|[\"“”‘,()]", "", name.replace("’", "'"))
    return [word for word in plain.split() if word.lower() not in _LEFT_OUT]


def _fits(gold: str, name: str) -> bool:
    """Whether ``name`` is a form of ``gold``, not asking whose else it may be."""
    there, here = _words(gold), _words(name)
    whole, part = {w.lower() for w in there}, {w.lower() for w in here}
    if not whole or not part:
        return gold.lower() == name.lower()
    telling = [w.lower() for w in there if w[0].isupper()] or [there[-1].lower()]
    return whole <= part or (part <= whole and any(word in part for word in (*telling, there[-1].lower())))


def _is(gold: str, name: str, others: set[str]) -> bool:
    def same(one: str, other: str) -> bool:
        return [w.lower() for w in _words(one)] == [w.lower() for w in _words(other)]

    if same(gold, name):
        return True
    if any(same(other, name) for other in others):
        return False
    described = _WHOSE.split(name)[0] if name[:1].islower() else name  # "teacher of Ada": that she is Ada's names nobody else
    return _fits(gold, name) and not any(_fits(other, described) and not same(other, gold) for other in others)


def right(gold: str, name: str | None, named: set[str]) -> bool:
    """Whether ``name`` names the annotated speaker ``gold``; ``named`` are all single names annotated in the article."""
    if name is None:
        return False
    wanted, got = gold.split(" + "), name.split(" + ")
    return len(wanted) == len(got) and all(
        any(_is(one, other, named - {one}) for other in got) and any(_is(one, wanted[i], named) for i in range(len(wanted)))
        for one in wanted
    )


def answers(article: Annotated, statements: Statements, pairs: Sequence[tuple[int, int]]) -> Iterator[Answer]:
    """The speakers of annotated statements beside those of the found ones that they are paired with."""
    named = {one for a in article.attributions if a.speaker not in (None, "?", "@") for one in str(a.speaker).split(" + ")}
    for g, f in pairs:
        gold, speaker = article.attributions[g], statements[f].speaker
        if gold.speaker in (None, "@") or gold.kind == "none":
            continue
        name = (speaker.name or speaker.function) if speaker else None
        source = " ".join(article.text[slice(*span)] for span in gold.source)
        if gold.speaker == "?":
            yield Answer(article.name, source, str(gold.kind), None, speaker, not (speaker and speaker.name))
        else:
            yield Answer(article.name, source, str(gold.kind), gold.speaker, speaker, right(str(gold.speaker), name, named))


def with_spans(article: Annotated) -> list[Answer]:
    """Answers for the annotated spans."""
    statements = speakers(Article(article.text, language=article.name[:2], outlet="@"), given(article))
    return list(answers(article, statements, [(i, i) for i in range(len(statements))]))


def as_read(article: Annotated) -> list[Answer]:
    """Answers for volgens' own statements."""
    statements = volgens.read(article.text)[1]
    return list(answers(article, statements, who_said_what(article.text, annotated(article), found(statements))))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument(
        "--part", choices=("train", "dev", "test"), action="append", help="parts of our own corpus; default dev and test"
    )
    parser.add_argument("--errors", action="store_true", help="print what was annotated and what was found where they differ")
    parser.add_argument("--given-only", action="store_true", help="only with the annotated spans; reads nothing")
    chosen = parser.parse_args(arguments)
    report = Report("speakers")
    rows = []
    for part in chosen.part or ("dev", "test"):
        for language in ("nl", "en"):
            name = f"own-{language}-{part}"
            articles = test_articles(name)
            for how, measure in (("spans_given", with_spans), ("as_read", as_read)):
                if chosen.given_only and measure is as_read:
                    continue
                all = [answer for article in articles for answer in measure(article)]
                told, untold = [a for a in all if a.gold is not None], [a for a in all if a.gold is None]
                shares = [sum(a.right for a in told) / max(len(told), 1), sum(not a.right for a in untold) / max(len(untold), 1)]
                rows.append((f"{name}, {how.replace('_', ' ')}", len(told), shares[0], len(untold), shares[1]))
                report.figures[f"{name}.speaker_{how}"], report.figures[f"{name}.named_where_none_{how}"] = shares
                if chosen.errors:
                    for a in all:
                        if not a.right:
                            print(
                                f"{a.article} {a.kind} | {a.source} | {a.gold} | {a.found and (a.found.name or a.found.function)}"
                            )
    table(("", "named", "right", "not named", "named all the same"), rows)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
