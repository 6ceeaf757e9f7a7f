"""Watching feeds, on a server of this machine and with a clock that runs only where it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from volgens.archive.store import Archive
from volgens.config import Settings
from volgens.errors import InputError
from volgens.watching import Event, Pace, watch

DAY = 86_400.0
SETTINGS = Settings(timeout=5.0)
TEXT = "De brug over de Lommer blijft nog zeker een jaar dicht, zei wethouder Anke Verschuur dinsdag in de gemeenteraad. " * 3


@dataclass
class Clock:
    """Time passes while somebody waits, and not otherwise. Ends the watch with KeyboardInterrupt when ``until`` is reached."""

    now: float = 1_700_000_000.0
    until: float = float("inf")
    slept: list[float] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds
        if self.now >= self.until:
            raise KeyboardInterrupt

    def pace(self, *, once: bool = True, every: float = 900.0) -> Pace:
        return Pace(every, once=once, clock=self.time, pause=self.sleep, spread=lambda: 1.0)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive(None) as store:
        yield store


def page(title: str, text: str = TEXT) -> bytes:
    return f"<html lang='nl'><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>".encode()


def rss(*links: str, extra: str = "") -> tuple[int, dict[str, str], bytes]:
    items = "".join(f"<item><title>{link}</title><link>{link}</link></item>" for link in links)
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>De Kadekrant</title>{items}{extra}</channel></rss>"
    return 200, {"Content-Type": "application/rss+xml"}, body.encode()


def html(body: bytes, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "text/html; charset=utf-8", **headers}, body


def told(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.kind, event.result) for event in events]


def run(site, archive: Archive, *inputs: str, clock: Clock | None = None, once: bool = True) -> list[Event]:
    clock = clock or Clock()
    events: list[Event] = []
    try:
        for event in watch(archive, inputs, SETTINGS, clock.pace(once=once), gate=site.gate()):
            events.append(event)
    except KeyboardInterrupt:
        pass
    return events


def asked(site) -> list[str]:
    return [path for path, _ in site.seen if path != "/robots.txt"]


def test_what_a_feed_names_is_read_once(site, archive: Archive) -> None:
    site.replies |= {"/rss": rss(site.url("/a"), site.url("/b")), "/a": html(page("Brug dicht")), "/b": html(page("Sluis open"))}
    clock = Clock()
    events = run(site, archive, site.url("/rss"), clock=clock)
    assert told(events) == [("feed", "found"), ("feed", "read"), ("article", "new"), ("article", "new")]
    assert events[1].fresh == 2
    assert archive.count() == (2, 2)
    assert asked(site) == ["/rss", "/a", "/b"]
    assert run(site, archive, site.url("/rss"), clock=clock) == []
    assert asked(site) == ["/rss", "/a", "/b"]


def test_it_names_itself_and_takes_its_time(site, archive: Archive) -> None:
    site.replies |= {"/rss": rss(*(site.url(f"/{n}") for n in range(5)))}
    site.replies |= {f"/{n}": html(page(f"Bericht {n}")) for n in range(5)}
    clock = Clock()
    run(site, archive, site.url("/rss"), clock=clock)
    assert all("volgens" in headers["user-agent"] and "feeds" in headers["user-agent"] for _, headers in site.seen)
    assert clock.now - 1_700_000_000.0 >= 6  # seven requests to one host, robots.txt among them


def test_a_delay_that_robots_txt_asks_for_is_kept(site, archive: Archive) -> None:
    site.replies |= {"/rss": rss(site.url("/a"), site.url("/b")), "/a": html(page("A")), "/b": html(page("B"))}
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 30\nDisallow: /b\n")
    clock = Clock()
    events = run(site, archive, site.url("/rss"), clock=clock)
    assert asked(site) == ["/rss", "/a"]
    assert clock.now - 1_700_000_000.0 >= 30
    assert [event.result for event in events if event.kind == "article"] == ["new", "failed"]
    assert "robots.txt" in (events[-1].reason or "")


def test_each_article_is_read_again_after_an_hour_a_day_and_a_week(site, archive: Archive) -> None:
    site.replies |= {"/rss": rss(site.url("/a")), "/a": html(page("Brug dicht"))}
    clock = Clock()
    clock.until = clock.now + 9 * DAY
    times = []

    def changing(handler) -> None:
        times.append(clock.now)
        handler.send_response(200)
        body = page("Brug dicht", TEXT + f"Versie {len(times)} van dit bericht.")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    site.replies["/a"] = changing
    events = run(site, archive, site.url("/rss"), clock=clock, once=False)
    after = [round((moment - times[0]) / 3600) for moment in times]
    assert after == [0, 1, 24, 168]
    assert [event.result for event in events if event.kind == "article"] == ["new", "version", "version", "version"]
    assert archive.count() == (1, 4)
    assert [event.again for event in events if event.kind == "article"][-1] is None


def test_what_did_not_change_is_not_sent_again(site, archive: Archive) -> None:
    def conditional(body: bytes, kind: str):
        def reply(handler) -> None:
            known = handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since")
            handler.send_response(304 if known else 200)
            handler.send_header("ETag", '"v1"')
            handler.send_header("Last-Modified", "Tue, 14 Nov 2023 22:00:00 GMT")
            handler.send_header("Content-Type", kind)
            handler.send_header("Content-Length", str(0 if known else len(body)))
            handler.end_headers()
            if not known:
                handler.wfile.write(body)

        return reply

    site.replies |= {"/rss": conditional(rss(site.url("/a"))[2], "application/rss+xml"), "/a": conditional(page("A"), "text/html")}
    clock = Clock()
    clock.until = clock.now + 2 * DAY
    events = run(site, archive, site.url("/rss"), clock=clock, once=False)
    articles = [event.result for event in events if event.kind == "article"]
    assert articles == ["new", "unchanged", "unchanged"]
    assert {event.result for event in events if event.kind == "feed"} == {"found", "read", "unchanged"}
    assert archive.count() == (1, 1)


def test_a_feed_is_asked_sooner_while_it_brings_news_and_later_while_not(site, archive: Archive) -> None:
    site.replies |= {"/rss": rss(site.url("/a")), "/a": html(page("A"))}
    clock = Clock()
    clock.until = clock.now + 2 * DAY
    waits = [event.again for event in run(site, archive, site.url("/rss"), clock=clock, once=False) if event.result == "read"]
    assert waits[0] == pytest.approx(630)
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(3600)


def test_a_server_that_asks_for_time_gets_it(site, archive: Archive) -> None:
    site.replies |= {"/rss": rss(site.url("/a"), site.url("/b")), "/b": html(page("B"))}
    site.replies["/a"] = (429, {"Retry-After": "1800"}, b"")
    clock = Clock()
    begin = clock.now
    clock.until = begin + 3600
    moments = []
    for event in watch(archive, [site.url("/rss")], SETTINGS, clock.pace(once=False), gate=site.gate()):
        moments.append((event.result, clock.now - begin))
        if event.result == "new":
            break
    failed = next(moment for result, moment in moments if result == "failed")
    assert moments[-1][1] >= failed + 1800  # the other article of that host waits as well


def test_failures_are_tried_again_later_and_then_given_up(site, archive: Archive) -> None:
    site.replies |= {"/rss": rss(site.url("/a"), site.url("/weg")), "/a": (500, {}, b"")}
    clock = Clock()
    clock.until = clock.now + 3 * DAY
    events = [event for event in run(site, archive, site.url("/rss"), clock=clock, once=False) if event.kind == "article"]
    tried = [event for event in events if event.address.endswith("/a")]
    assert [event.result for event in tried] == ["failed"] * 4 + ["given up"]
    assert [event.again for event in tried] == [300.0, 600.0, 1200.0, 2400.0, None]
    assert [event.result for event in events if event.address.endswith("/weg")] == ["given up"]
    assert asked(site).count("/weg") == 1


def test_a_feed_that_fails_is_never_given_up(site, archive: Archive) -> None:
    site.replies["/rss"] = (503, {}, b"")
    clock = Clock()
    clock.until = clock.now + 10 * DAY
    waits = [event.again for event in run(site, archive, site.url("/rss"), clock=clock, once=False) if event.result == "failed"]
    assert waits[:3] == [900.0, 1800.0, 3600.0]
    assert waits[-1] == DAY


def test_feeds_of_a_home_page(site, archive: Archive) -> None:
    home = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/nieuws.xml">
      <link rel="alternate" type="application/rss+xml" title="Reacties" href="/reacties.xml"></head><body>
      <p>Voorpagina</p></body></html>"""
    site.replies |= {"/": html(home), "/nieuws.xml": rss(site.url("/a")), "/a": html(page("A"))}
    events = run(site, archive, site.url("/"))
    assert [event.address for event in events if event.result == "found"] == [site.url("/"), site.url("/nieuws.xml")]
    assert archive.count() == (1, 1)


def test_feeds_where_they_often_are(site, archive: Archive) -> None:
    site.replies |= {"/": html(page("Voorpagina")), "/feed.xml": rss(site.url("/a")), "/a": html(page("A"))}
    run(site, archive, site.url("/"))
    assert archive.count() == (1, 1)


def test_a_page_without_feeds_says_so(site, archive: Archive) -> None:
    site.replies["/"] = html(page("Voorpagina"))
    events = run(site, archive, site.url("/"))
    assert told(events) == [("feed", "found"), ("feed", "failed")]
    assert "names no feed" in (events[-1].reason or "")


def test_a_list_of_feeds(site, archive: Archive, tmp_path: Path) -> None:
    outlines = "".join(f'<outline type="rss" text="F{n}" xmlUrl="{site.url(f"/{n}.xml")}"/>' for n in range(3))
    (tmp_path / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    site.replies |= {f"/{n}.xml": rss(site.url(f"/{n}"), site.url("/samen")) for n in range(3)}
    site.replies |= {f"/{n}": html(page(f"Bericht {n}")) for n in range(3)} | {"/samen": html(page("Samen"))}
    events = run(site, archive, str(tmp_path / "feeds.opml"))
    assert [event.result for event in events].count("found") == 3
    assert archive.count() == (4, 4)
    assert asked(site).count("/samen") == 1


def test_one_article_at_two_addresses_is_one_work(site, archive: Archive) -> None:
    site.replies |= {
        "/rss": rss(site.url("/a?utm_source=rss"), site.url("/a?utm_source=mail")),
        "/a?utm_source=rss": html(page("A")),
    }
    run(site, archive, site.url("/rss"))
    assert archive.count() == (1, 1)
    assert len(asked(site)) == 2


def test_addresses_that_are_no_web_pages_are_passed_over(site, archive: Archive) -> None:
    links = (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://dekrant.example/a",
        "http://169.254.169.254/latest",
        site.url("/a"),
    )
    site.replies |= {"/rss": rss(*links), "/a": html(page("A"))}
    events = run(site, archive, site.url("/rss"))
    assert archive.count() == (1, 1)
    refused = [event for event in events if event.result == "failed"]
    assert [event.address for event in refused] == ["http://169.254.169.254/latest"]
    assert asked(site) == ["/rss", "/a"]


def test_what_its_feed_tells_of_a_page_that_does_not_is_kept(site, archive: Archive) -> None:
    item = f"<item><title>T</title><link>{site.url('/a')}</link><pubDate>Tue, 14 Nov 2023 10:00:00 GMT</pubDate></item>"
    site.replies |= {"/rss": rss(extra=item), "/a": html(page("A"))}
    run(site, archive, site.url("/rss"))
    (version,) = archive.versions(site.url("/a"))
    assert version.published == "2023-11-14T10:00:00+00:00"


def test_stopped_at_any_point_nothing_is_lost_or_done_twice(site, archive: Archive) -> None:
    links = [site.url(f"/{n}") for n in range(6)]
    site.replies |= {"/rss": rss(*links)} | {f"/{n}": html(page(f"Bericht {n}")) for n in range(6)}
    clock = Clock()
    new = 0
    for stop in (1, 2, 1, 3, 1, 50):
        for count, event in enumerate(watch(archive, [site.url("/rss")], SETTINGS, clock.pace(), gate=site.gate()), 1):
            new += event.result == "new"
            if count == stop:
                break
    assert new == 6
    assert archive.count() == (6, 6)
    assert sorted(asked(site)) == sorted(["/rss", *(f"/{n}" for n in range(6))])


def test_nothing_to_watch(site, archive: Archive) -> None:
    with pytest.raises(InputError, match="nothing to watch"):
        run(site, archive)
