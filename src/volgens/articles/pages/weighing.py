"""The voices of a page, weighed against one another -> one value for each field, and which voice gave it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from volgens.articles.dates import full_date
from volgens.articles.outlets import domain_name, host_name, known_domain, known_name, same_site
from volgens.articles.pages.bylines import people, plain
from volgens.articles.pages.printed_dates import base_of, printed_date, same_day, tells_change
from volgens.articles.pages.stated import Stated, Voice, tidy
from volgens.articles.pages.titles import choose_title
from volgens.articles.pages.visible import Head
from volgens.records import Choice

# A publisher's own list of its people beats what is printed, and that beats a field meant for search engines; another voice that
# names one of the same people counts for half the distance.
_AUTHOR_WEIGHTS = {"json-ld": 3.0, "visible": 2.2, "meta": 2.0, "dublin core": 1.5}
_AGREED = 0.5
_TITLE_ORDER = ("json-ld", "opengraph", "visible", "dublin core", "meta")
_TWIN = re.compile(r"[/.?&=_-](?:amp|print|mobile)(?:[/.?&=]|$)|^https?://(?:amp|m|mobile)\.", re.IGNORECASE)
_HOST_LIKE = re.compile(r"\S+\.[a-z]{2,4}|[a-z0-9_-]+")


@dataclass(slots=True)
class Weighed:
    """What a page says of its article, one value for each field, with the voices that won.

    ``names`` are those of the site, ``byline`` the words that name the makers, as they are printed.
    """

    url: str | None = None
    twins: tuple[str, ...] = ()
    outlet: str | None = None
    domain: str | None = None
    names: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    language: str = "und"
    origins: dict[str, str] = field(default_factory=dict)

    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(name, origin) for name, origin in self.origins.items())


def weigh(tree: Any, stated: Stated, head: Head, *, url: str | None = None, seen: str | None = None) -> Weighed:
    """Every field of the page ``tree``. ``url`` is where it was found, ``seen`` when (ISO 8601)."""
    found = Weighed()
    _address(found, stated, url)
    _outlet(found, stated)
    _title(found, stated, head, tree)
    _authors(found, stated, head)
    _dates(found, stated, head, seen)
    if not found.published and (guess := _guessed_date(tree, found.url)):
        _keep(found, "published", Voice("guess", guess))
    sites = {plain(name) for name in found.names}
    sections = (voice for voice in stated.sections() if "://" not in voice.value and len(voice.value) <= 60)
    _keep(found, "section", next((voice for voice in sections if plain(voice.value) not in sites), None))
    declared = Voice("meta", tidy(tree.get("lang") or tree.get("xml:lang")) or "")
    languages = (Voice(voice.origin, code) for voice in (declared, *stated.languages()) if (code := _language(voice.value)))
    _keep(found, "language", next(languages, None))
    return found


def _keep(found: Weighed, name: str, voice: Voice | None) -> None:
    if voice is not None:
        setattr(found, name, voice.value)
        found.origins[name] = voice.origin


def _address(found: Weighed, stated: Stated, url: str | None) -> None:
    canonical = None
    for voice in stated.addresses():
        if (address := _absolute(voice.value, url)) and (url is None or (same_site(address, url) and not _is_home(address, url))):
            canonical = Voice(voice.origin, address)
            break
    _keep(found, "url", canonical or (Voice("address", url) if url else None))
    twins = [address for twin in stated.twins() if (address := _absolute(twin, url or found.url))]
    if url and _TWIN.search(url):
        twins.append(url)
    found.twins = tuple(twin for twin in dict.fromkeys(twins) if twin != found.url)


def _absolute(address: str, base: str | None) -> str | None:
    try:
        whole = urldefrag(urljoin(base or "", address.strip())).url
    except ValueError:
        return None
    return whole if whole.lower().startswith(("http://", "https://")) and host_name(whole) else None


def _is_home(address: str, url: str) -> bool:
    """Whether a page calls the site's front page its address, as badly made pages do."""
    return urlsplit(address).path in ("", "/") and urlsplit(url).path not in ("", "/")


def _outlet(found: Weighed, stated: Stated) -> None:
    voices = list(stated.outlets())
    host = host_name(found.url) or ""
    found.domain = domain_name(found.url)
    if found.domain is None:
        found.domain = next((domain for voice in voices if (domain := known_domain(voice.value))), None)
    listed = known_name(found.domain)
    # "nationalpost" and "bild.de" are less of a name than "National Post".
    named = sorted(voices, key=lambda voice: bool(_HOST_LIKE.fullmatch(voice.value)))
    chosen = Voice("outlets", listed) if listed else named[0] if named else Voice("address", host) if host else None
    _keep(found, "outlet", chosen)
    labels = host.split(".")
    names = (listed, *(voice.value for voice in voices), host, host.rpartition(".")[0], *labels[-2:-1], found.domain)
    found.names = tuple(dict.fromkeys(name for name in names if name))


def _title(found: Weighed, stated: Stated, head: Head, tree: Any) -> None:
    named = tree.find(".//head/title")
    titled = tidy(named.text_content()) if named is not None else None
    voices = sorted(
        (*stated.titles(), *(Voice("visible", text) for _, text in head.headings[:1])),
        key=lambda voice: _TITLE_ORDER.index(voice.origin),
    )
    _keep(found, "title", choose_title([*voices, *([Voice("title", titled)] if titled else [])], found.names))


def _authors(found: Weighed, stated: Stated, head: Head) -> None:
    printed_lines = _visible_bylines(head, found.names)
    voices = [*stated.authors(), *([("visible", printed_lines)] if printed_lines else [])]
    named = [(origin, who) for origin, lines in voices if (who := people(lines, found.names))]

    def weight(voice: tuple[str, tuple[str, ...]]) -> float:
        ours = {plain(name) for name in voice[1]}
        agreed = sum(bool(ours & {plain(name) for name in who}) for origin, who in named if origin != voice[0])
        return _AUTHOR_WEIGHTS[voice[0]] + _AGREED * agreed

    if named:
        origin, found.authors = max(named, key=weight)
        found.origins["authors"] = origin
    found.byline = _byline(head, found.authors) or next((", ".join(lines) for _, lines in voices), None)


def _visible_bylines(head: Head, names: Iterable[str]) -> tuple[str, ...]:
    """The words of the first marked element that names people, and of those that stand beside it."""
    names = tuple(names)
    beside: Any = None
    lines: list[str] = []
    for element, text in head.bylines():
        if beside is None:
            if people([text], names):
                beside = next((above for depth, above in enumerate(element.iterancestors()) if depth == 1), element)
                lines.append(text)
        elif beside in element.iterancestors():
            lines.append(text)
    return tuple(lines)


def _byline(head: Head, authors: Sequence[str]) -> str | None:
    """The words that are marked as a byline, where they name the authors; the widest element that does and still is a line."""
    wanted = [plain(author) for author in authors]
    naming = [text for _, text in head.bylines() if not wanted or any(name in plain(text) for name in wanted)]
    return next((text for text in naming if all(name in plain(text) for name in wanted)), naming[0] if naming else None)


def _dates(found: Weighed, stated: Stated, head: Head, seen: str | None) -> None:
    published, modified = list(_told(stated.published())), list(_told(stated.modified()))
    base = base_of(seen, *(voice.value for voice in (*modified, *published)))
    for value, words, changed in head.times():
        date = full_date(value) or printed_date(words, base)
        if date:
            (modified if changed or tells_change(words) else published).append(Voice("visible", date))
    _keep(found, "published", _finest(published))
    change = _finest(modified)
    if change and not (
        found.published and change.value[:10] < found.published[:10] and not same_day(change.value, found.published)
    ):
        _keep(found, "modified", change)


def _told(voices: Iterable[Voice]) -> Iterator[Voice]:
    return (Voice(voice.origin, date) for voice in voices if (date := full_date(voice.value) or printed_date(voice.value)))


def _finest(voices: Sequence[Voice]) -> Voice | None:
    """The first voice, or the first that tells the time, and then the zone, of the same day."""
    if not voices:
        return None
    same = [voice for voice in voices if same_day(voice.value, voices[0].value)]
    return min(same, key=lambda voice: (len(voice.value) <= 10, not re.search(r"[+-]\d\d:\d\d$", voice.value)))


def _language(value: str) -> str | None:
    declared = value.lower()[:3]
    return declared[:2] if re.fullmatch(r"[a-z]{2}[-_]?", declared) else None


def _guessed_date(tree: Any, address: str | None) -> str | None:
    from htmldate import find_date

    try:
        # The date limits are fixed, so that the same page gives the same date on every day it is read.
        found = find_date(
            tree, url=address, original_date=True, extensive_search=False, min_date="1990-01-01", max_date="2099-12-31"
        )
    except Exception:  # a guess that fails over a strange page must not cost the article
        return None
    return full_date(found)
