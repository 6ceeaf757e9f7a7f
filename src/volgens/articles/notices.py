"""Which lines of an article tell of a correction or an update."""

from __future__ import annotations

import re
from functools import cache

from volgens.languages import known, words


@cache
def _beginning() -> re.Pattern[str]:
    begins = "|".join(re.escape(cue) for language in known() for cue in sorted(words(language, "notices", "begins")))
    dated = "|".join(re.escape(cue) for language in known() for cue in sorted(words(language, "notices", "dated")))
    # One word alone begins many a sentence ("Correction officers ..."): it has to be set off by a colon, a date or a sign.
    set_off = r"(?:\s*\(?[\d.:/ -]*(?:uur|u|am|pm|gmt|cet|cest|bst|e[sd]t|p[sd]t)?\)?\s*[:–—|]|\s*\([^()]{1,40}\))"
    spaced = rf"(?:{begins})"
    return re.compile(rf"[\W_]*(?:(?P<cue>{spaced})\b(?P<colon>{set_off})?|(?:{dated}){set_off})", re.IGNORECASE)


def is_notice(line: str) -> bool:
    """Whether ``line`` begins as a notice does: "Correctie:", "Update 14.30:", "This article was amended on ...".

    A cue of one or two words counts only where a colon, a time or a parenthesis sets it off.
    """
    found = _beginning().match(line)
    if found is None:
        return False
    cue = found["cue"]
    return cue is None or found["colon"] is not None or len(cue.split()) >= 3
