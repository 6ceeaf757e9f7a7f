"""An article -> the outlets and agencies that it says it has something from, each with the words that name it.

A name counts where the article puts content in its mouth, or says that somebody told it there: as an outlet that is the source of
a statement, or beside the words that languages/xx/citations.json lists ("told {name}", "{name} reports", "aldus {name}"). The
article's own outlet, polls, photo credits and datelines do not count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from volgens.articles.credits import outlet_names, usual_name
from volgens.languages import known, shared, table
from volgens.records import Article, Citation, Mention, Span, Statement

_DEFAULT = "en"
_NEVER = ("EPA", "PR", "AD")  # agencies and papers whose letters mean something else as often
_SHORT = {"LA Times": "Los Angeles Times", "Fox & Friends": "Fox News"}
_SIGNED = re.compile(r"[”\"]\s(?:[A-Z][\w.’'-]*\s?){1,4},\s$")
_APPOSED = re.compile(r"\b(?:at|of|for|with|from|bij|van)\s(?:the\s|de\s|het\s)?(?:\w+\s){0,4}$")
_ARTICLES = {"the", "de", "het", "online", "web"}
_WRITERS = re.compile(r"\s(?:columnist|reporter|correspondent|writer|verslaggever|columniste|redacteur|correspondente)\b")
_NEAR = 90  # characters before and after a name in which its sentence is looked at
_SENTENCE_END = re.compile(r"[.!?](?:['’\"”]*\s+(?=[A-Z“\"'`‘])|\s*$)|\n")
_PICTURE = re.compile(r"[(/|]\s*$")
_AFTER_PICTURE = re.compile(r"\s?(?:[Pp]hoto|/|\))")


def citations(article: Article, statements: Iterable[Statement] = (), outlets: Collection[str] = ()) -> tuple[Citation, ...]:
    """The citations in ``article``, in the order of its text.

    ``statements``: what was read of it, which finds some more. ``outlets``: names of outlets beside those of the tables.
    """
    sourced = [(span, s.kind) for s in statements if s.source is not None for span in s.source.spans]
    sources, said = [span for span, _ in sourced], [span for span, kind in sourced if kind == "outlet"]
    credited = [span for credit in article.credits for span in credit.mention.spans]
    found = []
    seen: list[str] = []
    for span in _names(article, frozenset(outlets)):
        name = _named(article.text[slice(*span)], seen)
        if name is None:
            continue
        seen.append(name)
        if _is_own(name, article.outlet) or any(start < span[1] and span[0] < end for start, end in credited):
            continue
        is_source = any(start <= span[0] and span[1] <= end for start, end in said)
        writes = any(start <= span[0] and span[1] <= end for start, end in sources) and _WRITERS.match(article.text, span[1])
        if is_source or writes or _is_cited(article, span):
            found.append(Citation(name, Mention.of(article.text, [span])))
    return tuple(found)


def _names(article: Article, outlets: frozenset[str]) -> Iterator[Span]:
    """Where the text names what may be an outlet, the longest at each place."""
    text = article.text
    places = {span for span in outlet_names(text) if not _is_part(text, span)}
    shapes = (*_shapes(article.language), *_listed(outlets))
    places |= {found.span("name") for shape in shapes for found in shape.finditer(text)}
    end = 0
    for span in sorted(places, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            end = span[1]
            yield span


def _is_part(text: str, span: Span) -> bool:
    """Whether a name of one word is part of a longer one: "Michael Bloomberg", "Independent Business", "the EPA"."""
    name = text[slice(*span)]
    if " " in name:
        return False
    before = re.search(r"([A-Z][\w.’'-]+)\s$", text[max(0, span[0] - 30) : span[0]])
    after = re.match(r"\s(?:of\s)?[A-Z][a-z]", text[span[1] : span[1] + 8])
    return name in _NEVER or (not name.isupper() and bool(after or (before and before[1] not in ("The", "De", "Het"))))


@cache
def _listed(outlets: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(outlets, key=lambda name: (-len(name), name)) if len(name) > 2)
    return (re.compile(rf"(?<![\w-])(?P<name>{names})(?![\w-])"),) if names else ()


@cache
def _shapes(language: str) -> tuple[re.Pattern[str], ...]:
    """What names of outlets look like: capitals before "Times", "Courant"; "the Times"; call letters; names like BuzzFeed."""
    # Names travel: a Dutch article cites The Moscow Times.
    tables = [found for one in dict.fromkeys((language, *known())) if (found := table(one, "citations"))]
    heads, short, openings = (_any(" | ".join(data[key] for data in tables)) for key in ("heads", "short", "openings"))
    word = r"(?:(?:[A-Z]\.)+|[A-Z][\w’'&-]*+(?: [’']s)?|&)"
    before = rf"(?<![\w’'.&-])(?!(?:{openings}) )"
    after = r"(?! (?:of )?[A-Z][a-z]*\s?[A-Z])"
    whole = rf"{before}(?P<name>(?:(?:The|De|Het) )?{word} (?:{word} ){{0,2}}(?:{heads}))\b{after}"
    return tuple(
        re.compile(shape)
        for shape in (
            whole,
            rf"\b(?P<name>(?:[Tt]he|[Dd]e|[Hh]et)\s(?:{short}))\b(?!\s[A-Z])",
            r"(?<![\w-])(?P<name>[WK][A-Z]{2,3}(?:-(?:TV|FM|AM))?)(?![\w-])",
            r"(?<![\w.@-])(?P<name>[A-Z][a-z]{2,}(?:[A-Z][a-z]+){1,3}(?:\.com)?)(?![\w-])",
            r"(?P<name>Fox & Friends)",
        )
    )


def _named(printed: str, seen: Sequence[str]) -> str | None:
    """The usual name of what is printed; of "the Times" that of the outlet named before whose name ends so, None without one."""
    bare = " ".join(printed.split())
    head = bare.split()[-1]
    if len(bare.split()) == 2 and bare.split()[0].lower() in _ARTICLES:
        longer = next((name for name in reversed(seen) if name.split()[-1] == head and name != bare), None)
        if longer is not None or (bare[0].islower() and bare not in shared("outlets", "outlets")):
            return longer
    return _SHORT.get(bare.removeprefix("The ").removeprefix("the ")) or usual_name(bare)[0]


def _any(listed: str) -> str:
    """The phrases of a table's string as one pattern, the longest first."""
    return "|".join(sorted((part.strip() for part in listed.split(" | ")), key=lambda part: (-len(part), part)))


@cache
def _cues(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a name that is cited, what after it, and what makes a name no citation."""
    data = table(language, "citations") or table(_DEFAULT, "citations")
    before = rf"\b(?:{_any(data['before'])}),?\s(?:(?:the|a|an|its|de|het|een|The)\s)?(?:[\w’'-]+\s){{0,3}}[“\"]?$"
    person = (
        r"(?:\s(?:news\s)?agency|\snews)?(?:\sand\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}(?:\snews)?)?"
        r"(?:\s?[’']s?(?:\s[\w’'.-]+){1,4}?)?"
    )
    after = rf"^{person}[,”\"]?\s(?:\w+\s)?(?:{_any(data['after'])})\b|^(?:\s?[’']s?)?\s(?:{_any(data['possessive'])})s?\b"
    return (
        re.compile(before, re.IGNORECASE),
        re.compile(after),
        re.compile(rf"^(?:[/-][\w ]+?|\s\w+)?\s(?:{_any(data['no'])})s?\b", re.IGNORECASE),
    )


def _is_cited(article: Article, span: Span) -> bool:
    before = article.text[max(0, span[0] - _NEAR) : span[0]]
    after = article.text[span[1] : span[1] + _NEAR]
    before = before[max((found.end() for found in _SENTENCE_END.finditer(before)), default=0) :]
    if ends := _SENTENCE_END.search(after):
        after = after[: ends.start()]
    told, tells, not_so = _cues(article.language)
    if not_so.search(after) or (_PICTURE.search(before) and _AFTER_PICTURE.match(after)):
        return False
    if told.search(before):
        return True
    if _SIGNED.search(article.text[max(0, span[0] - _NEAR) : span[0]]):
        return article.text[span[1] : span[1] + 1] in ("", "\n")
    # "an editor at The Economist, said": the editor did.
    return bool(tells.search(after)) and not (after.startswith(",") and _APPOSED.search(before))


def _is_own(name: str, outlet: str | None) -> bool:
    """Whether a name is that of the article's own outlet, or of a part of it: all words of one are words of the other."""
    one, other = (set(re.findall(r"\w+", text.casefold())) - _ARTICLES for text in (name, outlet or ""))
    return bool(one and other) and (one <= other or other <= one)
