"""Addresses -> who publishes there: the domain of an outlet, and its usual name."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from volgens.languages import domains, owners

_SIDE_DOORS = re.compile(r"^(?:(?:www\d?|m|amp|mobile|mobiel|touch|beta)\.)+(?=[^.]+\.)")
_PUBLIC_SECOND = re.compile(r"(?:com?|org|net|ac|gov|edu|or|ne|go)\.[a-z]{2}")


def host_name(address: str | None) -> str | None:
    """The host of ``address`` without "www."; None where there is none."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def domain_name(address: str | None) -> str | None:
    """The domain of the outlet at ``address``: that of the shipped table, else the host without "www.", "m." or "amp."."""
    host = host_name(address)
    if host is None:
        return None
    return _listed(host) or _SIDE_DOORS.sub("", host)


def known_name(domain: str | None) -> str | None:
    """The name that the shipped table has for ``domain``."""
    return domains().get(domain or "")


def known_domain(name: str | None) -> str | None:
    """The domain of the outlet called ``name`` in the shipped table; None where it has none, or several."""
    found = [domain for domain, listed in domains().items() if name and listed.casefold() == name.casefold()]
    return found[0] if len(found) == 1 else None


@cache
def _owners() -> dict[str, str]:
    return {_bare(name): owner for owner, listed in owners().items() for name in listed}


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def owner(outlet: str | None) -> str | None:
    """Who owns the outlet of this name, in the shipped table; None where it is not listed."""
    return _owners().get(_bare(outlet or ""))


def same_site(one: str | None, other: str | None) -> bool:
    """Whether two addresses are of one site: the registered parts of their hosts are the same."""
    first, second = host_name(one), host_name(other)
    return bool(first and second) and _registered(first or "") == _registered(second or "")


def _listed(host: str) -> str | None:
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if (domain := ".".join(labels[start:])) in domains():
            return domain
    return None


def _registered(host: str) -> str:
    """The last two labels of a host, or three below a public second level such as co.uk. No list of all of them is needed to
    tell whether an address that a page states for itself is its own."""
    labels = host.split(".")
    count = 3 if _PUBLIC_SECOND.fullmatch(".".join(labels[-2:])) else 2
    return ".".join(labels[-count:])
