"""Manners of a visitor who comes often: robots.txt is remembered for a day, and no host is asked twice in a row."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

_KEPT = 86_400.0  # seconds that a robots.txt holds (RFC 9309: at most a day)


@dataclass
class Manners:
    """What is remembered between visits. ``apart``: seconds between requests to one host, more where robots.txt asks for it.

    ``clock`` gives seconds and ``pause`` waits for so many; a test gives its own.
    """

    apart: float = 1.0
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    _robots: dict[str, tuple[float, str]] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _resting: dict[str, float] = field(default_factory=dict)

    def robots(self, origin: str) -> str | None:
        """The robots.txt of an origin that still holds; None where it is to be asked for."""
        kept = self._robots.get(origin)
        return kept[1] if kept is not None and self.clock() - kept[0] < _KEPT else None

    def keep_robots(self, origin: str, rules: str) -> None:
        self._robots[origin] = (self.clock(), rules)

    def slow_down(self, host: str, delay: float) -> None:
        """Let ``delay`` seconds pass between two requests to ``host``."""
        self._delays[host] = delay

    def ready(self, host: str) -> float:
        """In how many seconds ``host`` may be asked again; 0 for now."""
        if host not in self._last:
            return 0.0
        return max(0.0, self._last[host] + max(self.apart, self._delays.get(host, 0.0)) - self.clock())

    def rest(self, host: str, seconds: float) -> None:
        """Leave ``host`` in peace for so long: it said that it is asked too much."""
        self._resting[host] = self.clock() + seconds

    def busy(self) -> dict[str, float]:
        """The hosts that are not to be asked now, and in how many seconds they may be."""
        now = self.clock()
        waits = {
            host: max(self.ready(host), self._resting.get(host, now) - now) for host in self._last.keys() | self._resting.keys()
        }
        return {host: seconds for host, seconds in waits.items() if seconds > 0}

    def wait(self, host: str) -> float:
        """Wait until ``host`` may be asked, and note that it is. Returns the seconds that took."""
        seconds = self.ready(host)
        if seconds > 0:
            self.pause(seconds)
        self._last[host] = self.clock()
        return seconds
