"""How well times are found and resolved: TempEval-3's measure on three corpora, and the Dutch cases of Microsoft's Recognizers.

    python -m benchmarks.times [--only CORPUS] [--errors N] [--json FILE] [--check]

An expression is found where its span overlaps an annotated one (relaxed), and its value counts where the two values are the same
words
(TempEval-3, UzZaman et al. 2013: F1 over all expressions). README.md tells what is counted and how the dialect of Recognizers is
mapped.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.metrics import Counts
from benchmarks.report import Report, corpora, options, table
from training.corpora import OWN, inline
from volgens.records import Article
from volgens.statements.times.calendar import Unit, around, bounds
from volgens.statements.times.times import times

CORPORA = ("te3-platinum", "meantime-en", "own-nl-dev", "own-nl-test", "recognizers-nl")
MEANTIME_SENTENCES = 5
"""MEANTIME annotates the headline, the dateline and the sentences up to this one; what is found further on is not counted."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A time expression with its value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its language and date, and what is annotated up to ``end``."""

    name: str
    text: str
    language: str
    published: str
    gold: tuple[Marked, ...]
    end: int

    def found(self) -> list[Marked]:
        """What volgens finds in it."""
        read = times(Article(self.text, language=self.language, published=self.published))
        spans = ((*time.mention.spans[0], time.type, time.value) for time in read)
        return [Marked(*span) for span in spans if span[0] < self.end]


def timeml(name: str) -> list[Document]:
    """TempEval-3's platinum test set or the English part of MEANTIME; empty where the file is missing."""
    path = corpora() / "time" / f"{name.replace('-', '_')}.json"
    if not path.is_file():
        print(f"{name}: skipped, there is no {path}; VOLGENS_CORPORA says where the corpora are\n")
        return []
    documents = []
    for row in json.loads(path.read_text(encoding="utf-8")):
        end = len(row["text"])
        if "sspan" in row:
            end = row["sspan"].get(str(MEANTIME_SENTENCES), (0, end))[1]
        gold = tuple(Marked(t["start"], t["end"], t["type"], t["value"]) for t in row["timex"])
        documents.append(Document(row["id"], row["text"], "en", row["dct"], gold, end))
    return documents


def own(part: str) -> list[Document]:
    """Our own annotated articles of a part ("dev", "test"): ``corpora/times/PART/NAME.tsv`` with start, end, type, value and text.

    Raises ValueError where the text at a span is not the one that the row gives.
    """
    with (OWN / "articles.tsv").open(encoding="utf-8", newline="") as lines:
        articles = {row["name"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    documents = []
    for path in sorted((OWN / "times" / part).glob("*.tsv")):
        article = articles[path.stem]
        text = inline(OWN / article["part"] / f"{path.stem}.ann.txt").text
        gold = []
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            start, end, kind, value, words = line.split("\t")
            if " ".join(text[int(start) : int(end)].split()) != words:
                raise ValueError(f"{path}: no {words!r} at {start}")
            gold.append(Marked(int(start), int(end), kind, value))
        documents.append(Document(path.stem, text, article["language"], article["published"], tuple(gold), len(text)))
    if not documents:
        print(f"own {part}: skipped, there are no annotated times in {OWN / 'times' / part}\n")
    return documents


def pairs(gold: Sequence[Marked], found: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    """Each annotated expression with the first found one that overlaps it and is not taken; those with its value go first."""
    taken: set[int] = set()
    matched: list[tuple[Marked, Marked]] = []
    for same_value in (True, False):
        for one in gold:
            if any(one is pair[0] for pair in matched):
                continue
            for at, other in enumerate(found):
                overlaps = other.start < one.end and one.start < other.end
                if at not in taken and overlaps and (not same_value or other.value == one.value):
                    taken.add(at)
                    matched.append((one, other))
                    break
    return matched


def scores(documents: Sequence[Document]) -> dict[str, Counts]:
    """Counts of spans, types and values over ``documents``."""
    rows = {name: Counts() for name in ("span", "type", "value")}
    for document in documents:
        found = document.found()
        matched = pairs(document.gold, found)
        right = {
            "span": len(matched),
            "type": sum(a.type == b.type for a, b in matched),
            "value": sum(a.value == b.value for a, b in matched),
        }
        for name, count in right.items():
            rows[name] += Counts(count, len(document.gold), len(found))
    return rows


def show(name: str, documents: Sequence[Document], report: Report) -> None:
    """Print the scores and put their F1 among the figures; of TimeML also by halves."""
    halves = {"": documents}
    if not name.startswith("own"):
        halves |= {", even documents": documents[::2], ", odd documents": documents[1::2]}
    for half, chosen in halves.items():
        rows = scores(chosen)
        print(f"{name}{half}: {len(chosen)} documents, {sum(len(d.gold) for d in chosen)} expressions")
        table(("", "precision", "recall", "F1"), [(n, c.precision, c.recall, c.f1) for n, c in rows.items()])
        suffix = half.removesuffix(" documents").replace(", ", "_")
        report.figures.update({f"times.{name}{suffix}.{n}_f1": c.f1 for n, c in rows.items()})


def errors(documents: Sequence[Document], count: int) -> None:
    """Print what is missed, found too many and resolved to another value, in the first ``count`` documents with such."""
    for document in documents[:count]:
        found = document.found()
        matched = pairs(document.gold, found)
        print(f"== {document.name} {document.published}")
        lines = [
            (a.start, f"  value     {_context(document, a)}: {a.value}, found {b.value}") for a, b in matched if a.value != b.value
        ]
        lines += [
            (a.start, f"  missed    {_context(document, a)}: {a.value}")
            for a in document.gold
            if a not in [pair[0] for pair in matched]
        ]
        lines += [
            (b.start, f"  too many  {_context(document, b)}: {b.value}") for b in found if b not in [pair[1] for pair in matched]
        ]
        print(*(line for _, line in sorted(lines)), sep="\n")


def _context(document: Document, one: Marked) -> str:
    before, after = document.text[max(0, one.start - 40) : one.start], document.text[one.end : one.end + 30]
    return " ".join(f"{before}[{document.text[one.start : one.end]}]{after}".split())


# Recognizers: cases of a text, a moment, and what is in it in a dialect of TIMEX3

RECOGNIZERS = (
    "DateTimeModel",
    "DateParser",
    "DatePeriodParser",
    "DateTimeParser",
    "DateTimePeriodParser",
    "DurationParser",
    "HolidayParser",
    "MergedParser",
    "SetParser",
    "TimeParser",
    "TimePeriodParser",
)
"""The files of cases that give values. The extractors' give none, and time zones have no place in a value."""

_ZONE = re.compile(r"\b(?:gmt|utc|[ecmp][sd]?t|tijdzone|\w+ tijd)\b", re.IGNORECASE)
_RANGE = re.compile(r"\((.+),(.+),(P.*)\)")
_COUNTED = re.compile(r"\b(uur|uren|week|weken|maand|maanden|jaar|jaren)\b(?!.* dagen)", re.IGNORECASE)
_GRAIN = {"uur": "H", "uren": "H", "week": "W", "weken": "W", "maand": "M", "maanden": "M", "jaar": "Y", "jaren": "Y"}
_DAY = re.compile(
    r"\d[:.]\d|dag\b|vandaag|morgen|gisteren|ochtend|middag|avond|nacht|om .*uur|jan|feb|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:paar|wat|enkele|enige|aantal|verscheidene)\b|^(?:de )?(?:komende|afgelopen|volgende|vorige|laatste) (?:\w+en|dagen)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b(?:tot|en|t/m|tussen)\b|[-–~]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """One expected expression of a case: right where for one of ``accepted`` every value is among those found at its words."""

    text: str
    at: str
    words: str
    start: int
    accepted: tuple[tuple[str, ...], ...]


def cases(folder: Path, half: int | None = None) -> tuple[list[Case], list[tuple[str, str]], dict[str, int]]:
    """(expected expressions, texts without any and their moments, number of what is left out by reason)."""
    expected: list[Case] = []
    empty: list[tuple[str, str]] = []
    out: dict[str, int] = {}
    for name in RECOGNIZERS:
        rows = json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig"))
        for at, row in enumerate(rows):
            if half is not None and at % 2 != half:
                continue
            moment = (row.get("Context") or {}).get("ReferenceDateTime", "")[:16]
            if "dotnet" in row.get("NotSupported", "").lower():
                out["not supported by Recognizers itself"] = out.get("not supported by Recognizers itself", 0) + 1
                continue
            if not row["Results"]:
                empty.append((row["Input"], moment))
            for result in row["Results"]:
                values = _expected(result)
                reason = _left_out(result["Text"], values)
                if reason:
                    out[reason] = out.get(reason, 0) + 1
                    continue
                accepted = tuple(dict.fromkeys(_mapped(result["Text"], *value) for value in values))
                expected.append(Case(row["Input"], moment, result["Text"], result["Start"], accepted))
    return expected, empty, out


def _expected(result: dict[str, Any]) -> list[tuple[str, str]]:
    """(timex, the day or moment it is resolved to or "") for every reading that a case accepts."""
    value = result.get("Value") or result.get("Resolution") or {}
    if "values" in value:
        return [
            (v["timex"], v.get("value") or ",".join(filter(None, (v.get("start"), v.get("end")))))
            for v in value["values"]
            if v.get("timex")
        ]
    timex = value.get("Timex") or value.get("timex") or ""
    resolutions = [value.get(f"{tense}Resolution") or {} for tense in ("Future", "Past")]
    return [(timex, ",".join(str(v) for v in resolution.values())) for resolution in resolutions] if timex else []


def _left_out(words: str, values: Sequence[tuple[str, str]]) -> str | None:
    """Why a case has nothing to say on TIMEX3, if so."""
    if not values:
        return "no value given"
    if _ZONE.search(words):
        return "a time zone"
    if re.search(r"TBH|TMEL|TDT|T\d\d:59:59", values[0][0]):
        return "mealtimes, office hours, the last second of a day"
    if not re.search(r"[^\W\d_]", words) and not re.fullmatch(
        r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d\d?-\d\d?|\d{1,2}[:.]\d\d", words.strip()
    ):
        return "numbers alone, other than a full date or a clock time"
    if re.fullmatch(r"\w+", words) and words.isdecimal() and len(words) != 4:
        return "numbers alone, other than a full date or a clock time"
    return None


def _mapped(words: str, timex: str, resolved: str) -> tuple[str, ...]:
    """One reading of a case in TIMEX3, as README.md tells."""
    if match := _RANGE.fullmatch(timex):
        first, last, length = match.groups()
        ends = [*resolved.split(","), "", ""][:2]
        first, last = _filled(first, ends[0]), _filled(last, ends[1])
        if not _PAIR.search(words) and (unit := _calendar_unit(first, last)):
            return (unit,)
        if length in ("P10Y", "P100Y") and re.match(r"\d{4}", ends[0]):
            return (ends[0][: 3 if length == "P10Y" else 2],)
        if not _PAIR.search(words):
            return (_amount(words, length),)
        grain = {"Y": 4, "M": 7}.get(length[-1], 20) if "T" not in length else 20
        return first[:grain], last[:grain]
    if timex.startswith("P") and "REF" not in timex:
        return (_amount(words, timex),)
    value = _filled(timex, resolved)
    unit_word = _COUNTED.search(words)
    if unit_word and not _DAY.search(words):
        day, _, clock = value.partition("T")
        grain_of = _GRAIN[unit_word[1].lower()]
        if grain_of == "H" and clock:
            return (f"{day}T{clock[:2]}",)
        if grain_of != "H" and not clock and re.fullmatch(r"\d{4}-\d\d-\d\d", day) and bounds(day):
            return (around(date.fromisoformat(day), grain_of),)  # type: ignore[arg-type]
    return (value,)


def _calendar_unit(first: str, last: str) -> str | None:
    """The week, month, quarter, half-year, year, decade or century that two days (the second one not included) span."""
    if not (re.fullmatch(r"\d{4}-\d\d-\d\d", first) and re.fullmatch(r"\d{4}-\d\d-\d\d", last)):
        return None
    try:
        span = date.fromisoformat(first), date.fromisoformat(last) - timedelta(days=1)
    except ValueError:
        return None
    units: tuple[Unit, ...] = ("W", "M", "Q", "HY", "Y", "DE", "CE")
    return next((value for unit in units if bounds(value := around(span[0], unit)) == span), None)


def _filled(timex: str, resolved: str) -> str:
    """A timex without year or day gets those that it was resolved to."""
    timex = re.sub(r"(T\d\d:\d\d):00$", r"\1", timex)
    day = re.search(r"\d{4}-\d\d-\d\d", resolved)
    if timex.startswith("XXXX-WXX-WE") or not day or (not timex.startswith("X") and not re.search(r"-W(?:XX|\d\d)-\d-\d", timex)):
        return timex
    told, _, clock = timex.partition("T")
    if re.fullmatch(r"XXXX-\d\d", told):
        return day[0][:7]
    return day[0] + (f"T{clock}" if clock else "")


def _amount(words: str, timex: str) -> str:
    """Half years and the like as TIMEX3 writes them; a vague number is X, where Recognizers has one of its own."""
    timex = {"P0.5Y": "P6M", "PT0.5H": "PT30M"}.get(timex, timex)
    if match := re.fullmatch(r"P(\d+)0Y", timex) if "decenni" in words else None:
        timex = f"P{match[1]}DE"
    return re.sub(r"\d+", "X", timex) if _VAGUE.search(words) else timex


def _same(value: str, other: str) -> bool:
    """Whether ours is the ``other``: a time of day or a season without a date has to agree in that alone."""
    if other.startswith("T"):
        _, _, clock = value.partition("T")
        return f"T{clock}" == other or {f"T{clock}", other} <= {"T24:00", "T00", "T00:00"}
    if other in ("SP", "SU", "FA", "WI"):
        return value.endswith(f"-{other}")
    return value == other


def right(case: Case) -> tuple[bool, list[Marked]]:
    """Whether the values found at the words of a case are those expected, and what was found there."""
    document = Document("", case.text, "nl", case.at, (), len(case.text))
    found = [one for one in document.found() if one.start < case.start + len(case.words) and case.start < one.end]
    values = [one.value for one in found]
    return any(_fits(values, reading) for reading in case.accepted), found


def _fits(values: Sequence[str], reading: Sequence[str]) -> bool:
    """Whether every value of the reading is found and nothing else; the day of a time may be an expression of its own."""
    days = {value.partition("T")[0] for value in reading if "T" in value}
    others = [value for value in values if value not in days]
    return all(any(_same(value, other) for value in values) for other in reading) and len(others) <= len(reading)


def recognizers(report: Report, shown: int) -> None:
    """The share of the cases whose values are right, in all and by halves; and of the texts without any in which none is found."""
    folder = corpora() / "time" / "recognizers_nl"
    if not folder.is_dir():
        print(f"recognizers-nl: skipped, there is no folder {folder}; VOLGENS_CORPORA says where the corpora are\n")
        return
    rows = []
    for title, half in (("all", None), ("even", 0), ("odd", 1)):
        expected, empty, out = cases(folder, half)
        judged = [right(case) for case in expected]
        share = sum(ok for ok, _ in judged) / len(judged)
        silent = sum(not Document("", text, "nl", at, (), len(text)).found() for text, at in empty) / max(len(empty), 1)
        rows.append((title, len(expected), share, len(empty), silent))
        report.figures[f"times.recognizers-nl{'' if half is None else '_' + title}.value_right"] = share
        if half == 0:
            for case, (_, found) in [pair for pair in zip(expected, judged, strict=True) if not pair[1][0]][:shown]:
                got = [(case.text[one.start : one.end], one.value) for one in found]
                print(f"  {case.text!r} @{case.at} {case.words!r}: expected {case.accepted}, found {got}")
        if half is None:
            report.details["recognizers, left out"] = out
            print("recognizers-nl, left out: " + "; ".join(f"{reason}: {count}" for reason, count in sorted(out.items())))
    table(("recognizers-nl, cases", "expressions", "value right", "texts without", "none found"), rows)


def documents(name: str) -> list[Document]:
    """The documents of a corpus by its name."""
    return own(name.rpartition("-")[2]) if name.startswith("own") else timeml(name)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--only", choices=CORPORA, help="measure on this alone")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the errors in N documents or cases of the even half of each"
    )
    chosen = parser.parse_args(arguments)
    report = Report("times")
    for name in CORPORA if chosen.only is None else (chosen.only,):
        if name == "recognizers-nl":
            recognizers(report, chosen.errors)
        elif read := documents(name):
            show(name, read, report)
            errors(read if name.startswith("own") else read[::2], chosen.errors)
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
