"""One frozen Settings, read once."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and manners. Sizes in bytes, times in seconds.

    ``max_bytes``: the largest input, also after unpacking. ``max_characters``: the longest text that is read as one article
    (the default is some two novels, and two minutes' work). ``timeout``: for one address, from asking to the last byte.
    ``max_redirects``: how many an address may send us on. ``user_agent``: how we name ourselves to a server.
    ``threads``: how many the reader uses; 0 means one for each core.
    """

    max_bytes: int = 64 * 1024 * 1024
    max_characters: int = 1_500_000
    timeout: float = 20.0
    max_redirects: int = 5
    user_agent: str = "volgens/0.1 (reads one page for a person)"
    threads: int = 0
