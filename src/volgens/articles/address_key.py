"""One key for all the ways in which one page is addressed."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

# What campaigns and share buttons hang on an address; none of it chooses a page.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|twclid|wt_mc|wt\.mc_id|cmp|cmpid|ocid|ref|ref_src|referrer"
    r"|smid|smtyp|src|xtor|at_\w+|ns_\w+|guccounter|guce_\w+|amp|outputtype|__twitter_impression|ftag|share",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}


def address_key(address: str) -> str:
    """``address`` without what does not choose a page: scheme, "www.", default port, fragment, tracking parameters, last slash.

    Parameters are sorted. What is no http address is its own key. Applied to a key it gives the key again.
    """
    address = address.strip()
    whole = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(whole)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return address
    if parts.scheme.lower() not in _PORTS or not host or "@" in parts.netloc or any(c.isspace() for c in whole):
        return address
    while host.startswith("www."):
        host = host.removeprefix("www.")
    shown = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme.lower()]:
        shown += f":{port}"
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    path = re.sub(r"/{2,}", "/", _plain(parts.path)).rstrip("/")
    return shown + path + (f"?{urlencode(query)}" if query else "")


def _plain(path: str) -> str:
    """``path`` with letters that need no escape written as themselves: "%7Euser" is "~user"."""
    return re.sub(
        r"%[0-9A-Fa-f]{2}", lambda m: c if (c := unquote(m[0])) and re.fullmatch(r"[\w.~-]", c, re.ASCII) else m[0].upper(), path
    )
