"""Kill -9 at random moments of adding and of watching: articles lost, articles doubled, archives damaged.

    python -m benchmarks.kills [--kills N] [--seed N] [--json FILE] [--check]

Half of the kills hit ``volgens add``, of a JSON Lines file and of a WARC in turn, and half hit a watch of feeds that a server of
this machine gives. After each kill the archive must be sound and hold all that was told to be in it; what is killed is started
again, and in the end all must be there, each once. Needs no corpora.
"""

from __future__ import annotations

import gzip
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from benchmarks.report import Report, options, table
from benchmarks.samples import TEXT, TITLE, warc_record
from volgens.archive.store import Archive
from volgens.articles.web.fetch import Gate
from volgens.config import Settings
from volgens.watching import Pace, watch

ARTICLES = 1000
FEEDS, NAMED = 5, 12
FAST = 20_000.0  # seconds of the watch's clock in one of ours
LONGEST = 3.0  # seconds until a kill
EPOCH = 1_700_000_000.0


@dataclass
class Toll:
    """What the kills cost. ``during`` counts those that hit a process at work, ``told`` the articles told before one."""

    kills: int = 0
    during: int = 0
    told: int = 0
    lost: int = 0
    doubled: int = 0
    damaged: int = 0
    rounds: int = 0
    notes: list[str] = field(default_factory=list)


def killed(command: Sequence[str], delay: float) -> tuple[list[str], bool]:
    """Run ``command`` and kill it after ``delay`` seconds. Gives the whole lines it wrote, and whether it was still running."""
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        try:
            child.wait(delay)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
        out.seek(0)
        written = out.read()
    return [line for line in written.splitlines(keepends=True) if line.endswith("\n")], child.returncode == -signal.SIGKILL


def inspect(archive: Path, told: set[str], toll: Toll) -> None:
    """Count what of ``told`` is missing in the archive, what is in it twice, and whether it is sound."""
    if not archive.exists():
        toll.lost += len(told)
        return
    with sqlite3.connect(archive, timeout=60) as db:
        if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok" or db.execute("PRAGMA foreign_key_check").fetchone():
            toll.damaged += 1
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'versions'").fetchone():
            toll.lost += len(told)
            return
        rows = db.execute("SELECT work, article FROM versions ORDER BY work, coalesce(seen, ''), number").fetchall()
        urls = db.execute("SELECT url, count(DISTINCT work) FROM articles GROUP BY url HAVING count(DISTINCT work) > 1").fetchall()
    toll.lost += len(told - {article for _, article in rows})
    repeated = sum(one == other for one, other in pairwise(rows))
    toll.doubled += repeated + len(urls)
    if repeated or urls:
        toll.notes.append(f"{repeated} versions repeated, {urls[:3]}")


def inputs(folder: Path) -> list[Path]:
    """A JSON Lines file and a WARC of as many articles, each at its own address."""
    lines, archive = folder / "day.jsonl", folder / "day.warc.gz"
    texts = [f"{TITLE} {n}. {TEXT}" for n in range(ARTICLES)]
    lines.write_text("".join(json.dumps({"text": t, "url": f"https://regel.example/{n}"}) + "\n" for n, t in enumerate(texts)))
    pages = (f"<html lang='nl'><body><h1>Bericht {n}</h1><p>{text}</p></body></html>".encode() for n, text in enumerate(texts))
    archive.write_bytes(b"".join(gzip.compress(warc_record(f"https://warc.example/{n}", page)) for n, page in enumerate(pages)))
    return [lines, archive]


def kill_adding(folder: Path, kills: int, chance: random.Random) -> Toll:
    """Kill ``volgens add`` so often, beginning anew with an empty archive whenever all was added."""
    toll = Toll()
    sources = inputs(folder)
    while toll.kills < kills:
        source, archive = sources[toll.rounds % 2], folder / f"add{toll.rounds}.db"
        command = [sys.executable, "-m", "volgens", "add", str(source), "--archive", str(archive), "--json"]
        told: set[str] = set()
        running = True
        while running:
            # Without another kill to come, it runs to its end.
            lines, running = killed(command, chance.uniform(0.1, LONGEST) if toll.kills < kills else 600.0)
            toll.kills += running
            outcomes = [json.loads(line) for line in lines]
            told |= {outcome["article"] for outcome in outcomes if outcome.get("article")}
            toll.during += running and bool(outcomes)
            inspect(archive, told, toll)
        with Archive(archive) as store:
            works, versions = store.count()
        toll.told += len(told)
        toll.lost += max(0, ARTICLES - works)
        toll.doubled += max(0, works - ARTICLES) + versions - works
        toll.rounds += 1
    return toll


class Press(BaseHTTPRequestHandler):
    """Feeds whose articles are more from look to look, and change in their first day."""

    asked: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        kind, _, number = self.path.strip("/").partition("/")
        count = self.asked[self.path] = self.asked[self.path] + 1
        if kind == "feed":
            last = min(NAMED, 3 * count)
            links = "".join(
                f"<item><link>http://pers.example:{self.server.server_port}/article/{number}-{n}</link></item>" for n in range(last)
            )
            self.answer("application/rss+xml", f"<rss version='2.0'><channel><title>Pers {number}</title>{links}</channel></rss>")
        elif kind == "article":
            body = f"<h1>Bericht {number}</h1><p>{TEXT} Stand {min(count, 3)} van bericht {number}.</p>"
            self.answer("text/html; charset=utf-8", f"<html lang='nl'><body>{body}</body></html>")
        else:
            self.send_error(404)

    def answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for the figures."""


def watch_fast(archive: str, port: str, begun: str, once: str) -> None:
    """What is killed: a watch with a fast clock, which may visit this machine. Writes each article told, a line each."""

    def clock() -> float:
        return EPOCH + (time.time() - float(begun)) * FAST

    def pause(seconds: float) -> None:
        time.sleep(min(seconds / FAST, 0.05))

    pace = Pace(apart=0.0, once=once == "once", clock=clock, pause=pause, spread=lambda: 1.0)
    gate = Gate(resolve=lambda *_: ["127.0.0.1"], permit=lambda _: True)
    feeds = [f"http://pers.example:{port}/feed/{n}" for n in range(FEEDS)]
    with Archive(Path(archive)) as store:
        for event in watch(store, feeds, Settings(), pace, gate=gate):
            print(json.dumps({"article": event.article}), flush=True)


def kill_watching(folder: Path, kills: int, chance: random.Random) -> Toll:
    """Kill a watch so often, and let it run until each article was read for the last time."""
    toll = Toll()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Press)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    code = "import sys; from benchmarks.kills import watch_fast; watch_fast(*sys.argv[1:])"
    while toll.kills < kills:
        Press.asked.clear()
        archive, begun = folder / f"watch{toll.rounds}.db", str(time.time())
        told: set[str] = set()
        ended = False
        while not ended:
            command = [sys.executable, "-c", code, str(archive), str(server.server_port), begun, "on"]
            lines, running = killed(command, chance.uniform(0.1, LONGEST) if toll.kills < kills else 5.0)
            toll.kills += running and toll.kills < kills
            articles = {json.loads(line)["article"] for line in lines} - {None}
            toll.during += bool(articles)
            told |= articles
            inspect(archive, told, toll)
            ended = archive.exists() and _read_out(archive)
        with Archive(archive) as store:
            works, _ = store.count()
        toll.told += len(told)
        toll.lost += max(0, FEEDS * NAMED - works)
        toll.doubled += max(0, works - FEEDS * NAMED)
        toll.rounds += 1
    server.shutdown()
    return toll


def _read_out(archive: Path) -> bool:
    """Whether every article that the feeds will ever name was read for the last time."""
    with Archive(archive) as store:
        articles = [visit for visit in store.visits() if visit.kind == "article"]
    return len(articles) == FEEDS * NAMED and all(visit.due is None for visit in articles)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--kills", type=int, default=100, metavar="N", help="how many in all (default 100)")
    parser.add_argument("--seed", type=int, default=None, metavar="N", help="of the moments; else they differ from run to run")
    chosen = parser.parse_args(arguments)
    report = Report("kills")
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(1_000_000)
    chance = random.Random(seed)
    killers: dict[str, Callable[[Path, int, random.Random], Toll]] = {"add": kill_adding, "watch": kill_watching}
    rows = []
    for name, kill in killers.items():
        with tempfile.TemporaryDirectory() as folder:
            toll = kill(Path(folder), chosen.kills // 2, chance)
        rows.append((name, toll.kills, toll.during, toll.rounds, toll.told, toll.lost, toll.doubled, toll.damaged))
        report.details[name] = {"seed": seed, "notes": toll.notes}
        for figure in ("lost", "doubled", "damaged"):
            report.figures[f"kills.{figure}"] = report.figures.get(f"kills.{figure}", 0) + getattr(toll, figure)
    table(("", "kills", "after something was told", "archives", "articles told", "lost", "doubled", "damaged"), rows)
    print(f"seed {seed}\n")
    return report.finish(chosen)


if __name__ == "__main__":
    raise SystemExit(main())
