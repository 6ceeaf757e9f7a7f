"""Read the annotated corpora into one form: PolNeAR's standoff and the inline format of our own annotation."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

SET_ASIDE = {"nl-dpg": 20, "en-raw": 8}
"""Articles of each corpus that are never trained on; of PolNeAR it is the dev part."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One annotated attribution. Spans are offsets into the text; ``content`` and ``source`` may have several pieces.

    ``kind``, ``act``, ``certainty`` ("CT+", "PS-", ...) and ``speaker`` (a name, "?" where the article gives none, "@" for
    the article's own outlet) are None where the corpus does not give them; ``parent`` is an index into the article's list.
    """

    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: str | None = None
    act: str | None = None
    parent: int | None = None
    certainty: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its attributions. ``nests`` tells whether the annotators marked attributions inside others."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]
    nests: bool


def polnear(root: Path, split: str) -> Iterator[Annotated]:
    """Articles of PolNeAR's ``split`` ("train" or "dev"); of several annotators of one article, the first by name."""
    seen: set[str] = set()
    for path in sorted((root / "polnear" / "data" / split / "attributions").glob("*.ann")):
        article = path.stem.rsplit("_", 1)[0]
        if article in seen:
            continue
        seen.add(article)
        text_dir = root / "polnear" / "data" / split / "text"
        source = next(p for p in (text_dir / f"{path.stem}.txt", text_dir / f"{article}.txt") if p.exists())
        text = source.open(encoding="utf-8", newline="").read()
        standoff = path.open(encoding="utf-8", newline="").read()
        spans = {
            m[1]: tuple((int(a), int(b)) for a, b in (p.split() for p in m[2].split(";")))
            for m in re.finditer(r"^(T\d+)\t\S+ ([\d; ]+)\t", standoff, re.M)
        }
        attributions = []
        for event in re.finditer(r"^E\d+\t(Attribution(?:-no-source)?:.*)$", standoff, re.M):
            roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
            for part in event[1].split()[1:]:
                role, _, ident = part.partition(":")
                roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(ident, ()))
            cue = (min(a for a, _ in roles["Cue"]), max(b for _, b in roles["Cue"])) if roles["Cue"] else None
            attributions.append(Attribution(tuple(sorted(roles["Source"])), cue, tuple(sorted(roles["Content"]))))
        yield Annotated(article, text, tuple(attributions), nests=False)


_TAG = re.compile(r"<(/?)([sct]) (\d+)>")


def inline(path: Path) -> Annotated:
    """One article in the inline format (``NAME.ann.txt``): tags in the text, then a table after a line ``=====``.

    The table's rows are ``N kind act parent`` and, in our own corpus, ``certainty speaker`` after that.
    """
    body, _, table = path.read_text(encoding="utf-8").partition("\n=====\n")
    spans: dict[tuple[str, int], list[Span]] = {}
    opened: dict[tuple[str, int], int] = {}
    pieces: list[str] = []
    length = last = 0
    for tag in _TAG.finditer(body):
        pieces.append(body[last : tag.start()])
        length += tag.start() - last
        last = tag.end()
        key = (tag[2], int(tag[3]))
        if tag[1]:
            spans.setdefault(key, []).append((opened.pop(key), length))
        else:
            opened[key] = length
    text = "".join([*pieces, body[last:]])
    rows = [line.split(" ", 5) for line in table.strip().splitlines()]
    order = {int(row[0]): index for index, row in enumerate(rows)}
    attributions = []
    for number, kind, act, parent, *more in rows:
        n = int(number)
        cue = spans.get(("c", n))
        attributions.append(
            Attribution(
                tuple(spans.get(("s", n), ())),
                cue[0] if cue else None,
                tuple(spans.get(("t", n), ())),
                kind,
                act,
                None if parent == "-" else order[int(parent)],
                *more,
            )
        )
    return Annotated(path.name.removesuffix(".ann.txt"), text, tuple(attributions), nests=True)


def inline_corpus(folder: Path) -> list[Annotated]:
    """All articles of a folder in the inline format, by name."""
    return [inline(path) for path in sorted(folder.glob("*.ann.txt"))]


OWN = Path(__file__).parent.parent / "corpora"


def own(part: str) -> list[Annotated]:
    """The articles of a part ("train", "dev", "test") of the corpus that was written for this project."""
    return inline_corpus(OWN / part)


def set_aside(articles: list[Annotated], count: int) -> tuple[list[Annotated], list[Annotated]]:
    """Split into (train, set aside): the ``count`` articles whose names have the smallest SHA-256 are set aside."""
    ranked = sorted(articles, key=lambda a: hashlib.sha256(a.name.encode()).hexdigest())
    aside = {a.name for a in ranked[:count]}
    return [a for a in articles if a.name not in aside], [a for a in articles if a.name in aside]


def standoff(annotations: Path, root: Path) -> list[Annotated]:
    """Our annotation of articles whose texts may not be copied: offsets in ``annotations`` (JSON lines), texts in ``raw``.

    ``annotations`` is called after its texts: ``nl-news.jsonl`` holds those of ``raw/nl_news.jsonl.gz``. Every row names the
    SHA-256 of its text. Raises ValueError where the text at hand is another.
    """
    name = annotations.stem.replace("-", "_")
    texts = dict(raw(root, name))
    found = []
    for line in annotations.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = texts[row["id"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise ValueError(f"the text of {row['id']} is not the one that was annotated")
        attributions = tuple(
            Attribution(
                tuple(map(tuple, a["source"])),
                tuple(a["cue"]) if a["cue"] else None,
                tuple(map(tuple, a["content"])),
                a["kind"],
                a["act"],
                a["parent"],
                a.get("certainty"),
            )
            for a in row["attributions"]
        )
        found.append(Annotated(f"{name[:2]}_{row['id']}", text, attributions, nests=True))
    return found


def raw(root: Path, name: str) -> Iterator[tuple[str, str]]:
    """(id, text) of the articles without annotation in ``raw/NAME.jsonl.gz``; the id of one without is from its text's SHA-256."""
    with gzip.open(root / "raw" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row.get("id") or hashlib.sha256(row["text"].encode()).hexdigest()[:12], row["text"]
