"""Words of others, made fit to be shown: nothing that an article or a name holds reaches a terminal as a command."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_KEPT = "\n\u200c\u200d"  # joiners shape letters and emoji
_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"  # hints about line breaks and direction, without a shape


class _Shown(dict[int, str]):
    """What is shown for each code point, filled in as they are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _KEPT or unicodedata.category(character) not in ("Cc", "Cf", "Co", "Cs"):
            shown = character
        elif character in _INVISIBLE:
            shown = ""
        else:
            shown = chr(0x2400 + code) if code < 0x20 else "\ufffd"
        self[code] = shown
        return shown


_SHOWN = _Shown()


def safe(text: str) -> str:
    """``text`` without a character that a terminal would obey.

    Escape and its like are shown as pictures (␛), overrides of the direction as U+FFFD; line ends become "\\n".
    """
    return _LINE_ENDS.sub("\n", text).replace("\t", "    ").translate(_SHOWN)


def one_line(text: str) -> str:
    """``text``, safe, on one line."""
    return " ".join(safe(text).split())
