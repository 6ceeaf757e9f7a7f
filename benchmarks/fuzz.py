"""Broken input: mutated pages, feeds, archives, tables and messages must give articles or errors, and give them soon.

    python -m benchmarks.fuzz [--count N] [--seed N] [--workers N] [--json FILE] [--check]

Case n of a seed is the same on every machine: one of our own samples, or of the package's example pages, with bytes changed, cut,
doubled, swapped for what parsers stumble over, or mixed with another sample. A crash is anything but Found, or the death of the
process; a hang is 10 seconds without an article, a link or an error. Both are printed with the number that makes them again
(--only N).
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import random
import signal
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from typing import Any

from benchmarks.report import Report, options, table
from benchmarks.samples import SAMPLES, TEXT, TITLE, URL, parquet
from volgens.articles.containers import found_in
from volgens.articles.containers.entries import UNEXPECTED
from volgens.articles.found import Found
from volgens.codec import encode_article
from volgens.config import Settings

SECONDS = 10
SETTINGS = Settings(max_bytes=4 * 1024 * 1024)
LONGEST = 300_000
# What parsers stumble over.
TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1f\x8b\x08", b"&#xD83D;", b"&#0;", b"&nbsp;", b"&lol;", b"]]>",
    b"<![CDATA[", b"<!--", b"-->", b'<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY l2 "&lol;&lol;">]>',
    b'<!ENTITY x SYSTEM "file:///etc/passwd">', b"<?xml", b'<?xml version="1.0" encoding="utf-16"?>', b"<script>", b"</script>",
    b"<style>", b"<table><tr><td>", b"</", b"<", b">", b'"', b"'", b"{", b"}", b"[", b"]", b"[[[[[[[[", b'{"a":', b"null",
    b"1e999", b"-1", b"NaN", b"\\ud800", b"\\u0000", b"99999999999999999999", b"Content-Length: 99999999999",
    b"Content-Length: -5", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"WARC/1.0\r\n", b"\r\n\r\n", b"\n",
    b"\r", b"HTTP/1.1 200 OK\r\n", b"From ", b"Content-Type: text/html; charset=utf-7\r\n", b'charset="idna"', b"=?x?q?=?=",
    b'boundary=""', b"%PDF-", b"endstream", b"/Filter/FlateDecode", b"/Length 99999999", b"0 0 R", b"PK\x03\x04", b",", b";",
    b"\t", b"2024-13-45T99:99:99Z", b"0000-00-00", b"https://[::1", b"http://\xff", b"javascript:alert(1)", b'xml:lang="',
    b'xmlns="', b"<item>",
)  # fmt: skip


def originals() -> dict[str, bytes]:
    """What is mutated, by name: our own samples and the example pages of the package."""
    folder = files("volgens") / "examples"
    examples = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith((".html", ".txt"))}
    table = parquet([{"headline": TITLE, "body": TEXT, "url": f"{URL}-{number}"} for number in range(3)])
    return dict(sorted({**SAMPLES, **examples, "rows.parquet": table}.items()))


def case(seed: int, number: int, samples: dict[str, bytes]) -> tuple[str, bytes]:
    """The name and the bytes of one case."""
    chance = random.Random(f"{seed} {number}")
    name = chance.choice(list(samples))
    data = samples[name]
    if data.startswith(b"\x1f\x8b") and chance.random() < 0.7:
        # What is packed is broken inside, so that more than the unpacking is met.
        inner = mutated(gzip.decompress(data), chance, samples)
        return name, gzip.compress(inner, 1)
    if name.endswith(".pdf") and chance.random() < 0.5:
        return name, _within_streams(data, chance, samples)
    return name, mutated(data, chance, samples)


def mutated(data: bytes, chance: random.Random, samples: dict[str, bytes]) -> bytes:
    """``data`` after one to twelve mutations."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 12))):
        data = chance.choice(MUTATIONS)(data, chance, samples)[:LONGEST]
    return data


Mutation = Callable[[bytes, random.Random, dict[str, bytes]], bytes]


def _flip(data: bytes, chance: random.Random, _: dict[str, bytes]) -> bytes:
    changed = bytearray(data)
    for _index in range(chance.choice((1, 2, 8, 64)) if data else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random, _: dict[str, bytes]) -> bytes:
    begin = chance.randrange(len(data) + 1)
    return data[:begin] + data[begin + chance.choice((1, 10, 100, 1000)) :]


def _shorten(data: bytes, chance: random.Random, _: dict[str, bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _double(data: bytes, chance: random.Random, _: dict[str, bytes]) -> bytes:
    begin = chance.randrange(len(data) + 1)
    piece = data[begin : begin + chance.choice((1, 10, 100, 1000))]
    return data[:begin] + piece * chance.choice((2, 5, 100)) + data[begin:]


def _insert(data: bytes, chance: random.Random, _: dict[str, bytes]) -> bytes:
    begin = chance.randrange(len(data) + 1)
    return data[:begin] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 3, 1000)) + data[begin:]


def _mix(data: bytes, chance: random.Random, samples: dict[str, bytes]) -> bytes:
    other = samples[chance.choice(list(samples))]
    begin, from_other = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:begin] + other[from_other : from_other + chance.choice((50, 500, 5000))] + data[begin:]


def _number(data: bytes, chance: random.Random, _: dict[str, bytes]) -> bytes:
    """Another number in the place of one: lengths, places and counts lie."""
    places = [index for index, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if not places:
        return data
    begin = chance.choice(places)
    end = begin
    while end < len(data) and 48 <= data[end] <= 57:
        end += 1
    return data[:begin] + chance.choice((b"0", b"1", b"-1", b"65536", b"4294967296", b"99999999999999999999")) + data[end:]


def _retyped(data: bytes, chance: random.Random, _: dict[str, bytes]) -> bytes:
    """JSON in which some values are of another type."""
    try:
        first, newline, rest = data.partition(b"\n")
        value = json.loads(first)
    except ValueError:
        return data
    places = list(_places(value))
    for _index in range(min(len(places), chance.choice((1, 3, 10)))):
        holder, key = chance.choice(places)
        holder[key] = chance.choice(
            (None, True, 7, -1e300, "", "x", [], {}, [None], [7], {"name": 7}, ["x"], [[[]]], "\ud800", "2024")
        )
    return json.dumps(value).encode() + newline + rest


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from _places(inner)


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut, _shorten, _double, _insert, _insert, _mix, _number, _retyped, _retyped)


def _within_streams(data: bytes, chance: random.Random, samples: dict[str, bytes]) -> bytes:
    """A PDF with one of its packed streams mutated."""
    pieces = data.split(b"stream\n")
    for index, piece in enumerate(pieces):
        try:
            content = zlib.decompress(piece)
        except zlib.error:
            continue
        pieces[index] = zlib.compress(mutated(content, chance, samples)) + b"\nend"
    return b"stream\n".join(pieces)


def fault(name: str, data: bytes, going: Callable[[], object] = bool) -> str | None:
    """What is wrong with what volgens makes of ``data``; None where nothing is. ``going`` is called whenever it gives something."""
    try:
        for found in found_in(data, name, SETTINGS):
            going()
            if not isinstance(found, Found):
                return f"no Found: {found!r}"
            if found.error is not None and UNEXPECTED in found.error.reason:
                return str(found.error)
            if found.article is not None:
                json.dumps(encode_article(found.article), ensure_ascii=False).encode()
            if found.article is None and found.link is None and found.error is None:
                return f"nothing in {found.name}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


@dataclass
class Outcome:
    """What the workers met: crashes and hangs, by the numbers of their cases."""

    crashes: dict[int, str] = field(default_factory=dict)
    hangs: list[int] = field(default_factory=list)


def work(seed: int, numbers: Sequence[int], now: Any, sent: Any) -> None:
    """Run cases in a process of its own: ``now`` holds the number of the one at work, and faults are sent."""
    samples = originals()
    wait = partial(signal.setitimer, signal.ITIMER_REAL, SECONDS)
    for number in numbers:
        now.value = number
        name, data = case(seed, number, samples)
        # The signal ends the process, also where it hangs in a library that is no Python.
        wait()
        problem = fault(name, data, wait)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if problem is not None:
            sent.send((number, f"{name}: {problem}"))
    sent.send(None)


def run(seed: int, count: int, workers: int) -> Outcome:
    """All cases, shared among processes. One that dies is followed by another."""
    outcome = Outcome()
    context = multiprocessing.get_context("spawn")
    waiting = [list(range(first, count, workers)) for first in range(workers)]
    running: list[tuple[Any, Any, Any, list[int]]] = []

    def start(numbers: list[int]) -> None:
        now = context.Value("q", -1)
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(seed, numbers, now, sender), daemon=True)
        process.start()
        sender.close()
        running.append((process, receiver, now, numbers))

    for numbers in waiting:
        start(numbers)
    while running:
        process, receiver, now, numbers = running.pop(0)
        ended = False
        try:
            while receiver.poll(0.2):
                message = receiver.recv()
                if message is None:
                    ended = True
                    break
                outcome.crashes[message[0]] = message[1]
        except EOFError:
            process.join()
            if not ended:
                last = now.value
                if process.exitcode == -signal.SIGALRM:
                    outcome.hangs.append(last)
                else:
                    outcome.crashes[last] = f"the process ended with {process.exitcode}"
                if left := [number for number in numbers if number > last]:
                    start(left)
            continue
        if ended:
            process.join()
        else:
            running.append((process, receiver, now, numbers))
    return outcome


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=20_000, metavar="N", help="how many cases (default 20000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed gives other cases (default 1)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="how many processes (default 2)")
    parser.add_argument("--only", type=int, metavar="N", help="write case N to standard output, to look at it")
    chosen = parser.parse_args(arguments)
    if chosen.only is not None:
        sys.stdout.buffer.write(case(chosen.seed, chosen.only, originals())[1])
        return 0
    report = Report("fuzz")
    outcome = run(chosen.seed, chosen.count, chosen.workers)
    kinds = Counter(text.partition(":")[0] for text in outcome.crashes.values())
    table(("cases", "count"), [("all", chosen.count), ("crashes", len(outcome.crashes)), ("hangs", len(outcome.hangs))])
    for number, text in sorted(outcome.crashes.items())[:50]:
        print(f"crash {number}: {text[:300]}")
    for number in sorted(outcome.hangs):
        print(f"hang {number}")
    report.figures["fuzz.crashes"], report.figures["fuzz.hangs"] = len(outcome.crashes), len(outcome.hangs)
    report.details.update(cases=chosen.count, seed=chosen.seed, crashes_by_sample=dict(kinds))
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
