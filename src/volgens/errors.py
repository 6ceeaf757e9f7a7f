"""Everything that goes wrong in volgens, in one tree.

VolgensError
├── InputError            an input that cannot be read; the others go on
│   ├── NotFound          no such file, or an address that answers "not found"
│   ├── NotText           binary, empty, or no prose in it
│   ├── TooLarge          more than the limits of Settings allow, packed or unpacked
│   └── FetchError        an address that does not answer, or answers with an error
│       └── Refused       an address that volgens will not visit: private, or closed by robots.txt
├── ArchiveError          an archive that cannot be opened or written: missing, locked, damaged, full, of a newer version
│   └── NotKept           an archive has nothing by that id or address
├── DecodeError           JSON that is not what this version writes
└── ModelError            weights that are missing or do not fit this version
"""

from __future__ import annotations


class VolgensError(Exception):
    """Base of every error that volgens raises on purpose. The message says what to do."""


class InputError(VolgensError):
    """One input cannot be read. ``input`` names it as the user gave it."""

    def __init__(self, input: str, reason: str) -> None:
        super().__init__(f"{input}: {reason}")
        self.input = input
        self.reason = reason


class NotFound(InputError):
    """No such file, or an address that answers "not found"."""


class NotText(InputError):
    """Binary, empty, or no prose in it."""


class TooLarge(InputError):
    """More than the limits of Settings allow, packed or unpacked."""


class FetchError(InputError):
    """An address that does not answer, or answers with an error.

    ``retry_after``: the seconds that the server asks to wait, where it does.
    """

    def __init__(self, input: str, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(input, reason)
        self.retry_after = retry_after


class Refused(FetchError):
    """An address that volgens will not visit: private, or closed by robots.txt."""


class DecodeError(VolgensError):
    """JSON that is not what this version writes."""


class ModelError(VolgensError):
    """Weights that are missing or do not fit this version."""


class ArchiveError(VolgensError):
    """An archive that cannot be opened, read or written."""


class NotKept(ArchiveError):
    """An archive has nothing by that id or address."""
